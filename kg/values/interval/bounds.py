"""Sides put together: which number bounds the interval where."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.interval.meaning import Interval, Number
from kg.values.interval.sides import Refused
from kg.values.numeral import Numeral, plus, raised

if TYPE_CHECKING:
    from kg.values.interval.side import Side

_LOWER: Final = frozenset({">", ">="})
_UPPER: Final = frozenset({"<", "<="})
_THIRDS: Final = {
    "first": (0, 3),
    "second": (3, 7),
    "last": (7, 10),
    "first-half": (0, 5),
    "second-half": (5, 10),
}
"""The tenths of a band in which a third of it begins and ends, as those of a decade, or a half."""
_UNGROUPED: Final = 1000


class Bounded(NamedTuple):
    """Which ends of an interval one number is."""

    lower: bool = True
    upper: bool = True
    min_exclusive: bool = False
    max_exclusive: bool = False


def bounded(side: Side) -> Bounded | None:
    """Which ends the number of a single side is; None where it begins a band. Raises ``Refused``."""
    bound, open_end = side.bound, side.open_end
    if (open_end and (side.third or not bound)) or (side.third and bound):
        raise Refused(None)
    if bound in _LOWER:
        return Bounded(upper=False, min_exclusive=open_end or bound == ">")
    if bound in _UPPER:
        return Bounded(lower=False, max_exclusive=open_end or bound == "<")
    return None if side.band or side.third else Bounded()


def one(side: Side, number: Numeral) -> Interval:
    """The interval of a single side; raises ``Refused`` where it can be none."""
    value, about = number.value, side.approximate or number.inexact
    ends = bounded(side)
    if ends is not None:
        low, high = value if ends.lower else None, value if ends.upper else None
        return Interval(low, high, ends.min_exclusive, ends.max_exclusive, about, number.assumed)
    if not side.third:
        return Interval(value, top_of_band(value), False, True, about, number.assumed)  # noqa: FBT003
    if value < 0:
        raise Refused(None)
    return Interval(*third_of_band(value, side.third), False, True, about, number.assumed)  # noqa: FBT003


class Between(NamedTuple):
    """What two sides say of the interval between their numbers."""

    turned: bool
    """Whether the second one is the lower end: 10亿元以下，5亿元以上."""
    band: bool
    """Whether it ends where the band of the upper number ends."""
    min_exclusive: bool
    max_exclusive: bool


def between(first: Side, second: Side) -> Between:
    """What two sides bound; raises ``Refused`` where they can't be the ends of an interval."""
    turned = first.bound in _UPPER and second.bound in _LOWER
    if turned:
        first, second = second, first
    if first.bound in _UPPER or second.bound in _LOWER or first.third or second.third:
        raise Refused(None)
    below = second.band or second.bound == "<" or second.open_end
    return Between(turned, second.band, first.bound == ">" or first.open_end, below)


def two(first: Side, second: Side, low: Numeral, high: Numeral) -> Interval:
    """The interval between two sides; raises ``Refused`` where they can't be its ends."""
    about = first.approximate or second.approximate or low.inexact or high.inexact
    return spanned(between(first, second), low, high, about=about)


def spanned(ends: Between, low: Numeral, high: Numeral, *, about: bool) -> Interval:
    """The interval from one number to another; raises ``Refused`` if their scales leave it open."""
    turned, band, more, less = ends
    least, most = shared_scale(low, high)
    if turned:
        least, most = most, least
    return Interval(
        least, top_of_band(most) if band else most, more, less, about, low.assumed or high.assumed
    )


def shared_scale(low: Numeral, high: Numeral) -> tuple[Number, Number]:
    """Both numbers; the lower one takes over the scale of the upper: ``15-25bn``."""
    group = max(high.group, 0)
    shared = high.scale + group
    if low.scale and not shared and high.value < low.value and high.value > 0:
        raise Refused(None)  # "$15bn-25" may leave out what the first has
    if low.scale or low.group < 0 or not shared or (low.group and not high.scale):
        return low.value, high.value
    if low.group:
        power, head = high.scale, high.head
    else:
        power, head = shared, raised(high.head, -group if high.scale else 0)
        head = head if high.scale else raised(high.value, -group)
    if _size(low.value) < _size(head):
        return raised(low.value, power), high.value
    if low.value < _UNGROUPED and low.value < high.value:
        raise Refused(None)  # "900-1.2bn" may be 900 or 900 million
    return low.value, high.value


def _size(value: Number) -> Number:
    return -value if value < 0 else value


def top_of_band(value: Number) -> Number:
    """Where ``3조원대`` ends: one more in the last place that is not zero."""
    return plus(value, raised(1, _place(value)))


def third_of_band(value: Number, third: str) -> tuple[Number, Number]:
    """Where ``3조원대 초반`` begins and ends.

    >>> third_of_band(10_000_000_000, "first"), third_of_band(5, "second")
    ((10000000000, 13000000000), (Decimal('5.3'), Decimal('5.7')))
    """
    tenth = _place(value) - 1
    first, last = _THIRDS[third]
    return plus(value, raised(first, tenth)), plus(value, raised(last, tenth))


def _place(value: Number) -> int:
    """The power of ten of the last place that is not zero; of nothing, that of its last place."""
    if value and isinstance(value, int):
        written = str(value)
        return len(written) - len(written.rstrip("0"))
    _, digits, exponent = Decimal(value).as_tuple()
    if not value:
        return int(exponent)
    zeros = 0
    for digit in reversed(digits):
        if digit:
            break
        zeros += 1
    return int(exponent) + zeros
