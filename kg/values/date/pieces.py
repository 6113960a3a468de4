"""The words of a date in text: what each kind says by itself, and with what follows it.

A method ``take_…`` takes a token and what belongs to it, fills a part of the present side, and
returns whether that made sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date.accounts import Accounts
from kg.values.date.distances import SIGNS
from kg.values.date.figures import COUNTED
from kg.values.date.vocabulary import coming_alone, near_alone, past_is_after

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

_SHORT: Final = 2
_BESIDE: Final = frozenset({"label", "filler", "now", "open", "close", "time", "clock", "event"})
"""What may stand between a label and its date, or after a label at the end."""
_BEGIN: Final = frozenset(
    {"digits", "era", "relative", "month", "starting", "from-to", "ordinal-mark", "bound"}
)
"""What a date begins with."""
_YEAR_LENGTH: Final = 4
_PLURAL: Final = "days"
_YEAR: Final = 12
_LASTING: Final = {"fiscal": "year", "half": "half"}
_BY: Final = {"upcoming": 1, "last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
"""Direction -> steps of the unit that follows."""


class Pieces(Accounts):
    """Takes words."""

    def take_unit(self, token: Token) -> bool:
        """A unit without a number: the present one, or that of what follows (``the year 2024``)."""
        following = self.peek()
        if token.kind == "steps" and self.counts_days():
            return False
        if following is not None and following.kind == "ended":
            self.at += 1
            return self.put("span", (-1, token.value))
        if following is not None and following.kind == "direction" and following.value == "after-next":
            self.at += 1
            return self._relative(token.value, 2)
        if following is not None and following.kind == "bound" and (sign := SIGNS[following.value]):
            self.at += 1
            if not self.peek_kind():
                return self._relative(token.value, sign)
            self.side.anchored = True
            return self._distance({token.value: sign})
        if (
            token.value in {"year", "month"}
            and following is not None
            and following.kind in {"digits", "month"}
        ):
            return True
        return self.put("bare", token.value)

    def take_named_day(self, token: Token) -> bool:
        """``今（4）日``, ``今（2025）年``: today or this year, with its number in brackets."""
        kinds = [self.peek_kind(ahead) for ahead in range(4)]
        number, unit = self.peek(1), self.peek(3)
        if kinds != ["open", "digits", "close", "unit"] or number is None or unit is None:
            return False
        self.at += 4
        if not number.value.isdigit() or unit.value not in {"day", "year"}:
            return False
        if unit.value == "year" and len(number.value) < _YEAR_LENGTH:
            if not self.era_of_three:
                return False
            self.side.era, self.side.era_assumed = self.era_of_three, True
        return self._relative(unit.value, token.value) and self.put(unit.value, int(number.value))

    def take_same_day(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``2月4日当天``: the day named before, else the present one."""
        return self.side.day is not None or self._relative("day", 0)

    def take_relative(self, token: Token) -> bool:
        """``지난해``, ``tomorrow``."""
        return self._relative(*token.value)

    def take_now(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``2018년 3월 ~ 현재``: the range has no end yet; after a date it says nothing."""
        ranged = len(self.sides) > 1 and self.side.is_empty()
        following = self.peek()
        if following is not None and following.kind == "bound" and following.value == "<=":
            if not ranged and self.side.is_empty():
                return self._relative("day", 0)  # 현재까지
            self.at += 1  # 2020年から現在まで
        if ranged:
            self.sides.pop()
            self.sides[-1].bound = self.sides[-1].bound or ">="
        return True

    def take_following(self, token: Token) -> bool:
        """``2024年4月～翌年3月``: the one after that of the first side, else of the present one."""
        unit, by = token.value
        first = self.sides[0]
        if first is self.side:
            return first.is_empty() and self._relative(unit, by)
        steps = first.relative or {}
        if unit in steps or (unit == "year" and first.year is None):
            first.relative = {**steps, unit: steps.get(unit, 0)}
            return self._relative(unit, first.relative[unit] + by)
        if first.year is None or (unit == "month" and first.month is None) or unit == "day":
            return False
        years, month = (by, 0) if unit == "year" else divmod((first.month or 1) - 1 + by, _YEAR)
        self.side.era, self.side.short_year = first.era, first.short_year
        return self.put("year", first.year + years) and (unit == "year" or self.put("month", month + 1))

    def take_direction(self, token: Token) -> bool:
        """``last week``, ``next 3 months``, ``the last Monday of``; or which one of a name."""
        following, direction = self.peek(), token.value
        kind = "" if following is None else following.kind
        if following is None:
            return self.put("direction", direction)
        years = kind == "digits" and len(following.value) == _YEAR_LENGTH
        if direction == "past" and years and past_is_after(token.language):
            return self.put("bound", ">")  # past 2030
        if direction == "last" and kind in COUNTED and self.is_of(1):
            return self._one_of(-1)
        if kind in {"unit", "steps"} and direction in _BY:
            self.at += 1
            return self._relative(following.value, _BY[direction])
        if kind == "fiscal" and direction in _BY:
            self.at += 1
            return self.take_fiscal(following) and self._relative("year", _BY[direction])
        if kind == "weekend":
            self.at += 1
            return self._relative("weekend", _BY.get(direction, 0))
        if kind == "direction" and direction in {"this", "last", "next"}:
            return True
        return self.put("direction", direction)

    def take_month(self, token: Token) -> bool:
        """A month by name."""
        side = self.side
        if side.loose is not None and side.day is None:
            side.day, side.loose = side.loose, None
        side.near = near_alone(token.language)
        return self.put("month", token.value)

    def take_weekday(self, token: Token) -> bool:
        """A day of the week."""
        if self.side.day is None and self.side.loose is not None:
            if len(self.sides) == 1 or self.sides[0].day is None:
                return False
            self.side.day, self.side.loose = self.side.loose, None  # 2025.2.20(목)~22(토)
        if token.text.endswith(_PLURAL):
            return False  # on Mondays: of every week
        self.side.coming = coming_alone(token.language)
        return self.put("weekday", token.value)

    def take_weekend(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """Saturday and Sunday of this week, or of the week named."""
        relative = self.side.relative
        if relative is not None and relative.keys() == {"week"}:
            by = relative.pop("week")
            return self._relative("weekend", by)
        return self._relative("weekend", 0)

    def take_quarter(self, token: Token) -> bool:
        """``Q3``."""
        return self.take_short_year("quarter", token.value) and self.put("quarter", token.value)

    def take_half(self, token: Token) -> bool:
        """``상반기``, ``H1``."""
        return self.take_short_year("half", token.value) and self.put("half", token.value)

    def take_season(self, token: Token) -> bool:
        """``summer``."""
        return self.put("season", token.value)

    def take_part(self, token: Token) -> bool:
        """``early``, ``말``."""
        return bool(self.side.part == token.value) or self.put("part", token.value)

    def take_turn(self, token: Token) -> bool:
        """``연말``, ``年底``: a part of the year or month named, else of the present one."""
        unit, part = token.value
        side = self.side
        if not self.put("part", part):
            return False
        if side.direction in {"past", "last"}:
            side.direction = ""
            return self._relative(unit, -1)
        if side.direction == "coming":
            side.direction = ""
        steps = side.relative or {}
        named = {"year": side.year, "month": side.month}
        if unit in steps or named.get(unit) is not None:
            return True
        return not steps and not any(named.values()) and self._relative(unit, 0)

    def take_bound(self, token: Token) -> bool:
        """``until``, ``이후``."""
        side = self.side
        if side.bound == token.value:
            self.bound_after = not side.is_empty()
            return True
        if side.bound in {">=", ">"} and token.value in {"<=", "<"} and not side.is_empty():
            if self.peek() is None:
                return False
            # from January until March
            self.open_side()
            side = self.side
        self.bound_after = not side.is_empty()
        return self.put("bound", token.value)

    def take_ordinal_mark(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``第2月曜日``: the number that follows says which one; ``第100期`` says nothing about the days."""
        if self.peek_kind() == "digits" and self.peek_kind(1) == "term":
            self.at += 2
            self.needs_year = True
            return True
        number, ahead = self.peek(), 1
        while self.peek_kind(ahead) == "filler":
            ahead += 1
        if number is None or number.kind != "digits" or self.peek_kind(ahead) not in {"weekday", "steps"}:
            return True
        self.at += ahead
        return number.value.isdigit() and len(number.value) <= _SHORT and self._one_of(int(number.value))

    def take_ended_then(self, token: Token) -> bool:
        """``12月31日止年度``: what ended with the day before it; with nothing after it, a bound."""
        side, count = self.side, 1
        if side.is_empty():
            return False
        if self.peek_kind() == "of":
            self.at += 1
        number, following = self.peek(), self.peek()
        if number is not None and number.kind == "digits" and number.value.isdigit():
            count, following = int(number.value[:_YEAR_LENGTH]), self.peek(1)
            self.at += 1
        if following is None or following.kind not in {"unit", "steps", "fiscal", "half"}:
            return number is following and self.take_bound(token._replace(value="<="))
        self.at += 1 + (self.peek_kind(1) == "inside")
        side.bound = "" if side.bound == "<=" else side.bound
        unit = following.value if following.kind in {"unit", "steps"} else _LASTING[following.kind]
        return self.put("span", (-count, unit))

    def take_starting(self, token: Token) -> bool:
        """``starting``: the same as "from", but for what lasts a while."""
        return self.take_bound(token)

    def take_on(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``on Monday``: the nearest one; elsewhere a mere preposition."""
        if self.peek_kind() == "weekday" and self.side.is_empty() and not self.side.direction:
            self.side.direction = "nearest"
        return True

    def take_inside(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``3월 15일 이내``: up to a day; of a month or a year it says nothing more."""
        return self.side.day is None or self.put("bound", "<=")

    def take_or_equal(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``含当日``: the day of a bound is within it."""
        self.side.inclusive = True
        return not self.side.is_empty()

    def take_approximate(self, token: Token) -> bool:
        """``about``; of a time of day it says nothing: around 9 a.m. on Jan. 29."""
        number = self.peek()
        if (
            number is not None
            and number.kind == "digits"
            and (":" in number.text or self.peek_kind(1) == "clock")
        ):
            return True
        if self.at > 1 and self.tokens[self.at - 2].kind == "time":
            return True  # 昼ごろ
        self.side.approximate = bool(token.value)
        return self.note("approximate", value=True)

    def take_era(self, token: Token) -> bool:
        """``令和``, ``AD``: what the year counts from."""
        return self.put("era", token.value)

    def take_label(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``払込期日：2025年3月14日``: what it is the date of, right before it or at the end."""
        if self.names_what_happens():
            return not self.side.is_empty()
        if self.peek_kind() == "range" and not self.side.is_empty():
            return True  # 8月着工～
        ahead = self._beside()
        if self._is_length(ahead):
            return False
        return self.side.is_empty() and len(self.sides) == 1 and self.peek_kind(ahead) in _BEGIN

    def names_what_happens(self) -> bool:
        """Whether nothing but words that say nothing follow."""
        return not self.peek_kind(self._beside())

    def _beside(self) -> int:
        """How many tokens follow that say nothing beside a label."""
        ahead = 0
        while self.peek_kind(ahead) in _BESIDE or self._joins(ahead):
            ahead += 1
        return ahead

    def _joins(self, ahead: int) -> bool:
        """``開催予定の定時株主総会``: what joins a label to another one."""
        return self.peek_kind(ahead) == "of" and self.peek_kind(ahead + 1) in {"label", ""}

    def _is_length(self, ahead: int) -> bool:
        """``有效期20年``, ``公告日3日前``: after a label so many years are a length, or count from it."""
        ahead += self.peek_kind(ahead) in {"from-to", "bound"}
        number, unit, after = self.peek(ahead), self.peek(ahead + 1), self.peek_kind(ahead + 2)
        if number is None or unit is None or number.kind != "digits" or len(number.value) >= _YEAR_LENGTH:
            return False
        return after == "ago" or (not after and unit.value == "year")

    def take_of_accounts(self, token: Token) -> bool:
        """``当期(2024年4月1日~)``: which one that is, only the days after it say."""
        self.needs_year = True
        return self.side.is_empty() and self.take_label(token)

    def take_same(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``～同年3月31日``: that of the first side, as if it were not said again."""
        return len(self.sides) > 1 and self.side.is_empty()
