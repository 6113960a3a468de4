"""Files that belong to a change and are no triples: in their places when it is committed.

They lie below the number of the journal's entry that prepares the change, as they are to lie in the
project's folder; an empty one says that there is to be none. Bringing them twice is bringing them once.
Who reads while they are brought, or after that was cut off, finds them by ``waiting``.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from kg.store import durable
from kg.store.durable import make_folder, remove, rename, sync_folder, write_file
from kg.store.journal import COMMITTED, NOTED
from kg.store.state import NOT_TAKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.store.journal import Entry
    from kg.store.layout import Layout


def put(layout: Layout, number: int, files: Mapping[Path, bytes]) -> None:
    """Write what is to be in some files of the project, durably."""
    if not files:
        return
    whole = layout.aside / str(number)
    part = layout.aside / f"{number}.part"
    remove(part)
    remove(whole)
    make_folder(part)
    for path, data in files.items():
        write_file(part / path.relative_to(layout.project), (data,))
    rename(part, whole)


def bring(layout: Layout, number: int) -> None:
    """Have the files of a change in their places, if there are any."""
    whole = layout.aside / str(number)
    for file in sorted(path for path in whole.rglob("*") if path.is_file()):
        path = layout.project / file.relative_to(whole)
        data = file.read_bytes()
        if data:
            write_file(path, (data,))
        elif path.exists():
            remove(path)
            sync_folder(path.parent)
    remove(whole)


def sweep(layout: Layout, entries: Iterable[Entry]) -> None:
    """Bring what belongs to a change that is done, and forget the rest."""
    done = changed(entries)
    for folder in sorted(layout.aside.iterdir()) if layout.aside.is_dir() else ():
        if folder.name.isdigit() and int(folder.name) in done:
            bring(layout, int(folder.name))
        else:
            remove(folder)


def changed(entries: Iterable[Entry]) -> set[int]:
    """The numbers of changes that are done, whose files are to be in their places."""
    done = set()
    for entry in entries:
        if entry.state == COMMITTED:
            done.add(entry.facts["of"])
        elif entry.state == NOTED and entry.facts.get("what") == NOT_TAKEN:
            done.add(entry.seq)
    return done


def waiting(layout: Layout, entries: Iterable[Entry]) -> dict[Path, Path]:
    """The files that are not in their places yet, though their change is done: place -> where it is."""
    found: dict[Path, Path] = {}
    with suppress(FileNotFoundError):  # a writer has brought them
        done = _folders(layout)
        for number in sorted(done and done & changed(entries)):
            whole = layout.aside / str(number)
            files = [path for path in whole.rglob("*") if path.is_file()]
            found |= {layout.project / path.relative_to(whole): path for path in files}
    return found


def _folders(layout: Layout) -> set[int]:
    there = layout.aside.iterdir() if layout.aside.is_dir() else ()
    return {int(folder.name) for folder in there if folder.name.isdigit()}


def digest_of(path: Path, waiting: Mapping[Path, Path]) -> str:
    """The SHA-256 of a file, or of what is to be in its place; "" for nothing."""
    with suppress(KeyError, FileNotFoundError):
        data = waiting[path].read_bytes()
        return hashlib.sha256(data).hexdigest() if data else ""
    return durable.digest_of(path)
