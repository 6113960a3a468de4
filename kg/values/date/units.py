"""Days, weeks, months, quarters and years as steps: of the calendar, and from one day to another."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kg.values.date import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.date.meaning import Date

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
"""Unit -> months."""
DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}
"""Unit -> days."""
_YEAR: Final = 12


def monday(of: date) -> date:
    """The Monday of a day's week."""
    return of - of.weekday() * DAY


def unit_at(today: date, unit: str, by: int) -> Date | None:
    """The unit of the calendar ``by`` steps from that of a day; a fortnight begins with this week.

    >>> unit_at(date(2025, 2, 4), "quarter", -1).earliest
    datetime.date(2024, 10, 1)
    """
    if unit == "day":
        return meaning.of(today + by * DAY)
    if unit in DAYS:
        first = monday(today) + by * DAYS[unit] * DAY
        return meaning.Date(first, first + (DAYS[unit] - 1) * DAY)
    if unit == "weekend":
        first = monday(today) + 5 * DAY + by * WEEK
        return meaning.Date(first, first + DAY)
    if unit == "workweek":
        first = monday(today) + by * WEEK
        return meaning.Date(first, first + 4 * DAY)
    if unit not in MONTHS:
        return None
    if unit == "year":
        return meaning.year(today.year + by)
    length = MONTHS[unit]
    # a century is 2001 to 2100, a decade 2000 to 2009
    count = today.year * _YEAR + today.month - 1 - (_YEAR if unit == "century" else 0)
    first_month = (count // length + by) * length + (_YEAR if unit == "century" else 0)
    if unit == "month":
        return meaning.month(first_month // _YEAR, first_month % _YEAR + 1)
    return meaning.months(first_month // _YEAR, first_month % _YEAR + 1, length)


def moved(today: date, steps: Mapping[str, int]) -> date:
    """A day so many units on; the day of the month is kept as far as the month has it.

    >>> moved(date(2024, 1, 31), {"month": 1})
    datetime.date(2024, 2, 29)
    """
    total = sum(MONTHS[unit] * n for unit, n in steps.items() if unit in MONTHS)
    if total:
        count = today.year * _YEAR + today.month - 1 + total
        year, month = count // _YEAR, count % _YEAR + 1
        today = date(year, month, min(today.day, monthrange(year, month)[1]))
    return today + sum(DAYS[unit] * n for unit, n in steps.items() if unit in DAYS) * DAY


def week_of_year(year: int, number: int) -> Date:
    """A week by its number, as ISO 8601 counts; raises ``ValueError`` if the year has none."""
    first = date.fromisocalendar(year, number, 1)
    return meaning.Date(first, first + 6 * DAY)
