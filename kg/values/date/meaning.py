"""What a date means: the first and the last day it may be, and how precise it is."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", ""]


@dataclass(frozen=True, slots=True)
class Date:
    """The days from ``earliest`` to ``latest``, both included; None is open or unknown.

    ``precision`` names the one value it is (a day, a month, a year), "" if it is none of these.
    What only the text says is no part of the value: two dates are equal whatever it is.
    """

    earliest: date | None
    latest: date | None
    precision: Precision = ""
    approximate: bool = False
    weekday: int | None = field(default=None, compare=False)
    """The weekday that the text names beside the day, Monday is 0."""
    assumed: tuple[str, ...] = field(default=(), compare=False)
    """What was filled in by a rule: ``year``, ``month`` or ``week``, which ``run``, ``fiscal`` year."""


def day(year: int, month: int, number: int) -> Date:
    """One day; raises ``ValueError`` if the calendar has none."""
    return of(date(year, month, number))


def of(found: date) -> Date:
    """One day."""
    return Date(found, found, "day")


def month(year: int, number: int) -> Date:
    """One month.

    >>> month(2024, 2).latest
    datetime.date(2024, 2, 29)
    """
    return Date(date(year, number, 1), last_of(year, number), "month")


def year(number: int) -> Date:
    """One year."""
    return Date(date(number, 1, 1), date(number, 12, 31), "year")


def months(first_year: int, first: int, count: int) -> Date:
    """``count`` months on end, as a time between two days; a month above 12 is in the next year.

    >>> months(2024, 12, 3).latest
    datetime.date(2025, 2, 28)
    """
    start = first_year * 12 + first - 1
    end = start + count - 1
    return Date(date(start // 12, start % 12 + 1, 1), last_of(end // 12, end % 12 + 1))


def years(first: int, last: int) -> Date:
    """The years from ``first`` to ``last``."""
    return Date(date(first, 1, 1), date(last, 12, 31))


def last_of(in_year: int, number: int) -> date:
    """The last day of a month."""
    return date(in_year, number, monthrange(in_year, number)[1])
