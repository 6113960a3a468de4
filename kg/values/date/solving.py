"""The parts of one side of a date worked out, counted from a reference date if need be."""

from __future__ import annotations

from dataclasses import replace
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date import counting, doubts, meaning, vague, within
from kg.values.date.named import Named
from kg.values.date.parts import Within
from kg.values.date.seasons import half, part_of_year, quarter
from kg.values.date.units import MONTHS, week_of_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.date.meaning import Date
    from kg.values.date.parts import Parts, Steps

_DAY_LENGTH: Final = 10
_CENTURY: Final = 100
_AHEAD: Final = 20
_QUARTERS: Final = (None, 1, 2, 3, 4)
_HALVES: Final = (None, 1, 2)
_LENGTHS: Final = {"decade": 10, "hundred": 100, "century": 100, "millennium": 1000}
_NAMED_BY_FIRST: Final = frozenset({"decade", "hundred"})
"""Years that are named by the first of them: the 1990s, the 1800s."""
_PLAIN: Final = frozenset({"day", "workday"})
"""Units of which several on end mean the same to all."""


class Solver:
    """One text with its reference date."""

    def __init__(self, text: str, reference: Callable[[], str | None], *, alone: bool = True) -> None:
        """``text`` is what messages show; ``reference`` gives an ISO day, or None.

        ``alone``: the text has one side, so it is no range.
        """
        self.alone = alone
        self.text = text
        self._ask = reference
        self.assumed: set[str] = set()
        """What had to be filled in."""

    def reference(self) -> date:
        """The date that relative ones count from."""
        found = self._ask()
        if not found or len(found) != _DAY_LENGTH:
            raise unreadable("date-needs-reference", self.text)
        return date.fromisoformat(found)

    def days(self, parts: Parts) -> Date:
        """The days of one side, without its bound."""
        found = None if parts.loose is not None else self._found(parts)
        if (
            found is not None
            and parts.bare == "week"
            and found.precision == "day"
            and found.earliest is not None
        ):
            doubts.refuse_sunday(self.text, found.earliest)
            found = counting.near(found.earliest, "week", 0)
        if found is not None and parts.part:
            found = self._part_of(found, parts)
        if found is None:
            raise unreadable("date-unreadable", self.text)
        if parts.approximate:
            found = replace(found, approximate=True)
        if parts.weekday is not None and found.precision == "day" and not (parts.within or parts.anchored):
            found = self._on_weekday(found, parts)
        return found

    def _part_of(self, found: Date, parts: Parts) -> Date | None:
        part = parts.part
        if parts.span is not None:
            return None  # "the year ended late March": of the year or of March?
        if part == "until-now":  # 2023年至今
            return replace(found, latest=None, precision="")
        if part not in vague.PARTS:
            return vague.up_to(found, self.reference(), part)
        if parts.weekday is not None and found.precision == "day":
            return found  # late Thursday
        if part == "beginning":
            if "year" in self.assumed and parts.month is not None and not parts.bound:
                # people say it of a month that comes
                raise doubts.which_year(self.text, found)
            if (parts.relative or {}).get("year"):
                part = "early"
        return vague.part_of(found, part)

    def _on_weekday(self, found: Date, parts: Parts) -> Date:
        """The day with its weekday, which must fit where the year was not said."""
        day = found.earliest
        fits = day is not None and day.weekday() == parts.weekday
        if not fits and day is not None and "year" in self.assumed:
            near = [day.replace(year=year) for year in (day.year - 1, day.year + 1) if _exists(day, year)]
            fitting = [other for other in near if other.weekday() == parts.weekday]
            if len(fitting) == 1:
                return replace(meaning.of(fitting[0]), weekday=parts.weekday)
        if not fits and parts.year is None:
            raise unreadable("date-weekday", self.text, args={"date": str(day)})
        return replace(found, weekday=parts.weekday)

    def _found(self, parts: Parts) -> Date | None:
        if parts.run is not None:
            if parts.is_year() or parts.names_part_of_year() or parts.relative:
                return None
            if parts.run.unit not in _PLAIN and parts.run.direction != "within":
                self.assumed.add("run")
            return counting.run(self.reference(), parts.run)
        if parts.within is not None:
            selected = parts.weekday
            whole = self._found(replace(parts, within=None, weekday=None, part=""))
            if whole is None:
                return None
            found = within.select(whole, parts.within, selected)
            doubts.refuse_first_week(self.text, whole, parts.within, found)
            return found
        if parts.shift is not None:
            return self._shifted(parts)
        if parts.span is not None:
            start = self._found(replace(parts, span=None))
            count, unit = parts.span
            found = None if start is None else counting.span(start, count, unit)
            if found is not None and count < 0 and unit in MONTHS and "year" in self.assumed:
                doubts.refuse_to_come(self.text, self.reference(), found)
            return found
        return self._whole(parts)

    def _shifted(self, parts: Parts) -> Date | None:
        shift = parts.shift or {}
        if parts.anchored:
            anchor = self._found(replace(parts, shift=None, anchored=False))
            if anchor is not None and "year" in self.assumed:
                raise doubts.which_year(self.text, anchor)
            if anchor is not None and parts.weekday is not None and anchor.precision == "day":
                anchor = self._on_weekday(anchor, parts)
            return None if anchor is None else counting.moved(anchor, shift)
        if "weekday" in shift and parts.weekday is not None:
            today, number = self.reference(), shift["weekday"]
            found = counting.weekdays(today, parts.weekday, number)
            doubts.refuse_weekdays(self.text, today, parts.weekday, number, found)
            return found
        if shift.keys() == {"year"} and parts.month is not None and parts.relative is None:
            return self._found(replace(parts, shift=None, relative=shift))
        if parts.year is not None or parts.relative or parts.direction:
            return None
        if parts.weekday is not None and shift.keys() == {"week"}:
            return self._weekday_after(shift, parts.weekday)
        if parts.month is not None or parts.day is not None:
            return None
        found = counting.ago(self.reference(), shift)
        return None if parts.weekday is not None and (found is None or found.precision != "day") else found

    def _weekday_after(self, shift: Steps, weekday: int) -> Date | None:
        """``Monday two weeks from now``: the day of that week."""
        week = counting.near(self.reference(), "week", shift["week"])
        return within.select(week, Within(1, 1, "week"), weekday)

    def _whole(self, parts: Parts) -> Date | None:
        relative = parts.relative or {}
        if relative.keys() & counting.NEAR:
            return self._near(parts, relative)
        if parts.long:
            return self._long(parts)
        if parts.direction and parts.year is None:
            return Named(self, parts).found()
        if parts.year is None and not relative:
            alone = Named(self, parts).alone()
            if alone is not None:
                return alone
        if parts.year is None and not parts.names_part_of_year() and not relative:
            return None
        year, month = self._year_and_month(parts, relative)
        return None if self._is_another(parts, relative) else self.in_year(parts, year, month, relative)

    def _is_another(self, parts: Parts, relative: dict[str, int]) -> bool:
        """Whether what is counted from the reference date is not what is named besides: 지난해 2025년."""
        if not relative or (parts.year is None and parts.month is None and len(relative) == 1):
            return False
        if relative.keys() & {"quarter", "half"}:
            return True
        if parts.part and not any(relative.values()):
            return False  # year-end 2024
        year, month = self._year_and_month(replace(parts, year=None, month=None), relative)
        named = None if parts.year is None or parts.fiscal is not None else self._year(parts, parts.year)
        return named not in {None, year} or ("month" in relative and parts.month not in {None, month})

    def _near(self, parts: Parts, relative: dict[str, int]) -> Date | None:
        """Steps of days and weeks: 어제, last week, 지난주 금요일."""
        if len(relative) > 1 or parts.year is not None:
            return None
        [(unit, by)] = relative.items()
        today = self.reference()
        if unit == "week" and parts.weekday is not None:
            week = counting.near(today, "week", by)
            return self._confirmed(parts, within.select(week, Within(1, 1, "week"), parts.weekday))
        if unit == "day":
            return self._confirmed(parts, counting.near(today, unit, by))
        if parts.month is not None or parts.day is not None:
            return None
        return counting.near(today, unit, by)

    def _confirmed(self, parts: Parts, found: Date | None) -> Date | None:
        """``last Friday (31 January)``: the day in brackets must be the same."""
        day = None if found is None else found.earliest
        if day is None or parts.day is None:
            return None if parts.month is not None else found
        if (day.month, day.day) != (parts.month or day.month, parts.day):
            raise unreadable("date-weekday", self.text, args={"date": str(day)})
        return found

    def _year_and_month(self, parts: Parts, relative: dict[str, int]) -> tuple[int, int | None]:
        month = parts.month
        if parts.year is not None:
            return self._year(parts, parts.year), month
        today = self.reference()
        if "month" in relative:
            steps = today.year * 12 + today.month - 1 + relative["month"]
            if "year" in relative:
                steps += 12 * relative["year"]
            return steps // 12, (steps % 12 + 1 if month is None else month)
        if "year" in relative:
            begun = parts.fiscal is None or today.month >= parts.fiscal
            return today.year + relative["year"] - (not begun), month
        if relative:
            return today.year, month
        if month is None and parts.day is not None:
            self.assumed.add("month")
            if parts.ordinal and self.alone and parts.bound not in {">", ">="}:
                doubts.refuse_past_day(self.text, today, parts.day)
            return today.year, today.month
        self.assumed.add("year")
        return today.year, month

    def _year(self, parts: Parts, year: int) -> int:
        if parts.era_assumed:
            self.assumed.add("era")
        if parts.era is not None:
            return year + parts.era
        return self._full_year(year) if parts.short_year else year

    def _full_year(self, short: int) -> int:
        """The last year of these two digits that is no more than 20 years ahead."""
        last = self.reference().year + _AHEAD
        return last - (last - short) % _CENTURY

    def in_year(self, parts: Parts, year: int, month: int | None, relative: dict[str, int]) -> Date | None:
        """What the parts name of a year."""
        year += self._ends_after(parts, month)
        smaller = [parts.quarter, parts.season, parts.week]
        half_of_month = parts.half is not None and month is not None
        named = sum(value is not None for value in smaller) + (parts.half is not None)
        if named:
            if parts.day is not None or named > 1 or (month is not None and not half_of_month):
                return None
            if half_of_month:
                return vague.part_of(meaning.month(year, month or 1), _half_of_month(parts.half))
            if parts.direction in {"this", "current"} or relative.get("year") == 0:
                doubts.refuse_winter(self.text, self.reference(), parts.season, year)
            found = self._fiscal(parts, year)
            if parts.direction == "current":
                doubts.refuse_other_season(self.text, self.reference(), parts.season, found)
            return found
        if "quarter" in relative or "half" in relative:
            unit = "quarter" if "quarter" in relative else "half"
            return counting.near(self.reference(), unit, relative[unit])
        if parts.weekday is not None and parts.day is None:
            return None
        if parts.day is not None:
            return None if month is None else meaning.day(year, month, parts.day)
        if month is not None:
            return meaning.month(year, month)
        return meaning.year(year) if parts.fiscal is None else self._fiscal(parts, year)

    def _ends_after(self, parts: Parts, month: int | None) -> bool:
        """Whether a month of a year of accounts is in the year after its first day: March FY2024-25."""
        if parts.fiscal is None or month is None:
            return False
        self.assumed.add("fiscal")
        return month < parts.fiscal

    def _fiscal(self, parts: Parts, year: int) -> Date | None:
        """A part of a year, or a year of accounts, which may begin later than January."""
        start = parts.fiscal or 1
        if parts.fiscal is not None:
            self.assumed.add("fiscal")
        if parts.quarter not in _QUARTERS or parts.half not in _HALVES:
            raise ValueError(parts)
        if start == 1 or parts.season is not None or parts.week is not None:
            return _part(parts, year)
        if parts.quarter is not None:
            return meaning.months(year, start + 3 * (parts.quarter - 1), 3)
        if parts.half is not None:
            return meaning.months(year, start + 6 * (parts.half - 1), 6)
        return meaning.months(year, start, 12)

    def _long(self, parts: Parts) -> Date | None:
        """``1990s``, ``21세기``."""
        smaller = (parts.month, parts.day, parts.quarter, parts.season, parts.week, parts.weekday)
        if parts.year is None or any(value is not None for value in smaller):
            return None
        number = self._year(parts, parts.year)
        if parts.long == "decade" and parts.year % 10:
            return None
        if parts.long == "decade" and number < _CENTURY:
            number = self._full_year(number)
        length = _LENGTHS[parts.long]
        first = number if parts.long in _NAMED_BY_FIRST else (number - 1) * length + 1
        if parts.half is not None:
            length //= 2
            first += length * (parts.half - 1)
        return meaning.years(first, first + length - 1)


def _half_of_month(number: int | None) -> str:
    if number not in {1, 2}:
        raise ValueError(number)
    return "first-half" if number == 1 else "second-half"


def _exists(day: date, year: int) -> bool:
    """Whether a year has the day."""
    return 0 < year <= MAXYEAR and day.day <= meaning.last_of(year, day.month).day


def _part(parts: Parts, year: int) -> Date | None:
    if parts.week is not None:
        return week_of_year(year, parts.week)
    if parts.quarter is not None:
        found = quarter(year, parts.quarter)
    elif parts.half is not None:
        found = half(year, parts.half)
    elif parts.season is not None:
        found = part_of_year(year, parts.season)
    else:
        return meaning.year(year)
    if found is None:
        raise ValueError(year)
    return found
