"""Amounts of money in text: ``150억~250억달러``, ``an estimated $2–3bn``, ``10 à 15 millions d'euros``."""

from __future__ import annotations

from kg.values.money.codec import MoneyCodec
from kg.values.money.grammar import read
from kg.values.money.meaning import Money

__all__ = ["Money", "MoneyCodec", "read"]
