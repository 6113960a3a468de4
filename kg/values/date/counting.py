"""What is counted from a day: three years ago, the next two weeks, last week, ten days from March 1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.values.date import meaning
from kg.values.date.meaning import Date
from kg.values.date.units import DAY, DAYS, MONTHS, WEEK, unit_at
from kg.values.date.units import moved as day_moved

if TYPE_CHECKING:
    from datetime import date

    from kg.values.date.parts import Run, Steps

NEAR: Final = frozenset({"day", "week", "fortnight", "weekend", "workweek", "decade", "century"})
"""Units that nothing larger or smaller is named with."""
_SATURDAY: Final = 5
_MOST_WORKDAYS: Final = 1_000
_FORWARD: Final = frozenset({"next", "coming", "within", "this", "upcoming", "next-on"})


def near(today: date, unit: str, by: int) -> Date:
    """The unit of the calendar ``by`` steps from that of a day; raises ``ValueError`` for other units."""
    found = unit_at(today, unit, by)
    if found is None:
        raise ValueError(unit)
    return found


def ago(today: date, steps: Steps) -> Date | None:
    """A distance from the reference date, as precise as its smallest unit; weeks are days.

    >>> from datetime import date
    >>> ago(date(2025, 2, 4), {"week": -2}).earliest, ago(date(2025, 2, 4), {"year": -3}).precision
    (datetime.date(2025, 1, 21), 'year')
    """
    if not steps.keys() <= MONTHS.keys() | DAYS.keys():
        return None
    found = day_moved(today, steps)
    if steps.keys() & DAYS.keys():
        return meaning.of(found)
    smallest = next(unit for unit in MONTHS if unit in steps)
    return near(found, "year" if MONTHS[smallest] > MONTHS["year"] else smallest, 0)


def moved(anchor: Date, steps: Steps) -> Date | None:
    """A distance from another time: a day gives a day, a month a month if that is what is counted."""
    first = anchor.earliest
    if first is None or not steps.keys() <= MONTHS.keys() | DAYS.keys():
        return None
    if anchor.precision == "day":
        return replace(meaning.of(day_moved(first, steps)), approximate=anchor.approximate)
    if steps.keys() & DAYS.keys():
        return None
    if anchor.precision == "year" and steps.keys() == {"year"}:
        return replace(meaning.year(first.year + steps["year"]), approximate=anchor.approximate)
    if anchor.precision == "month":
        found = day_moved(first, steps)
        return replace(meaning.month(found.year, found.month), approximate=anchor.approximate)
    return None


def weekdays(today: date, weekday: int, number: int) -> Date | None:
    """``2 Thursdays ago``: the second Thursday before today."""
    if number > 0:
        first = today + ((weekday - today.weekday() - 1) % 7 + 1) * DAY
        return meaning.of(first + (number - 1) * WEEK)
    if number < 0:
        first = today - ((today.weekday() - weekday - 1) % 7 + 1) * DAY
        return meaning.of(first + (number + 1) * WEEK)
    return None


def run(today: date, counted: Run) -> Date | None:
    """Several whole units on end before the present one or after it: the past three years."""
    count, unit, direction = counted.count, counted.unit, counted.direction
    if unit == "workday":
        return _workdays(today, count, forward=direction in _FORWARD)
    if unit not in DAYS and unit not in MONTHS:
        return None
    if direction == "within":
        return Date(today, day_moved(today, {unit: count}) - DAY)
    if direction == "upcoming":
        return near(today, unit, count)
    if direction == "next-on":
        return Date(today + DAY, day_moved(today, {unit: count}))
    if direction == "past-on":
        return Date(day_moved(today, {unit: -count}), today - DAY)
    first, last = (1, count) if direction in _FORWARD else (-count, -1)
    return Date(near(today, unit, first).earliest, near(today, unit, last).latest)


def _workdays(today: date, count: int, *, forward: bool) -> Date | None:
    """So many days from Monday to Friday on end, as the days from the first to the last."""
    if count > _MOST_WORKDAYS:
        return None
    found: list[date] = []
    day = today
    while len(found) < count:
        day += DAY if forward else -DAY
        if day.weekday() < _SATURDAY:
            found.append(day)
    return Date(min(found), max(found))


def _is_year(of: Date) -> bool:
    """Whether days are twelve whole months, as a year of accounts."""
    first, last = of.earliest, of.latest
    return (
        first is not None
        and last is not None
        and first.day == 1
        and day_moved(first, {"year": 1}) == last + DAY
    )


def span(start: Date, count: int, unit: str) -> Date | None:
    """A time that begins with a day and lasts so long: ten days from March 1 end on March 10.

    A negative one ends with the time named: three months ended June 30.
    """
    first = start.earliest
    if first is None or not count or (unit not in DAYS and unit not in MONTHS):
        return None
    if count < 0:
        last = start.latest
        return None if last is None else Date(day_moved(last + DAY, {unit: count}), last)
    known = bool(start.precision) or _is_year(start)
    if start.precision != "day" and (not known or unit not in MONTHS):
        return None
    return Date(first, day_moved(first, {unit: count}) - DAY, "", start.approximate)
