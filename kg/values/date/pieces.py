"""The pieces of a date in text: what each kind of word, and a number beside it, says.

A method ``take_…`` takes a token and what belongs to it, fills a part of the present side, and
returns whether that made sense.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date.parts import Note, Parts, Run, Within

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.vocabulary import Token

_CUT: Final = re.compile(r"\s?[./-]\s?|\s")
_WHOLE: Final = re.compile(r"(1[0-9]{3}|2[01][0-9]{2})([0-9]{2})([0-9]{2})")
_YEAR_LENGTH: Final = 4
_SHORT: Final = 2
_MONTHS: Final = 12
_LAST_DAY: Final = 31
_LAST_HOUR: Final = 24
_LAST_MINUTE: Final = 59
_FIELDS: Final = frozenset({"year", "month", "day", "quarter", "half"})
_LONG: Final = frozenset({"decade", "century", "millennium"})
_COUNTED: Final = frozenset({"unit", "steps", "weekday", "weekend"})
_LATER: Final = {"so-far": -1, "rest": 1}
"""What ``earlier`` and ``later`` say after a number of units."""
_SIGNS: Final = {"<": -1, "<=": 0, ">": 1, ">=": 1}


class Pieces:
    """The tokens of one text, where the reading stands, and the sides so far."""

    def __init__(self, text: str, tokens: list[Token], *, year_first: bool | None) -> None:
        """``tokens`` are those of the whole text.

        ``year_first``: dates in numbers go year, month, day; None if that is not known.
        """
        self.text = text
        self.tokens = tokens
        self.year_first = year_first
        self.at = 0
        self.start = 0
        """Where the piece began that is being taken."""
        self.side = Parts()
        self.sides = [self.side]
        self.notes: list[Note] = []
        self.bound_after = False
        """Whether the last bound stood behind its date."""

    def open_side(self) -> None:
        """Begin the other side of a range."""
        self.side = Parts()
        self.sides.append(self.side)

    def peek(self, ahead: int = 0) -> Token | None:
        """The token that follows."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def peek_kind(self, ahead: int = 0) -> str:
        """The kind of the token that follows, "" at the end."""
        token = self.peek(ahead)
        return "" if token is None else token.kind

    def is_of(self, ahead: int = 0) -> bool:
        """Whether a longer time follows, of which this is a part."""
        token = self.peek(ahead)
        return token is not None and (token.kind == "of" or token.value == "in")

    def note(self, name: str, value: object) -> bool:
        """Remember what the words of this piece were taken for."""
        self.notes.append(Note(self.start, self.at, name, value))
        return True

    def put(self, name: str, value: object) -> bool:
        """Fill a part that is still empty."""
        found = getattr(self.side, name)
        if found is not None and found != "":
            return False
        setattr(self.side, name, value)
        return self.note(name, value)

    # numbers

    def take_digits(self, token: Token) -> bool:
        """A number in digits, a date in numbers, a time of day."""
        text: str = token.value
        if text.isdigit():
            return self._number(text)
        if ":" in text:
            return _is_time(text)
        if text[0] in "'’":
            following = self.peek()
            if following is not None and following.kind == "decade":
                self.at += 1
                return self._long_year(int(text[1:]), following.value)
            if text[1:].isdigit():
                return self._short_year(int(text[1:]))
            return self._cut_short(text[1:])
        if text[-1].isalpha():
            return self._nth(int(text[:-2]))
        return self._cut(text)

    def take_nth(self, token: Token) -> bool:
        """An ordinal in words."""
        return self._nth(token.value)

    def _cut(self, text: str) -> bool:
        """A date in numbers: year, month, day, or one whose order only its numbers can tell."""
        pieces = _CUT.split(text)
        numbers = [int(n) for n in pieces]
        if len(pieces[0]) == _YEAR_LENGTH:
            if len(numbers) == _SHORT and numbers[1] > _MONTHS:
                return self.put("year", numbers[0]) and self.put("day", numbers[1])
            return all(map(self.put, ("year", "month", "day"), numbers))
        if len(numbers) == _SHORT:
            return self._two(pieces)
        first, second, year = numbers
        if len(pieces[2]) <= _SHORT:
            if self.side.era is not None or self.year_first:
                return self._cut_short(text)
            if self.year_first is None and first > _MONTHS:
                raise self._ambiguous(f"{year:02}-", second, first)
        if max(first, second) > _MONTHS or first == second:
            month, day = (second, first) if first > second else (first, second)
            self.side.short_year = len(pieces[2]) == _SHORT
            return self.put("month", month) and self.put("day", day) and self.put("year", year)
        raise self._ambiguous(f"{year:04}-", first, second)

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
        if self.side.era is not None and self.side.year is None:
            return self.put("year", first) and self.put("month", second)
        if len(pieces[1]) == _YEAR_LENGTH:
            side = self.side
            name = "day" if side.day is None and (side.month is not None or first > _MONTHS) else "month"
            return self.put(name, first) and self.put("year", second)
        if self.year_first or first == second or (first <= _MONTHS < second):
            return self.put("month", first) and self.put("day", second)
        if second <= _MONTHS < first:
            return self.put("month", second) and self.put("day", first)
        raise self._ambiguous("", first, second)

    def _ambiguous(self, head: str, first: int, second: int) -> Exception:
        both = (f"{head}{first:02}-{second:02}", f"{head}{second:02}-{first:02}")
        return unreadable("date-ambiguous", self.text, both)

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
        if self.peek_kind(1) == "half-more" and self.peek_kind(2) == "ago":
            return self._counted(number)
        self.at += 1
        return self._with_unit(number, text, following.value)

    def _before_decade(self, number: int, text: str, following: Token) -> bool:  # noqa: ARG002 - one signature
        self.at += 1
        return self._long_year(number, following.value)

    def _before_direction(self, number: int, text: str, following: Token) -> bool:
        if self.peek_kind(1) not in {"unit", "steps"} or len(text) == _YEAR_LENGTH:
            return self._plain(number, text, following.kind)
        self.at += 2
        return self._run(number, self.tokens[self.at - 1].value, following.value)

    def _before_steps(self, number: int, text: str, following: Token) -> bool:
        if following.kind == "weekday" and self.peek_kind(1) != "ago":
            return self._plain(number, text, following.kind)
        return self._counted(number)

    def _before_era(self, number: int, text: str, following: Token) -> bool:  # noqa: ARG002 - one signature
        return self.put("year", number)

    def _plain(self, number: int, text: str, following: str) -> bool:
        """A number without a unit."""
        side = self.side
        if side.bare == "week" and side.week is None and side.month is None:
            side.bare = ""
            return self.put("week", number)
        if side.era is not None and side.year is None:
            return self.put("year", number)
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
        if following in {"quarter", "half", "fiscal"} or ended:
            side.short_year = len(text) == _SHORT
            return side.short_year and self.put("year", number)
        if side.weekday is not None and side.month is None:
            return self.put("day", number)
        return self.put("loose", number)

    def _month_follows(self) -> bool:
        ahead = 0
        while self.peek_kind(ahead) in {"filler", "of"} and ahead < _YEAR_LENGTH:
            ahead += 1
        return self.peek_kind(ahead) == "month"

    def _nth(self, number: int) -> bool:
        """An ordinal: a day, or which one of several."""
        following = self.peek()
        if following is not None and following.kind == "direction" and following.value == "last":
            self.at += 1
            return self._one_of(-number)
        if following is not None and following.kind in {*_COUNTED, "digits"}:
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
        if following.kind not in _COUNTED:
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
        return self.put("within", Within(which, count, unit))

    def _with_unit(self, number: int, text: str, unit: str) -> bool:
        side, following = self.side, self.peek_kind()
        short = len(text) < _YEAR_LENGTH
        if (
            following in {"ago", "lasting"}
            and side.is_empty()
            and unit in {"year", "day", "quarter", "week"}
            and short
        ):
            self.at -= 1
            return self._counted(number)
        if unit in _LONG:
            return self._long_year(number, unit)
        if unit == "year" and side.direction and short and side.era is None:
            return self._run(number, unit, side.direction)
        if unit == "week":
            return self.put("within", Within(number, 1, unit))
        if unit == "year" and len(text) == _SHORT and side.era is None:
            side.short_year = True
        return unit in _FIELDS and self.put(unit, number)

    def _long_year(self, number: int, unit: str) -> bool:
        self.side.long = unit
        return self.put("year", number)

    # distances

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
        if following is not None and (kind == "ago" or (kind == "part" and following.value in _LATER)):
            self.at += 1
            sign = following.value if kind == "ago" else _LATER[following.value]
            return self._distance({unit: n * sign for unit, n in steps.items()})
        if following is not None and kind == "bound" and side.is_empty() and not side.bound:
            sign = _SIGNS[following.value]
            if sign and self.peek_kind(1):
                self.at += 1
                side.anchored = True
                return self._distance({unit: n * sign for unit, n in steps.items()})
        if following is not None and following.value == "after-next" and self.peek_kind(1):
            # "two months after next Friday"
            self.at += 1
            side.anchored, side.direction = True, "next"
            return self._distance(steps)
        if len(steps) > 1:
            return False
        [(unit, number)] = steps.items()
        if kind in {"lasting", "starting"}:
            self.at += 1
            if side.direction:
                return self._run(number, unit, side.direction)
            return self.put("span", (number, unit))
        if side.direction:
            return self._run(number, unit, side.direction)
        return unit == "week" and self.put("within", Within(number, 1, unit))

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
        if direction == "upcoming":
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
        return not side.is_empty() and not side.bare and self.put("bound", "<" if token.value < 0 else ">")

    def take_lasting(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``동안`` after what is no number."""
        return not self.side.is_empty()

    # words

    def take_unit(self, token: Token) -> bool:
        """A unit without a number: the present one, or that of what follows (``the year 2024``)."""
        following = self.peek()
        if following is not None and following.kind == "direction" and following.value == "after-next":
            self.at += 1
            return self._relative(token.value, 2)
        if following is not None and following.kind == "bound" and (sign := _SIGNS[following.value]):
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

    def take_relative(self, token: Token) -> bool:
        """``지난해``, ``tomorrow``."""
        return self._relative(*token.value)

    def _relative(self, unit: str, by: int) -> bool:
        if self.side.relative is None:
            self.side.relative = {unit: by}
        elif unit in self.side.relative:
            return False
        else:
            self.side.relative[unit] = by
        return self.note("relative", (unit, by))

    def take_direction(self, token: Token) -> bool:
        """``last week``, ``next 3 months``, ``the last Monday of``; or which one of a name."""
        following, direction = self.peek(), token.value
        kind = "" if following is None else following.kind
        if following is None:
            return self.put("direction", direction)
        if direction == "last" and kind in _COUNTED and self.is_of(1):
            return self._one_of(-1)
        if kind in {"unit", "steps"} and direction in _BY:
            self.at += 1
            return self._relative(following.value, _BY[direction])
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
        return self.put("month", token.value)

    def take_weekday(self, token: Token) -> bool:
        """A day of the week."""
        if self.side.day is None and self.side.loose is not None:
            return False
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
        return self._of_short_year() and self.put("quarter", token.value)

    def take_half(self, token: Token) -> bool:
        """``상반기``, ``H1``."""
        return self._of_short_year() and self.put("half", token.value)

    def _of_short_year(self) -> bool:
        """``24.3Q``: a number before a quarter is a year."""
        side = self.side
        if side.loose is None:
            return True
        number, side.loose, side.short_year = side.loose, None, True
        return self.put("year", number)

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
        named = (
            side.relative is not None or side.year is not None or (unit == "month" and side.month is not None)
        )
        return named or self._relative(unit, 0)

    def take_bound(self, token: Token) -> bool:
        """``until``, ``이후``."""
        side = self.side
        if side.bound == token.value:
            self.bound_after = not side.is_empty()
            return True
        if side.bound in {">=", ">"} and token.value in {"<=", "<"} and not side.is_empty():
            return False
        self.bound_after = not side.is_empty()
        return self.put("bound", token.value)

    def take_ordinal_mark(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``第2月曜日``: the number that follows says which one."""
        number, ahead = self.peek(), 1
        while self.peek_kind(ahead) == "filler":
            ahead += 1
        if number is None or number.kind != "digits" or self.peek_kind(ahead) not in {"weekday", "steps"}:
            return True
        self.at += ahead
        return number.value.isdigit() and len(number.value) <= _SHORT and self._one_of(int(number.value))

    def take_ending(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``3月期``: the year of accounts that ends with the month; ``7〜9月期`` is a quarter."""
        self.side.ending = True
        return True

    def take_starting(self, token: Token) -> bool:
        """``starting``: the same as "from", but for what lasts a while."""
        return self.take_bound(token)

    def take_on(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``on Monday``: the nearest one; elsewhere a mere preposition."""
        if self.peek_kind() == "weekday" and self.side.is_empty() and not self.side.direction:
            self.side.direction = "nearest"
        return True

    def take_approximate(self, token: Token) -> bool:
        """``about``."""
        self.side.approximate = bool(token.value)
        return self.note("approximate", value=True)

    def take_era(self, token: Token) -> bool:
        """``令和``, ``AD``: what the year counts from."""
        return self.put("era", token.value)

    def take_fiscal(self, token: Token) -> bool:
        """``FY``, ``年度``: a year of accounts, with the month that it begins with."""
        side = self.side
        if side.loose is not None:
            number, side.loose, side.short_year = side.loose, None, True
            return self.put("year", number) and self.put("fiscal", token.value)
        if side.fiscal is not None:
            return True
        following = self.peek()
        if following is not None and following.kind == "steps" and following.value == "year":
            self.at += 1
        return self.put("fiscal", token.value)


_BY: Final = {"upcoming": 1, "last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
"""Direction -> steps of the unit that follows."""


def _is_time(text: str) -> bool:
    """Whether a time of day exists."""
    hour, minute, *second = map(int, text.split(":"))
    return hour <= _LAST_HOUR and minute <= _LAST_MINUTE and all(s <= _LAST_MINUTE + 1 for s in second)


_AFTER: Final[dict[str, Callable[[Pieces, int, str, Token], bool]]] = {
    "clock": Pieces._before_clock,  # noqa: SLF001 - a table of the class, below it
    "turn": Pieces._before_turn,  # noqa: SLF001
    "unit": Pieces._before_unit,  # noqa: SLF001
    "decade": Pieces._before_decade,  # noqa: SLF001
    "direction": Pieces._before_direction,  # noqa: SLF001
    "steps": Pieces._before_steps,  # noqa: SLF001
    "weekday": Pieces._before_steps,  # noqa: SLF001
    "era": Pieces._before_era,  # noqa: SLF001
}
"""Kind of the token after a number -> what takes both."""
