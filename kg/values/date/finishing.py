"""What only the end of a side can tell: a lone unit is the present one, 3月期 is a year of accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.values.date.parts import Parts, Within

_YEAR: Final = 12
_QUARTER: Final = 3
"""Months of one."""
_CENTURY: Final = 100
_THOUSAND: Final = 1000
OF_MONTH: Final = frozenset({"first-third", "second-third", "last-third"})
"""Parts that only a month has."""


def share_ending(first: Parts, last: Parts) -> bool:
    """Whether both sides of a range are years of accounts: 2022年3月期~2024年3月期, 2022~2024年3月期."""
    if not last.ending or last.year is None:
        return False
    loose = first.loose
    if first.year is None and loose is not None and first.month is None:
        first.year, first.loose, first.short_year = loose, None, loose < _CENTURY
    if first.is_year() and first.fiscal is None and first.loose is None:
        first.month, first.ending = last.month, last.ending
    return bool(first.ending)


def one_time(first: Parts, last: Parts) -> Parts | None:
    """The months of ``7〜9月期`` as one time, which may have a bound, or None if they are none."""
    month = first.loose if first.month is None else first.month
    alone = replace(last, ending=0, month=None, bound="", approximate=False) == Parts()
    if not (last.ending and alone and month and last.month) or first.ending or first.day is not None:
        return None
    if last.month < month or first.bound not in {"", last.bound, ">="} or first.within is not None:
        return None
    within = Within(month, last.month - month + 1, "month")
    bound = last.bound or first.bound
    about = first.approximate or last.approximate
    return replace(first, loose=None, month=None, within=within, bound=bound, approximate=about)


def finished(side: Parts, *, alone: bool, ending: bool) -> bool:
    """Settle what was left open on a side; whether that made sense.

    ``alone``: it is no range; ``ending``: a month may be that with which a year of accounts ends.
    """
    if side.era is not None and side.era > 0 and side.year is not None and side.year >= _THOUSAND:
        return False  # 民国2024年
    if side.direction == "nearest" and (side.month is not None or side.day is not None or side.relative):
        side.direction = ""
    if side.loose is not None and side.relative is not None and side.relative.keys() == {"month"}:
        # 20 of next month
        side.day, side.loose = side.loose, None
    if side.inclusive and side.bound in {"<", ">"}:
        side.bound += "="
    if side.span is not None and side.bound == ">=":
        side.bound = ""
    if side.ending and ending:
        _end_with_month(side)
    _be_present(side, alone=alone)
    if side.fiscal is not None and side.fiscal < 0:
        # FY25 in India, named by the year that it ends in
        side.fiscal = -side.fiscal
        side.year = None if side.year is None else side.year - 1
    return not side.bare or _settle_unit(side, alone=alone)


def _end_with_month(side: Parts) -> None:
    """``2025年3月期``: the twelve months that end with the month; ``9月中間期``: six of them."""
    if side.month is None or side.day is not None:
        return
    if side.ending < _YEAR and side.half is not None:
        return
    side.fiscal = (side.month - side.ending) % _YEAR + 1
    if side.year is not None and side.fiscal > side.month:
        side.year -= 1
    if side.ending < _YEAR:
        side.half = 1
    side.month = None


def _be_present(side: Parts, *, alone: bool) -> None:
    """``年度末``, ``上旬``: of the present year of accounts, of this month."""
    if side.year is not None or side.relative is not None or side.names_part_of_year():
        return
    if side.within is not None and side.within.unit in {"month", "quarter"} and not side.bare:
        side.relative = {"year": 0}
    if side.era is not None and side.era >= _CENTURY and not side.era % _CENTURY:
        # 上世纪末: the century itself
        side.year, side.long, side.era = side.era // _CENTURY + 1, "century", None
    elif side.fiscal is not None:
        side.relative = {"year": 0}
    elif alone and side.part in OF_MONTH and not side.bare:
        side.relative = {"month": 0}


def _settle_unit(side: Parts, *, alone: bool) -> bool:
    """A unit without a number: ``the month``, ``end of year``, ``the week of March 3``."""
    if (side.bare == "month" and side.month is not None) or (side.bare == "year" and side.year is not None):
        side.bare = ""
        return True
    if side.bare == "week" and side.day is not None:
        side.bare = side.bare if alone else ""  # the week of March 10-14
        return True
    if side.bare == "quarter" and side.month is not None and side.day is None:
        # the December 2024 quarter; the October-December quarter
        side.bare = ""
        if not alone:
            return True
        number, rest = divmod((side.month - (side.fiscal or 1)) % _YEAR + 1, _QUARTER)
        side.quarter, side.month = number, None
        return not rest
    if side.relative is not None or side.year is not None or side.month is not None:
        return False
    if side.within is None and side.names_part_of_year() and side.bare not in {"year", "month"}:
        return False
    side.relative = {side.bare: 0}
    return True
