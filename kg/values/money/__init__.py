"""``Money``: an amount, exact or between bounds, in a currency.

Text (``"150억~250억달러"``, ``"$15-25bn"``) goes through ``grammar``, an object
(``{"min": "15", "currency": "USD"}``) through ``spelled``; both give one ``meaning``,
which ``writing`` makes a node of ``schema:MonetaryAmount``.
"""

from __future__ import annotations

from kg.values.money.codec import MoneyCodec
from kg.values.money.meaning import Money

__all__ = ["Money", "MoneyCodec"]
