"""Dates: ``2025년 2월 4일``, ``지난해 1월``, EDTF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values.codec import Context
from kg.values.date import codec
from kg.values.explanation import Step

if TYPE_CHECKING:
    from kg.values.date.meaning import Date
    from kg.values.kinds import Beside

COLUMNS: Final = ("value", "earliest", "latest", "approximate")
NOTHING: Final = frozenset({"date-no-date"})
_LENGTH: Final = {"day": 10, "month": 7, "year": 4}


def read(text: str, beside: Beside) -> Date:
    """The date that a text says; a relative one counts from the reference date."""
    return codec.text(text, Context(beside.language, lambda: beside.reference_date))


def explained(text: str, beside: Beside) -> list[Step]:
    """The whole."""
    return [Step(text.strip(), said(read(text, beside), "en"))]


def said(value: Date, language: str) -> str:  # noqa: ARG001 - EDTF is the same in all languages
    """The date in EDTF."""
    first = ".." if value.earliest is None else value.earliest.isoformat()
    last = ".." if value.latest is None else value.latest.isoformat()
    whole = first[: _LENGTH[value.precision]] if value.precision else f"{first}/{last}"
    return whole.replace("/", "~/") + "~" if value.approximate else whole


def spelled(value: Date) -> dict[str, Any]:
    """The date with its first and last day."""
    made: dict[str, Any] = {"value": said(value, "en")}
    ends = (("earliest", value.earliest), ("latest", value.latest))
    made |= {key: day.isoformat() for key, day in ends if day is not None}
    return made | ({"approximate": True} if value.approximate else {})
