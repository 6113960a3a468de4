"""Dates: ``2025년 2월 4일``, ``지난해 1월``, EDTF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.values import date
from kg.values.date import edtf

if TYPE_CHECKING:
    from kg.values.date.meaning import Date
    from kg.values.explanation import Step
    from kg.values.kinds import Beside

COLUMNS: Final = ("value", "earliest", "latest", "approximate")
NOTHING: Final = frozenset({"date-no-date"})


def read(text: str, beside: Beside) -> Date:
    """The date that a text says; a relative one counts from the reference date."""
    return date.read(text, beside.language, beside.reference_date)


def explained(text: str, beside: Beside) -> list[Step]:
    """What each piece was taken for, and the whole in EDTF."""
    return date.explained(text, beside.language, beside.reference_date)


def said(value: Date, language: str, beside: Beside) -> str:  # noqa: ARG001 - contract
    """The date in words."""
    return date.said(value, language)


def spelled(value: Date) -> dict[str, Any]:
    """The date in EDTF, with its first and last day."""
    made: dict[str, Any] = {"value": edtf.written(value)}
    ends = (("earliest", value.earliest), ("latest", value.latest))
    made |= {key: day.isoformat() for key, day in ends if day is not None}
    return made | ({"approximate": True} if value.approximate else {})
