"""Years of accounts, and what of one is named: FY2024, 年度, 3月期, the quarters up to the third."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.values.date.figures import Figures
from kg.values.date.parts import Within

if TYPE_CHECKING:
    from kg.values.vocabulary import Token


class Accounts(Figures):
    """Takes the words of accounts."""

    def take_fiscal(self, token: Token) -> bool:
        """``FY``, ``年度``: a year of accounts, with the month that it begins with."""
        side = self.side
        if side.loose is not None:
            number, side.loose, side.short_year = side.loose, None, True
            return self.put("year", number) and self.put("fiscal", token.value)
        if side.fiscal is not None:
            return True
        following = self.peek()
        if token.kind == "steps" and self.counts_days():
            return False
        if following is not None and following.kind == "ended":
            self.at += 1
            return self.put("span", (-1, "year"))
        if following is not None and following.kind == "steps" and following.value == "year":
            self.at += 1
        return self.put("fiscal", token.value)

    def counts_days(self) -> bool:
        """``주 5일``: five days of each week."""
        number, unit = self.peek(), self.peek(1)
        return (
            number is not None
            and unit is not None
            and (number.kind, unit.kind, unit.value) == ("digits", "unit", "day")
        )

    def take_ending(self, token: Token) -> bool:
        """``3月期``: the year of accounts that ends with the month; ``7〜9月期`` is a quarter."""
        self.side.ending = token.value
        return True

    def take_cumulative(self, token: Token) -> bool:  # noqa: ARG002 - one signature for all kinds
        """``第3四半期累計期間``: the quarters of the year up to the one named."""
        quarter, self.side.quarter = self.side.quarter, None
        return quarter is not None and self.put("within", Within(1, quarter, "quarter"))
