"""How what was found is reported: one module for each format, listed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Final

from kg.errors import UsageError
from kg.pipeline import Outcome
from kg.report import as_feedback, as_github, as_json, as_junit, as_sarif, as_text, as_turtle
from kg.report.how import How

__all__ = ["FORMATS", "How", "Write", "writer"]

Write = Callable[[Outcome, BinaryIO, How], None]
"""(outcome, where to, how) -> nothing."""

FORMATS: Final[dict[str, Write]] = {
    "text": as_text.write,
    "json": as_json.write,
    "sarif": as_sarif.write,
    "junit": as_junit.write,
    "github": as_github.write,
    "turtle": as_turtle.write,
    "feedback": as_feedback.write,
}


def writer(name: str) -> Write:
    """The writer of a format; raises ``UsageError`` that lists the known ones."""
    found = FORMATS.get(name)
    if found is None:
        raise UsageError("report-format", received=name, allowed=tuple(FORMATS))
    return found
