"""Early, mid and late: the thirds of a month, a year or another time of whole months."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.values.date import meaning
from kg.values.date.meaning import Date

_THIRDS: Final = {
    "early": (0, True),
    "mid": (1, True),
    "late": (2, True),
    "first-third": (0, False),
    "second-third": (1, False),
    "last-third": (2, False),
}
"""Word -> which third, and whether that is approximate."""
_TENTH: Final = 10


def _is_months(found: Date) -> bool:
    """Whether a time begins and ends with a month."""
    first, last = found.earliest, found.latest
    if first is None or last is None:
        return False
    return first.day == 1 and last == meaning.last_of(last.year, last.month)


def third(found: Date | None, part: str) -> Date | None:
    """The early, middle or late third of a month, a year or another time of whole months."""
    which, approximate = _THIRDS[part]
    if found is None or found.earliest is None or found.latest is None or not _is_months(found):
        return None
    start = found.earliest
    if found.precision == "month":
        last = meaning.last_of(start.year, start.month)
        first = start.replace(day=which * _TENTH + 1)
        end = last if which == 2 else start.replace(day=(which + 1) * _TENTH)  # noqa: PLR2004 - the last third
        return Date(first, end, "", approximate)
    length = (found.latest.year - start.year) * 12 + found.latest.month - start.month + 1
    if length % 3:
        total = round(length / 3)
        spans = [(0, total), (total, length - 2 * total), (length - total, total)]
    else:
        spans = [(which_ * length // 3, length // 3) for which_ in range(3)]
    offset, count = spans[which]
    first_month = start.year * 12 + start.month - 1 + offset
    return replace(meaning.months(first_month // 12, first_month % 12 + 1, count), approximate=True)
