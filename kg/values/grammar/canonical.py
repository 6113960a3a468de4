"""The canonical form of an interval in a language, which reads back to the same value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.values.grammar.limits import EXACT, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.grammar.digits import Number
    from kg.values.grammar.interval import Interval
    from kg.values.lexicon import Lexicon

_DECIMALS: Final = 3
"""Three digits after a separator may be read as a group."""


def canonical(found: Interval, lexicon: Lexicon, language: str, pattern: str = "{number}") -> str:
    """The interval in words of a language, English where the language has no table.

    ``pattern`` holds what the type of value has beside its ``{number}``.
    """
    table = lexicon.table(language)
    forms = table.get("canonical") or lexicon.table("en")["canonical"]
    comma = "canonical" in table and lexicon.comma(language)

    def number(value: Number) -> str:
        return pattern.format(number=_number(value, forms, comma=comma))

    low, high = found.min, found.max
    more = "more" if found.min_exclusive else "at-least"
    less = "less" if found.max_exclusive else "at-most"
    if low is None or high is None:
        end = high if low is None else low
        text = "" if end is None else str(forms[less if low is None else more]).format(number(end))
    elif low == high:
        text = number(low)
    elif found.min_exclusive or found.max_exclusive:
        ends = (str(forms[more]).format(number(low)), str(forms[less]).format(number(high)))
        text = str(forms["but"]).format(*ends)
    else:
        text = str(forms["range"]).format(number(low), number(high))
    return str(forms["about"]).format(text) if found.approximate else text


def _number(value: Number, forms: Mapping[str, Any], *, comma: bool | None) -> str:
    """The number with the largest scale that leaves at most two decimals; digits are not grouped."""
    for power, word in forms["scales"]:
        if abs(value) >= 10**power:
            short = Decimal(value).scaleb(-power, EXACT).normalize(EXACT)
            if -int(short.as_tuple().exponent) < _DECIMALS:
                return f"{_with_point(plain(short), comma=comma)} {word}"
    return _with_point(plain(value), comma=comma)


def _with_point(text: str, *, comma: bool | None) -> str:
    whole, point, rest = text.partition(".")
    if len(rest) == _DECIMALS:
        rest += "0"
    return whole + ("," if comma and point else point) + rest
