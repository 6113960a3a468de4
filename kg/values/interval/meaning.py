"""What an interval of numbers means."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Number = int | Decimal


class Interval(NamedTuple):
    """A number: exact where ``min`` and ``max`` are the same.

    A bound that is None is not known, never zero. ``min`` above ``max`` is kept as written.
    """

    min: Number | None = None
    max: Number | None = None
    min_exclusive: bool = False
    max_exclusive: bool = False
    approximate: bool = False
    assumed: str = ""
    """The digits whose three decimals may be a group: 12.345."""
