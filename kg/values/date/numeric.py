"""Dates that are written in digits, and with a month in words between them.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    numeric   = DIGITS , SEPARATOR , DIGITS , [ SEPARATOR , DIGITS ] ;
    spelled   = ( MONTH | DIGITS ) , SEPARATOR , ( MONTH | DIGITS ) , SEPARATOR , DIGITS ;
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.values.date.parts import Point
    from kg.values.grammar.cursor import Cursor

SEPARATED: Final = re.compile(r"([0-9]+) ?([./-]) ?([0-9]+)(?: ?\2 ?([0-9]+))?")
DAYS: Final = range(1, 32)
YEAR_DIGITS: Final = 4
_MONTHS: Final = range(1, 13)
_CENTURY: Final = 100
_NEAR: Final = range(70, 100)
_SOON: Final = 40
"""Years of two digits below it are those of this century."""


def numeric(c: Cursor, p: Point) -> bool:
    """``numeric``: 2025.02.04, 4.2.2025, 02/2025; 04/02/2025 stays open."""
    short = c.take("apostrophe") is not None
    written = c.peek("numeric")
    found = SEPARATED.fullmatch(written.rstrip(".")) if written is not None else None
    if found is None or p.year is not None or p.month is not None or p.day is not None or p.open:
        return False
    c.at += 1
    first, sign, second, third = found.groups()
    a, b = int(first), int(second)
    if short:  # '24.3.15
        p.year, p.month, p.day = year_of(first), b, int(third or 0)
        return p.year is not None and third is not None
    if len(first) == YEAR_DIGITS:
        if third is None and b == (a + 1) % _CENTURY and b not in _MONTHS:
            return False  # 2024/25: a season or a year of accounts
        p.year, p.month, p.day = a, b, None if third is None else int(third)
        return True
    if third is None:
        p.month, p.year = a, b
        return len(second) == YEAR_DIGITS
    year = year_of(third)
    if year is None or (len(third) != YEAR_DIGITS and b in _MONTHS and int(third) in DAYS):
        return False  # 04/02/25 and 24.12.31 may begin with the year
    if b not in _MONTHS:
        p.month, p.day, p.year = a, b, year
    elif sign == "." or a not in _MONTHS or a == b:
        p.day, p.month, p.year = a, b, year
    else:
        p.open = (a, b, year)
    return True


def year_of(written: str) -> int | None:
    """A year in four digits, or in two those of 1970 to 2039."""
    if len(written) == YEAR_DIGITS:
        return int(written)
    if len(written) != len("24"):
        return None
    number = int(written)
    if number in _NEAR:
        return number + 1900
    return number + 2000 if number < _SOON else None


def spelled(c: Cursor, p: Point) -> bool:
    """``spelled``: 31-Oct-1974, Sep/23/2020, 2020-Sep-23."""
    tokens = c.tokens[c.at : c.at + 5]
    if _month_first(c, p):
        return True
    if len(tokens) < 5 or p.named() - {"weekday"} or tokens[1].text not in {"-", "/"}:  # noqa: PLR2004
        return False
    if tokens[3].text != tokens[1].text or any(a.end != b.start for a, b in pairwise(tokens)):
        return False
    months = [token.senses.get("month") for token in tokens[::2]]
    digits = [token.text for token in tokens[::2] if token.text.isdigit()]
    if months.count(None) != 2 or len(digits) != 2 or months[2]:  # noqa: PLR2004 - the other two
        return False
    if len(digits[0]) == YEAR_DIGITS:
        digits.reverse()
    p.month = next(month for month in months if month)
    p.day, p.year = int(digits[0]), year_of(digits[1])
    c.at += 5
    return p.year is not None and p.day in DAYS


def _month_first(c: Cursor, p: Point) -> bool:
    """Feb-04-2025, whose day and year are one token."""
    tokens = c.tokens[c.at : c.at + 3]
    month = tokens[0].senses.get("month")
    rest = SEPARATED.fullmatch(tokens[-1].text)
    if month is None or rest is None or rest[4] or len(tokens) != 3 or p.named() - {"weekday"}:  # noqa: PLR2004
        return False
    if tokens[1].text != rest[2] or tokens[0].end != tokens[1].start or tokens[1].end != tokens[2].start:
        return False
    p.month, p.day, p.year = month, int(rest[1]), year_of(rest[3])
    c.at += 3
    return p.year is not None and p.day in DAYS
