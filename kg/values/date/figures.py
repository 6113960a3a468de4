"""Numbers: by themselves, with the unit after them, and ordinals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.date.distances import Distances
from kg.values.date.parts import Within
from kg.values.date.vocabulary import weeks_unsettled

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.vocabulary import Token

_WHOLE: Final = re.compile(r"(1[0-9]{3}|2[01][0-9]{2})([0-9]{2})([0-9]{2})")
_YEAR_AND_PART: Final = re.compile(r"['’‘`]?([0-9]{2}|[0-9]{4})\.\s?([0-9]{1,2})")
_YEAR_LENGTH: Final = 4
_SHORT: Final = 2
_THREE: Final = 3
_CENTURY: Final = 100
_TWO_THOUSAND: Final = 2000
_FEW: Final = 10
"""So many centuries are counted ("two centuries ago"); a larger number names one."""
_FIRST_MONTHS: Final = frozenset({3, 6, 9, 12})
"""So many months of a year are reported together."""
_LAST_DAY: Final = 31
_LAST_HOUR: Final = 24
_LAST_MINUTE: Final = 59
_PARTS: Final = frozenset({"month", "quarter", "half"})
_FIELDS: Final = frozenset({"year", "month", "day", "quarter", "half"})
_ROLLING: Final = {"last": "past-on", "past": "past-on", "next": "next-on", "coming": "next-on"}
"""What stands behind its number counts from the day itself: 3 next weeks."""
_LONG: Final = frozenset({"decade", "century", "millennium"})
COUNTED: Final = frozenset({"unit", "steps", "weekday", "weekend"})
"""Kinds of what can be counted."""


class Figures(Distances):
    """Takes numbers, and what belongs to them."""

    def take_digits(self, token: Token) -> bool:
        """A number in digits, a date in numbers, a time of day."""
        text: str = token.value
        if text.isdigit():
            return self._number(text)
        if ":" in text:
            return _is_time(text)
        if self._counts_parts() and (found := _YEAR_AND_PART.fullmatch(text)):
            # 24.4분기, '24.4Q, 25.1월
            self.side.short_year = len(found[1]) == _SHORT
            return self.put("year", int(found[1])) and self._number(found[2])
        if text[0] in "'’‘`":
            following = self.peek()
            if following is not None and following.kind == "decade":
                self.at += 1
                return self._long_year(int(text[1:]), "decade")
            if text[1:].isdigit():
                return self._short_year(int(text[1:]))
            return self._cut_short(text[1:])
        if text[-1].isalpha():
            return self._nth(int(text[:-2]))
        return self._cut(text)

    def _counts_parts(self) -> bool:
        """Whether the name of a part of the year follows, which the number counts."""
        following = self.peek()
        return following is not None and following.kind == "unit" and following.value in _PARTS

    def take_nth(self, token: Token) -> bool:
        """An ordinal in words."""
        return self._nth(token.value)

    def _number(self, text: str) -> bool:
        if len(text) > _YEAR_LENGTH:
            whole = _WHOLE.fullmatch(text)
            return whole is not None and all(
                map(self.put, ("year", "month", "day"), map(int, whole.groups()))
            )
        if self.peek_kind() == "approximate" and self.peek_kind(1) in {"unit", "steps"}:
            # 10여 년
            self.side.approximate = True
            self.at += 1
        number, following = int(text), self.peek()
        if following is None:
            return self._plain(number, text, "")
        take = _AFTER.get(following.kind)
        return (
            self._plain(number, text, following.kind) if take is None else take(self, number, text, following)
        )

    def _before_clock(self, number: int, text: str, following: Token) -> bool:  # noqa: ARG002 - one signature
        self.at += 1
        return number <= _LAST_MINUTE

    def _before_turn(self, number: int, text: str, following: Token) -> bool:
        """``2024年末``: a unit, and a part of it."""
        self.at += 1
        unit, part = following.value
        return self.put("part", part) and self._with_unit(number, text, unit)

    def _before_unit(self, number: int, text: str, following: Token) -> bool:
        if len(text) < _YEAR_LENGTH and following.value != "month" and self._distance_follows():
            return self._counted(number)
        if len(text) == _YEAR_LENGTH and following.value == "quarter" and self.side.month is not None:
            return self._plain(number, text, following.kind)  # the December 2024 quarter
        self.at += 1
        return self._with_unit(number, text, following.value)

    def _distance_follows(self) -> bool:
        """Whether more units and then "ago" come after a unit: 1년 6개월 전, 1년 반 전, 한 세기 전."""
        if self.peek_kind(1) == "half-more":
            return self.peek_kind(2) == "ago"
        if self.side.is_empty() and not self.side.direction and self._is_limit(self.peek(1)):
            return self.peek_kind(2) in {"", "event"}
        ahead = 1
        while self.peek_kind(ahead) == "digits" and self._counts(self.peek(ahead + 1)):
            ahead += 2
        return ahead > 1 and self.peek_kind(ahead) == "ago"

    @staticmethod
    def _is_limit(token: Token | None) -> bool:
        """Whether a word after a number of units says that it is within them: 3년 이내."""
        return token is not None and token.kind == "inside"

    @staticmethod
    def _counts(unit: Token | None) -> bool:
        """Whether a unit can be counted: 개월, not 월, which names a month."""
        return unit is not None and (unit.kind == "steps" or (unit.kind == "unit" and unit.value != "month"))

    def _before_decade(self, number: int, text: str, following: Token) -> bool:
        """``1990s``, ``1990년대``; the ``1800s`` are a hundred years, the 2000s ten."""
        self.at += 1
        hundred = following.value == "years" and not number % _CENTURY and len(text) == _YEAR_LENGTH
        return self._long_year(number, "hundred" if hundred and number < _TWO_THOUSAND else "decade")

    def _before_direction(self, number: int, text: str, following: Token) -> bool:
        of_month = self.side.month is not None and self.side.day is None  # January 15 this year
        if self.peek_kind(1) not in {"unit", "steps"} or len(text) == _YEAR_LENGTH or of_month:
            return self._plain(number, text, following.kind)
        self.at += 2
        direction = _ROLLING.get(following.value, following.value)
        return self._run(number, self.tokens[self.at - 1].value, direction)

    def _before_steps(self, number: int, text: str, following: Token) -> bool:
        """``3 days``; a number of four digits is a year itself: the 2024 calendar year."""
        if len(text) == _YEAR_LENGTH and following.value == "year" and not self.peek_kind(1):
            self.at += 1
            return self._plain(number, text, "")
        if following.kind == "weekday" and self.peek_kind(1) != "ago":
            return self._plain(number, text, following.kind)
        return self._counted(number)

    def _before_so_many(self, number: int, text: str, following: Token) -> bool:  # noqa: ARG002 - one signature
        """``9M 2024``: the first nine months of the year."""
        self.at += 1
        return number in _FIRST_MONTHS and self.put("within", Within(1, number, "month"))

    def _before_era(self, number: int, text: str, following: Token) -> bool:  # noqa: ARG002 - one signature
        return self.put("year", number)

    def _plain(self, number: int, text: str, following: str) -> bool:
        """A number without a unit."""
        side, before = self.side, self.tokens[self.at - 2].kind if self.at > 1 else ""
        if side.bare == "week" and side.week is None and side.month is None and before != "of":
            side.bare = ""
            return self.put("week", number)
        if side.year is not None and self._is_aside(before, following):
            return number == side.year % _CENTURY and before == "fiscal"  # March 2024 (2) is no day
        return self._in_its_place(number, text, following)

    def _in_its_place(self, number: int, text: str, following: str) -> bool:
        """A number that is a year, a day or still open, by what stands around it."""
        side = self.side
        if side.era is not None and side.year is None:
            return self.put("year", number)
        if following == "fiscal" and self._is_of_three(number, text):
            return self.put_year_of_three(number)
        if len(text) == _YEAR_LENGTH or (side.fiscal is not None and side.year is None):
            side.short_year = len(text) == _SHORT
            return len(text) in {_SHORT, _YEAR_LENGTH} and self.put("year", number)
        if side.month is not None and side.day is None and not (side.quarter or side.half):
            if number > _LAST_DAY and side.year is None:
                side.short_year = len(text) == _SHORT
                return self.put("year", number)
            return self.put("day", number)
        if self._month_follows():
            return self.put("day", number)
        ended = side.day is not None or side.quarter is not None or side.half is not None
        ended = ended or (side.within is not None and side.within.unit == "month")
        if following in {"quarter", "half", "fiscal"} or ended:
            side.short_year = len(text) == _SHORT
            return side.short_year and self.put("year", number)
        if side.weekday is not None and side.month is None:
            return self.put("day", number)
        return self.put("loose", number)

    def _is_aside(self, before: str, following: str) -> bool:
        """Whether a number stands alone in brackets, or behind a word for years of accounts: (2), (FY24)."""
        return before == "fiscal" or (before == "open" and following == "close")

    def _month_follows(self) -> bool:
        ahead = 0
        while self.peek_kind(ahead) in {"filler", "of"} and ahead < _YEAR_LENGTH:
            ahead += 1
        return self.peek_kind(ahead) == "month"

    def _nth(self, number: int) -> bool:
        """An ordinal: a day, or which one of several."""
        following = self.peek()
        if following is not None and following.text == "-" and self.peek_kind(1) in {"unit", "steps"}:
            # third-quarter results
            self.at += 1
            following = self.peek()
        if following is not None and following.kind == "direction" and following.value == "last":
            self.at += 1
            return self._one_of(-number)
        if following is not None and following.kind in {*COUNTED, "digits"}:
            return self._one_of(number)
        if number < 1:
            return False
        self.side.ordinal = True
        return self.put("day", number)

    def _one_of(self, which: int) -> bool:
        """The third week, the last Monday, the first two weeks; the third quarter."""
        following = self.peek()
        if following is None:
            return False
        count = 1
        if following.kind == "digits" and following.value.isdigit() and len(following.value) <= _SHORT:
            counted = self.peek(1)
            if counted is None or counted.kind not in {"unit", "steps"}:
                # "January first 12"
                self.side.ordinal = True
                return which > 0 and self.put("day", which)
            count = int(following.value)
            self.at += 1
            following = counted
        if following.kind not in COUNTED:
            self.side.ordinal = True
            return which > 0 and self.put("day", which)
        self.at += 1
        if following.kind == "weekday":
            return self.put("within", Within(which, 1, "weekday")) and self.put("weekday", following.value)
        if following.kind == "weekend":
            return self.put("within", Within(which, 1, "weekend"))
        unit = following.value
        if unit in _LONG and which > 0:
            return self._long_year(which, unit)
        if count == 1 and which > 0 and unit in {"quarter", "half"}:
            return self.put(unit, which)
        if count == 1 and which == -1 and unit == "quarter":
            return self.put(unit, 4)
        unsettled = unit == "week" and weeks_unsettled(following.language)
        return self.put("within", Within(which, count, unit, unsettled))

    def _with_unit(self, number: int, text: str, unit: str) -> bool:
        side, following = self.side, self.peek_kind()
        short = len(text) < _YEAR_LENGTH
        if (
            (following == "lasting" or (following == "ago" and not self.first_follow()))
            and side.is_empty()
            and unit in {"year", "day", "quarter", "week"}
            and short
        ):
            self.at -= 1
            return self._counted(number)
        if unit in _LONG and self.peek_kind() == "ago" and number < _FEW:
            self.at -= 1
            return self._counted(number)
        if unit in _LONG:
            return self._long_year(number, unit)
        if unit == "year" and side.direction and short and side.era is None:
            return self._run(number, unit, side.direction)
        if side.direction == "upcoming":
            return self._run(number, unit, side.direction)
        if unit == "week":
            return self.put("within", Within(number, 1, unit))
        if unit == "year" and side.era is None:
            if len(text) < _SHORT or self._is_of_three(number, text):
                return len(text) == _THREE and self.put_year_of_three(number)
            side.short_year = len(text) == _SHORT or side.short_year
        if unit in {"quarter", "half"} and not self.take_short_year(unit, number):
            return False
        return unit in _FIELDS and self.put(unit, number)

    def _is_of_three(self, number: int, text: str) -> bool:
        return bool(self.era_of_three) and len(text) == _THREE and _CENTURY <= number < 2 * _CENTURY

    def _long_year(self, number: int, unit: str) -> bool:
        side = self.side
        if side.long == "century" and unit == "decade" and side.year is not None and number < _CENTURY:
            # 20世纪80年代
            side.long, side.year = unit, (side.year - 1) * _CENTURY + number
            return self.note("year", side.year)
        side.long = unit
        return self.put("year", number)


def _is_time(text: str) -> bool:
    """Whether a time of day exists."""
    hour, minute, *second = map(int, text.split(":"))
    return hour <= _LAST_HOUR and minute <= _LAST_MINUTE and all(s <= _LAST_MINUTE + 1 for s in second)


_AFTER: Final[dict[str, Callable[[Figures, int, str, Token], bool]]] = {
    "clock": Figures._before_clock,  # noqa: SLF001 - a table of the class, below it
    "turn": Figures._before_turn,  # noqa: SLF001
    "unit": Figures._before_unit,  # noqa: SLF001
    "decade": Figures._before_decade,  # noqa: SLF001
    "direction": Figures._before_direction,  # noqa: SLF001
    "steps": Figures._before_steps,  # noqa: SLF001
    "weekday": Figures._before_steps,  # noqa: SLF001
    "era": Figures._before_era,  # noqa: SLF001
    "so-many": Figures._before_so_many,  # noqa: SLF001
}
"""Kind of the token after a number -> what takes both."""
