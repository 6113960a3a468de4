"""Some of the days, weeks, months of a longer time: the last Monday, the first two weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date import meaning
from kg.values.date.meaning import Date
from kg.values.date.units import DAY, MONTHS, WEEK, monday

if TYPE_CHECKING:
    from datetime import date

    from kg.values.date.parts import Within

_THURSDAY: Final = 3
_SATURDAY: Final = 5


def select(whole: Date, within: Within, weekday: int | None) -> Date | None:
    """The part of ``whole`` that is meant, or None if there is none; both ends must be known.

    A week belongs to the month or year that its Thursday is in, as ISO 8601 counts.
    """
    first, last = whole.earliest, whole.latest
    if first is None or last is None or not within.first or within.count < 1:
        return None
    if within.unit == "day":
        return _days(first, last, within)
    if within.unit == "weekday":
        return None if weekday is None else _weekday(first, last, within, weekday)
    if within.unit == "weekend":
        found = _weekday(first, last, within, _SATURDAY)
        return None if found is None or found.earliest is None else Date(found.earliest, found.earliest + DAY)
    if within.unit == "week":
        found = _weeks(first, last, within)
        if found is None or weekday is None or found.earliest is None:
            return found
        return meaning.of(found.earliest + weekday * DAY) if within.count == 1 else None
    return _months(first, last, within) if within.unit in MONTHS else None


def _range(count: int, within: Within) -> tuple[int, int] | None:
    """The first and the last of the units that are meant, from 0, of ``count``."""
    first = within.first - 1 if within.first > 0 else count + within.first - within.count + 1
    last = first + within.count - 1
    return (first, last) if 0 <= first <= last < count else None


def _days(first: date, last: date, within: Within) -> Date | None:
    found = _range((last - first).days + 1, within)
    if found is None:
        return None
    start, end = (first + n * DAY for n in found)
    return meaning.of(start) if within.count == 1 else Date(start, end)


def _weekday(first: date, last: date, within: Within, weekday: int) -> Date | None:
    start = first + (weekday - first.weekday()) % 7 * DAY
    found = _range((last - start).days // 7 + 1, within)
    return None if found is None else meaning.of(start + found[0] * WEEK)


def _weeks(first: date, last: date, within: Within) -> Date | None:
    start = monday(first + (_THURSDAY - first.weekday()) % 7 * DAY)
    count = ((last - start).days - _THURSDAY) // 7 + 1
    found = _range(count, within)
    return None if found is None else Date(start + found[0] * WEEK, start + found[1] * WEEK + 6 * DAY)


def _months(first: date, last: date, within: Within) -> Date | None:
    length = MONTHS[within.unit]
    total = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day != 1 or last != meaning.last_of(last.year, last.month) or total % length:
        return None
    found = _range(total // length, within)
    if found is None:
        return None
    start, end = found
    chosen = meaning.months(first.year, first.month + start * length, (end - start + 1) * length)
    if chosen.earliest is None or within.count > 1:
        return chosen
    if within.unit == "year":
        return meaning.year(chosen.earliest.year)
    return meaning.month(chosen.earliest.year, chosen.earliest.month) if within.unit == "month" else chosen
