"""What an amount of money means."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Number = int | Decimal


class Money(NamedTuple):
    """An amount in one currency: exact where ``min`` and ``max`` are the same.

    A bound that is None is not known, never zero. ``min`` above ``max`` is kept as written:
    a shape reports it.
    """

    currency: str
    """ISO 4217."""
    min: Number | None = None
    max: Number | None = None
    min_exclusive: bool = False
    max_exclusive: bool = False
    approximate: bool = False
    as_written: str = ""
    converted: Money | None = None
    """The same amount in another currency, as the source converted it."""
    assumed: str = ""
    """The symbol or word whose currency was assumed, "" if it has one meaning."""
    each: str = ""
    """The words that say it is for one of something (``per share``) or for a time, "" if there are none."""
    digits: str = ""
    """The digits whose three decimals may be a group (``12.345``), "" if they have one meaning."""
