"""Why a text became that date: what each piece was taken for, and what was filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kg.values.date import edtf, units
from kg.values.date.numbers import spelled
from kg.values.date.seasons import half, part_of_year, quarter
from kg.values.date.units import moved, unit_at
from kg.values.explanation import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.date.grammar import Reading
    from kg.values.date.meaning import Date
    from kg.values.date.parts import Note

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SOME_YEAR: Final = 2001
_BOUNDS: Final = {"<": "before it", "<=": "up to it", ">": "after it", ">=": "from it on"}
_ASSUMED: Final = {
    "year": "the year of the reference date",
    "month": "the month of the reference date",
    "week": "the nearest, or that of the next or last week",
    "run": "whole units of the calendar, or from the day itself",
    "fiscal": "its usual first month",
    "era": "the era of years of three digits",
}
"""What was filled in -> how."""
_CONVENTIONS: Final = frozenset({"part", "season"})
"""What means certain days by convention only."""


def steps(reading: Reading, found: Date, reference_date: str | None) -> list[Step]:
    """The steps of a reading; a season or "early" is told as assumed, since its days are a convention."""
    told = []
    for note in reading.notes:
        said = _SAID.get(note.name)
        if said is not None:
            words = spelled(reading.text, reading.tokens[note.start : note.end])
            told.append(Step(words, said(note, reference_date), assumed=note.name in _CONVENTIONS))
    whole = edtf.written(found)
    return [*told, *(Step(_ASSUMED[part], whole, assumed=True) for part in found.assumed)]


def _months(found: Date | None) -> str:
    if found is None or found.earliest is None or found.latest is None:
        return "no part of a year"
    return f"{MONTHS[found.earliest.month - 1]} to {MONTHS[found.latest.month - 1]}"


def _number(note: Note) -> int:
    return note.value if isinstance(note.value, int) else 0


def _relative(note: Note, reference: str | None) -> str:
    unit, by = note.value if isinstance(note.value, tuple) else ("day", 0)
    found = None if reference is None else unit_at(date.fromisoformat(reference), unit, by)
    where = f"{by:+d} {unit}" if found is None else edtf.written(found)
    return f"{where}, counted from {reference}"


def _distance(note: Note) -> str:
    distance = note.value if isinstance(note.value, dict) else {}
    return ", ".join(f"{by:+d} {unit}" for unit, by in distance.items())


def _span(note: Note) -> str:
    count, unit = note.value if isinstance(note.value, tuple) else (0, "day")
    return f"{count} of unit {unit} from there on" if count > 0 else f"{-count} of unit {unit} up to its end"


def _shift(note: Note, reference: str | None) -> str:
    distance = note.value if isinstance(note.value, dict) else {}
    told = _distance(note)
    if reference is None or not distance.keys() <= units.MONTHS.keys() | units.DAYS.keys():
        return told
    return f"{told} ({moved(date.fromisoformat(reference), distance).isoformat()} from {reference})"


_SAID: Final[dict[str, Callable[[Note, str | None], str]]] = {
    "year": lambda note, _: f"the year {note.value}",
    "month": lambda note, _: MONTHS[(_number(note) - 1) % 12],
    "day": lambda note, _: f"day {note.value}",
    "week": lambda note, _: f"week {note.value} as ISO 8601 counts",
    "weekday": lambda note, _: DAYS[_number(note) % 7],
    "quarter": lambda note, _: _months(quarter(_SOME_YEAR, _number(note))),
    "half": lambda note, _: _months(half(_SOME_YEAR, _number(note))),
    "season": lambda note, _: _months(part_of_year(_SOME_YEAR, _number(note))),
    "part": lambda note, _: f"{note.value} part, as the documentation lists it",
    "era": lambda note, _: f"years counted from {_number(note) + 1}",
    "fiscal": lambda note, _: f"a year of accounts from {MONTHS[(abs(_number(note)) - 1) % 12]}",
    "bound": lambda note, _: _BOUNDS.get(str(note.value), ""),
    "approximate": lambda _note, _: "about",
    "direction": lambda note, _: f"the {note.value} one",
    "within": lambda note, _: str(note.value),
    "run": lambda note, _: str(note.value),
    "span": lambda note, _: _span(note),
    "distance": lambda note, _: _distance(note),
    "relative": _relative,
    "shift": _shift,
}
"""Part -> what a note about it means, in English; counted from the reference date."""
