"""Durations: ``약 2시간``, ``PT2H``, ``6개월``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values import duration
from kg.values.duration.meaning import written

if TYPE_CHECKING:
    from kg.values.duration.meaning import Duration
    from kg.values.explanation import Step
    from kg.values.kinds import Beside

COLUMNS: Final = ("value", "approximate")
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Duration:
    """The duration that a text says."""
    return duration.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """What each piece was taken for, and the whole in the canonical form."""
    return duration.explained(text, beside.language)


def said(value: Duration, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract
    """The duration in words."""
    return duration.said(value, language)


def spelled(value: Duration) -> dict[str, Any]:
    """The duration in its canonical form of XML Schema."""
    return {"value": written(value)[0]} | ({"approximate": True} if value.approximate else {})
