"""The year of a month that names none: that of the reference date, or the one beside it near its turn.

In January and February the two months before, in November and December the two months after are
meant: "Dec. 5" in February is that of last year. Only where the language has it so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kg.values.date.parts import Parts

_YEAR: Final = 12
_NEAR: Final = 2
"""So many months before or after the present one."""


def beside(sides: Sequence[Parts], reference: Callable[[], date]) -> int:
    """How many years the date lies from the year of the reference date: -1, 0 or 1."""
    first = sides[0]
    if not first.near or first.month is None or first.relative is not None or not all(map(_is_open, sides)):
        return 0
    today = reference()
    if first.begun:
        return -1 if (first.month, first.day or 1) > (today.month, today.day) else 0
    if first.month > today.month and (today.month - first.month) % _YEAR <= _NEAR:
        return 0 if (first.bound and len(sides) == 1) or _goes_on(sides, today) else -1
    return int(first.month < today.month and (first.month - today.month) % _YEAR <= _NEAR)


def _is_open(side: Parts) -> bool:
    """Whether nothing but a month, a day or a part of it is named."""
    more = (side.year, side.quarter, side.half, side.season, side.shift, side.span)
    weekday = side.weekday is None or side.within is not None
    return weekday and all(value is None for value in more) and not side.direction and _is_of_no_year(side)


def _is_of_no_year(side: Parts) -> bool:
    """Whether no year is named; the end of a range may be in the year after its beginning."""
    return side.relative is None or side.relative == {"year": 1}


def _goes_on(sides: Sequence[Parts], today: date) -> bool:
    """Whether a range of whole months goes on to the present one, so that it is the coming one: Dec-Feb."""
    last = sides[-1]
    return len(sides) > 1 and last.day is None and last.month == today.month
