"""What one side of a date in text says, before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

Steps = dict[str, int]
"""Unit (``day``, ``week``, ``month``, ``quarter``, ``year`` …) -> how many of them."""


@dataclass(frozen=True, slots=True)
class Within:
    """Some days, weeks … of a longer time: the last Monday, the first two weeks."""

    first: int
    """Which one, from 1; -1 is the last."""
    count: int
    unit: str
    """A unit, or ``weekday``: the one that the side names."""
    unsettled: bool = False
    """Whether the language leaves open which week of a month is its first."""

    def __str__(self) -> str:
        """Which ones, in English."""
        which = f"number {self.first}" if self.first > 0 else f"number {-self.first} from the end"
        return f"{self.unit}, {which}" + (f", {self.count} of them" if self.count > 1 else "")


@dataclass(frozen=True, slots=True)
class Run:
    """Several units on end beside the reference date: the past two weeks."""

    count: int
    unit: str
    direction: str
    """As in ``Parts``, but ``upcoming`` is the last of them alone, and ``next-on`` and ``past-on``
    are counted from the day itself."""

    def __str__(self) -> str:
        """Which ones, in English."""
        return f"the {self.direction} {self.count} of unit {self.unit}"


class Note(NamedTuple):
    """What some words of the text were taken for: tokens ``start`` to ``end`` fill part ``name``."""

    start: int
    end: int
    name: str
    value: object


FIELDS: Final = ("year", "month", "day", "quarter", "half", "season", "week", "weekday")
"""The parts that name a year or what lies in one."""


@dataclass(slots=True)
class Parts:
    """The parts of a date as they are collected; None and "" are not said."""

    year: int | None = None
    short_year: bool = False
    """Whether ``year`` has two digits only."""
    era: int | None = None
    """The year before the first of an era: 2018 for 令和."""
    era_assumed: bool = False
    """Whether the era is that of years of three digits, and not named."""
    fiscal: int | None = None
    """The month that a fiscal year begins with; below zero where its year is that of its end, until that is
    settled."""
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: int | None = None
    week: int | None = None
    """The number of a week of ISO 8601."""
    weekday: int | None = None
    long: str = ""
    """What ``year`` is the first of or counts: ``decade``, ``century``, ``millennium``."""
    part: str = ""
    """A part of the rest, as ``kg.values.date.vague`` lists them."""
    relative: Steps | None = None
    """Units that lie so many steps from that of the reference date: ``{"year": -1}``."""
    shift: Steps | None = None
    """A distance from another day, or from the reference date: ``3 days after …``."""
    anchored: bool = False
    """Whether the distance counts from what the side names besides."""
    direction: str = ""
    """Which of the months, days or weekdays of that name: ``past`` and ``coming`` the nearest,
    ``last`` and ``next`` too where that is also the one of the week before or after, ``this``,
    ``after-next`` the second."""
    within: Within | None = None
    run: Run | None = None
    span: tuple[int, str] | None = None
    """How long it lasts from the day named: ``for 10 days from …``."""
    ending: int = 0
    """How many months end with the month, as 12 of a year of accounts: 3月期; 0 if there is no such thing."""
    bare: str = ""
    """A unit without a number: the month."""
    bound: str = ""
    """``<``, ``<=``, ``>``, ``>=``."""
    inclusive: bool = False
    """Whether the day of the bound is said to be within it: 6月30日（含）前."""
    approximate: bool = False
    coming: bool = False
    """Whether the weekday by itself is the coming one, as its language has it."""
    near: bool = False
    """Whether the month without a year may be of the year beside that of the reference date."""
    begun: bool = False
    """Whether its bound says that it has begun: since."""
    ordinal: bool = False
    """Whether ``day`` is an ordinal: the 4th."""
    loose: int | None = None
    """A number whose unit stands on the other side of a range: ``1~3월``."""

    def is_empty(self) -> bool:
        """Whether nothing names a date."""
        if self.year is not None or self.month is not None or self.day is not None:
            return False
        if any(
            value is not None for value in (self.quarter, self.half, self.season, self.week, self.weekday)
        ):
            return False
        more = (self.relative, self.shift, self.within, self.run, self.bare, self.part)
        return self.loose is None and not any(more)

    def is_year(self) -> bool:
        """Whether a year is all that is named: the hyphen of ``2024-Q3`` makes no range."""
        return self.year is not None and not self.names_part_of_year()

    def names_part_of_year(self) -> bool:
        """Whether a month, a day, a quarter … is named."""
        smaller = (self.month, self.day, self.quarter, self.half, self.season, self.week, self.weekday)
        return any(value is not None for value in smaller)
