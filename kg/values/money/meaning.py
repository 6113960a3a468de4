"""What an amount of money means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.values.grammar.digits import Number


class Money(NamedTuple):
    """An amount in one currency: exact where ``min`` and ``max`` are the same.

    A bound that is None is not known, never zero.
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
    digits: str = ""
    """The digits whose three decimals may be a group (``12.345``), "" if they have one meaning."""
