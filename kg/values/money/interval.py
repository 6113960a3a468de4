"""The sides of an amount put together: which bounds, in which currency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.money.faults import fault
from kg.values.money.meaning import Money, Number
from kg.values.money.side import Side, number
from kg.values.money.vocabulary import family
from kg.values.numeral import Numeral, plus, shifted

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_LOWER: Final = frozenset({">", ">="})
_UPPER: Final = frozenset({"<", "<="})
_UNGROUPED: Final = 1000

Bounds = tuple[Number | None, Number | None, bool, bool]


def interval(
    sides: list[Side], tokens: list[Token], text: str, as_written: str, converted: Money | None
) -> Money:
    """The amount that one side says, or two of a range; raises ``Unreadable``."""
    first, last = sides[0], sides[-1]
    low = number(first)
    high = low if first is last else number(last)
    if low is None or high is None or len(sides) > 2:  # noqa: PLR2004 - an interval has two ends
        raise fault(tokens, text)
    if first is last:
        bounds = _one(first, low.value)
        sure = first
    else:
        bounds = _two(first, last, _shared_scale(low, high, tokens, text), tokens, text)
        sure = _same_currency(first, last, text)
    if not sure.currency:
        raise unreadable("money-no-currency", text, ("USD", "KRW", "EUR"))
    approximate = first.approximate or last.approximate
    return Money(sure.currency, *bounds, approximate, as_written, converted, sure.symbol)


def _same_currency(first: Side, last: Side, text: str) -> Side:
    """The side whose currency is that of both."""
    if not last.currency or not first.currency:
        return first if first.currency else last
    sure, other = (last, first) if first.symbol else (first, last)
    if other.currency == sure.currency or (other.symbol and sure.currency in family(other.currency)):
        return sure
    raise unreadable("money-two-currencies", text, (first.currency, last.currency))


def _one(side: Side, value: Number) -> Bounds:
    if side.band and not side.bound:
        return value, _top_of_band(value), False, True
    return _bounded(side.bound, value)


def _bounded(bound: str, value: Number) -> Bounds:
    if bound in _LOWER:
        return value, None, bound == ">", False
    if bound in _UPPER:
        return None, value, False, bound == "<"
    return value, value, False, False


def _two(first: Side, second: Side, ends: tuple[Number, Number], tokens: list[Token], text: str) -> Bounds:
    low, high = ends
    if first.bound in _UPPER and second.bound in _LOWER:
        first, second, low, high = second, first, high, low
    if first.bound in _UPPER or second.bound in _LOWER:
        raise fault(tokens, text)
    if second.band:
        return low, _top_of_band(high), first.bound == ">", True
    return low, high, first.bound == ">", second.bound == "<"


def _shared_scale(low: Numeral, high: Numeral, tokens: list[Token], text: str) -> tuple[Number, Number]:
    """Both numbers; the lower one takes over the scale of the upper: ``15-25bn``."""
    shared = high.scale + high.group
    if low.scale or not shared or (low.group and not high.scale):
        return low.value, high.value
    if low.group:
        power, head = high.scale, high.head
    else:
        power, head = shared, shifted(high.head, -high.group if high.scale else 0)
        head = head if high.scale else shifted(high.value, -high.group)
    if low.value < head:
        return shifted(low.value, power), high.value
    if low.value < _UNGROUPED and low.value < high.value:
        # "900-1.2bn" may be 900 or 900 million
        raise fault(tokens, text)
    return low.value, high.value


def _top_of_band(value: Number) -> Number:
    """Where ``3조원대`` ends: one more in the last place that is not zero."""
    sign, digits, exponent = Decimal(value).as_tuple()
    del sign
    zeros = 0
    for digit in reversed(digits):
        if digit:
            break
        zeros += 1
    return plus(value, shifted(1, int(exponent) + zeros))
