"""What a store keeps and nothing needs any more: old versions, copies, judgements, corrections, leftovers.

A folder gets another name before it is emptied, so that one which is there is whole. Who is killed in the
middle prunes again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import StoreError
from kg.identity.judgements import FILE
from kg.store import checkpoints, ledger
from kg.store.archive import Archive
from kg.store.durable import GONE, PART, remove, rename, sync_folder
from kg.store.journal import Journal
from kg.store.state import CORRECTIONS, JUDGEMENTS, parts, replay, versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.store.journal import Entry
    from kg.store.layout import Layout

_LEFT: Final = re.compile(rf".*({re.escape(PART)}|{re.escape(GONE)})")


class Prunable(NamedTuple):
    """A file or a folder that nothing needs; ``bytes`` are what its removal makes free."""

    what: str
    """``version``, ``checkpoint``, ``judgements``, ``corrections`` or ``left``."""
    path: Path
    bytes: int


@dataclass
class _Needed:
    """What must stay."""

    versions: set[tuple[str, str]] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)
    everything: bool = False
    """A ledger of pushes can't be read, so nobody knows what it needs."""


def prunable(layout: Layout, entries: Sequence[Entry], keep: int) -> list[Prunable]:
    """What can go: of each dataset all versions but the newest ``keep`` and those that are needed.

    Needed are the version that is loaded, one whose load is not finished, and what a graph on a server was
    made of at the last push.
    """
    needed = _needed(layout, entries)
    known = {(part["dataset"], part["version"]): part for part in versions(entries)}
    there = [key for key in known if layout.version(*key).is_dir()]
    stay = {key for key in there if key in needed.versions or needed.everything}
    for dataset in {name for name, _ in there}:
        stay.update(sorted((key for key in there if key[0] == dataset), reverse=True)[:keep])
    found = [_of("version", layout.version(*key)) for key in sorted(there) if key not in stay]
    older = checkpoints.numbers(layout.checkpoints)[:-1]
    found += [_of("checkpoint", layout.checkpoints / str(number)) for number in older]
    if not needed.everything:
        found += _by_digest("judgements", layout.judged("-"), needed.judged)
        corrected = _corrections(layout, {key: known[key] for key in stay})
        if corrected is not None:
            found += _by_digest("corrections", layout.corrections("-"), corrected)
    return found + [_of("left", path) for path in _left(layout)]


def prune(found: Sequence[Prunable]) -> None:
    """Remove what was found."""
    for one in found:
        path = one.path
        if path.is_dir() and not path.name.endswith(GONE):
            path = path.with_name(path.name + GONE)
            remove(path)
            rename(one.path, path)
        remove(path)
        if one.what == "checkpoint":
            remove(checkpoints.beside(one.path))
    for folder in sorted({one.path.parent for one in found}):
        sync_folder(folder)
    for folder in sorted({one.path.parent for one in found if one.what == "version"}):
        if not any(folder.iterdir()):
            folder.rmdir()


def _of(what: str, path: Path) -> Prunable:
    files = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
    return Prunable(what, path, sum(s.st_size for s in (p.stat() for p in files) if s.st_nlink == 1))


def _needed(layout: Layout, entries: Sequence[Entry]) -> _Needed:
    state = replay(entries)
    needed = _Needed({(name, known.version) for name, known in state.loaded.items()}, {state.judged})
    if state.pending is not None:
        pending = parts(state.pending.facts)
        needed.versions |= {(part["dataset"], part["version"] or "") for part in pending}
        needed.judged.add(state.pending.facts.get(JUDGEMENTS, ""))
    for path in sorted(layout.pushes.glob("*.journal")):
        try:
            pushed = Journal.read(path).entries
        except StoreError:
            needed.everything = True
            continue
        for entry in pushed:
            if entry.state in {ledger.BEGUN, ledger.PUSHED}:
                origin = entry.facts["origin"]
                needed.versions |= {(name, version) for name, (version, _) in origin["datasets"].items()}
                needed.judged.add(origin["judged"])
    return needed


def _corrections(layout: Layout, stay: Mapping[tuple[str, str], Mapping[str, Any]]) -> set[str] | None:
    """The digests of corrections that versions refer to; None if one of these can't be read."""
    found: set[str] = set()
    for key, facts in stay.items():
        if CORRECTIONS in facts:
            found.add(facts[CORRECTIONS])
            continue
        try:
            manifest = Archive.read(layout.version(*key), facts["digest"]).manifest
        except StoreError:
            return None
        found.add(str(manifest.given.get("digests", {}).get(CORRECTIONS, "")))
    return found


def _by_digest(what: str, example: Path, needed: set[str]) -> Iterator[Prunable]:
    folder = example.parent
    for path in sorted(folder.glob("*" + example.suffix)) if folder.is_dir() else ():
        if path.stem not in needed:
            yield _of(what, path)


def _left(layout: Layout) -> Iterator[Path]:
    """What was left by something that was cut off; of pushes only what no push can be writing."""
    folders = [layout.data, layout.archive, layout.checkpoints, *layout.archive.glob("*")]
    folders += [path("-").parent for path in (layout.judged, layout.corrections, layout.quarantine)]
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if _LEFT.fullmatch(path.name) or path in {layout.new_store, layout.old_store, layout.trial}:
                yield path
    yield from sorted(layout.pushes.glob("*.damaged"))
    beside = layout.project / (FILE + PART)
    if beside.exists():
        yield beside
