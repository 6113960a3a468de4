"""Numbers: ``이십오``, ``between 20 and 30``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.number import grammar, saying
from kg.values.read_as import bounds

if TYPE_CHECKING:
    from kg.values.explanation import Step
    from kg.values.interval.meaning import Interval
    from kg.values.kinds import Beside

COLUMNS: Final = bounds.COLUMNS
NOTHING: Final = frozenset({"number-no-number"})


def read(text: str, beside: Beside) -> Interval:
    """The number that a text says."""
    return grammar.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """What each word was taken for."""
    return saying.explained(text, beside.language)


def said(value: Interval, language: str) -> str:
    """The number in a normal form."""
    return saying.said(value, language)


def spelled(value: Interval) -> dict[str, Any]:
    """The number, or its bounds."""
    return bounds.spelled(value)
