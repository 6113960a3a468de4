"""Hyphens and slashes that stand within one date, and go from none to another: 2024-Q3, 31-Oct-74."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date.pieces import Pieces

if TYPE_CHECKING:
    from kg.values.date.parts import Parts
    from kg.values.vocabulary import Token

DASHES: Final = frozenset("~–—―─∼〜-‐‑−")
_YEAR: Final = 4
"""Digits of a year."""


class Hyphens(Pieces):
    """Tells what a sign between two pieces joins."""

    def ends_in_year(self, sign: Token, following: Token) -> bool:
        """``Q1-2024``, ``H1/2024``: nobody goes from a part of a year to a year."""
        side = self.side
        part = (side.quarter, side.half, side.season) != (None, None, None)
        if not part or not (sign.text in DASHES or sign.text == "/") or side.year is not None:
            return False
        alone = side.relative is None and side.month is None and not self.peek_kind(1)
        return (
            alone
            and following.kind == "digits"
            and len(following.value) == _YEAR
            and following.value.isdigit()
        )

    def joins(self, following: Token) -> bool:
        """Whether a hyphen or slash stands within one date: 2024-Q3, 31-Oct-74, 2019/Aug/1."""
        side = self.side
        if following.kind in {"quarter", "half"}:
            return side.is_year()
        if following.kind == "digits" and side.is_year() and self.peek_kind(1) == "unit":
            unit = self.tokens[self.at + 1].value
            return unit in {"quarter", "half"} and self.tokens[self.at - 2].kind == "digits"
        if following.kind == "month":
            alone = side.loose is not None or side.is_year() or _is_year_day(side)
            return side.month is None and (alone or side.weekday is not None)
        if following.kind == "weekday":
            return side.weekday is None and side.relative is not None and "week" in side.relative
        if following.kind != "digits" or side.month is None or self._begins_another(following):
            return False
        return self._joins_number(following)

    def _begins_another(self, number: Token) -> bool:
        """Whether another day begins behind a whole one: 1 Jan - 31 Mar 2024, 30 Jan-2 Feb."""
        last, hyphen = self.tokens[self.at - 2 : self.at]
        apart = last.end < hyphen.start and hyphen.end < number.start
        return self.side.day is not None and (apart or self.peek_kind(1) == "month")

    def _joins_number(self, number: Token) -> bool:
        """Whether a number after the month belongs to it: Oct-31, Oct-2024."""
        side = self.side
        after_month = self.tokens[self.at - 2].kind == "month"
        if not number.value.isdigit():
            return after_month and side.day is None and bool(number.value[0].isdigit())
        if len(number.value) == _YEAR:
            return side.year is None
        return after_month and (side.day is None or side.year is None)


def _is_year_day(side: Parts) -> bool:
    return side.year is not None and side.day is not None and side.month is None
