"""Amounts of money in text: ``150억~250억달러``, ``an estimated $2–3bn``, ``10 à 15 millions d'euros``."""

from __future__ import annotations

from kg.values.amount.grammar import read
from kg.values.amount.meaning import Money

__all__ = ["Money", "read"]
