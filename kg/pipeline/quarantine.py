"""The records that a load does not take, each with its reasons and its place, kept to be corrected."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place
from kg.messages import LANGUAGES, as_json
from kg.pipeline.corrections import RETRACTED
from kg.pipeline.piece import on_one_line
from kg.reading.locate import decoded, place_at
from kg.validation.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.errors import Problem
    from kg.pipeline.state import Run
    from kg.reading.record import Record

FAR: Final = 1 << 62
TAKEN_OUT: Final = "taken-out-by"
"""The code of what names the change that took a record out which was loaded before."""
WAITS: Final = "waits"
"""The code of the finding that says what a record waits for: it is no error, and yet a reason."""
ONLY_REASONS: Final = frozenset({WAITS, RETRACTED})


def not_taken(facts: Run, number: int) -> Iterator[bytes]:
    """What was not taken of one of the files, as it is kept."""
    return _lines(facts, number, _reasons(facts.findings))


def with_reason(line: bytes, problem: Problem) -> bytes:
    """A record as it is kept, with one more reason."""
    told = _as_bytes(_as_data(Finding(problem, Place(""))))
    head = line.removesuffix(b"]}")
    return b"".join((head, b"" if head.endswith(b"[") else b", ", told, b"]}"))


def _reasons(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """File -> why its records were not taken, by place."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.problem.severity == "error" or finding.problem.code in ONLY_REASONS:
            found[finding.place.file].append(finding)
    for of_file in found.values():
        of_file.sort(key=lambda finding: _position(finding.place))
    return found


def _lines(facts: Run, number: int, by_file: Mapping[str, Sequence[Finding]]) -> Iterator[bytes]:
    """A JSON object for each record of a file that was not taken, in the order of the file."""
    out = {row.number: row for row in facts.of_source(number) if not row.taken}
    for record in facts.sources[number].pass_through(facts.starts[number]) if out else ():
        row = out.get(record.number)
        if row is not None:
            reasons = by_file.get(record.place.file, ())
            first = bisect_left(reasons, _position(record.place), key=lambda f: _position(f.place))
            behind = bisect_right(reasons, _position(_end(record)), key=lambda f: _position(f.place))
            origin = record.place.origin
            own = [f for f in reasons[first:behind] if f.place.origin == origin]
            head = {"file": record.place.file, "line": record.place.line or None, "state": row.state.value}
            # what is not all that the text says, or more than JSON can, is kept as text
            whole = record.raw and not record.problems
            written = on_one_line(record.raw).strip() if whole else _as_bytes(_as_read(record))
            why = _as_bytes([_as_data(finding) for finding in own])
            yield b'%s, "record": %s, "reasons": %s}\n' % (_as_bytes(head)[:-1], written, why)


def _as_bytes(value: object) -> bytes:
    """Bytes that were no UTF-8 are surrogates, and JSON can write these."""
    return as_json(value).encode("utf-8", "backslashreplace")


def _position(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _end(record: Record) -> Place:
    """Where a record ends; one that was never text has one place only."""
    if record.place.origin is not None:  # of a row on several lines, or a place within it
        return Place(record.place.file, record.place.line, FAR)
    if not record.place.column:
        return record.place
    text = decoded(record.raw)
    return place_at(record.place, text, len(text))


def _as_read(record: Record) -> Any:  # noqa: ANN401 - JSON
    """The record as an object; as its text if that is no JSON, or says more (a key that stands twice).

    Of a record that is larger than any may be, only the beginning is there.
    """
    return decoded(record.raw) if record.problems and record.raw else record.written or record.data


def _as_data(finding: Finding) -> dict[str, Any]:
    """A finding in every language, since who reads the file is not who loaded."""
    said = {language: finding.as_data(language) for language in LANGUAGES}
    one = said[LANGUAGES[0]]
    texts = {key: {language: data[key] for language, data in said.items()} for key in ("message", "hint")}
    return {**one, "message": texts["message"], "hint": texts["hint"] if one["hint"] else None}
