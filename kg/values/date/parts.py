"""The parts of a date as the rules of the grammar collect them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_COUNTED: Final = (
    *("year", "month", "day", "quarter", "half", "season", "weekday", "decade", "century", "week", "loose"),
)
_QUALIFIERS: Final = frozenset({"link", "neutral", "about", "bound"})
_NAMED: Final = ("relative", "ago", "open", "derived")


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before or after a day: three days after January 12th."""

    steps: dict[str, int]
    """Unit -> how many, below 0 for before."""
    anchor: Point


@dataclass(frozen=True, slots=True)
class Run:
    """The next or the last so many days or quarters, without that of the reference date."""

    unit: str
    steps: int
    """Below 0 for the last ones."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a time by its number: the last day of October, the first Monday of this month."""

    unit: str
    """``day``, ``week``, ``month``, ``quarter`` or ``weekday``."""
    weekday: int
    first: int
    """From 1; from -1 for the last one."""
    count: int
    of: Point


@dataclass(slots=True)
class Point:
    """The parts of a date as they are collected; None and "" are not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: int | None = None
    weekday: int | None = None
    decade: int | None = None
    century: int | None = None
    week: int | None = None
    part: str = ""
    """A part of the rest, as ``kg.values.date.vague`` lists them."""
    relative: dict[str, int] = field(default_factory=dict)
    """Unit -> how many of them from that of the reference date: ``{"year": -1}``."""
    ago: dict[str, int] | None = None
    """A distance from the reference date, unit -> how many: three months before it."""
    direction: str = ""
    """``past`` or ``coming``: which of the months, days or weekdays of that name."""
    fiscal: int | None = None
    """The month that the year of accounts begins with."""
    bound: str = ""
    closed: bool = False
    """Whether a bound stands behind the parts, so that no other part may follow."""
    clock: bool = False
    """Whether a time of the day is named, which is dropped."""
    about: bool = False
    loose: int | None = None
    """A number whose unit stands on the other side of a range: 1~3월."""
    width: int = 0
    """The digits of ``loose``."""
    open: tuple[int, int, int] | None = None
    """(first number, second number, year) of a numeric date that does not say which one is the day."""

    derived: Shift | Run | Selection | None = None
    """A date that is counted from another one."""

    def is_empty(self) -> bool:
        """Whether nothing names a date."""
        return not self.named()

    def named(self) -> set[str]:
        """The parts that are named, but for words that only qualify them."""
        return {name for name in _NAMED if getattr(self, name)} | {
            name for name in _COUNTED if getattr(self, name) is not None
        }

    def is_open(self, senses: Mapping[str, object]) -> bool:
        """Whether a word behind a bound may still belong to the date: it names no other part."""
        return not senses.keys().isdisjoint(_QUALIFIERS)

    def put(self, unit: str, number: int) -> bool:
        """Set a part that is not named yet."""
        if getattr(self, unit, 0) is not None:
            return False
        setattr(self, unit, number)
        return True
