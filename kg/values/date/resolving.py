"""The sides of a date put together: one with its bound, or two as the ends of a range."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.date import near
from kg.values.date.finishing import OF_MONTH
from kg.values.date.meaning import Date
from kg.values.date.solving import Solver
from kg.values.date.units import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.date.parts import Parts


_CENTURY: Final = 100
_OF_ERA: Final = 1000
"""A year of an era is smaller."""


def resolve(sides: list[Parts], text: str, reference: Callable[[], str | None]) -> Date:
    """The date that the parts mean; ``reference`` is asked only for what needs it.

    Raises ``Unreadable``: ``date-needs-reference``, ``date-not-in-calendar``, ``date-ambiguous``.
    """
    solver = Solver(text, reference, alone=len(sides) == 1)
    if len(sides) > 1:
        _share(*sides)
    years = near.beside(sides, solver.reference)
    for side in sides if years else ():
        _move(side, years)
        solver.assumed.add("year")
    try:
        if len(sides) == 1:
            found = _bounded(sides[0].bound, solver.days(sides[0]), sides[0].part)
        else:
            found = _between(sides[0], sides[1], solver, text)
    except (ValueError, OverflowError):
        raise unreadable("date-not-in-calendar", text) from None
    return replace(found, assumed=tuple(sorted(solver.assumed))) if solver.assumed else found


def _bounded(bound: str, found: Date, part: str = "") -> Date:
    if bound == "<" and part != "late":
        return Date(None, None if found.earliest is None else found.earliest - DAY, "", found.approximate)
    if bound in {"<", "<="}:
        # "before the end of 2030" is any day of it
        return Date(None, found.latest, "", found.approximate)
    if bound == ">":
        return Date(None if found.latest is None else found.latest + DAY, None, "", found.approximate)
    if bound == ">=":
        return Date(found.earliest, None, "", found.approximate)
    return found


def _between(first: Parts, last: Parts, solver: Solver, text: str) -> Date:
    if first.bound in {"<", "<="} or last.bound in {">", ">="}:
        raise unreadable("date-unreadable", text)
    start = _bounded(first.bound or ">=", solver.days(first))
    end = _bounded(last.bound or "<=", solver.days(last))
    if start.earliest is not None and end.latest is not None and start.earliest > end.latest:
        raise unreadable("date-backwards", text)
    return Date(start.earliest, end.latest, "", start.approximate or end.approximate)


def _share(first: Parts, last: Parts) -> None:
    """What one side of a range leaves unsaid is what the other says: ``2025년 1월~3월``."""
    _give_unit(first, last)
    _give_unit(last, first)
    if first.is_year() and last.is_year() and first.fiscal is None:
        # 2020~2022年度
        first.fiscal = last.fiscal
    if last.short_year and last.year is not None and first.year is not None and not first.short_year:
        # 2021-23: the same century
        last.year, last.short_year = first.year - first.year % _CENTURY + last.year, False
    _share_era(first, last)
    if first.part and last.part and _is_only_part(first):
        # mid to late March
        first.month, first.quarter, first.half, first.near = last.month, last.quarter, last.half, last.near
    counted = last.relative is not None
    if last.year is None and not _is_relative(last):
        _share_year(first, last)
        if first.month is not None and last.month is not None and last.month < first.month:
            _move(last, 1)
        if first.season is not None and last.season is not None and last.season < first.season:
            _move(last, 1)  # 2024年秋から春
    elif first.year is None and not _is_relative(first):
        _share_year(last, first)
    only_part = last.part in OF_MONTH and not last.names_part_of_year()
    if last.month is None and not counted and (only_part or last.day is not None):
        last.month = first.month
    elif first.month is None and first.day is not None:
        first.month = last.month
    _share_long(first, last)


def _share_long(first: Parts, last: Parts) -> None:
    """``1980~1990年代``; but 1950年代から1973年 ends with a year."""
    first.long = first.long or last.long
    if last.year is not None and last.year < _CENTURY:
        last.long = last.long or first.long


def _give_unit(side: Parts, other: Parts) -> None:
    """A number without a unit has the unit of the other side: 1~3월, Feb 4-6, 2021-23."""
    if side.loose is None or other.span is not None:
        return
    for part in ("day", "month", "quarter", "half", "year"):
        if getattr(other, part) is not None:
            setattr(side, part, side.loose)
            side.short_year = side.short_year or (part == "year" and side.loose < _CENTURY)
            side.loose = None
            return


def _move(side: Parts, years: int) -> None:
    """Another year: ``2024년 12월~2월`` ends in the one after."""
    if side.year is not None:
        side.year += years
    else:
        steps = side.relative or {}
        side.relative = {**steps, "year": steps.get("year", 0) + years}


def _is_relative(side: Parts) -> bool:
    return bool(side.relative or side.shift or side.run or side.direction)


def _is_only_part(side: Parts) -> bool:
    return side.year is None and not side.names_part_of_year() and not _is_relative(side)


def _share_era(first: Parts, last: Parts) -> None:
    """``民國112年至114年``: both years are of the era."""
    for side, other in ((first, last), (last, first)):
        both = side.era is not None and other.era is None and other.year is not None
        if both and (other.year or 0) < _OF_ERA and not other.short_year:
            other.era, other.era_assumed = side.era, side.era_assumed


def _share_year(said: Parts, unsaid: Parts) -> None:
    unsaid.year, unsaid.short_year, unsaid.era = said.year, said.short_year, said.era
    unsaid.era_assumed = said.era_assumed
    unsaid.fiscal = said.fiscal
    if unsaid.relative is None and said.relative is not None:
        unsaid.relative = {
            unit: by for unit, by in said.relative.items() if unit in {"year", "month"}
        } or None
