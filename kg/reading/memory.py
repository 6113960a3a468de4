"""Records that a program hands over: mappings instead of text."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem, pointer_token
from kg.reading.header import Given, is_header, read_header
from kg.reading.nulls import left_out
from kg.reading.record import Record, Source
from kg.reading.scan import DEPTH, DIGITS, fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SURROGATES: Final = ("\ud800", "\udfff")


def from_records(records: Iterable[Mapping[str, Any]], name: str = "records", *, dataset: str = "") -> Source:
    """A source of records that are already in memory; the first may be a header.

    Values may be what JSON can say, and also ``Decimal``, tuples, dates and times (taken as
    their ISO form). A ``float`` is taken as the shortest decimal that gives it, which is
    what its author wrote: 0.1 is 0.1. A place has the number of the record, from 1, as line.

    >>> [r.data for r in from_records([{"ids": "shared"}, {"type": "Investment", "share": 0.1}])]
    [{'type': 'Investment', 'share': Decimal('0.1')}]
    """
    kept = records if isinstance(records, Sequence) else list(records)
    given = None
    if kept and isinstance(kept[0], Mapping):
        first = _record(0, Place(name, 1), kept[0])
        if is_header(first.data):
            given = Given(first.data, first.place, lambda _pointer: first.place, tuple(first.problems))
    header, problems = read_header(name, given, dataset)

    def pass_through(number: int) -> Iterator[Record]:
        return left_out(each(number)) if header.nulls else each(number)

    def each(number: int) -> Iterator[Record]:
        for index, record in enumerate(kept):
            if index or given is None:
                yield _record(number, Place(name, index + 1), record)
                number += 1

    return Source(name, header, problems, pass_through)


@cache
def encoder() -> Callable[[Any], bytes]:
    """A record's data -> its JSON text."""
    import msgspec  # noqa: PLC0415 - not needed where nothing is read

    return msgspec.json.Encoder(decimal_format="number").encode


def _record(number: int, place: Place, given: object) -> Record:
    problems: list[Problem] = []
    data = _plain(given, "", DEPTH, problems)
    if not isinstance(data, dict):
        problems = problems or [Problem("not-an-object", received=data)]
        data = {}
    if problems:
        return Record(number, place, {}, b"", [_at(p, place) for p in problems])
    return Record(number, place, data, encoder()(data))


def faults_of(data: dict[str, Any]) -> list[Problem]:
    """What in a record's data no JSON text could say."""
    problems: list[Problem] = []
    _plain(data, "", DEPTH, problems)
    return problems


def _at(problem: Problem, place: Place) -> Problem:
    from dataclasses import replace  # noqa: PLC0415 - only where something is wrong

    return replace(problem, place=place)


def _plain(value: object, pointer: str, room: int, problems: list[Problem]) -> Any:  # noqa: ANN401 - any JSON
    """The value as decoded JSON would be; what can't be is told and left out."""
    plain: Any = None
    match value:
        case None | bool():
            plain = value
        case str():
            plain = _text(str(value), pointer, problems)
        case int() | Decimal() | float():
            plain = _number(value, pointer, problems)
        case dt.date() | dt.time():
            plain = value.isoformat()
        case Mapping() | list() | tuple() if room == 0:
            problems.append(Problem("nested-too-deep", pointer, {"limit": DEPTH}))
        case Mapping():
            plain = _mapping(value, pointer, room, problems)
        case list() | tuple():
            steps = (pointer + pointer_token(i) for i in range(len(value)))
            plain = [_plain(item, step, room - 1, problems) for item, step in zip(value, steps, strict=True)]
        case _:
            problems.append(Problem("not-a-json-value", pointer, {"type": type(value).__name__}))
    return plain


def _mapping(value: Mapping[Any, Any], pointer: str, room: int, problems: list[Problem]) -> dict[str, Any]:
    plain = {}
    for key, item in value.items():
        if isinstance(key, str):
            key_pointer = pointer + pointer_token(key)
            plain[_text(key, key_pointer, problems)] = _plain(item, key_pointer, room - 1, problems)
        else:
            problems.append(Problem("key-not-text", pointer, {"type": type(key).__name__}, received=str(key)))
    return plain


def _text(text: str, pointer: str, problems: list[Problem]) -> str:
    if not text.isascii() and any(_SURROGATES[0] <= c <= _SURROGATES[1] for c in text):
        problems.append(Problem("lone-surrogate", pointer))
        return ""
    if "\0" in text:
        problems.append(Problem("nul-character", pointer))
    return text


def _number(value: float | Decimal, pointer: str, problems: list[Problem]) -> int | Decimal | None:
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if not finite:
        problems.append(Problem("number-not-json", pointer, received=str(value)))
        return None
    if isinstance(value, int):
        if -(10**DIGITS) < value < 10**DIGITS:
            return int(value)
    else:
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        written, _, exponent = str(exact).lower().partition("e")
        if fits(written, exponent or None):
            return exact
    problems.append(Problem("number-too-long", pointer, {"limit": DIGITS}))
    return None
