"""Values that were read, row by row: what came of each text, and the books.

One row goes in, one row comes out, in the same order; nothing is held but the row.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Unreadable, UsageError
from kg.messages import LANGUAGES, harmless, text
from kg.messages import hint as hint_of
from kg.report.json_text import dumped
from kg.values import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.errors import Problem
    from kg.values.explanation import Step
    from kg.values.kinds import Beside, Reading

UNDERSTOOD: Final = "understood"
NOTHING: Final = "no amount"
UNREADABLE: Final = "unreadable"
_SHOWN: Final = 1_000
_WIDEST: Final = 20_000
"""Characters of one cell of a table."""


@dataclass(slots=True)
class Books:
    """``read = understood + no amount + unreadable``."""

    read: int = 0
    understood: int = 0
    nothing: int = 0
    unreadable: int = 0

    def text(self, language: str) -> str:
        """The books in one line."""
        args = {"read": self.read, "understood": self.understood}
        return text("read-books", {**args, "nothing": self.nothing, "unreadable": self.unreadable}, language)


@dataclass(frozen=True, slots=True)
class How:
    """How rows are written: ``say`` is the language of the normal form, ``language`` that of messages."""

    kind: str
    beside: Beside
    say: str = LANGUAGES[0]
    language: str = LANGUAGES[0]
    explain: bool = False


Row = dict[str, Any]


def rows(texts: Iterable[str], how: How, books: Books) -> Iterator[Row]:
    """What came of each text: ``text``, ``outcome``, then the value or what is wrong."""
    of_kind = kinds.kind(how.kind)
    for written in texts:
        books.read += 1
        shown = written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
        try:
            found = kinds.read(how.kind, written, how.beside)
            row = {"text": shown, "outcome": UNDERSTOOD, **_understood(found, how)}
            books.understood += 1
        except Unreadable as error:
            nothing = error.problems[0].code in of_kind.NOTHING
            books.nothing += nothing
            books.unreadable += not nothing
            row = {"text": shown, "outcome": NOTHING if nothing else UNREADABLE}
            row |= _refused(error.problems[0], how.language)
        yield row


def _understood(found: Reading, how: How) -> Row:
    row: Row = {"value": found.spelled(), "said": found.said(how.say)}
    if how.explain:
        row["steps"] = [_step(step) for step in found.explained()]
    return row


def _step(step: Step) -> dict[str, Any]:
    return {"words": step.words, "meaning": step.meaning, "assumed": step.assumed}


def _refused(problem: Problem, language: str) -> Row:
    args = {"received": problem.received, "allowed": problem.allowed, **problem.args}
    row: Row = {"code": problem.code, "message": text(problem.code, args, language)}
    if problem.allowed:
        row["allowed"] = list(problem.allowed)
    code = "read-needs-reference" if problem.code == "date-needs-reference" else problem.code
    if hint := hint_of(code, args, language):
        row["hint"] = hint
    if code != problem.code:
        row["message"] = f"{row['message']}; {hint}"
    return row


def _as_text(found: Iterable[Row], how: How) -> Iterator[str]:
    """The normal form, and with ``explain`` how the text was read; one line a row."""
    for row in found:
        if row["outcome"] == UNDERSTOOD:
            line = harmless(row["said"], _SHOWN)
            if how.explain:
                line += f"\t{text('read-as', {'steps': _steps(row['steps'], how.language)}, how.language)}"
        else:
            severity = "error" if row["outcome"] == UNREADABLE else "info"
            line = f"{severity}[{row['code']}]: {row['message']}"
        yield line + "\n"


def _steps(steps: list[dict[str, Any]], language: str) -> str:
    assumed = text("word-assumed", {}, language)
    return "; ".join(
        f"{harmless(s['words'])} = {harmless(s['meaning'])}" + (f", {assumed}" if s["assumed"] else "")
        for s in steps
    )


def _as_jsonl(found: Iterable[Row], how: How) -> Iterator[str]:  # noqa: ARG001 - as the others
    """One object a line."""
    for row in found:
        yield dumped(row) + "\n"


def _as_json(found: Iterable[Row], how: How) -> Iterator[str]:  # noqa: ARG001 - as the others
    """One list, an object a line."""
    before = "[\n"
    for row in found:
        yield before + dumped(row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _as_csv(found: Iterable[Row], how: How) -> Iterator[str]:
    """A table (RFC 4180) with a column for each part of the value."""
    columns = kinds.kind(how.kind).COLUMNS
    more = ("explained",) if how.explain else ()
    yield _line(["text", "outcome", *columns, "said", *more, "code", "message"])
    for row in found:
        value = row.get("value", {})
        parts = [_cell(value.get(column)) for column in columns]
        reasons = [_steps(row.get("steps", []), how.language)] if how.explain else []
        ends = [row.get("said", ""), *reasons, row.get("code", ""), row.get("message", "")]
        yield _line([row["text"], row["outcome"], *parts, *ends])


def _cell(part: object) -> str:
    if part is None:
        return ""
    return part if isinstance(part, str) else dumped(part)


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([harmless(cell, _WIDEST) for cell in cells])
    return out.getvalue()


FORMATS: Final[dict[str, Callable[[Iterable[Row], How], Iterator[str]]]] = {
    "text": _as_text,
    "json": _as_json,
    "jsonl": _as_jsonl,
    "csv": _as_csv,
}


def writer(name: str) -> Callable[[Iterable[Row], How], Iterator[str]]:
    """The writer of a format: rows -> pieces of text; raises ``UsageError`` that lists the known ones."""
    if name not in FORMATS:
        raise UsageError("report-format", received=name, allowed=tuple(FORMATS))
    return FORMATS[name]
