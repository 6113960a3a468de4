"""What is not guessed: each function refuses a text that has two readings, and names both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date import edtf
from kg.values.date.units import DAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.errors import Unreadable
    from kg.values.date.meaning import Date
    from kg.values.date.parts import Within
    from kg.values.vocabulary import Token

_THURSDAY: Final = 3
_SUNDAY: Final = 6
_WINTER: Final = 24
_FEBRUARY: Final = 2
_SHORT: Final = 2
"""Digits of a year in short."""


def ambiguous(text: str, *allowed: object) -> Unreadable:
    """The refusal of a text, with the readings that there are."""
    return unreadable("date-ambiguous", text, tuple(map(str, allowed)))


def which_year(text: str, found: Date) -> Unreadable:
    """``3 days after January 12``: of the year of the reference date, or of the next."""
    return ambiguous(text, edtf.written(found))


def refuse_to_come(text: str, today: date, found: Date) -> None:
    """``three months ended Dec. 31``, in February: of the year that ends so, or of the last one."""
    if found.earliest is not None and found.latest is not None and found.latest > today:
        before = (_year_before(found.earliest), _year_before(found.latest))
        raise ambiguous(text, f"{before[0]}/{before[1]}", edtf.written(found))


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def refuse_past_day(text: str, today: date, number: int) -> None:
    """``the 1st`` on the 12th may be of this month or of the next."""
    if number < today.day:
        first = today.year * 12 + today.month - 1
        raise ambiguous(text, *(f"{m // 12:04}-{m % 12 + 1:02}-{number:02}" for m in (first, first + 1)))


def refuse_month_and_number(text: str, tokens: Sequence[Token]) -> None:
    """``Jun-24`` is a month of a year in tables, and a day of a month elsewhere."""
    for month, hyphen, number in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (month.kind, hyphen.text, number.kind) != ("month", "-", "digits"):
            continue
        glued = month.end == hyphen.start and hyphen.end == number.start
        if glued and len(number.text) == _SHORT and number.text.isdigit():
            raise ambiguous(text, f"20{number.text}-{month.value:02}", f"{month.value:02}-{number.text}")


def refuse_sunday(text: str, day: date) -> None:
    """``the week of`` a Sunday may be the one that begins with it or the one that ends with it."""
    if day.weekday() == _SUNDAY:
        raise ambiguous(text, f"{day - 6 * DAY}/{day}", f"{day}/{day + 6 * DAY}")


def refuse_first_week(text: str, whole: Date, within: Within, found: Date | None) -> None:
    """``the first week of October 2014``, a Wednesday: the one that it begins in, or the first whole one."""
    first = whole.earliest
    if not within.unsettled or within.first < 1 or whole.precision != "month" or first is None:
        return
    if found is not None and found.latest is not None and 0 < first.weekday() <= _THURSDAY:
        later = replace(found, earliest=found.earliest and found.earliest + WEEK, latest=found.latest + WEEK)
        raise ambiguous(text, edtf.written(found), edtf.written(later))


def refuse_weekdays(text: str, today: date, weekday: int, number: int, found: Date | None) -> None:
    """``3 Fridays from now`` may be the third one, or the one of the third week from now."""
    if number > 1 and weekday > today.weekday() and found is not None and found.earliest is not None:
        raise ambiguous(text, found.earliest, found.earliest + WEEK)


def refuse_winter(text: str, today: date, season: int | None, year: int) -> None:
    """In January, "this winter" may be the one that began last year."""
    if season == _WINTER and today.month <= _FEBRUARY:
        raise ambiguous(text, f"{year - 1:04}-24", f"{year:04}-24")


def refuse_other_season(text: str, today: date, season: int | None, found: Date | None) -> None:
    """``current summer`` in February is that of the south, or not the current one."""
    if season is None or found is None or found.earliest is None or found.latest is None:
        return
    if not found.earliest <= today <= found.latest:
        raise ambiguous(text, edtf.written(found), today.isoformat())
