"""A date as RDF: the property itself where it is one value, and its companions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Problem
from kg.rdf import XSD, literal
from kg.values.codec import Written
from kg.values.date import edtf

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Field
    from kg.values.date.meaning import Date

_DATE: Final = f'"^^<{XSD}date>'
_LENGTH: Final = edtf.LENGTH
_DATATYPE: Final = {
    "day": _DATE,
    "month": f'"^^<{XSD}gYearMonth>',
    "year": f'"^^<{XSD}gYear>',
}
_TRUE: Final = f' "true"^^<{XSD}boolean>'


def writer(field: Field) -> tuple[Callable[[Date, str], Written], Callable[[str], Written]]:
    """Two functions: for a date with the text it was read from, and for a plain ISO day."""
    head = f'<{field.path}> "'
    companion = f"<{field.companions}{field.name}"
    earliest = f'{companion}Earliest> "'
    latest = f'{companion}Latest> "'
    as_written = f"{companion}AsWritten> "
    approximate = f"{companion}Approximate>{_TRUE}"

    def write(date: Date, text: str) -> Written:
        tails = []
        first = "" if date.earliest is None else date.earliest.isoformat()
        if date.precision:
            single = first[: _LENGTH[date.precision]]
            tails.append(f"{head}{single}{_DATATYPE[date.precision]}")
        else:
            single = ""
        if first:
            tails.append(f"{earliest}{first}{_DATE}")
        if date.latest is not None:
            tails.append(f"{latest}{date.latest.isoformat()}{_DATE}")
        if date.approximate:
            tails.append(approximate)
        notes = [] if not text or text == single else [as_written + literal(text)]
        return Written(tails, notes, None, _doubt(date, text))

    def write_day(iso: str) -> Written:
        return Written([f"{head}{iso}{_DATE}", f"{earliest}{iso}{_DATE}", f"{latest}{iso}{_DATE}"])

    return write, write_day


_ASSUMED: Final = {
    "year": {"en": "year", "ko": "해"},
    "month": {"en": "month", "ko": "달"},
    "week": {"en": "week", "ko": "주"},
    "run": {"en": "span", "ko": "기간"},
    "fiscal": {"en": "fiscal year", "ko": "회계연도"},
    "era": {"en": "era", "ko": "연호"},
}
"""What was filled in, as messages name it."""


def _doubt(date: Date, text: str) -> tuple[Problem, ...]:
    """What was filled in by a rule; a weekday that the day was not: one of the two is wrong."""
    found = tuple(
        Problem(
            "date-assumed",
            args={"part": _ASSUMED[part], "date": edtf.written(date)},
            severity="info",
            received=text,
        )
        for part in date.assumed
    )
    return found + _wrong_weekday(date, text) + _unlikely(date, text)


_YEARS: Final = range(1500, 2201)
"""The years that a deal may have without a doubt."""


def _unlikely(date: Date, text: str) -> tuple[Problem, ...]:
    years = [day.year for day in (date.earliest, date.latest) if day is not None]
    odd = next((year for year in years if year not in _YEARS), None)
    if odd is None:
        return ()
    return (Problem("date-year-unlikely", args={"year": odd}, severity="warning", received=text),)


def _wrong_weekday(date: Date, text: str) -> tuple[Problem, ...]:
    if date.weekday is None or date.earliest is None or date.earliest.weekday() == date.weekday:
        return ()
    args = {"date": date.earliest.isoformat()}
    return (Problem("date-weekday", args=args, severity="warning", received=text),)
