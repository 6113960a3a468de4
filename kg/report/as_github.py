"""Findings as workflow commands, which GitHub shows beside the lines of a change.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.messages import harmless, text
from kg.report.as_text import more_like_it, summary
from kg.report.how import shown
from kg.report.paths import is_file, relative

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.report.how import How
    from kg.validation.finding import Finding

LEVEL: Final = {"error": "error", "warning": "warning", "info": "notice"}
_LONGEST: Final = 4_000
_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = {**_DATA, ":": "%3A", ",": "%2C"}


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write one command for each finding, of a kind as many as are shown; then the verdict."""
    first, more = shown(outcome.findings, how.limit)
    lines = [_command(finding, how.language) for finding in first]
    for rest in more:
        said = _escaped(more_like_it(rest, how.language), _DATA)
        lines.append(f"::notice title={_escaped(rest.like.problem.code, _PROPERTY)}::{said}")
    lines.append(summary(outcome, how.language))
    out.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))


def _command(finding: Finding, language: str) -> str:
    problem, place, end = finding.problem, finding.place, finding.end
    properties: dict[str, object] = {}
    if is_file(place.file):
        properties["file"] = relative(place.file)
        if place.line:
            properties["line"] = place.line
            if end is not None:
                properties["endLine"] = end.line
            if place.column:
                properties["col"] = place.column
            if end is not None and end.line == place.line:
                properties["endColumn"] = end.column
    properties["title"] = f"{problem.code} {problem.pointer or finding.record}".strip()
    said = finding.message(language)
    if hint := finding.hint(language):
        said += f"\n{text('word-hint', {}, language)}: {hint}"
    listed = ",".join(f"{key}={_escaped(str(value), _PROPERTY)}" for key, value in properties.items())
    return f"::{LEVEL[problem.severity]} {listed}::{_escaped(said, _DATA)}"


def _escaped(said: str, escapes: dict[str, str]) -> str:
    """A text that ends neither its line nor its property; line ends of our own are kept."""
    lines = said[:_LONGEST].split("\n") if escapes is _DATA else [said]
    table = str.maketrans(escapes)
    return "%0A".join(harmless(line, _LONGEST).translate(table) for line in lines)
