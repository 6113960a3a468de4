"""A date read from text: EDTF and ISO 8601 first, then the grammar of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME, checked
from kg.values.date import edtf, grammar
from kg.values.date.explaining import steps
from kg.values.date.resolving import resolve
from kg.values.explanation import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.date.meaning import Date
    from kg.values.date.parts import Parts

_LEAP: Final = 3
"""By so many days quarters and years differ."""
_IN_BRACKETS: Final = re.compile(r"([^()（）]+[^()（）\s])\s*[(（]([^()（）]+)[)）]")


def read(text: str, language: str = "", reference_date: str | None = None) -> Date:
    """The date that a text says.

    ``language`` is a BCP 47 tag, "" if it is not known; ``reference_date`` is the ISO day that
    relative dates count from. Raises ``Unreadable``: ``date-needs-reference`` for a relative date
    without one, ``date-no-date`` for what says that there is none, else what could not be read.

    >>> read("지난해 1월", "ko", "2025-02-04").earliest, read("Q3 2024", "en").latest
    (datetime.date(2024, 1, 1), datetime.date(2024, 9, 30))
    """
    return understood(text, language, lambda: reference_date)


def understood(text: str, language: str, reference: Callable[[], str | None]) -> Date:
    """As :func:`read`; ``reference`` is asked only for what needs it."""
    written = checked(text, LONGEST_NAME).strip()
    found = edtf.read(written)
    if found is not None:
        return found
    try:
        return resolve(grammar.read(written, language), written, reference)
    except Unreadable:
        first = _said_twice(written, language, reference)
        if not first:
            raise
        return understood(first, language, reference)


def _said_twice(text: str, language: str, reference: Callable[[], str | None]) -> str:
    """What of a date and brackets says all: ``2024年度(2024年4月~2025年3月)``; else "".

    Brackets that say the same again add nothing; to a part of some year they add which one, to a year of
    accounts when it begins: ``第2四半期(2024年7月1日~9月30日)``, ``FY2024 (April 2024-March 2025)``.
    """
    found = _IN_BRACKETS.fullmatch(text)
    if not found:
        return ""
    try:
        outer = grammar.read(found[1], language)
        inner = grammar.read(found[2], language)
        if len(outer) == 1 and _is_of_some_year(outer[0]):
            resolve(inner, found[2], _nobody_knows)
            return found[2]
        dated = any(side.year for side in inner) and any(side.month for side in inner)
        accounts = dated and outer[0].fiscal is not None
        first = resolve(outer, found[1], reference)
        if first.earliest is not None and not any(side.year or side.relative for side in inner):
            # 2018年上半期(1~6月)
            inner[0].year = first.earliest.year
        again = resolve(inner, found[2], reference)
    except Unreadable:
        return ""
    if accounts and abs(_length(first) - _length(again)) <= _LEAP:
        return found[2]
    return found[1] if (first.earliest, first.latest) == (again.earliest, again.latest) else ""


def _length(found: Date) -> int:
    """How many days lie between the first and the last, 0 if one is open."""
    return 0 if found.earliest is None or found.latest is None else (found.latest - found.earliest).days


def _is_of_some_year(side: Parts) -> bool:
    """Whether quarters or a half are named, but no year."""
    smaller = side.quarter is not None or side.half is not None or side.within is not None
    named = side.year is not None or side.month is not None or side.day is not None
    return smaller and not named and side.relative in (None, {"year": 0}) and not side.bound


def _nobody_knows() -> None:
    """No reference date: the brackets must say which year."""


def explained(text: str, language: str = "", reference_date: str | None = None) -> list[Step]:
    """How a text is read, piece by piece, and as a whole in EDTF; raises as :func:`read`.

    >>> print(*explained("지난해 3분기", "ko", "2025-02-04"), sep="; ")
    지난해 = 2024, counted from 2025-02-04; 3분기 = July to September; 지난해 3분기 = 2024-07-01/2024-09-30
    """
    found = read(text, language, reference_date)
    written = checked(text, LONGEST_NAME).strip()
    whole = Step(written, edtf.written(found))
    if edtf.read(written) is not None:
        return [whole]
    reading = grammar.reading(_said_twice(written, language, lambda: reference_date) or written, language)
    reading.read()
    return [*steps(reading, found, reference_date), whole]
