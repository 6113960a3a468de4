"""The canonical form of a date in a language, which reads back to the same value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.values.date import edtf
from kg.values.lexicon import cldr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from kg.values.date.meaning import Date
    from kg.values.lexicon import Lexicon


def canonical(found: Date, lexicon: Lexicon, language: str = "en") -> str:
    """The date in words of a language, in EDTF where it has no table.

    >>> from kg.values.date.edtf import read
    >>> from kg.values.lexicon import Lexicon
    >>> canonical(read("2025-02-04"), Lexicon.load()), canonical(read("2024-02/.."), Lexicon.load(), "ko")
    ('February 4, 2025', '2024년 2월 1일 이후')
    """
    forms: Mapping[str, Any] = lexicon.table(language).get("canonical-date", {})
    if not forms:
        return edtf.written(found)
    if found.precision and found.earliest is not None:
        text = _one(found.earliest, found.precision, forms, language)
    else:
        first, last = (
            "" if day is None else _one(day, "day", forms, language) for day in (found.earliest, found.latest)
        )
        name = "between" if first and last else "since" if first else "until"
        text = str(forms[name]).format(first=first, last=last)
    return str(forms["about"]).format(text) if found.approximate else text


def _one(day: dt.date, precision: str, forms: Mapping[str, Any], language: str) -> str:
    month = cldr.month_name(language, day.month)
    return str(forms[precision]).format(year=day.year, month=month, n=day.month, day=day.day)
