"""A copy of a store in which a change is tried, and by which the store changes at once, or not at all.

The copy costs next to nothing: files that never change are linked. In it datasets are loaded, retracted and
judged as anywhere; what has come of all that is then one change of the store, whose journal has one entry of
it, and whose embedded store is the copy's.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.identity.judgements import FILE
from kg.store import aside, corrections, judged
from kg.store.durable import make_folder, remove, rename, sync_folder, write_file
from kg.store.journal import PREPARED
from kg.store.layout import Layout
from kg.store.state import CORRECTIONS, JUDGEMENTS, NOT_TAKEN, PARTS, loaded_by, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.store.journal import Entry
    from kg.store.state import State
    from kg.store.writing import Writing


def laid_out(writing: Writing) -> Layout:
    """Copy what the one writer of a store has; to be removed when it is done with."""
    ours, theirs = writing.layout, Layout(writing.layout.trial)
    remove(ours.trial)
    make_folder(theirs.data)
    shutil.copyfile(ours.journal, theirs.journal)
    for version in sorted(ours.archive.glob("*/*")):
        there = theirs.data / version.relative_to(ours.data)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.symlink_to(version.resolve(), target_is_directory=True)
    for path in (ours.judged("-"), ours.corrections("-"), ours.quarantine("-")):
        if path.parent.is_dir():
            shutil.copytree(path.parent, theirs.data / path.parent.name, copy_function=_linked)
    writing.embedded.backup(theirs.store)
    if ours.names.exists():
        from kg.store import names  # noqa: PLC0415 - only who loads needs it

        names.copy(ours.names, theirs.names)
    return theirs


def _linked(source: str, target: str) -> None:
    """Files that are replaced and never written to need no copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def adopt(
    writing: Writing, theirs: Layout, changed: Mapping[str, Any], aside_of: Mapping[str, bytes]
) -> None:
    """Make a change that was tried: the copy's embedded store becomes the store's; the copy is closed by now.

    ``aside_of`` is, by dataset, what is not taken after it, where that is another.
    """
    ours = writing.layout
    _bring_in(ours, theirs, changed)
    writing.step("archived")
    aside.put(ours, writing.entries[-1].seq + 1, _beside(ours, theirs, changed, aside_of))
    writing.step("aside")
    not_taken = {name: corrections.digest_of(data) for name, data in aside_of.items()}
    writing.record(PREPARED, **changed, **{NOT_TAKEN: not_taken})
    writing.step("prepared")
    writing.let_go()
    remove(ours.old_store)
    writing.put(theirs.store)
    writing.commit()


def finish(writing: Writing, entry: Entry) -> str:
    """Make the store anew with all the versions that were prepared, or none; what is to be said of it."""
    changed = parts(entry.facts)
    left = writing.state.loaded.keys() - {part["dataset"] for part in changed}
    whole = {name: writing.archive(name) for name in left}
    try:
        judgements = judged.kept(writing.layout, entry.facts.get(JUDGEMENTS, writing.state.judged))
        for part in changed:
            if part["version"] is not None:
                whole[part["dataset"]] = new = writing.archive(part["dataset"], loaded_by(part, entry.at))
                new.verify()
    except StoreError as error:
        if error.code != "store-damaged":
            raise
        writing.undo(entry)
        return "store-undone"
    writing.make_anew([whole[name] for name in sorted(whole)], judged.together(judgements))
    writing.commit()
    return "store-redone"


def changes(ours: State, theirs: State) -> dict[str, Any]:
    """What an entry of the journal says of the change from one state to another."""
    found = []
    for name in sorted({*ours.loaded, *theirs.loaded}):
        old, new = ours.loaded.get(name), theirs.loaded.get(name)
        if old and new and (old.version, old.digest) == (new.version, new.digest):
            continue
        part: dict[str, Any] = {
            "dataset": name,
            "version": new.version if new else None,
            "replaces": old.version if old else None,
        }
        if new:
            part |= {"iri": new.iri, "digest": new.digest}
            part |= {CORRECTIONS: new.corrections} if new.corrections else {}
        found.append(part)
    judgements = {JUDGEMENTS: theirs.judged} if ours.judged != theirs.judged else {}
    return {PARTS: found, **judgements} if found or judgements else {}


def _bring_in(ours: Layout, theirs: Layout, changed: Mapping[str, Any]) -> None:
    """Have what a change refers to where the store has such things, durably."""
    for part in changed.get(PARTS, ()):
        if part["version"] is not None:
            folder = ours.version(part["dataset"], part["version"])
            make_folder(folder.parent)
            rename(theirs.version(part["dataset"], part["version"]), folder)
            sync_folder(folder.parent)
    if JUDGEMENTS in changed:
        judged.keep(ours, judged.kept(theirs, changed[JUDGEMENTS]))
    for path in _files(theirs.corrections("-").parent):
        if not (ours.corrections("-").parent / path.name).exists():
            write_file(ours.corrections("-").parent / path.name, (path.read_bytes(),))


def not_taken(ours: Layout, theirs: Layout, names: Iterable[str]) -> dict[str, bytes]:
    """By dataset, the records that are not taken after the change, where these are others; b"" for none."""
    before, after = (
        {name: _contents(layout.quarantine(name)) for name in names} for layout in (ours, theirs)
    )
    return {name: after[name] for name in sorted(after) if before[name] != after[name]}


def _beside(
    ours: Layout, theirs: Layout, changed: Mapping[str, Any], not_taken: Mapping[str, bytes]
) -> dict[Path, bytes]:
    """The files of the project that are to be others after the change; empty ones that are not to be."""
    found = {ours.quarantine(name): data for name, data in not_taken.items()}
    if JUDGEMENTS in changed:
        found[ours.project / FILE] = judged.kept(theirs, changed[JUDGEMENTS]).as_bytes()
    return found


def _contents(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
