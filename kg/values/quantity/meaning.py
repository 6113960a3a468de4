"""What a quantity means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.values.grammar.interval import Interval


class Quantity(NamedTuple):
    """A number, or a range of numbers, of one unit; nothing is converted to another unit."""

    unit: str
    """As ``und.toml`` lists them: ``nm``, ``GW``, ``person``."""
    number: Interval
    as_written: str = ""
