"""What one end of a range leaves unsaid is what the other one says: 2025년 1월~3월, Feb 4-6, 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.values.date.parts import Point

_SHARED: Final = ("day", "month", "quarter", "half", "year", "decade")


def share(first: Point, last: Point) -> None:
    """What one side of a range leaves unsaid is what the other says: 2025년 1월~3월, Feb 4-6, 2025."""
    _give_unit(first, last)
    _give_unit(last, first)
    if first.fiscal is None or last.fiscal is None:
        first.fiscal = last.fiscal = first.fiscal or last.fiscal  # 2020~2022年度
    shared = first.year is None and last.year is not None
    for side, other in ((last, first), (first, last)):
        if side.year is None and not side.named() & {"relative", "ago", "open", "decade"}:
            side.year, side.relative = other.year, dict(other.relative)
    if last.month is None and last.day is not None:
        last.month = first.month
    if first.month is None and first.day is not None:
        first.month = last.month
    if first.part and first.named() <= {"year", "relative"}:
        first.month, first.quarter = last.month, last.quarter
    same = first.year == last.year and first.relative == last.relative
    if same and shared and (last.month or 12) < (first.month or 0):
        first.loose = 0  # Nov-Feb 2017: of which year the first one is stays open
    elif same and (last.month or 12) < (first.month or 0):
        _next_year(last)


def _give_unit(side: Point, other: Point) -> None:
    """A number without a unit has that of the other side: 1~3월, Feb 4-6, 2003-04."""
    unit = next((unit for unit in _SHARED if getattr(other, unit) is not None), "")
    if side.loose is None or not unit:
        return
    if unit != "year":
        if side.put(unit, side.loose):
            side.loose = None
    elif side.width == len("04") and other.year is not None:
        side.year, side.loose = other.year // 100 * 100 + side.loose, None


def _next_year(p: Point) -> None:
    """2024년 12월~2월 ends in the year after."""
    if p.year is not None:
        p.year += 1
    else:
        p.relative = {**p.relative, "year": p.relative.get("year", 0) + 1}
