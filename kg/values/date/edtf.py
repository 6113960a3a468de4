"""ISO 8601 dates and EDTF, levels 0 and 1 and what is useful of level 2.

https://www.loc.gov/standards/datetime/ : dates with the precision of a year, month or day,
qualifiers (``?``, ``~``, ``%``), unspecified digits (``202X``, ``2024-XX``), seasons and
quarters (``2024-21``, ``2024-33``), and intervals, also open (``2024/..``) or unknown (``2024/``)
at an end; of level 2 parts of a year, one of several (``[2020,2022]``), digits that count
(``1950S2``). Years are those from 0001 to 9999.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kg.values.characters import unreadable
from kg.values.date import meaning
from kg.values.date.meaning import Date
from kg.values.date.seasons import part_of_year
from kg.values.date.units import week_of_year

_DATE: Final = re.compile(
    r"[?~%]?(?P<year>[0-9][0-9X]{3})[?~%]?"
    r"(?:-[?~%]?(?P<month>[0-9]{2}|XX)[?~%]?(?:-[?~%]?(?P<day>[0-9]{2}|XX)[?~%]?)?)?"
)
_TIME: Final = re.compile(
    r"[T ](?:[01][0-9]|2[0-4])(?::?[0-5][0-9](?::?[0-5][0-9](?:[.,][0-9]{1,18})?)?)?"
    r"(?:\s?Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_COUNTED: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-?W(?P<week>[0-9]{2})(?:-?(?P<weekday>[0-9]))?|-(?P<day>[0-9]{3}))"
)
"""A week, a day of a week, or a day of a year by its number: ISO 8601-1, 5.2.3 and 5.2.4."""
_SIGNIFICANT: Final = re.compile(r"([0-9]{4})S([1-4])")
"""A year of which so many digits count (level 2)."""
_BASIC: Final = re.compile(r"(?:1[0-9]|20|21)[0-9]{6}")
_LONG_YEAR: Final = re.compile(r"Y-?[0-9]+|-[0-9]{4}(?:-.*)?")
_QUALIFIERS: Final = ("?", "~", "%")
_OPEN: Final = frozenset({"", ".."})
LENGTH: Final = {"day": 10, "month": 7, "year": 4}
"""Precision -> characters of an ISO day that say it."""
_LAST_MONTH: Final = 12
_DAY_LENGTH: Final = 10


def read(text: str) -> Date | None:
    """The date that ISO 8601 or EDTF text says, or None if it is neither.

    Raises ``Unreadable`` for a day that the calendar does not have.

    >>> read("2024-01/..").earliest, read("last week")
    (datetime.date(2024, 1, 1), None)
    """
    if not text.isascii():
        return None
    if text[:1] == "[" and text[-1:] == "]":
        return _one_of(text)
    start, slash, end = text.partition("/")
    if not slash:
        return _date(text, text)
    start, end = start.strip(), end.strip()
    if start in _OPEN and end in _OPEN:
        return None
    first = Date(None, None) if start in _OPEN else _date(start, text)
    last = Date(None, None) if end in _OPEN else _date(end, text)
    if first is None or last is None:
        return None
    return Date(first.earliest, last.latest, "", first.approximate or last.approximate)


def _one_of(text: str) -> Date | None:
    """``[1667,1668,1670..1672]``: one of several dates (level 2), so the first and the last of them."""
    ends: list[Date] = []
    for item in text[1:-1].split(","):
        first, dots, last = item.strip().partition("..")
        for end in (first, last) if dots else (first,):
            found = Date(None, None) if dots and not end else _date(end, text)
            if found is None:
                return None
            ends.append(found)
    first_days = [end.earliest for end in ends]
    last_days = [end.latest for end in ends]
    earliest = None if ends[0].earliest is None else min(day for day in first_days if day is not None)
    latest = None if ends[-1].latest is None else max(day for day in last_days if day is not None)
    if earliest is None and latest is None:
        return None
    return Date(earliest, latest, "", any(end.approximate for end in ends))


def written(found: Date) -> str:
    """A date in EDTF: one value as precise as it is, else an interval.

    >>> written(meaning.month(2024, 2)), written(read("2024~/..") or meaning.year(1))
    ('2024-02', '2024-01-01~/..')
    """
    about = "~" * found.approximate
    first, last = ("" if day is None else day.isoformat() for day in (found.earliest, found.latest))
    if found.precision:
        return first[: LENGTH[found.precision]] + about
    return "/".join(f"{day}{about}" if day else ".." for day in (first, last))


def _date(text: str, whole: str) -> Date | None:
    if _BASIC.fullmatch(text, 0, 8) and (len(text) == 8 or _TIME.fullmatch(text, 8)):  # noqa: PLR2004
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    elif len(text) > _DAY_LENGTH and _TIME.fullmatch(text, _DAY_LENGTH):
        text = text[:_DAY_LENGTH]
    if (digits := _SIGNIFICANT.fullmatch(text)) is not None:
        return _significant(digits, whole)
    found = _DATE.fullmatch(text)
    if found is None and (counted := _COUNTED.fullmatch(text)) is not None:
        return _by_count(counted, whole)
    if found is None:
        if _LONG_YEAR.fullmatch(text):
            raise unreadable("date-year-range", whole)
        return None
    year, month, day = found["year"], found["month"], found["day"]
    try:
        value = _unspecified(year, month, day) if "X" in text else _specified(year, month, day)
    except ValueError:
        raise unreadable("date-not-in-calendar", whole) from None
    if value is not None and any(sign in text for sign in _QUALIFIERS):
        return replace(value, approximate=True)
    return value


def _significant(found: re.Match[str], whole: str) -> Date:
    size = 10 ** (4 - int(found[2]))
    first = int(found[1]) // size * size
    if not first:
        raise unreadable("date-not-in-calendar", whole)
    return meaning.year(first) if size == 1 else meaning.years(first, first + size - 1)


def _by_count(found: re.Match[str], whole: str) -> Date:
    try:
        if found["day"] is not None:
            first = date(int(found["year"]), 1, 1)
            day = first + timedelta(days=int(found["day"]) - 1)
            if day.year == first.year:
                return meaning.of(day)
            raise unreadable("date-not-in-calendar", whole)
        if found["weekday"] is None:
            return week_of_year(int(found["year"]), int(found["week"]))
        return meaning.of(date.fromisocalendar(int(found["year"]), int(found["week"]), int(found["weekday"])))
    except (ValueError, OverflowError):
        raise unreadable("date-not-in-calendar", whole) from None


def _specified(year: str, month: str | None, day: str | None) -> Date | None:
    if month is None:
        return meaning.year(int(year))
    if day is not None:
        return meaning.day(int(year), int(month), int(day))
    if int(month) > _LAST_MONTH:
        part = part_of_year(int(year), int(month))
        if part is None:
            raise ValueError(month)
        return part
    return meaning.month(int(year), int(month))


def _unspecified(year: str, month: str | None, day: str | None) -> Date | None:
    first, last = max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))
    known_year = "X" not in year
    if month in {None, "XX"}:
        if day not in {None, "XX"} and not 1 <= int(day) <= 31:  # noqa: PLR2004 - days of a month
            raise ValueError(day)
        return meaning.year(first) if known_year else meaning.years(first, last)
    number = int(month or 0)
    if day in {None, "XX"}:
        if known_year:
            return meaning.month(first, number)
        return Date(date(first, number, 1), meaning.last_of(last, number))
    return Date(date(first, number, int(day or 0)), date(last, number, int(day or 0)))
