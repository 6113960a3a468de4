"""A date in words, in a normal form that reads back to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.language_tags import primary_language
from kg.values.vocabulary import tables

if TYPE_CHECKING:
    from datetime import date

    from kg.values.date.meaning import Date, Precision


def said(found: Date, language: str) -> str:
    """The date in a language that has a table; in English for any other.

    Raises ``ValueError`` for a date of which neither end is known: nothing can be said of it.

    >>> from kg.values.date import meaning
    >>> said(meaning.day(2025, 2, 4), "ko"), said(meaning.month(2024, 1), "en")
    ('2025년 2월 4일', 'January 2024')

    What is about stands with each end, since “about from March” is no English.
    """
    forms = _forms(language)
    first, last = found.earliest, found.latest
    about = forms["approximate"] if found.approximate else "{date}"

    def end(day: date, precision: Precision = "day") -> str:
        return str(about.format(date=_one(day, precision, forms)))

    if found.precision and first is not None:
        return end(first, found.precision)
    if first is not None and last is not None:
        return str(forms["between"].format(first=end(first), last=end(last)))
    if first is not None:
        return str(forms["since"].format(first=end(first)))
    if last is not None:
        return str(forms["until"].format(last=end(last)))
    raise ValueError(found)


def _one(day: date, precision: Precision, forms: dict[str, Any]) -> str:
    names = forms.get("months")
    month = names[day.month - 1] if names else str(day.month)
    return str(forms[precision].format(year=f"{day.year:04}", month=month, n=day.month, day=day.day))


def _forms(language: str) -> dict[str, Any]:
    known = tables()
    table = known.get(primary_language(language), {})
    return dict(table.get("date-said") or known["en"]["date-said"])
