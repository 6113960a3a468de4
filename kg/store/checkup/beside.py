"""What lies beside the archive: judgements, corrections, records that were not taken, pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store import aside, ledger
from kg.store.durable import digest_of
from kg.store.journal import Journal
from kg.store.quarantine import distrusted
from kg.store.state import CORRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from kg.errors import Problem
    from kg.store.checkup.seen import Seen


def judgements(seen: Seen) -> Iterator[Problem]:
    """The copies of judgements: those that hold must be whole."""
    current = seen.state.judged
    folder = seen.layout.judged("-").parent
    for path in _files(folder, ".jsonl"):
        digest = digest_of(path)
        if digest != path.stem:
            yield seen.problem("doctor-judged" if path.stem == current else "doctor-judged-old", path)
        elif path.stem not in seen.judged:
            yield seen.problem("doctor-unreferenced", path, "info")
    if current and not seen.layout.judged(current).exists():
        yield seen.problem("doctor-judged", seen.layout.judged(current))


def corrections(seen: Seen) -> Iterator[Problem]:
    """The corrections of datasets: those of loaded versions must be whole, others if they are there."""
    loaded = set(seen.loaded.values())
    wanted: dict[str, str] = {}
    known: set[str] = set()
    for dataset, of_state in seen.state.loaded.items():
        if of_state.corrections:
            wanted[of_state.corrections] = dataset
    for version, archive in seen.whole.items():
        digest = str(archive.manifest.given.get("digests", {}).get(CORRECTIONS, ""))
        known.add(digest)
        if version in loaded and digest:
            wanted[digest] = version.dataset
    sure = all(
        version in seen.whole for version in seen.versions if seen.layout.version(*version[:2]).is_dir()
    )
    for path in _files(seen.layout.corrections("-").parent, ".jsonl"):
        if digest_of(path) != path.stem and path.stem not in wanted:
            yield seen.problem("doctor-corrections-old", path)
        elif path.stem not in known and path.stem not in wanted and sure:
            yield seen.problem("doctor-unreferenced", path, "info")
    for digest, dataset in sorted(wanted.items()):
        path = seen.layout.corrections(digest)
        if digest_of(path) != digest:
            yield seen.problem("doctor-corrections", path, dataset=dataset)


def not_taken(seen: Seen) -> Iterator[Problem]:
    """The records that were not taken: what the journal says was written."""
    for dataset, digest in seen.state.not_taken.items():
        path = seen.layout.quarantine(dataset)
        if aside.digest_of(path, seen.waiting) != digest and (
            not seen.busy or distrusted(seen.layout, (dataset,))
        ):
            yield seen.problem("doctor-quarantine", path, dataset=dataset)


def pushes(seen: Seen) -> Iterator[Problem]:
    """What is known of graphs on servers; each has a lock, which stays."""
    folder = seen.layout.pushes
    keys = sorted({path.stem for path in _files(folder, ".journal") + _files(folder, ".lock")})
    for key in keys:
        path = folder / f"{key}.journal"
        if not path.exists():
            yield seen.problem("doctor-push-unknown", path, "info")
            continue
        try:
            journal = Journal.read(path)
        except StoreError:
            yield seen.problem("doctor-push-damaged", path)
            continue
        if journal.torn:
            yield seen.problem("doctor-push-damaged", path)
            continue
        yield from _cut_off(seen, journal, folder / f"{key}.patch")


def _cut_off(seen: Seen, journal: Journal, patch: Path) -> Iterator[Problem]:
    """A push that did not end; it may be under way."""
    begun = begun_in(journal)
    if begun is None:
        return
    yield seen.problem("doctor-push-begun", journal.path, "warning")
    if begun.get("patch") and digest_of(patch) != begun["patch"]:
        yield seen.problem("doctor-push-patch", patch)


def begun_in(journal: Journal) -> Mapping[str, Any] | None:
    """The facts of a push that did not end."""
    for entry in reversed(journal.entries):
        if entry.state == ledger.PUSHED:
            return None
        if entry.state == ledger.BEGUN:
            return entry.facts
    return None


def _files(folder: Path, end: str) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix == end) if folder.is_dir() else []


def names(seen: Seen) -> Iterator[Problem]:
    """What entities are called, against the archive; a writer may be changing it."""
    path = seen.layout.names
    if seen.busy or not path.exists():
        return
    from kg.store.names import is_sound  # noqa: PLC0415 - only where it was made

    whole = [seen.whole[version] for version in seen.loaded.values() if version in seen.whole]
    if not is_sound(path, whole):
        yield seen.problem("doctor-names", path)
