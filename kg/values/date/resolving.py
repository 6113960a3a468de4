"""The parts of a date put together: one point with its bound, or two as the ends of a range."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.errors import NotUnderstood
from kg.values.characters import unreadable
from kg.values.date import meaning, seasons
from kg.values.date.counted import run, selected
from kg.values.date.meaning import Date
from kg.values.date.parts import Run, Selection, Shift
from kg.values.date.sharing import share
from kg.values.date.units import DAY, MONTHS, WEEK, monday, moved, unit_at, week_of_year
from kg.values.date.vague import part_of

if TYPE_CHECKING:
    from kg.values.date.parts import Point
    from kg.values.grammar.whole import Asked

_SMALLER: Final = ("month", "day", "quarter", "half", "season", "weekday", "week")
_EXCLUSIVE: Final = frozenset({"month", "quarter", "half", "season", "week"})
"""Parts of a year of which a date names one at most."""
_WINTER: Final = 24
"""The season that lies in two years."""


def resolve(points: list[Point], asked: Asked) -> Date | None:
    """The date that one or two points mean, None if they mean none.

    Raises ``Unreadable``: ``date-ambiguous``, ``date-not-in-calendar``, ``date-backwards``; and
    ``NotUnderstood``: ``date-needs-reference``.
    """
    solver = _Solver(asked)
    if len(points) > 1:
        share(*points)
    try:
        found = [solver.days(p) for p in points]
    except (ValueError, OverflowError):
        raise unreadable("date-not-in-calendar", asked.text) from None
    if len(points) == 1:
        first = found[0]
        if first is not None and "year" in solver.assumed and points[0].bound in {">", ">="}:
            solver.begun(first)
        whole = None if first is None else _bounded(_bound(points[0]), first, points[0].part)
    else:
        whole = _between(points, found, asked.text)
    if whole is None:
        return None
    return replace(whole, assumed=tuple(sorted(solver.assumed))) if solver.assumed else whole


def _bound(p: Point) -> str:
    """The bound of a point; the day of a time of the day is within it: before 5 pm on February 4."""
    return p.bound + "=" if p.clock and p.bound in {"<", ">"} else p.bound


def _bounded(bound: str, found: Date, part: str = "") -> Date:
    if bound == "<" and part != "late":
        return Date(None, None if found.earliest is None else found.earliest - DAY, "", found.approximate)
    if bound in {"<", "<="}:  # "before the end of 2030" is any day of it
        return Date(None, found.latest, "", found.approximate)
    if bound == ">":
        return Date(None if found.latest is None else found.latest + DAY, None, "", found.approximate)
    if bound == ">=":
        return Date(found.earliest, None, "", found.approximate)
    return found


def _between(points: list[Point], found: list[Date | None], text: str) -> Date | None:
    first, last = points
    if found[0] is None or found[1] is None or first.bound in {"<", "<="} or last.bound in {">", ">="}:
        return None
    start, end = _bounded(_bound(first) or ">=", found[0]), _bounded(_bound(last) or "<=", found[1])
    if start.earliest is not None and end.latest is not None and start.earliest > end.latest:
        raise unreadable("date-backwards", text)
    return Date(start.earliest, end.latest, "", start.approximate or end.approximate)


class _Solver:
    """Points to days, with what was filled in by a rule."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.assumed: set[str] = set()

    def today(self) -> dt.date:
        """The reference date."""
        found = self.asked.reference()
        if not found:
            raise NotUnderstood(*unreadable("date-needs-reference", self.asked.text).problems)
        return dt.date.fromisoformat(found)

    def begun(self, found: Date) -> None:
        """Refuse what begins in a year that was assumed, and later: since late July."""
        if found.earliest is not None and found.earliest > self.today():
            raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)

    def days(self, p: Point) -> Date | None:
        """The days of a point without its bound, None if its parts do not fit together."""
        if p.loose is not None:
            return None
        found = self._whole(p)
        if found is not None and p.part:
            found = part_of(found, p.part)
        if found is None:
            return None
        if p.weekday is not None and found.precision == "day":
            if self.assumed and found.earliest and found.earliest.weekday() != p.weekday:
                raise unreadable("date-weekday", self.asked.text, args={"date": found.earliest.isoformat()})
            found = replace(found, weekday=p.weekday)
        return replace(found, approximate=True) if p.about else found

    def _whole(self, p: Point) -> Date | None:
        named = p.named()
        smaller = len(named & _EXCLUSIVE) + ("month" in p.relative)
        if smaller > 1 or ("day" in named and named & _EXCLUSIVE - {"month"}):
            return None
        if p.open is not None:
            return self._open(p.open) if named <= {"open", "weekday"} else None
        if p.ago is not None or p.derived is not None:
            return self._counted(p) if named <= {"ago", "derived", "weekday"} else None
        if p.weekday is not None and p.day is None:
            fits = named <= {"weekday", "relative"} and p.relative.keys() <= {"week"}
            return self._weekday(p) if fits else None
        upcoming = p.direction == "coming" and p.quarter is not None  # the upcoming 2 quarters
        if upcoming or (p.direction and p.weekday is not None):
            return None
        if len(p.relative) > 1:
            return None
        unit = next(iter(p.relative), "")
        if unit and unit not in {"year", "month"}:
            alone = named == {"relative"} and len(p.relative) == 1
            return unit_at(self.today(), unit, p.relative[unit]) if alone else None
        if p.decade is not None:
            alone = named == {"decade"} and p.decade % 10 == 0
            return meaning.years(p.decade, p.decade + 9) if alone else None
        if p.century is not None:
            return None if named != {"century"} else meaning.years(p.century * 100 - 100, p.century * 100 - 1)
        return self._of_month(p) if "month" in p.relative else self._of_year(p)

    def _of_month(self, p: Point) -> Date | None:
        """Next month, or a day of it."""
        base = unit_at(self.today(), "month", p.relative["month"])
        if base is None or base.earliest is None or p.month is not None or p.year is not None:
            return None
        return base if p.day is None else meaning.day(base.earliest.year, base.earliest.month, p.day)

    def _of_year(self, p: Point) -> Date | None:
        year = p.year
        if "year" in p.relative:
            relative = self.today().year + p.relative["year"]
            if year not in {None, relative}:
                return None  # last year, 2025
            year = relative
            if p.season == _WINTER:
                raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)
        if year is None:
            return self._without_year(p)
        if p.direction and not self._is_towards(p.direction, year):
            return None  # past 2030
        if p.fiscal is not None:
            return _fiscal(p, year, p.fiscal)
        if p.month is not None:
            return meaning.month(year, p.month) if p.day is None else meaning.day(year, p.month, p.day)
        if p.day is not None:
            return None
        return _smaller(p, year) if _names_smaller(p) else meaning.year(year)

    def _is_towards(self, direction: str, year: int) -> bool:
        """Whether a year lies in the direction from the reference date, or is that of it."""
        offset = year - self.today().year
        return (
            offset <= 0
            if direction in {"past", "last"}
            else offset >= 0
            if direction != "this"
            else offset == 0
        )

    def _without_year(self, p: Point) -> Date | None:
        """The year of the reference date, or the nearest in the direction that is named."""
        today = self.today()
        if p.month is None and p.day is None and not _names_smaller(p):
            return None
        if p.month is None and p.day is not None:
            self.assumed.add("month")
            return self._day_of_month(p, today)
        if p.season == _WINTER:
            raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)
        near = [self._in_year(p, today.year + offset) for offset in (-1, 0, 1)]
        if p.direction == "this":
            return near[1]
        if p.direction in {"past", "last"}:
            return next(
                (found for found in reversed(near) if found and found.latest and found.latest < today), None
            )
        if p.direction:
            return next(
                (found for found in near if found and found.earliest and found.earliest > today), None
            )
        self.assumed.add("year")
        if near[1] is not None and min(_away(found, today) for found in near if found) < _away(
            near[1], today
        ):
            raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)
        return near[1]

    @staticmethod
    def _in_year(p: Point, year: int) -> Date | None:
        """A month, day or smaller part of a year; None if the year has none: February 29."""
        if p.month is None:
            return _smaller(p, year)
        if p.day is None:
            return meaning.month(year, p.month)
        leap = p.month == 2 and p.day == 29  # noqa: PLR2004
        return None if leap and year % 4 else meaning.day(year, p.month, p.day)

    @staticmethod
    def _day_of_month(p: Point, today: dt.date) -> Date:
        day = p.day or 0
        month = today.year * 12 + today.month - 1
        if p.direction in {"past", "last"} and day >= today.day:
            month -= 1
        elif p.direction in {"coming", "next"} and day <= today.day:
            month += 1
        return meaning.day(month // 12, month % 12 + 1, day)

    def _weekday(self, p: Point) -> Date | None:
        """지난주 금요일, last Friday; a weekday alone can be the past or the coming one."""
        today = self.today()
        weekday = p.weekday or 0
        if "week" in p.relative:
            return meaning.of(monday(today) + p.relative["week"] * WEEK + weekday * DAY)
        if p.direction in {"past", "last"}:
            day = today - ((today.weekday() - weekday - 1) % 7 + 1) * DAY
            if p.direction == "last" and day >= monday(today):
                raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)
            return meaning.of(day)
        if p.direction == "coming":
            return meaning.of(today + ((weekday - today.weekday() - 1) % 7 + 1) * DAY)
        if p.direction == "next":
            return meaning.of(monday(today) + WEEK + weekday * DAY)
        raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)

    def _counted(self, p: Point) -> Date | None:
        """A date that is counted from another one."""
        if p.derived is None:
            return self._ago(p.ago or {}) if p.weekday is None else None
        return self._derived(p.derived) if p.ago is None else None

    def _ago(self, steps: dict[str, int]) -> Date | None:
        """Days and weeks from the reference date; of months and years nobody knows how exact they are."""
        if steps.keys() & MONTHS.keys():
            raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)
        return meaning.of(moved(self.today(), steps))

    def _derived(self, what: Shift | Run | Selection) -> Date | None:
        if isinstance(what, Run):
            return run(self.today(), what)
        found = self.days(what.anchor if isinstance(what, Shift) else what.of)
        if found is None:
            return None
        if isinstance(what, Selection):
            return selected(found, what)
        if found.precision != "day" or found.earliest is None:
            return None
        if "year" in self.assumed:
            raise NotUnderstood(*unreadable("date-ambiguous", self.asked.text).problems)
        return meaning.of(moved(found.earliest, what.steps))

    def _open(self, found: tuple[int, int, int]) -> Date:
        """04/02/2025 with what stands first in dates; without it both readings are told."""
        first, second, year = found
        order = self.asked.date_order
        if not order:
            readings = tuple(f"{year}-{m:02}-{d:02}" for d, m in (found[:2], found[1::-1]))
            raise unreadable("date-order", self.asked.text, readings)
        day, month = (first, second) if order == "day" else (second, first)
        return meaning.day(year, month, day)


def _away(found: Date, today: dt.date) -> int:
    """How many days a time is away from a day; 0 if the day is within it."""
    first, last = found.earliest or today, found.latest or today
    return max((first - today).days, (today - last).days, 0)


def _names_smaller(p: Point) -> bool:
    return any(getattr(p, name) is not None for name in _SMALLER)


def _fiscal(p: Point, year: int, first: int) -> Date | None:
    """A year of accounts that begins with the month ``first``, or a half or quarter of it."""
    if p.half is None and p.quarter is None:
        return None if _names_smaller(p) else meaning.months(year, first, 12)
    found = _smaller(p, year)
    if found is None or found.earliest is None or found.latest is None:
        return None
    start, end = found.earliest.month, found.latest.month
    return meaning.months(year, first + start - 1, end - start + 1)


def _smaller(p: Point, year: int) -> Date | None:
    """A quarter, half or season of a year."""
    for number, part in ((p.quarter, seasons.quarter), (p.half, seasons.half)):
        if number is not None:
            found = part(year, number)
            if found is None:
                raise ValueError(number)
            return found
    if p.week is not None:
        return week_of_year(year, p.week)
    return None if p.season is None else seasons.part_of_year(year, p.season)
