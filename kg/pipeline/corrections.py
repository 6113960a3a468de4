"""What stands in the place of records that a load did not take.

Corrections belong to a dataset, and every load of its file goes through them: where the file still has the
text that was corrected, the corrected records stand instead. So a change elsewhere in the file takes nothing
back. One whose text the file no longer has is not used, which is said.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.errors import Place
from kg.messages import as_json
from kg.pipeline.piece import Piece, on_one_line, text_key
from kg.reading.decode import read_record
from kg.reading.nulls import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.reading.record import Record, Source


@dataclass(frozen=True, slots=True)
class Correction:
    """Records that stand in the place of others, which are told by the keys of their texts.

    Without others they were added; without records the others are left out.
    """

    instead: tuple[str, ...]
    records: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What corrections come to, given the texts that are there."""

    gone: frozenset[str]
    """The keys of what is left out."""
    added: tuple[Piece, ...]
    used: int
    lapsed: int
    """How many corrections are not used, since nothing of what they correct is there."""


def applied(corrections: Iterable[Correction], there: set[str] | None) -> Applied:
    """Go through corrections in their order; ``there`` are keys of texts, None for all that are asked for."""
    gone: set[str] = set()
    added: list[Piece] = []
    brought: set[str] = set()
    used = lapsed = 0
    for one in corrections:
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


def over(source: Source, corrections: Sequence[Correction]) -> tuple[Source, Applied]:
    """A facts file as it is with the corrections."""
    wanted = {key for one in corrections for key in one.instead}
    texts = source.texts
    raws = (raw for _, raw in texts()) if texts is not None else (r.raw for r in source.pass_through(0))
    found = applied(corrections, {key for raw in raws if (key := text_key(raw)) in wanted})

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
    return replace(source, pass_through=pass_through, texts=as_written), found


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
    return {"instead": one.instead, "records": records}


def from_bytes(data: bytes) -> tuple[Correction, ...]:
    """The same, read again."""
    return tuple(_correction(json.loads(line)) for line in data.splitlines())


def _correction(told: dict[str, Any]) -> Correction:
    records = (
        Piece(Place(p["file"], p["line"], 1), p["text"].encode("utf-8", "surrogateescape"))
        for p in told["records"]
    )
    return Correction(tuple(told["instead"]), tuple(records))


def piece(record: Record) -> Piece:
    """A record as a correction has it."""
    return Piece(replace(record.place, origin=None), on_one_line(record.raw).strip())
