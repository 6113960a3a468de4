"""Parts of a time that words name: early, mid, late; 上旬; 말; the first of it up to today.

- ``early``, ``mid``, ``late``: of a month days 1-10, 11-20, from 21; of a week Monday to Wednesday,
  Wednesday to Friday, Friday to Sunday; of a longer time its thirds.
- ``beginning``: as ``early``, but of a year its first quarter.
- ``first-third``, ``second-third``, ``last-third``: days 1-10, 11-20, from 21 of a month only.
- ``first-half``, ``second-half``: days 1-15 and from 16 of a month; the halves of a longer time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kg.values.date import meaning
from kg.values.date.meaning import Date

if TYPE_CHECKING:
    from datetime import date

THIRDS: Final = {
    "early": 0,
    "beginning": 0,
    "mid": 1,
    "late": 2,
    "first-third": 0,
    "second-third": 1,
    "last-third": 2,
}
HALVES: Final = ("first-half", "second-half")
PARTS: Final = frozenset({*THIRDS, *HALVES})
"""The parts that need no reference date."""
"""Word -> which third."""
_WEEK: Final = ((0, 2), (2, 4), (4, 6))
"""The first and last day of the thirds of a week; Monday is 0."""
_TENTH: Final = 10
_LAST: Final = 2
_HALF_MONTH: Final = 15
_QUARTER: Final = 3
_YEARS_OF_MONTHS: Final = 2
_DAY: Final = timedelta(days=1)


def part_of(found: Date, part: str) -> Date | None:
    """The early, middle or late part of a time, or None if it has none.

    >>> part_of(meaning.year(2024), "late").earliest
    datetime.date(2024, 9, 1)
    """
    if found.earliest is None or found.latest is None:
        return None
    start, end = found.earliest, found.latest
    if part in HALVES:
        return _half(found, start, end, HALVES.index(part))
    which = THIRDS[part]
    if found.precision == "month":
        first = start.replace(day=which * _TENTH + 1)
        last = end if which == _LAST else start.replace(day=(which + 1) * _TENTH)
        return Date(first, last)
    if part.endswith("third"):
        return None
    if part == "beginning" and found.precision == "year":
        return meaning.months(start.year, 1, _QUARTER)
    if (end - start).days == 6:  # noqa: PLR2004 - a week
        first, last = (start + offset * _DAY for offset in _WEEK[which])
        return Date(first, last)
    if start.day != 1 or end != meaning.last_of(end.year, end.month):
        return None
    length = (end.year - start.year) * 12 + end.month - start.month + 1
    offset, count = _third(length, which)
    return meaning.months(start.year, start.month + offset, count)


def _half(found: Date, start: date, end: date, which: int) -> Date | None:
    """A half of a month, a year, or another time of an even number of months."""
    if found.precision == "month":
        middle = start.replace(day=_HALF_MONTH)
        return Date(start, middle) if which == 0 else Date(middle + _DAY, end)
    length = (end.year - start.year) * 12 + end.month - start.month + 1
    if length % 2 or start.day != 1 or end != meaning.last_of(end.year, end.month):
        return None
    return meaning.months(start.year, start.month + which * length // 2, length // 2)


def _third(length: int, which: int) -> tuple[int, int]:
    """(offset, count) of a third of so many months; of decades and centuries whole years."""
    unit = 12 if length >= _YEARS_OF_MONTHS * 12 and not length % 12 else 1
    total = length // unit
    side = round(total / 3)
    spans = ((0, side), (side, total - 2 * side), (total - side, side))
    offset, count = spans[which]
    return offset * unit, count * unit
