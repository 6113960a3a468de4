"""The grammar of dates in text.

    text = side [range side]
    side = parts in any order, each once: year, month, day, quarter, half, season, weekday,
           early or late, steps from the reference date, a bound, "about"

A time of day and words that say nothing about the day are passed over. The words are in the
vocabulary, so this holds for every language that has a table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date.parts import Parts
from kg.values.date.vocabulary import scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.errors import Unreadable
    from kg.values.vocabulary import Token

_CUT: Final = re.compile(r"\s?[./-]\s?")
_ORDINAL: Final = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)")
_YEAR_LENGTH: Final = 4
_SHORT: Final = 2
_PASSED_OVER: Final = frozenset({"filler", "time", "clock", "open", "close", "between"})
_BY_UNIT: Final = {"year", "month", "day", "quarter", "half"}


def read(text: str, language: str = "") -> list[Parts]:
    """The sides of what a text says: one, or two of a range.

    Raises ``Unreadable``: ``date-no-date`` where the text says that none is known
    (``recently``, ``미정``), else what could not be read.

    >>> [side] = read("2025년 2월 4일")
    >>> side.year, side.month, side.day
    (2025, 2, 4)
    """
    return _Reading(text, scan(language)(text)).read()


class _Reading:
    """The tokens of one text, and where the reading stands."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.side = Parts()
        self.sides = [self.side]
        self.between = any(t.kind == "between" for t in tokens)

    def read(self) -> list[Parts]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.kind in _PASSED_OVER:
                continue
            if not self._take(token):
                raise self.fault(token)
        if any(side.is_empty() for side in self.sides) or len(self.sides) > 2:  # noqa: PLR2004 - two ends
            raise self.fault(None)
        return self.sides

    def _take(self, token: Token) -> bool:
        kind = token.kind
        if kind in {"range", "from-to"} or (kind == "join" and self.between):
            return self._next_side(token)
        if self.side.bound and not self.side.is_empty() and kind != "bound" and self._bound_stood_last():
            self._open_side()
        take: Callable[[Token], bool] | None = getattr(self, "_" + kind.replace("-", "_"), None)
        return take is not None and take(token)

    def _bound_stood_last(self) -> bool:
        """Whether the bound followed its date (1월부터 3월까지), so that another date begins."""
        return self.at >= 2 and self.tokens[self.at - 2].kind == "bound" and self.at > 2  # noqa: PLR2004

    def _next_side(self, token: Token) -> bool:
        if self.side.is_empty():
            if token.text != "~":
                return token.text == "-" and self.side.part != ""
            self.side.approximate = True
            return True
        following = self._peek()
        if following is not None and following.kind in {"quarter", "half"} and self.side.is_year():
            return True
        self._open_side()
        return True

    def _open_side(self) -> None:
        self.side = Parts()
        self.sides.append(self.side)

    def _put(self, name: str, value: object) -> bool:
        """Fill a part that is still empty."""
        found = getattr(self.side, name)
        if found is not None and found != "":
            return False
        setattr(self.side, name, value)
        return True

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _digits(self, token: Token) -> bool:
        text: str = token.value
        following = self._peek()
        if ":" in text or (following is not None and following.kind == "clock" and _is_hour(text)):
            return True
        if text[0] == "'":
            self.side.short_year = True
            return self._put("year", int(text[1:]))
        if not text.isdigit():
            return self._ordinal(text) if _ORDINAL.fullmatch(text) else self._cut(text)
        return self._number(text, following)

    def _ordinal(self, text: str) -> bool:
        following = self._peek()
        if following is not None and following.kind == "unit":
            return self._number(text[:-2], following)
        return self._put("day", int(text[:-2]))

    def _cut(self, text: str) -> bool:
        """A date in numbers: year, month, day, or one whose order only its numbers can tell."""
        numbers = [int(n) for n in _CUT.split(text)]
        if len(_CUT.split(text)[0]) == _YEAR_LENGTH:
            return all(map(self._put, ("year", "month", "day"), numbers))
        if len(numbers) == _SHORT:
            return self._put("month", numbers[0]) and self._put("year", numbers[1])
        first, second, year = numbers
        if max(first, second) > 12 or first == second:  # noqa: PLR2004 - months of a year
            month, day = (second, first) if first > second else (first, second)
            self.side.short_year = year < 100  # noqa: PLR2004 - two digits
            return self._put("month", month) and self._put("day", day) and self._put("year", year)
        raise unreadable(
            "date-ambiguous",
            self.text,
            (f"{year:04}-{first:02}-{second:02}", f"{year:04}-{second:02}-{first:02}"),
        )

    def _number(self, text: str, following: Token | None) -> bool:
        if len(text) > _YEAR_LENGTH:
            return False
        number = int(text)
        if following is not None and following.kind == "unit":
            self.at += 1
            return self._with_unit(number, text, following.value)
        if following is not None and following.kind == "steps":
            return self._count_steps(number)
        if following is not None and following.kind == "decade":
            self.at += 1
            return self._with_unit(number, text, "decade")
        if len(text) == _YEAR_LENGTH:
            return self._put("year", number)
        if self.side.month is not None and self.side.day is None:
            return self._put("day", number)
        if following is not None and following.kind in {"month", "filler"} and self._month_follows():
            return self._put("day", number)
        if self.side.quarter is not None or self.side.half is not None:
            self.side.short_year = len(text) == _SHORT
            return self.side.short_year and self._put("year", number)
        return self._put("loose", number)

    def _month_follows(self) -> bool:
        rest = (t for t in self.tokens[self.at : self.at + 3] if t.kind != "filler")
        following = next(rest, None)
        return following is not None and following.kind == "month"

    def _with_unit(self, number: int, text: str, unit: str) -> bool:
        following = self._peek()
        ends = following is not None and following.kind == "ago"
        if unit in {"year", "day"} and ends and self.side.is_empty():
            return self._count_steps(number, unit)
        if unit in {"decade", "century"}:
            setattr(self.side, unit, True)
            return self._put("year", number)
        if unit == "year" and len(text) == _SHORT:
            self.side.short_year = True
        return unit in _BY_UNIT and self._put(unit, number)

    def _count_steps(self, number: int, unit: str = "") -> bool:
        """``3 years ago``, ``3개월 전``: steps from the reference date."""
        if not unit:
            unit = self.tokens[self.at].value
            self.at += 1
        direction = self._peek()
        if direction is None or direction.kind != "ago":
            return False
        self.at += 1
        # "3 years ago" is no day: the year is meant, more or less
        self.side.approximate = self.side.approximate or unit != "day"
        return self._put("relative", {unit: number * direction.value})

    def _count(self, token: Token) -> bool:
        following = self._peek()
        return following is not None and following.kind == "steps" and self._count_steps(token.value)

    def _relative(self, token: Token) -> bool:
        unit, by = token.value
        if self.side.relative is None:
            self.side.relative = {unit: by}
            return True
        if unit in self.side.relative:
            return False
        self.side.relative[unit] = by
        return True

    def _turn(self, token: Token) -> bool:
        unit, part = token.value
        if not self._put("part", part):
            return False
        if self.side.relative is None and self.side.year is None:
            self.side.relative = {unit: 0}
        return True

    def _ago(self, token: Token) -> bool:
        """``2월 4일 전``: not a number of steps, but a bound."""
        return not self.side.is_empty() and self._put("bound", "<" if token.value < 0 else ">")

    def _bound(self, token: Token) -> bool:
        if self.side.bound == token.value:
            return True
        if self.side.bound in {">=", ">"} and token.value in {"<=", "<"} and not self.side.is_empty():
            return False
        return self._put("bound", token.value)

    def _approximate(self, token: Token) -> bool:
        self.side.approximate = bool(token.value)
        return True

    def _month(self, token: Token) -> bool:
        if self.side.loose is not None and self.side.day is None:
            self.side.day, self.side.loose = self.side.loose, None
        return self._put("month", token.value)

    def _weekday(self, token: Token) -> bool:
        return self._put("weekday", token.value)

    def _quarter(self, token: Token) -> bool:
        return self._put("quarter", token.value)

    def _half(self, token: Token) -> bool:
        return self._put("half", token.value)

    def _season(self, token: Token) -> bool:
        return self._put("season", token.value)

    def _part(self, token: Token) -> bool:
        return self._put("part", token.value)

    def _direction(self, token: Token) -> bool:
        return self._put("direction", token.value)

    def fault(self, at: Token | None) -> Unreadable:
        """Why the text can't be read, or that it names no date."""
        if not self.text.strip() or any(t.kind == "vague" for t in self.tokens):
            return unreadable("date-no-date", self.text)
        unknown = next((t for t in self.tokens if t.kind == "unknown"), at)
        if unknown is None:
            return unreadable("date-unreadable", self.text)
        return unreadable("date-word", self.text, args={"word": unknown.text})


def _is_hour(text: str) -> bool:
    return text.isdigit() and len(text) <= _SHORT
