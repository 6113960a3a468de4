"""Files that belong to a change and are no triples: in their places when it is committed.

They lie below the number of the journal's entry that prepares the change, as they are to lie in the
project's folder; an empty one says that there is to be none. Bringing them twice is bringing them once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store.durable import make_folder, remove, rename, sync_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

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


def sweep(layout: Layout, committed: Collection[int]) -> None:
    """Bring what was committed, and forget the rest."""
    for folder in sorted(layout.aside.iterdir()) if layout.aside.is_dir() else ():
        if folder.name.isdigit() and int(folder.name) in committed:
            bring(layout, int(folder.name))
        else:
            remove(folder)
