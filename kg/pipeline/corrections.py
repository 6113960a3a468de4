"""What stands in the place of records that a load did not take.

Corrections belong to a dataset, and every load of its file goes through them: where the file still has the
text that was corrected, the corrected records stand instead. So a change elsewhere in the file takes nothing
back. One whose text the file no longer has is not used, which is said.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem
from kg.messages import as_json
from kg.pipeline.piece import Piece, on_one_line, text_key
from kg.rdf import compact
from kg.reading.decode import read_record
from kg.reading.nulls import left_out

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.reading.record import Record, Source


RETRACTED: Final = "retracted"
"""The code of the finding that says that a record was taken back."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Records that stand in the place of others, which are told by the keys of their texts.

    Without others they were added; without records the others are left out. What is ``retracted`` has no
    records: the others stay in the file and in the books, and are not taken.
    """

    instead: tuple[str, ...]
    records: tuple[Piece, ...]
    retracted: Retraction | None = None


@dataclass(frozen=True, slots=True)
class Retraction:
    """What was taken back with a record: a document or a fact (``what``), by which entry of the journal."""

    what: str
    iri: str
    number: int
    when: str

    def problem(self) -> Problem:
        """Why the record is not taken."""
        args = {"thing": compact(self.iri), "number": self.number, "when": self.when}
        return Problem(RETRACTED, args=args, severity="info")


@dataclass(frozen=True, slots=True)
class Applied:
    """What corrections come to, given the texts that are there."""

    gone: frozenset[str]
    """The keys of what is left out."""
    added: tuple[Piece, ...]
    used: int
    lapsed: int
    """How many corrections are not used, since nothing of what they correct is there."""
    let_in: int = 0
    """How many records were taken back, and are not there any more as they were."""


def applied(corrections: Iterable[Correction], there: set[str] | None) -> Applied:
    """Go through corrections in their order; ``there`` are keys of texts, None for all that are asked for."""
    gone: set[str] = set()
    added: list[Piece] = []
    brought: set[str] = set()
    used = lapsed = 0
    for one in corrections:
        if one.retracted is not None:
            continue
        if (
            one.instead
            and there is not None
            and brought.isdisjoint(one.instead)
            and there.isdisjoint(one.instead)
        ):
            lapsed += 1
            continue
        used += 1
        gone.update(one.instead)
        added = [piece for piece in added if piece.key not in one.instead] + list(one.records)
        brought.update(piece.key for piece in one.records)
    return Applied(frozenset(gone), tuple(added), used, lapsed)


def retracted(corrections: Iterable[Correction]) -> dict[str, Problem]:
    """Why records are not taken that were taken back, by the keys of their texts."""
    return {key: one.retracted.problem() for one in corrections if one.retracted for key in one.instead}


def without(corrections: Iterable[Correction], back: Collection[str]) -> Iterator[Correction]:
    """The same, but for what was taken back of some records, by their keys."""
    for one in corrections:
        left = tuple(key for key in one.instead if key not in back) if one.retracted else one.instead
        if left or not one.retracted:
            yield replace(one, instead=left)


def over(source: Source, corrections: Sequence[Correction]) -> tuple[Source, Applied]:
    """A facts file as it is with the corrections."""
    wanted = {key for one in corrections for key in one.instead}
    texts = source.texts
    raws = (raw for _, raw in texts()) if texts is not None else (r.raw for r in source.pass_through(0))
    there = {key for raw in raws if (key := text_key(raw)) in wanted}
    found = applied(corrections, there)
    out = retracted(corrections)
    there |= {piece.key for piece in found.added}
    found = replace(found, let_in=len(out.keys() - there - found.gone))

    def pass_through(number: int) -> Iterator[Record]:
        for record in source.pass_through(number):
            if text_key(record.raw) not in found.gone:
                record.number = number
                yield record
                number += 1
        yield from read(found.added, number, nulls=source.header.nulls)

    def pieces() -> Iterator[tuple[Place, bytes]]:
        if texts is not None:
            yield from (piece for piece in texts() if text_key(piece[1]) not in found.gone)
        yield from ((piece.place, piece.raw) for piece in found.added)

    as_written = None if texts is None else pieces
    return replace(source, pass_through=pass_through, texts=as_written, retracted=out), found


def read(pieces: Iterable[Piece], number: int, *, nulls: bool) -> Iterator[Record]:
    """The records of texts; ``number`` is that of the first."""
    found = (read_record(n, piece.place, piece.raw) for n, piece in enumerate(pieces, number))
    return left_out(found) if nulls else found


def as_bytes(corrections: Iterable[Correction]) -> bytes:
    """Corrections as they are kept: one a line, the texts of their records as strings."""
    return b"".join(as_json(_told(one)).encode("utf-8", "backslashreplace") + b"\n" for one in corrections)


def _told(one: Correction) -> dict[str, Any]:
    records = [
        {"file": p.place.file, "line": p.place.line, "text": p.raw.decode("utf-8", "surrogateescape")}
        for p in one.records
    ]
    told = {"instead": one.instead, "records": records}
    return told if one.retracted is None else {**told, "retracted": asdict(one.retracted)}


def from_bytes(data: bytes) -> tuple[Correction, ...]:
    """The same, read again."""
    return tuple(_correction(json.loads(line)) for line in data.splitlines())


def _correction(told: dict[str, Any]) -> Correction:
    records = (
        Piece(Place(p["file"], p["line"], 1), p["text"].encode("utf-8", "surrogateescape"))
        for p in told["records"]
    )
    taken_back = Retraction(**told["retracted"]) if "retracted" in told else None
    return Correction(tuple(told["instead"]), tuple(records), taken_back)


def piece(record: Record) -> Piece:
    """A record as a correction has it."""
    return Piece(replace(record.place, origin=None), on_one_line(record.raw).strip())
