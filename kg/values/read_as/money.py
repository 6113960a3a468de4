"""Amounts of money: ``150억~250억달러``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.money import grammar, saying
from kg.values.read_as import bounds

if TYPE_CHECKING:
    from kg.values.explanation import Step
    from kg.values.kinds import Beside
    from kg.values.money.meaning import Money

COLUMNS: Final = ("currency", *bounds.COLUMNS, "converted")
NOTHING: Final = frozenset({"money-no-amount"})


def read(text: str, beside: Beside) -> Money:
    """The amount that a text says."""
    return grammar.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """What each word was taken for."""
    return saying.explained(text, beside.language)


def said(value: Money, language: str) -> str:
    """The amount in a normal form."""
    return saying.said(value, language)


def spelled(value: Money) -> dict[str, Any]:
    """The amount as a record spells it out."""
    made = {"currency": value.currency, **bounds.spelled(value)}
    return made if value.converted is None else {**made, "converted": spelled(value.converted)}
