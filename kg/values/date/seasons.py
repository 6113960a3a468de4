"""Seasons, quarters and other parts of a year, numbered as EDTF does (level 2, section 5.2.1)."""

from __future__ import annotations

from typing import Final

from kg.values.date.meaning import Date, months

_NORTH: Final = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
_SOUTH: Final = {29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)}
_EXACT: Final = {
    33: (1, 3),
    34: (4, 3),
    35: (7, 3),
    36: (10, 3),
    37: (1, 4),
    38: (5, 4),
    39: (9, 4),
    40: (1, 6),
    41: (7, 6),
}
_SEASONS: Final = {**_NORTH, **{number + 4: span for number, span in _NORTH.items()}, **_SOUTH}


def part_of_year(year: int, number: int) -> Date | None:
    """Part ``number`` (21 to 41) of a year, or None if there is no such part.

    A season is taken as its three months, in the north unless 29 to 32 say south, winter as
    beginning in December.

    >>> part_of_year(2024, 35).earliest, part_of_year(2024, 24).latest
    (datetime.date(2024, 7, 1), datetime.date(2025, 2, 28))
    """
    if number in _EXACT:
        return months(year, *_EXACT[number])
    if number in _SEASONS:
        return months(year, *_SEASONS[number])
    return None


def quarter(year: int, number: int) -> Date | None:
    """A quarter of a year, 1 to 4."""
    return part_of_year(year, 32 + number) if 1 <= number <= 4 else None  # noqa: PLR2004 - four


def half(year: int, number: int) -> Date | None:
    """A half of a year, 1 or 2."""
    return part_of_year(year, 39 + number) if number in {1, 2} else None
