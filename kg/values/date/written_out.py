"""Dates written out in numbers: 2025-02-04, 24.3.15, 13/2/2024, R6.4.1, 2/15."""

from __future__ import annotations

import re
from typing import Final

from kg.values.characters import unreadable
from kg.values.date.cursor import Cursor

_CUT: Final = re.compile(r"\s?[./・-]\s?|\s")
YEAR_LENGTH: Final = 4
_SHORT: Final = 2
_THREE: Final = 3
_MONTHS: Final = 12
_QUARTERS: Final = 4


class WrittenOut(Cursor):
    """Takes dates that consist of two or three numbers."""

    def _cut(self, text: str) -> bool:
        """A date in numbers: year, month, day, or one whose order only its numbers can tell."""
        pieces = _CUT.split(text)
        following = self.peek()
        if (
            len(pieces) > _SHORT
            and following is not None
            and following.kind == "unit"
            and following.value == "day"
        ):
            self.at += 1  # 2024-12-31日
        numbers = [int(n) for n in pieces]
        if len(pieces[0]) == YEAR_LENGTH:
            if len(numbers) == _SHORT and numbers[1] > _MONTHS:
                return self.put("year", numbers[0]) and self.put("day", numbers[1])
            self._end_year(numbers)
            return all(map(self.put, ("year", "month", "day"), numbers))
        if len(numbers) == _SHORT:
            return self._two(pieces)
        first, second, year = numbers
        if len(pieces[0]) == _THREE:
            # 114/01/15, where years of three digits are those of an era
            known = bool(self.era_of_three) or self.side.era is not None
            return known and self._cut_three(first, second, year)
        if len(pieces[2]) <= _SHORT:
            if self.side.era is not None or (self.year_first and len(pieces[0]) == _SHORT):
                return self._cut_short(text)
            if self.year_first is None and first > _MONTHS:
                raise self._ambiguous(f"{year:02}-", second, first)
        if max(first, second) > _MONTHS or first == second:
            month, day = (second, first) if first > second else (first, second)
            self.side.short_year = len(pieces[2]) == _SHORT
            return self.put("month", month) and self.put("day", day) and self.put("year", year)
        raise self._ambiguous(f"{year:04}-", first, second)

    def _cut_three(self, year: int, month: int, day: int) -> bool:
        named = self.side.era is not None
        return (
            (self.put("year", year) if named else self.put_year_of_three(year))
            and self.put("month", month)
            and self.put("day", day)
        )

    def _short_year(self, number: int) -> bool:
        """A year of two digits, with its unit if there is one."""
        following = self.peek()
        if following is not None and following.kind == "unit" and following.value == "year":
            self.at += 1
        self.side.short_year = True
        return self.put("year", number)

    def _cut_short(self, text: str) -> bool:
        """A date in numbers that begins with a year of two digits: '24.3.15, 24.3.15 in Korean, R6.4.1."""
        self.side.short_year = self.side.era is None
        return all(map(self.put, ("year", "month", "day"), map(int, _CUT.split(text))))

    def _two(self, pieces: list[str]) -> bool:
        """Month and year, or month and day."""
        first, second = map(int, pieces)
        following = self.peek()
        if following is not None and following.kind == "unit" and following.value == "quarter":
            # 3/4분기: the third of four
            self.at += 1
            return second == _QUARTERS and self.put("quarter", first)
        if self._end_year([first, second]):
            self.side.short_year = True
            return self.put("year", first) and self.put("month", second)
        if self.side.era is not None and self.side.year is None:
            if following is not None and following.kind == "unit" and following.value == "month":
                self.at += 1  # R7.3月期
            return self.put("year", first) and self.put("month", second)
        if len(pieces[1]) == YEAR_LENGTH:
            side = self.side
            name = "day" if side.day is None and (side.month is not None or first > _MONTHS) else "month"
            return self.put(name, first) and self.put("year", second)
        if self.year_first or first == second or (first <= _MONTHS < second):
            return self.put("month", first) and self.put("day", second)
        if second <= _MONTHS < first:
            return self.put("month", second) and self.put("day", first)
        raise self._ambiguous("", first, second)

    def _end_year(self, numbers: list[int]) -> bool:
        """``24/3期``: whether a year of accounts is meant, which ends with the month."""
        if len(numbers) != _SHORT or self.peek_kind() != "term":
            return False
        self.side.ending = _MONTHS
        return True

    def _ambiguous(self, head: str, first: int, second: int) -> Exception:
        both = (f"{head}{first:02}-{second:02}", f"{head}{second:02}-{first:02}")
        return unreadable("date-ambiguous", self.text, both)
