"""What to hand back to a language model that wrote the facts: each record with what is wrong in it.

Compact JSON, bounded in size: so many records, so many faults of each, long texts cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import NOTHING
from kg.messages import as_json, harmless
from kg.model.types import ConceptRange, Reference, say
from kg.reading.locate import decoded
from kg.report.json_text import plain

if TYPE_CHECKING:
    from kg.model.types import Class, Model
    from kg.pipeline import Outcome
    from kg.reading.record import Record
    from kg.report.how import How
    from kg.validation.finding import Finding

BYTES: Final = 64_000
"""About so many bytes are written at the most."""
FAULTS: Final = 20
"""So many faults of one record are told; the others are counted."""
AT_MOST: Final = 600
"""More records than this are not in so many bytes."""
ALLOWED: Final = 60
_WORD: Final = 100
_VALUE: Final = 500
"""Characters of a received value."""
_RECORD: Final = 4_000
"""Characters of a record that is shown as it is; a longer one is cut off and shown as text."""


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write the records that are to be corrected, in their order, until the bound is reached."""
    by_record: dict[object, list[Finding]] = {}
    for finding in outcome.findings:
        if finding.problem.severity != "info":
            alone = (str(finding.place), finding.record)
            by_record.setdefault(finding.number if finding.number >= 0 else alone, []).append(finding)
    taken = list(by_record.items())[: min(how.limit or AT_MOST, AT_MOST)]
    records = {r.number: r for r in outcome.records({key for key, _ in taken if isinstance(key, int)})}
    shown: list[dict[str, Any]] = []
    size = 0
    for key, findings in taken:
        record = records.get(key) if isinstance(key, int) else None
        entry = _entry(findings, record, outcome.model, how.language)
        size += len(as_json(entry).encode("utf-8", "replace"))
        if shown and size > BYTES:
            break
        shown.append(entry)
    books = outcome.books
    data = {
        "conforms": not outcome.exit_code,
        "accepted": books.accepted + books.duplicate if books else None,
        "waiting": books.waiting if books else None,
        "records": shown,
        "more": len(by_record) - len(shown),
    }
    out.write(plain(as_json({k: v for k, v in data.items() if v is not None})).encode() + b"\n")


def _entry(
    findings: list[Finding], record: Record | None, model: Model | None, language: str
) -> dict[str, Any]:
    place = findings[0].place
    class_ = _class(record, model)
    entry: dict[str, Any] = {"file": place.file, "line": record.place.line if record else place.line}
    if record is None and findings[0].record:
        entry["about"] = _cut(findings[0].record)
    entry["problems"] = [_problem(finding, class_, model, language) for finding in findings[:FAULTS]]
    if len(findings) > FAULTS:
        entry["moreProblems"] = len(findings) - FAULTS
    if record is not None:
        entry["record"] = _record(record)
    return entry


def _problem(finding: Finding, class_: Class | None, model: Model | None, language: str) -> dict[str, Any]:
    problem = finding.problem
    made: dict[str, Any] = {
        "at": _cut(problem.pointer),
        "code": problem.code,
        "message": finding.message(language),
    }
    if cell := finding.cell:
        told = {"row": cell.row, "columns": list(map(_cut, cell.columns)), "mapping": cell.mapping}
        made |= {key: value for key, value in told.items() if value}
    if problem.severity != "error":
        made["severity"] = problem.severity
    if problem.received is not NOTHING:
        made["received"] = _value(problem.received)
    allowed, expected = _allowed(finding, class_, model, language)
    if allowed:
        made["allowed"] = [_cut(word, _WORD) for word in allowed[:ALLOWED]]
    if expected:
        made["expected"] = expected
    hint = finding.hint(language)
    if hint and hint != expected:
        made["hint"] = hint
    return made


def _allowed(
    finding: Finding, class_: Class | None, model: Model | None, language: str
) -> tuple[tuple[str, ...], str]:
    """The values that may stand there, and in words what the field is."""
    problem = finding.problem
    name = problem.pointer.split("/")[1] if problem.pointer.count("/") == 1 else ""
    field = class_.fields.get(name.replace("~1", "/").replace("~0", "~")) if class_ else None
    if field is None or model is None:
        return problem.allowed, ""
    allowed = problem.allowed
    if not allowed and isinstance(field.range, ConceptRange):
        allowed = tuple(c.notation for c in model.concepts[field.range.class_iri])
    if not allowed and isinstance(field.range, Reference):
        allowed = tuple(c.name for c in model.below(field.range.class_iri))
    return allowed, say(field.descriptions, language)


def _class(record: Record | None, model: Model | None) -> Class | None:
    name = record.data.get("type") if record is not None else None
    return model.classes.get(name) if model is not None and isinstance(name, str) else None


def _record(record: Record) -> object:
    """The record as it was read; as text, cut off, if it is long or can't be read."""
    text = decoded(record.raw) if record.raw else as_json(record.data)
    return record.written or record.data if record.data and len(text) <= _RECORD else _cut(text, _RECORD)


def _value(value: object) -> object:
    text = value if isinstance(value, str) else as_json(value)
    return value if len(text) <= _VALUE else _cut(text)


def _cut(text: str, at_most: int = _VALUE) -> str:
    return harmless(text, at_most)
