"""A problem with everything that is needed to show it: its place, its record, the words there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import NOTHING, SEVERITIES, Place, Problem
from kg.messages import LANGUAGES, harmless, text
from kg.messages import hint as hint_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.errors import Cell
    from kg.validation.result import Result


_WIDTH: Final = 400
"""Characters of a place, a pointer or a snippet that are shown at the most."""


def plain(_part: str, said: str) -> str:
    """A part of a finding as it is."""
    return said


def inert(line: str) -> str:
    r"""The beginning of a line that a build server does not take for a command of its own.

    >>> inert("::error::hacked"), inert('"name": "a::b"')
    ('\\x3a:error::hacked', '"name": "a::b"')
    """
    return f"\\x3a{line[1:]}" if line.startswith("::") else line


@dataclass(frozen=True, slots=True)
class Finding:
    """What is reported: one problem at one place."""

    problem: Problem
    place: Place
    record: str = ""
    """The record's id or, without one, its IRI; "" if it has neither."""
    snippet: str = ""
    """The words of the input that the problem is about."""
    result: Result | None = None
    """The SHACL result that it comes from, if it comes from a shape."""
    end: Place | None = None
    """Where what it is about ends, if that is known."""
    number: int = -1
    """The number of the record over the whole input; -1 for what is about none."""

    def message(self, language: str) -> str:
        """One sentence, without the place."""
        problem = self.problem
        if problem.message is not None:
            return problem.message.get(language) or problem.message.get(LANGUAGES[0]) or problem.code
        return text(problem.code, self.args(), language)

    def hint(self, language: str) -> str:
        """What to do about it, or ""."""
        described = self.problem.args.get("description")
        args = {**self.args(), **({"rows": True} if self.place.origin is not None else {})}
        own = hint_of(self.problem.code, args, language) if self.problem.message is None else ""
        if own or not isinstance(described, dict):
            return own
        return str(described.get(language) or described.get(LANGUAGES[0]) or "")

    def text(self, language: str, paint: Callable[[str, str], str] = plain) -> str:
        """The finding in up to three lines; what is only good to know takes one.

        facts.jsonl:12: error[money-order] /amount: the lower bound 25 is above the upper bound 15
            "amount": {"min": 25, "max": 15, "currency": "USD"}
            hint: …

        ``paint`` is given the name of each part with its text and shows it, in colour or not.
        """
        problem = self.problem
        where = paint("place", inert(harmless(str(self.place), _WIDTH)))
        about = problem.pointer or ("" if self.place.line else self.record)
        about = f" {harmless(about, _WIDTH)}" if about else ""
        what = paint(problem.severity, f"{problem.severity}[{problem.code}]")
        lines = [f"{where}: {what}{about}: {self.message(language)}"]
        if problem.severity == "info":
            return lines[0]
        if self.snippet:
            lines.append(f"    {paint('words', inert(harmless(self.snippet, _WIDTH)))}")
        if cell := self.cell:
            lines.append(f"    {_cell(cell, language)}")
        if hint := self.hint(language):
            lines.append(f"    {text('word-hint', {}, language)}: {hint}")
        return "\n".join(lines)

    @property
    def cell(self) -> Cell | None:
        """Of foreign data, what the field was made of."""
        origin = self.place.origin
        return None if origin is None else origin.cell(self.problem.pointer)

    def __str__(self) -> str:
        """The finding in English."""
        return self.text(LANGUAGES[0])

    def args(self) -> dict[str, object]:
        """What the texts can name."""
        problem = self.problem
        received = "" if problem.received is NOTHING else problem.received
        label = {LANGUAGES[0]: problem.pointer.rpartition("/")[2] or "record"}
        basis = {
            "received": received,
            "allowed": problem.allowed,
            "label": label,
            "key": "",
            "pointer": problem.pointer,
        }
        return {**basis, **problem.args, "others": tuple(map(_in_brackets, problem.others))}

    def as_data(self, language: str) -> dict[str, Any]:
        """The finding as JSON has it; what is not known is null."""
        problem = self.problem
        said = {
            "file": self.place.file,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "pointer": problem.pointer,
            "code": problem.code,
            "severity": problem.severity,
            "message": self.message(language),
            "received": None if problem.received is NOTHING else problem.received,
            "allowed": list(problem.allowed),
            "hint": self.hint(language) or None,
            "record": self.record or None,
            "others": [{"file": p.file, "line": p.line or None} for p in problem.others],
        }
        if cell := self.cell:
            said |= {"row": cell.row or None, "columns": list(cell.columns), "mapping": cell.mapping or None}
        return said


def _cell(cell: Cell, language: str) -> str:
    """The row, the columns and the line of the mapping, as far as there are any."""
    parts = []
    if cell.row:
        parts.append(text("cell-row", {"row": cell.row}, language))
    if cell.columns:
        quoted = ", ".join(f"“{harmless(column)}”" for column in cell.columns)
        parts.append(text("cell-column", {"columns": quoted}, language))
    if cell.mapping:
        parts.append(harmless(cell.mapping, _WIDTH))
    return " · ".join(parts)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, by place, pointer and code; what two shapes say, as bad as the worse has it."""
    once: dict[tuple[Place, str, str, str, str], Finding] = {}
    for f in findings:
        key = (f.place, f.problem.pointer, f.problem.code, f.record, f.message("en"))
        known = once.get(key, f)
        if SEVERITIES.index(f.problem.severity) <= SEVERITIES.index(known.problem.severity):
            once[key] = f
    return [once[key] for key in sorted(once, key=lambda k: (k[0].file, k[0].line, *k[1:]))]


def _in_brackets(place: Place) -> str:
    """A place as messages show it: that of the store, ``(store)``, needs no brackets of its own."""
    return "store" if place.file == "(store)" else str(place)
