"""Amounts of money: ``150억~250억달러``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.explanation import Step
from kg.values.money import grammar
from kg.values.number import plain

if TYPE_CHECKING:
    from kg.values.kinds import Beside
    from kg.values.money.meaning import Money

COLUMNS: Final = (
    *("currency", "value", "min", "max", "minExclusive", "maxExclusive", "approximate"),
    *("converted",),
)
NOTHING: Final = frozenset({"money-no-amount"})


def read(text: str, beside: Beside) -> Money:
    """The amount that a text says."""
    return grammar.read(text, beside.language)


def explained(text: str, beside: Beside) -> list[Step]:
    """What was assumed, and the whole."""
    found = read(text, beside)
    steps = [Step(found.assumed, found.currency, assumed=True)] if found.assumed else []
    return [*steps, Step(text.strip(), said(found, "en"))]


def said(value: Money, language: str) -> str:  # noqa: ARG001 - contract
    """The amount in a normal form."""
    low, high = (None if n is None else plain(n) for n in (value.min, value.max))
    if low == high:
        number = str(low)
    else:
        number = f"{low}-{high}" if low and high else f"at least {low}" if low else f"up to {high}"
    about = "about " if value.approximate else ""
    return f"{about}{value.currency} {number}"


def spelled(value: Money) -> dict[str, Any]:
    """The amount as a record spells it out."""
    made: dict[str, Any] = {"currency": value.currency}
    low, high = (None if n is None else plain(n) for n in (value.min, value.max))
    if low is not None and low == high:
        made["value"] = low
    else:
        made |= {key: n for key, n in (("min", low), ("max", high)) if n is not None}
    flags = (("minExclusive", value.min_exclusive), ("maxExclusive", value.max_exclusive))
    made |= {key: True for key, flag in (*flags, ("approximate", value.approximate)) if flag}
    if value.converted is not None:
        made["converted"] = spelled(value.converted)
    return made
