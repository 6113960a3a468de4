"""The codec of ``Date``."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import NotUnderstood, Problem, Unreadable, pointer_token
from kg.rdf import literal
from kg.values.characters import LONGEST_NAME, checked, kind_of, shortened, unreadable
from kg.values.codec import Written
from kg.values.date.grammar import read as read_text
from kg.values.date.meaning import Date
from kg.values.date.writing import writer
from kg.values.nearest import choices
from kg.values.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model.types import Concept, Field
    from kg.values.codec import Context, Read

TOLD: Final = frozenset({"asWritten", "order"})
"""The keys of a date as written with what stands first in it: that of a column."""
ORDERS: Final = ("day", "month")
KEYS: Final = ("value", "earliest", "latest", "approximate", "asWritten")
_DAY: Final = re.compile(r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_SERIAL: Final = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]{1,20})?")
_SERIALS: Final = range(18264, 73051)
"""Days from 1950 to 2099 as spreadsheets count them."""
_EPOCH: Final = dt.date(1899, 12, 30)
_SURE: Final = 28
"""Every month has this many days."""


class DateCodec:
    """ISO 8601, EDTF, text as a source writes it, or an object with the first and last day."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one date into the field's property and its companions."""
        write, write_day = writer(field)
        as_written = f"<{field.companions}{field.name}AsWritten> "
        is_day = _DAY.fullmatch

        def read(value: object, context: Context) -> Written:
            if isinstance(value, dict) and value.keys() == TOLD:
                value, context = _told(value, context)
            if isinstance(value, str):
                if is_day(value) and (value[8:] <= "28" or _exists(value)):
                    return write_day(value)
                try:
                    return write(_text(value, context), value.strip())
                except NotUnderstood as error:
                    error.kept = Written([f"{as_written}{literal(' '.join(value.split()))}"])
                    raise
            if isinstance(value, dict):
                return write(*_spelled(value, context))
            _no_serial(value)
            raise unreadable("date-expected", value, args={"kind": kind_of(value)})

        return read

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text or the object."""
        description = (
            "ISO 8601, EDTF, or as written: “2025-02-04”, “2024-01”, “2024/..”, “지난해 1월”, “June 2023”"
        )
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "description": description}
        end = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
        spelled = {
            "type": "object",
            "additionalProperties": False,
            "oneOf": [
                {
                    "required": ["value"],
                    "not": {"anyOf": [{"required": ["earliest"]}, {"required": ["latest"]}]},
                },
                {
                    "not": {"required": ["value"]},
                    "anyOf": [{"required": ["earliest"]}, {"required": ["latest"]}],
                },
            ],
            "properties": {
                "value": text,
                "earliest": {**end, "description": "the first day that it may be"},
                "latest": {**end, "description": "the last day that it may be"},
                "approximate": {"type": "boolean"},
                "asWritten": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            },
        }
        told = {
            "type": "object",
            "additionalProperties": False,
            "required": sorted(TOLD),
            "properties": {"asWritten": text, "order": {"enum": [*ORDERS]}},
            "description": "a date as written, and what stands first in it if it is in digits: 04/02/2025",
        }
        return {"anyOf": [text, spelled, told]}


def _told(value: Mapping[str, object], context: Context) -> tuple[str, Context]:
    """The text of a date, and the context with what stands first in it."""
    order = value["order"]
    if order not in ORDERS:
        raise unreadable("date-order-value", order, ORDERS, pointer="/order")
    return _string(value["asWritten"]), replace(context, date_order=str(order))


def _text(value: str, context: Context) -> Date:
    try:
        return text(value, context)
    except Unreadable:
        if _SERIAL.fullmatch(value.strip()):
            _no_serial(int(value.strip()[:5]), value)
        raise


def _no_serial(number: object, written: object = None) -> None:
    """Refuse a number that is the serial date of a spreadsheet: whether it is one is for a person to say."""
    if isinstance(number, int) and not isinstance(number, bool) and number in _SERIALS:
        day = (_EPOCH + dt.timedelta(number)).isoformat()
        raise unreadable("date-serial", number if written is None else written, args={"day": day})


def _exists(day: str) -> bool:
    return int(day[8:]) <= _SURE or int(day[8:]) <= monthrange(int(day[:4]), int(day[5:7]))[1]


def text(value: str, context: Context) -> Date:
    """The date that a text says; relative ones count from the context's reference date."""
    checked(value, LONGEST_NAME)
    order, reference = context.date_order, context.reference_date
    return read_text(value, context.lexicon, context.language, reference=reference, date_order=order)


def _spelled(value: Mapping[str, object], context: Context) -> tuple[Date, str]:
    """The date that an object spells out, and its text."""
    problems = Problems()
    for key in value:
        if key not in KEYS:
            near, allowed = ((), ()) if problems.full else choices(key, KEYS)
            problems.append(
                Problem("date-key", pointer_token(key), {"near": near}, received=key, allowed=allowed)
            )
    found: dict[str, Date | None] = {}
    for key in ("value", "earliest", "latest"):
        if key in value:
            try:
                found[key] = text(_string(value[key]), context)
            except Unreadable as error:
                problems.extend(p.below(f"/{key}") for p in error.problems)
                found[key] = None
    if ("value" in found) == bool(found.keys() - {"value"}):
        code = "date-value-and-bounds" if found else "date-no-value"
        problems.append(Problem(code, received=dict(value), allowed=KEYS[:3]))
    approximate = value.get("approximate", False)
    if not isinstance(approximate, bool):
        args = {"kind": kind_of(approximate)}
        problems.append(Problem("boolean-expected", "/approximate", args, received=shortened(approximate)))
    as_written = ""
    if "asWritten" in value:
        try:
            as_written = checked(_string(value["asWritten"]), LONGEST_NAME)
        except Unreadable as error:
            problems.extend(p.below("/asWritten") for p in error.problems)
    problems.refuse()
    return _joined(found, approximate=approximate is True), as_written


def _joined(found: Mapping[str, Date | None], *, approximate: bool) -> Date:
    whole = found.get("value")
    if whole is not None:
        return Date(whole.earliest, whole.latest, whole.precision, whole.approximate or approximate)
    first, last = found.get("earliest"), found.get("latest")
    ends = (first, last)
    return Date(
        None if first is None else first.earliest,
        None if last is None else last.latest,
        "",
        approximate or any(end is not None and end.approximate for end in ends),
    )


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise unreadable("string-expected", value, args={"kind": kind_of(value)})
    return value
