"""How what was found is reported: one module for each format, listed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Final

from kg.errors import UsageError
from kg.pipeline import Outcome
from kg.report import as_json, as_text, as_turtle

Write = Callable[[Outcome, BinaryIO, str], None]
"""(outcome, where to, language) -> nothing."""

FORMATS: Final[dict[str, Write]] = {
    "text": as_text.write,
    "json": as_json.write,
    "turtle": as_turtle.write,
}


def writer(name: str) -> Write:
    """The writer of a format; raises ``UsageError`` that lists the known ones."""
    found = FORMATS.get(name)
    if found is None:
        raise UsageError("report-format", received=name, allowed=tuple(FORMATS))
    return found
