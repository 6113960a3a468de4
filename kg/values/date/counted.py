"""The days of runs and of selected parts: the last two quarters, the first Monday of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date import meaning
from kg.values.date.meaning import Date
from kg.values.date.units import DAY, WEEK, unit_at, week_of_year

if TYPE_CHECKING:
    import datetime as dt

    from kg.values.date.parts import Run, Selection

_LENGTHS: Final = {"month": 1, "quarter": 3}
_AT_MOST: Final = 400
"""Days of a time in which weekdays and days are counted."""


def run(today: dt.date, what: Run) -> Date | None:
    """The units after that of the reference date, or before it.

    >>> from datetime import date
    >>> from kg.values.date.parts import Run
    >>> run(date(2025, 2, 4), Run("day", -2)).earliest
    datetime.date(2025, 2, 2)
    """
    near = unit_at(today, what.unit, 1 if what.steps > 0 else -1)
    far = unit_at(today, what.unit, what.steps)
    if near is None or far is None:
        return None
    first, last = (near, far) if what.steps > 0 else (far, near)
    return _between(first, last)


def selected(period: Date, what: Selection) -> Date | None:
    """The selected part of a time, None if the time has no such parts.

    Weeks are those of ISO 8601, and only a year has them: two sources differ on the first week of a month.
    Raises ``ValueError`` for a number that the time has not.
    """
    start, end = period.earliest, period.latest
    if start is None or end is None:
        return None
    if what.unit in _LENGTHS:
        return _month(start, end, what)
    if what.unit == "week":
        return _week(start, what) if period.precision == "year" else None
    if (end - start).days > _AT_MOST:
        return None
    if what.unit == "day":
        days = [start + number * DAY for number in range((end - start).days + 1)]
    else:
        first = start + (what.weekday - start.weekday()) % 7 * DAY
        days = [first + number * WEEK for number in range((end - first).days // 7 + 1)]
        if what.count > 1:
            return None
    first_index, last_index = _indices(what, len(days))
    return _between(meaning.of(days[first_index]), meaning.of(days[last_index]))


def _month(start: dt.date, end: dt.date, what: Selection) -> Date | None:
    """Months and quarters of whole years."""
    length = _LENGTHS[what.unit]
    total = (end.year - start.year) * 12 + end.month - start.month + 1
    if (start.month, start.day) != (1, 1) or (end.month, end.day) != (12, 31):
        return None
    first, last = _indices(what, total // length)
    if what.unit == "month" and first == last:
        return meaning.month(start.year + first // 12, first % 12 + 1)
    return meaning.months(start.year, 1 + first * length, (last - first + 1) * length)


def _week(start: dt.date, what: Selection) -> Date:
    weeks = start.replace(month=12, day=28).isocalendar().week
    first, last = _indices(what, weeks)
    return _between(week_of_year(start.year, first + 1), week_of_year(start.year, last + 1))


def _indices(what: Selection, total: int) -> tuple[int, int]:
    """The indices of the first and last selected of ``total`` parts."""
    if what.first > 0:
        first = what.first - 1
        last = first + what.count - 1
    else:
        last = total + what.first
        first = last - what.count + 1
    if not 0 <= first <= last < total or (what.count > 1 and abs(what.first) > 1):
        raise ValueError(what)
    return first, last


def _between(first: Date, last: Date) -> Date:
    return first if first == last else Date(first.earliest, last.latest)
