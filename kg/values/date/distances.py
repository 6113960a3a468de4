"""Numbers of units: ``3 years ago``, ``2주 뒤``, ``two weeks before …``, ``the past 3 months``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date.parts import Run, Within
from kg.values.date.written_out import WrittenOut

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_YEAR_LENGTH: Final = 4
_SHORT: Final = 2
_DAYS: Final = frozenset({"day", "week"})
_LATER: Final = {"so-far": -1, "rest": 1}
"""What ``earlier`` and ``later`` say after a number of units."""
SIGNS: Final = {"<": -1, "<=": 0, ">": 1, ">=": 1}
"""Bound -> the direction that it gives a distance: two weeks before."""


class Distances(WrittenOut):
    """Takes numbers of units, and says what they count from."""

    def _counted(self, number: int) -> bool:
        """Units that are counted: ``3 years ago``, ``2주 뒤``, ``two weeks and a day before …``."""
        steps = {self.tokens[self.at].value: number}
        if self.tokens[self.at].kind == "weekday":
            return self._weekdays(number)
        self.at += 1
        if "year" in steps and self.peek_kind() == "half-more":
            # a year and a half ago
            self.at += 1
            steps["month"] = 6
        while (found := self._more_steps()) is not None:
            unit, count = found
            if unit in steps:
                return False
            steps[unit] = count
        return self._counted_from(steps)

    def _more_steps(self) -> tuple[str, int] | None:
        """Another unit and its number, after a comma or "and"."""
        ahead = 0
        while self.peek_kind(ahead) in {"join", "filler"} and ahead < _SHORT:
            ahead += 1
        number, unit = self.peek(ahead), self.peek(ahead + 1)
        if number is None or unit is None or unit.kind not in {"unit", "steps"}:
            return None
        if number.kind == "article":
            count = 1
        elif number.kind == "digits" and number.value.isdigit() and len(number.value) <= _YEAR_LENGTH:
            count = int(number.value)
        else:
            return None
        self.at += ahead + 2
        return unit.value, count

    def _counted_from(self, steps: dict[str, int]) -> bool:
        """What the distance counts from, by the word after or before it."""
        side, following = self.side, self.peek()
        kind = "" if following is None else following.kind
        if following is not None:
            taken = self._counted_to(steps, following)
            if taken is not None:
                return taken
        if len(steps) > 1:
            return False
        [(unit, number)] = steps.items()
        if kind == "ended":
            self.at += 1
            return self.put("span", (-number, unit))
        if kind in {"lasting", "starting"}:
            self.at += 1
            if side.direction:
                return self._run(number, unit, side.direction)
            return self.put("span", (number, unit))
        if side.direction:
            return self._run(number, unit, side.direction)
        if number == 1 and unit == "year" and (side.is_year() or side.relative == {"year": 0}):
            # 2024년 한 해: all of it
            return True
        return unit == "week" and self.put("within", Within(number, 1, unit))

    def _counted_to(self, steps: dict[str, int], following: Token) -> bool | None:
        """A distance whose direction the next word gives; None if it gives none."""
        side, kind, value = self.side, following.kind, following.value
        if kind == "ago" or (kind == "part" and value in _LATER):
            self.at += 1
            sign = value if kind == "ago" else _LATER[value]
            return self._distance({unit: n * sign for unit, n in steps.items()})
        alone = side.is_empty() and not side.bound
        if alone and kind == "bound" and SIGNS[value] and self.peek_kind(1):
            self.at += 1
            side.anchored = True
            return self._distance({unit: n * SIGNS[value] for unit, n in steps.items()})
        if value == "after-next" and self.peek_kind(1):
            # "two months after next Friday"
            self.at += 1
            side.anchored, side.direction = True, "next"
            return self._distance(steps)
        if alone and len(steps) == 1 and (kind == "inside" or (kind == "bound" and value == "<=")):
            # 3개월 이내
            self.at += 1
            [(unit, number)] = steps.items()
            return self._run(number, unit, "within")
        return None

    def _distance(self, steps: dict[str, int]) -> bool:
        if self.side.shift is not None:
            return False
        self.side.shift = steps
        return self.note("distance" if self.side.anchored else "shift", steps)

    def _weekdays(self, number: int) -> bool:
        """``2 Thursdays ago``."""
        weekday, ago = self.tokens[self.at : self.at + 2]
        self.at += 2
        self.side.shift = {"weekday": number * ago.value}
        return self.put("weekday", weekday.value)

    def _run(self, number: int, unit: str, direction: str) -> bool:
        """``last 2 weeks``, ``향후 3년``; of a longer time: ``the last 3 weeks of …``."""
        side = self.side
        if side.relative is not None or number < 1:
            return False
        if self.peek_kind() == "lasting":
            self.at += 1
        if direction == "upcoming" and number > _SHORT:
            raise unreadable("date-ambiguous", self.text, (f"next {number}", f"{number} from now"))
        if direction == "last" and self.is_of():
            side.direction = ""
            return self.put("within", Within(-1, number, unit))
        side.direction = ""
        return self.put("run", Run(number, unit, direction))

    def take_distance(self, token: Token) -> bool:
        """``in 2 weeks``, ``within 3 months``, ``for 10 days``; without a number, a mere preposition."""
        following, unit = self.peek(), self.peek(1)
        counted = unit is not None and unit.kind in {"unit", "steps"} and following is not None
        if following is None or unit is None or not counted or following.kind not in {"digits", "article"}:
            return bool(token.value in {"in", "for"})
        if following.kind == "digits" and not following.value.isdigit():
            return bool(token.value == "in")
        if unit.kind == "unit" and unit.value in {"quarter", "half", "century"} and token.value == "in":
            return True
        self.at += 1
        number = 1 if following.kind == "article" else int(following.value[:_YEAR_LENGTH])
        if token.value == "for":
            self.at += 1
            return self.put("span", (number, unit.value))
        if token.value == "within":
            self.at += 1
            return self.put("run", Run(number, unit.value, "within"))
        steps = {unit.value: number}
        self.at += 1
        while (found := self._more_steps()) is not None:
            steps[found[0]] = found[1]
        if self.peek_kind() == "ago":
            self.at += 1
        elif self.peek_kind() == "bound":
            self.at += 1
            self.side.anchored = True
        return self._distance(steps)

    def take_article(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``a week ago``; elsewhere an article says nothing."""
        return self._counted(1) if self.peek_kind() in {"unit", "steps"} else True

    def take_ago(self, token: Token) -> bool:
        """``2월 4일 전``: not a number of steps, but a bound."""
        side = self.side
        if self._first_of(-token.value):
            return True
        if token.value < 0 and self._is_after_time():
            return self.put("bound", "<=")  # 2月4日17时前: that day, too
        return not side.is_empty() and not side.bare and self.put("bound", "<" if token.value < 0 else ">")

    def _is_after_time(self) -> bool:
        """Whether a time of day stands right before the present token, and a day before that."""
        before = self.tokens[self.at - 2] if self.at > 1 else None
        timed = before is not None and (before.kind == "clock" or ":" in str(before.value))
        return timed and self.side.day is not None

    def _first_of(self, first: int) -> bool:
        """``前三季度``, ``后两个月``: the first or last few of what is named before."""
        number, unit = self.peek(), self.peek(1)
        if number is None or unit is None or not self.first_follow(0) or number.value == "1":
            return False  # 前一天 is the day before
        if first < 0 and unit.value in _DAYS:
            return False  # 3月后三天 may be after it
        self.at += 2
        return self.put("within", Within(first, int(number.value), unit.value))

    def first_follow(self, ahead: int = 1) -> bool:
        """Whether a short number of months or quarters follows: 113年前三季."""
        number, unit = self.peek(ahead), self.peek(ahead + 1)
        if number is None or unit is None or number.kind != "digits" or not number.value.isdigit():
            return False
        return (unit.kind == "steps" or unit.value == "quarter") and len(number.value) <= _SHORT

    def take_lasting(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``동안`` after what is no number."""
        return not self.side.is_empty()

    def _relative(self, unit: str, by: int) -> bool:
        if self.side.relative is None:
            self.side.relative = {unit: by}
        elif unit in self.side.relative:
            return False
        else:
            self.side.relative[unit] = by
        return self.note("relative", (unit, by))
