"""An interval as JSON: what amounts, numbers, shares and quantities share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.number import plain

if TYPE_CHECKING:
    from kg.values.interval.meaning import Interval
    from kg.values.money.meaning import Money

COLUMNS: Final = ("value", "min", "max", "minExclusive", "maxExclusive", "approximate")


def spelled(value: Interval | Money) -> dict[str, Any]:
    """``value`` where it is exact, else the bounds as far as known; flags only where they are set."""
    low, high = (None if n is None else plain(n) for n in (value.min, value.max))
    exact = low is not None and low == high
    made: dict[str, Any] = {"value": low} if exact else {"min": low, "max": high}
    flags = (value.min_exclusive, value.max_exclusive, value.approximate)
    made |= {key: flag or None for key, flag in zip(COLUMNS[3:], flags, strict=True)}
    return {key: part for key, part in made.items() if part is not None}
