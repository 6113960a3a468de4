"""Days, weekdays, months that are known by their name alone: last June, the coming 10th, Friday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date import meaning
from kg.values.date.doubts import ambiguous
from kg.values.date.units import DAY, WEEK, monday

if TYPE_CHECKING:
    from datetime import date

    from kg.values.date.meaning import Date
    from kg.values.date.parts import Parts
    from kg.values.date.solving import Solver

_PAST: Final = frozenset({"past", "last"})
_BEFORE: Final = 2
_NEAR: Final = 3


class Named:
    """One side that names no year."""

    def __init__(self, solver: Solver, parts: Parts) -> None:
        """``solver`` works out what the parts name of a year, and knows the reference date."""
        self.solver = solver
        self.parts = parts

    def alone(self) -> Date | None:
        """Where nothing says which one is meant: None, if the usual rule settles it.

        Raises ``Unreadable`` where it does not: a weekday.
        """
        parts = self.parts
        if parts.month is not None or parts.quarter is not None or parts.half is not None:
            return None
        if parts.day is None and parts.weekday is not None:
            return self._coming(parts.weekday)
        return None

    def _coming(self, weekday: int) -> Date:
        """A weekday alone is the coming one where its language says so; else it may be the last too."""
        today = self.solver.reference()
        after = today + ((weekday - today.weekday() - 1) % 7 + 1) * DAY
        if not self.parts.coming or not self.solver.alone or self.parts.bound in {">", ">="}:
            raise ambiguous(self.solver.text, after - WEEK, after)
        self.solver.assumed.add("week")
        return meaning.of(after)

    def found(self) -> Date | None:
        """The one that its direction says: the nearest of that name on one side."""
        parts = self.parts
        today = self.solver.reference()
        if parts.relative is not None:
            return None
        if parts.direction == "nearest":
            return self._nearest(today)
        if parts.direction in {"this", "current"}:
            return self._this(today)
        if parts.weekday is not None and parts.day is not None:
            return self._day_on_weekday(today)
        candidates = self._candidates(today)
        if parts.direction in _PAST:
            before = [d for d in candidates if d.latest is not None and d.latest < today]
            return self._sure(today, before[-1]) if before else None
        after = [d for d in candidates if d.earliest is not None and d.earliest > today]
        if parts.direction == "after-next":
            return after[1] if len(after) > 1 else None
        return self._sure(today, after[0]) if after else None

    def _sure(self, today: date, found: Date) -> Date:
        """The day found; "next Friday" is the one of next week where this week has one ahead too."""
        parts = self.parts
        if parts.direction in {"last", "next"} and parts.weekday is not None and found.earliest is not None:
            first = monday(today)
            if first <= found.earliest < first + WEEK:
                self.solver.assumed.add("week")
                return meaning.of(found.earliest + (WEEK if parts.direction == "next" else -WEEK))
        return found

    def _nearest(self, today: date) -> Date | None:
        """``on Monday``: that of the three days before or after."""
        if self.parts.weekday is None:
            return None
        self.solver.assumed.add("week")
        ahead = (self.parts.weekday - today.weekday()) % 7
        return meaning.of(today + (ahead if ahead <= _NEAR else ahead - 7) * DAY)

    def _this(self, today: date) -> Date | None:
        parts = self.parts
        if parts.weekday is not None and parts.day is None and parts.month is None:
            found = today + (parts.weekday - today.weekday()) * DAY
            if found < today and not parts.coming:
                raise ambiguous(self.solver.text, found, found + WEEK)
            if found < today:
                self.solver.assumed.add("week")
                found += WEEK
            return meaning.of(found)
        month = today.month if parts.month is None and parts.day is not None else parts.month
        return self.solver.in_year(parts, today.year, month, {})

    def _day_on_weekday(self, today: date) -> Date | None:
        """``next Friday, June 15``: the day of that name whose weekday fits."""
        year, month = today.year, self.parts.month or today.month
        return meaning.day(year, month, self.parts.day or 0)

    def _candidates(self, today: date) -> list[Date]:
        """All days, months … of that name around the reference date, in order."""
        parts = self.parts
        if parts.weekday is not None and parts.month is None and parts.day is None:
            first = monday(today) + parts.weekday * DAY
            return [meaning.of(first + week * WEEK) for week in (-1, 0, 1, 2)]
        if parts.month is None and parts.day is not None:
            return self._days(today)
        found = (self.solver.in_year(parts, today.year + step, parts.month, {}) for step in (-2, -1, 0, 1, 2))
        return [d for d in found if d is not None]

    def _days(self, today: date) -> list[Date]:
        """That day of the months around."""
        number = self.parts.day or 0
        first = today.year * 12 + today.month - 1
        months = ((m // 12, m % 12 + 1) for m in range(first - _BEFORE, first + _BEFORE + 1))
        return [meaning.day(y, m, number) for y, m in months if 1 <= number <= meaning.last_of(y, m).day]
