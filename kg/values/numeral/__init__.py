"""Numbers in text: digits with their separators, number words, and scales (``1조2000억``, ``two million``).

``digits`` reads one run of digits, ``sums`` puts the parts of a number together; ``meaning`` is what comes
of it.
"""

from __future__ import annotations

from kg.values.numeral.digits import (
    NUMBER,
    PLAIN,
    Style,
    Value,
    digits,
    plus,
    raised,
    rounded,
    shifted,
    style,
)
from kg.values.numeral.meaning import Number, Numeral
from kg.values.numeral.sums import KINDS, numeral

__all__ = [
    "KINDS",
    "NUMBER",
    "PLAIN",
    "Number",
    "Numeral",
    "Style",
    "Value",
    "digits",
    "numeral",
    "plus",
    "raised",
    "rounded",
    "shifted",
    "style",
]
