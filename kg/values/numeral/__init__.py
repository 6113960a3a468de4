"""Numbers in text: digits with their separators, number words, and scales (``1조2000억``, ``two million``).

``digits`` reads one run of digits, ``sums`` puts the parts of a number together.
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
from kg.values.numeral.sums import KINDS, Number, Numeral, numeral

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
