"""A duration in words, in a normal form that reads back to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.language_tags import primary_language
from kg.values.duration.meaning import parts
from kg.values.grammar.limits import plain
from kg.values.vocabulary import tables

if TYPE_CHECKING:
    from kg.values.duration.meaning import Duration


def said(duration: Duration, language: str) -> str:
    """The duration in a language that has a table; in English for any other.

    >>> from kg.values.duration.meaning import Duration
    >>> said(Duration(9000, approximate=True), "ko"), said(Duration(0, months=18), "en")
    ('약 2시간 30분', '1 year 6 months')
    """
    forms = _forms(language)
    years, months = divmod(duration.months, 12)
    days, hours, minutes, seconds = parts(duration.seconds)
    amounts = {
        "year": years,
        "month": months,
        "day": days,
        "hour": hours,
        "minute": minutes,
        "second": seconds,
    }
    amounts = {unit: n for unit, n in amounts.items() if n} or {"second": 0}
    pieces = [_piece(forms[unit], plain(n)) for unit, n in amounts.items()]
    whole = str(forms["between"]).join(pieces)
    return str(forms["approximate"]).format(duration=whole) if duration.approximate else whole


def _piece(forms: list[str], number: str) -> str:
    """A number with its unit, in the singular or the plural where a language has both."""
    return (forms[0] if number == "1" else forms[-1]).format(n=number)


def _forms(language: str) -> dict[str, Any]:
    known = tables()
    table = known.get(primary_language(language), {})
    return dict(table.get("duration-said") or known["en"]["duration-said"])
