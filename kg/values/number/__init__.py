"""Numbers: exact values within limits (``limits``), and numbers in text (``grammar``, ``ordinal``)."""

from __future__ import annotations

from kg.values.number.limits import EXACT, FRACTION_DIGITS, WHOLE_DIGITS, exact, plain

__all__ = ["EXACT", "FRACTION_DIGITS", "WHOLE_DIGITS", "exact", "plain"]
