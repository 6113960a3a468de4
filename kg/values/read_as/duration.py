"""Durations: ``약 2시간``, ``PT2H``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.duration import grammar
from kg.values.duration.meaning import canonical
from kg.values.explanation import Step

if TYPE_CHECKING:
    from kg.values.duration.meaning import Duration
    from kg.values.kinds import Beside

COLUMNS: Final = ("value", "approximate")
NOTHING: Final[frozenset[str]] = frozenset()


def read(text: str, beside: Beside) -> Duration:
    """The duration that a text says."""
    return grammar.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """The whole."""
    return [Step(text.strip(), said(read(text, beside), "en"))]


def said(value: Duration, language: str) -> str:
    """The duration in a normal form."""
    about = {"ko": "약 "}.get(language, "about ") if value.approximate else ""
    return about + canonical(value.seconds)


def spelled(value: Duration) -> dict[str, Any]:
    """The duration in the canonical form of ``xsd:dayTimeDuration``."""
    return {"value": canonical(value.seconds)} | ({"approximate": True} if value.approximate else {})
