"""Replay: what was corrected, and all that waited for it, into the dataset again, without its file.

archived records + what was not taken − what is corrected + corrected records ─▶ load

So it is a load of the whole as it would be in the file, and like any load it looks only at what has changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from kg.errors import Place, UsageError
from kg.pipeline import correcting, corrections, load
from kg.pipeline.corrections import Correction
from kg.pipeline.kept import Entry, entries
from kg.pipeline.quarantine import WAITS
from kg.pipeline.state import nobody
from kg.pipeline.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline import Progress
    from kg.pipeline.piece import Piece
    from kg.reading.record import Source
    from kg.store import DatasetInfo, Store


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was taken in place of what."""

    report: load.LoadReport
    records: int
    """How many corrected records there were that were not there before."""
    instead: int
    """How many records these stand for."""
    back: int = 0
    """How many records that had been taken back are there again."""


def replay(  # noqa: PLR0913, PLR0917 - what a load takes, and the dataset
    store: Store,
    model: Model,
    config: Config,
    dataset: str,
    files: Sequence[Source],
    options: load.Options,
    progress: Progress = nobody,
) -> Replayed:
    """Load a dataset again with the records of some files in the place of those that they correct.

    Raises ``StoreError`` if the dataset is not there, ``UsageError`` if its header is not known, or a file
    has another one.
    """
    store.known((dataset,))
    known = {info.name: info for info in store.datasets()}
    names = [dataset, *_waiting_too(store, dataset, known)]
    loads = []
    new: list[Correction] = []
    back: set[str] = set()
    for name in names:
        whole = Whole.of(store, known[name])
        if name == dataset:
            new, back = _corrected_by(whole, files)
            loads.append(whole.with_(new, model, config, options, back))
        else:
            loads.append(whole.with_((), model, config, options))
    report = load.take(store, model, config, loads, options, progress)
    records, instead = sum(len(one.records) for one in new), sum(len(one.instead) for one in new)
    return Replayed(report, records, instead, len(back))


def _waiting_too(store: Store, dataset: str, known: Mapping[str, DatasetInfo]) -> list[str]:
    """The other datasets with records that wait for some of this one, also over others."""
    there = {name: entries(store, name) for name in known}
    found = [dataset]
    for name in found:
        at = {entry.place for entry in there[name]}
        found += [
            other
            for other in sorted(there)
            if other not in found and any(place in at for e in there[other] for place in _waits_for(e))
        ]
    return found[1:]


def _waits_for(entry: Entry) -> Iterator[Place]:
    for reason in entry.reasons if entry.waits else ():
        for other in (reason.get("others") or ()) if reason.get("code") == WAITS else ():
            yield Place(other.get("file") or "", other.get("line") or 0)


def _corrected_by(whole: Whole, files: Sequence[Source]) -> tuple[list[Correction], set[str]]:
    """What files correct that is not corrected already, and what of them was taken back, by its key."""
    found: list[Correction] = []
    back: set[str] = set()
    out = corrections.retracted(whole.corrections)
    for file in files:
        _check(whole, file)
        pieces = [corrections.piece(record) for record in file.pass_through(0) if record.raw]
        keys = {piece.key for piece in pieces}
        back |= keys & out.keys()
        held = {piece.key for piece in whole.archived() if piece.key in keys}
        before = (*whole.corrections, *found)
        found += _paired(whole.entries, before, pieces, held, correcting.keys_beside(file.path))
    return found, back


def _check(whole: Whole, file: Source) -> None:
    said = correcting.said(file.header)
    wrong = file.problems or said != whole.info.manifest["header"]
    if file.header.place is not None and wrong:
        expected = whole.info.manifest["header"]
        raise UsageError("replay-header", file=file.path, dataset=whole.info.name, allowed=expected)


def _paired(
    there: Iterable[Entry],
    known: Sequence[Correction],
    pieces: Sequence[Piece],
    held: set[str],
    listed: Sequence[str] | None,
) -> list[Correction]:
    """Which records stand for which: those of one id; then, of a file that was exported, the others.

    ``held`` are those that are archived, ``listed`` what the file was exported with.
    """
    old = {e.key: e.raw for e in there}
    old |= {piece.key: piece.raw for piece in corrections.applied(known, None).added}
    unchanged = {piece.key for piece in pieces if piece.key in old or piece.key in held}
    new = {piece.key: piece for piece in pieces if piece.key not in unchanged}
    open_ = {key: raw for key, raw in old.items() if key not in unchanged}
    found = _of_one_id(open_, new)
    paired = {key for one in found for key in one.instead}
    taken = {piece.key for one in found for piece in one.records}
    rest = [piece for key, piece in new.items() if key not in taken]
    if listed is None:
        return found + [Correction((), (piece,)) for piece in rest]
    left = [key for key in _now(listed, known) if key in open_ and key not in paired]
    if len(left) == len(rest):
        return found + [Correction((key,), (piece,)) for key, piece in zip(left, rest, strict=True)]
    return [*found, Correction(tuple(left), tuple(rest))]


def _of_one_id(old: Mapping[str, bytes], new: Mapping[str, Piece]) -> list[Correction]:
    """Corrections of what has the same id, and the same type if there is one of it."""
    by_id: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, raw in old.items():
        id_, type_ = _called(raw)
        by_id[id_].append((key, type_))
    wanted: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for piece in new.values():
        id_, type_ = _called(piece.raw)
        same = by_id.get(id_, []) if id_ else []
        keys = [key for key, of in same if of == type_] or [key for key, _ in same]
        if keys:
            wanted[tuple(keys)].append(piece)
    return [Correction(keys, tuple(pieces)) for keys, pieces in wanted.items()]


def _called(raw: bytes) -> tuple[str, str]:
    """The id and the type of a record, "" for what it does not say."""
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return "", ""
    said = [data.get(name) if isinstance(data, dict) else None for name in ("id", "type")]
    id_, type_ = (value if isinstance(value, str) else "" for value in said)
    return normalize("NFC", id_), type_


def _now(keys: Iterable[str], known: Iterable[Correction]) -> list[str]:
    """What stands today in the place of records, in their order, by the corrections in theirs."""
    at = {key: number for number, key in enumerate(keys)}
    for one in known:
        places = [at.pop(key) for key in one.instead if key in at]
        if places:
            at |= {piece.key: min(places) for piece in one.records}
    return sorted(at, key=lambda key: at[key])
