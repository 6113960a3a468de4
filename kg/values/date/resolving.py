"""The parts of a date worked out: which days are meant, counted from a reference date if need be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date import meaning
from kg.values.date.meaning import Date
from kg.values.date.seasons import half, part_of_year, quarter
from kg.values.date.thirds import third

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.errors import Unreadable
    from kg.values.date.parts import Parts

_DAY_LENGTH: Final = 10
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_CENTURY: Final = 100
_AHEAD: Final = 20
_FEBRUARY: Final = 2
_WINTER: Final = 24


def resolve(sides: list[Parts], text: str, reference: Callable[[], str | None]) -> Date:
    """The date that the parts mean; ``reference`` is asked only for what needs it.

    Raises ``Unreadable``: ``date-needs-reference``, ``date-not-in-calendar``.
    """
    solver = _Solver(text, reference)
    try:
        if len(sides) == 1:
            return _bounded(sides[0].bound, solver.days(sides[0]))
        first, last = sides
        _share(first, last)
        return _between(first.bound, solver.days(first), last.bound, solver.days(last), text)
    except (ValueError, OverflowError):
        raise unreadable("date-not-in-calendar", text) from None


def _bounded(bound: str, found: Date) -> Date:
    if bound == "<":
        return Date(None, None if found.earliest is None else found.earliest - _DAY, "", found.approximate)
    if bound == "<=":
        return Date(None, found.latest, "", found.approximate)
    if bound == ">":
        return Date(None if found.latest is None else found.latest + _DAY, None, "", found.approximate)
    if bound == ">=":
        return Date(found.earliest, None, "", found.approximate)
    return found


def _between(low: str, first: Date, high: str, last: Date, text: str) -> Date:
    if low in {"<", "<="} or high in {">", ">="}:
        raise unreadable("date-unreadable", text)
    start = _bounded(low or ">=", first)
    end = _bounded(high or "<=", last)
    return Date(start.earliest, end.latest, "", first.approximate or last.approximate)


def _share(first: Parts, last: Parts) -> None:
    """What one side of a range leaves unsaid is what the other says: ``2025년 1월~3월``."""
    for part in ("day", "month", "quarter", "half"):
        # a number without a unit has the unit of the other side: 1~3월, Feb 4-6
        if first.loose is not None and getattr(last, part) is not None:
            setattr(first, part, first.loose)
            first.loose = None
        if last.loose is not None and getattr(first, part) is not None:
            setattr(last, part, last.loose)
            last.loose = None
    if first.year is None and first.relative is None:
        first.year, first.short_year, first.relative = last.year, last.short_year, last.relative
    elif last.year is None and last.relative is None:
        last.year, last.short_year, last.relative = first.year, first.short_year, first.relative
    if last.month is None and last.day is not None:
        last.month = first.month
    elif first.month is None and first.day is not None:
        first.month = last.month


class _Solver:
    """One text with its reference date."""

    def __init__(self, text: str, reference: Callable[[], str | None]) -> None:
        self.text = text
        self._ask = reference

    def reference(self) -> date:
        """The date that relative ones count from."""
        found = self._ask()
        if not found or len(found) != _DAY_LENGTH:
            raise unreadable("date-needs-reference", self.text)
        return date.fromisoformat(found)

    def days(self, parts: Parts) -> Date:
        """The days of one side, without its bound."""
        if parts.loose is not None:
            raise unreadable("date-unreadable", self.text)
        found = self._whole(parts)
        if parts.part:
            found = third(found, parts.part)
        if found is None:
            raise unreadable("date-unreadable", self.text)
        if parts.approximate:
            found = replace(found, approximate=True)
        if parts.weekday is not None and found.precision == "day":
            found = self._on_weekday(found, parts)
        return found

    def _on_weekday(self, found: Date, parts: Parts) -> Date:
        """The day with its weekday, which must fit where the year was not said."""
        fits = found.earliest is not None and found.earliest.weekday() == parts.weekday
        if not fits and parts.year is None:
            raise unreadable("date-weekday", self.text, args={"date": str(found.earliest)})
        return replace(found, weekday=parts.weekday)

    def _whole(self, parts: Parts) -> Date | None:
        relative = parts.relative or {}
        if "day" in relative or "week" in relative:
            return self._near(parts, relative)
        if parts.decade or parts.century:
            return _long(parts)
        if parts.direction and parts.year is None:
            return self._directed(parts)
        if parts.year is None and parts.weekday is not None and parts.month is None and parts.day is None:
            raise self._which_week(parts.weekday)
        year, month = self._year_and_month(parts, relative)
        return self._in_year(parts, year, month, relative)

    def _which_week(self, weekday: int) -> Unreadable:
        """A weekday alone may be the last or the next."""
        today = self.reference()
        ahead = (weekday - today.weekday() - 1) % 7 + 1
        after = today + ahead * _DAY
        return unreadable("date-ambiguous", self.text, ((after - _WEEK).isoformat(), after.isoformat()))

    def _near(self, parts: Parts, relative: dict[str, int]) -> Date | None:
        """Steps of days and weeks: 어제, last week, 지난주 금요일."""
        if parts.month is not None or parts.year is not None or parts.day is not None or len(relative) > 1:
            return None
        today = self.reference()
        if "day" in relative:
            found = today + relative["day"] * _DAY
            return Date(found, found, "day")
        if parts.weekday is None and abs(relative["week"]) > 1 and parts.direction:
            return None
        monday = today - today.weekday() * _DAY + relative["week"] * _WEEK
        if parts.weekday is not None:
            found = monday + parts.weekday * _DAY
            return Date(found, found, "day")
        return Date(monday, monday + 6 * _DAY)

    def _year_and_month(self, parts: Parts, relative: dict[str, int]) -> tuple[int, int | None]:
        month = parts.month
        if parts.year is not None:
            return (self._full_year(parts.year) if parts.short_year else parts.year), month
        today = self.reference()
        if "month" in relative:
            steps = today.year * 12 + today.month - 1 + relative["month"]
            return steps // 12, (steps % 12 + 1 if month is None else month)
        if month is None and parts.day is not None and "year" not in relative:
            return today.year, today.month
        return today.year + relative.get("year", 0), month

    def _full_year(self, short: int) -> int:
        """The last year of these two digits that is no more than 20 years ahead."""
        last = self.reference().year + _AHEAD
        return last - (last - short) % _CENTURY

    def _in_year(self, parts: Parts, year: int, month: int | None, relative: dict[str, int]) -> Date | None:
        smaller = [parts.quarter, parts.half, parts.season]
        if any(value is not None for value in smaller):
            if month is not None or parts.day is not None or sum(v is not None for v in smaller) > 1:
                return None
            self._refuse_this_winter(parts, year, relative)
            return _part(parts, year)
        if parts.weekday is not None and parts.day is None:
            return None
        if "quarter" in relative:
            return self._quarter_from_now(relative["quarter"])
        if parts.day is not None:
            return None if month is None else meaning.day(year, month, parts.day)
        return meaning.year(year) if month is None else meaning.month(year, month)

    def _refuse_this_winter(self, parts: Parts, year: int, relative: dict[str, int]) -> None:
        """In January, "this winter" may be the one that began last year."""
        this = parts.direction == "this" or relative.get("year") == 0
        if this and parts.season == _WINTER and self.reference().month <= _FEBRUARY:
            raise unreadable("date-ambiguous", self.text, (f"{year - 1:04}-24", f"{year:04}-24"))

    def _quarter_from_now(self, by: int) -> Date | None:
        today = self.reference()
        steps = today.year * 4 + (today.month - 1) // 3 + by
        return quarter(steps // 4, steps % 4 + 1)

    def _directed(self, parts: Parts) -> Date | None:
        """``last June``, ``오는 10일``, ``next Friday``: the nearest of that name on one side."""
        today = self.reference()
        if parts.relative is not None:
            return None
        candidates = self._candidates(parts, today)
        if parts.direction in {"past", "last"}:
            before = [d for d in candidates if d.latest is not None and d.latest < today]
            return self._sure(parts, today, before[-1]) if before else None
        if parts.direction in {"coming", "next"}:
            after = [d for d in candidates if d.earliest is not None and d.earliest > today]
            return self._sure(parts, today, after[0]) if after else None
        return self._this(parts, today)

    def _sure(self, parts: Parts, today: date, found: Date) -> Date:
        """The day found, unless "next Friday" may also be the Friday of next week."""
        if parts.direction in {"last", "next"} and parts.weekday is not None and found.earliest is not None:
            monday = today - today.weekday() * _DAY
            if monday <= found.earliest < monday + _WEEK:
                other = found.earliest + (_WEEK if parts.direction == "next" else -_WEEK)
                both = sorted((found.earliest.isoformat(), other.isoformat()))
                raise unreadable("date-ambiguous", self.text, tuple(both))
        return found

    def _this(self, parts: Parts, today: date) -> Date | None:
        if parts.weekday is not None:
            found = today + (parts.weekday - today.weekday()) * _DAY
            if found < today:
                raise unreadable(
                    "date-ambiguous", self.text, (found.isoformat(), (found + _WEEK).isoformat())
                )
            return Date(found, found, "day")
        month = today.month if parts.month is None and parts.day is not None else parts.month
        return self._in_year(parts, today.year, month, {})

    def _candidates(self, parts: Parts, today: date) -> list[Date]:
        """All days, months … of that name around the reference date, in order."""
        if parts.weekday is not None and parts.month is None and parts.day is None:
            monday = today - today.weekday() * _DAY
            days = [monday + (parts.weekday + 7 * week) * _DAY for week in (-1, 0, 1)]
            return [Date(d, d, "day") for d in days]
        if parts.month is None and parts.day is not None:
            first = today.year * 12 + today.month - 1
            months = range(first - 2, first + 3)
            return [d for m in months if (d := _day(m // 12, m % 12 + 1, parts.day)) is not None]
        found = (self._in_year(parts, today.year + step, parts.month, {}) for step in (-1, 0, 1))
        return [d for d in found if d is not None]


def _day(year: int, month: int, number: int) -> Date | None:
    last = meaning.last_of(year, month).day
    return meaning.day(year, month, number) if 1 <= number <= last else None


def _part(parts: Parts, year: int) -> Date | None:
    found = None
    if parts.quarter is not None:
        found = quarter(year, parts.quarter)
    elif parts.half is not None:
        found = half(year, parts.half)
    elif parts.season is not None:
        found = part_of_year(year, parts.season)
    if found is None:
        raise ValueError(year)
    return found


def _long(parts: Parts) -> Date | None:
    """``1990s``, ``21세기``."""
    if parts.year is None or parts.month is not None or parts.day is not None:
        return None
    if parts.century:
        return meaning.years(parts.year * _CENTURY - 99, parts.year * _CENTURY)
    return None if parts.year % 10 else meaning.years(parts.year, parts.year + 9)
