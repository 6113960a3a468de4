"""Quantities: ``5GW``, ``약 1만 명``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.quantity import grammar, saying
from kg.values.read_as import bounds

if TYPE_CHECKING:
    from kg.values.explanation import Step
    from kg.values.kinds import Beside
    from kg.values.quantity.meaning import Quantity

COLUMNS: Final = ("unit", *bounds.COLUMNS)
NOTHING: Final = frozenset({"number-no-number"})


def read(text: str, beside: Beside) -> Quantity:
    """The quantity that a text says."""
    return grammar.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """What each word was taken for."""
    return saying.explained(text, beside.language)


def said(value: Quantity, language: str) -> str:
    """The quantity in a normal form."""
    return saying.said(value, language)


def spelled(value: Quantity) -> dict[str, Any]:
    """The quantity as a record spells it out."""
    return {"unit": value.unit, **bounds.spelled(value.number)}
