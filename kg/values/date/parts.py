"""What one side of a date in text says, before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Parts:
    """The parts of a date as they are collected; None and "" are not said."""

    year: int | None = None
    short_year: bool = False
    """Whether ``year`` has two digits only."""
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: int | None = None
    decade: bool = False
    century: bool = False
    weekday: int | None = None
    part: str = ""
    """``early``, ``mid`` or ``late``; ``first-third`` … where days are meant exactly (초순)."""
    relative: dict[str, int] | None = None
    """Unit -> steps from the reference date: ``{"year": -1}``."""
    direction: str = ""
    """Which of the months, days or weekdays of that name: ``past`` and ``coming`` the nearest,
    ``last`` and ``next`` too where that is also the one of the week before or after, ``this``."""
    bound: str = ""
    """``<``, ``<=``, ``>``, ``>=``."""
    approximate: bool = False
    loose: int | None = None
    """A number whose unit stands on the other side of a range: ``1~3월``."""

    def is_empty(self) -> bool:
        """Whether nothing names a date."""
        named = (self.year, self.month, self.day, self.quarter, self.half, self.season, self.weekday)
        return all(value is None for value in (*named, self.relative, self.loose)) and not self.part

    def is_year(self) -> bool:
        """Whether a year is all that is named: the hyphen of ``2024-Q3`` makes no range."""
        smaller = (self.month, self.day, self.quarter, self.half, self.season, self.weekday)
        return self.year is not None and all(value is None for value in smaller)
