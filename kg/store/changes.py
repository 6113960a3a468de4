"""What changed between two states of the journal, from the archive: the blocks in which versions differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import StoreError, UsageError
from kg.store.archive import Archive
from kg.store.blocks import Raw, changed, raw_blocks
from kg.store.journal import COMMITTED, PREPARED
from kg.store.state import JUDGEMENTS, loaded_by, parts, replay
from kg.values.nearest import choices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.store.blocks import Difference
    from kg.store.journal import Entry
    from kg.store.layout import Layout
    from kg.store.state import Loaded

_TOLD: Final = ("dataset", "version", "replaces")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a dataset had before and has after; the differences stream, in the order of their roots."""

    dataset: str
    iri: str
    differences: Iterator[Difference]


def steps(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """The changes in a journal, oldest first: number, when, dataset, version, and what it replaces.

    One that brings judgements into the graph has no dataset.
    """
    return [
        {"number": entry.seq, "when": entry.at, **{key: facts.get(key) for key in _TOLD}}
        for entry, prepared in _done(entries)
        for facts in (*([{}] if JUDGEMENTS in prepared else []), *parts(prepared))
    ]


def _done(entries: Sequence[Entry]) -> list[tuple[Entry, Mapping[str, Any]]]:
    prepared = {entry.seq: entry.facts for entry in entries if entry.state == PREPARED}
    return [(entry, prepared[entry.facts["of"]]) for entry in entries if entry.state == COMMITTED]


def version_of(entries: Sequence[Entry], name: str, which: int) -> Loaded:
    """A version of a dataset that was loaded once: by its number, or 0 for the one that is loaded.

    -1 is the one that was loaded before it, or last if none is.
    Raises ``UsageError`` for a dataset or a version that there never was.
    """
    loaded: list[Loaded] = []
    names: set[str] = set()
    for entry, facts in _done(entries):
        for part in parts(facts):
            names.add(part["dataset"])
            if part["dataset"] == name and part["version"] is not None:
                loaded.append(loaded_by(part, entry.at))
    now = replay(entries).loaded
    if name not in names or (which == 0 and name not in now):
        raise UsageError("store-dataset-unknown", received=name, near=choices(name, sorted(now))[0])
    if which > 0:
        found = [known for known in loaded if int(known.version) == which]
    else:
        # what was taken out has none that is; the one before is the last that was
        back = which - 1 if name in now else which
        found = loaded[back:][:1] if len(loaded) >= -back else []
    if not found:
        versions = tuple(str(int(known.version)) for known in loaded)
        raise UsageError("store-version-unknown", dataset=name, received=which, allowed=versions)
    return found[-1]


def archived(layout: Layout, name: str, known: Loaded) -> Archive:
    """A version that was loaded once; raises ``StoreError`` if it is no more in the archive."""
    folder = layout.version(name, known.version)
    if not folder.is_dir():
        raise StoreError("store-version-pruned", dataset=name, version=known.version)
    return Archive.read(folder, known.digest)


def span(entries: Sequence[Entry], since: int | None, until: int | None) -> tuple[int, int]:
    """The numbers of the journal's entries between which changes are asked; by default the last load.

    Raises ``UsageError`` for a number that the journal does not have, or where nothing lies between.
    """
    last = entries[-1].seq
    for number in (since, until):
        if number is not None and not 1 <= number <= last:
            raise UsageError("changes-number", received=number, last=last)
    until = last if until is None else until
    if since is None:
        # judgements change no dataset
        loads = [entry for entry, facts in _done(entries) if parts(facts) and entry.seq <= until]
        since = int(loads[-1].facts["of"]) - 1 if loads else until
    if since > until:
        raise UsageError("changes-order", since=since, until=until)
    return since, until


def between(
    layout: Layout, entries: Sequence[Entry], since: int, until: int, dataset: str = ""
) -> Iterator[Changes]:
    """The datasets that changed after one entry of the journal up to another, by name.

    Two versions are read side by side, so no more than a block of each is held. Raises ``StoreError`` for a
    version that is no more in the archive.
    """
    before = replay(entry for entry in entries if entry.seq <= since).loaded
    after = replay(entry for entry in entries if entry.seq <= until).loaded
    names = sorted({*before, *after})
    if dataset:
        if dataset not in names:
            raise UsageError("store-dataset-unknown", received=dataset, near=choices(dataset, names)[0])
        names = [dataset]
    for name in names:
        old, new = before.get(name), after.get(name)
        if old and new and old.version == new.version:
            continue
        iri = (new or before[name]).iri
        yield Changes(name, iri, changed(_blocks(layout, name, before), _blocks(layout, name, after)))


def _blocks(layout: Layout, name: str, loaded: Mapping[str, Loaded]) -> Iterator[Raw]:
    known = loaded.get(name)
    if known is None:
        return iter(())
    return raw_blocks(archived(layout, name, known))
