"""The canonical form of an amount in a language, which reads back to the same value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.values.grammar.digits import Number, moved
from kg.values.number import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.amount.meaning import Money

_ENGLISH: dict[str, Any] = {
    "scales": [[12, "trillion"], [9, "billion"], [6, "million"]],
    "at-least": "at least {}",
    "more": "more than {}",
    "at-most": "up to {}",
    "less": "less than {}",
    "range": "{} to {}",
    "about": "about {}",
    "but": "{} but {}",
    "money": "{currency} {number}",
}


def canonical(money: Money, patterns: Mapping[str, Any] | None = None, *, comma: bool = False) -> str:
    """The amount in words; ``patterns`` are ``[canonical]`` of a language's table, English without.

    >>> from kg.values.amount.meaning import Money
    >>> canonical(Money("USD", 15_000_000_000, 25_000_000_000))
    'USD 15 billion to USD 25 billion'
    >>> canonical(Money("USD", None, 40_000_000_000, approximate=True))
    'about up to USD 40 billion'
    """
    forms = patterns or _ENGLISH

    def number(value: Number) -> str:
        return str(forms["money"]).format(currency=money.currency, number=_number(value, forms, comma=comma))

    low, high = money.min, money.max
    more, less = (
        ("more" if money.min_exclusive else "at-least"),
        ("less" if money.max_exclusive else "at-most"),
    )
    if low is None or high is None:
        end = high if low is None else low
        text = "" if end is None else str(forms[less if low is None else more]).format(number(end))
    elif low == high:
        text = number(low)
    elif money.min_exclusive or money.max_exclusive:
        ends = (str(forms[more]).format(number(low)), str(forms[less]).format(number(high)))
        text = str(forms["but"]).format(*ends)
    else:
        text = str(forms["range"]).format(number(low), number(high))
    return str(forms["about"]).format(text) if money.approximate else text


def _number(value: Number, forms: Mapping[str, Any], *, comma: bool) -> str:
    """The number with the largest scale that leaves at most three decimals; digits are not grouped."""
    for power, word in forms["scales"]:
        if abs(value) >= 10**power:
            short = plain(moved(Decimal(value), -power))
            if len(short.partition(".")[2]) < 3:  # noqa: PLR2004 - three decimals may be read as a group
                return f"{_decimals(short, comma=comma)} {word}"
    return _decimals(plain(value), comma=comma)


def _decimals(text: str, *, comma: bool) -> str:
    whole, point, rest = text.partition(".")
    if len(rest) == 3:  # noqa: PLR2004 - as above
        rest += "0"
    return whole + ("," if comma and point else point) + rest
