"""One record's bytes to data, and to problems if anything about them is wrong.

The fast way is one call of msgspec and a look at the result. Only a record that this can't
vouch for goes through the slow scanner.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem
from kg.reading import expected
from kg.reading.locate import decoded, place_at
from kg.reading.record import Record
from kg.reading.scan import DEPTH, DIGITS, Fault, faults, fits

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 16 * 1024 * 1024
"""Bytes of one record."""
_BOUND: Final = 10**DIGITS
_NEVER: Final = -(10**12)
"""A count of keys that no text has: sends the record to the scanner."""
_KEY_COLON: Final = re.compile(rb'"[ \t\r\n]*+:')
_KEEPS_DATA: Final = frozenset({"duplicate-key", "nul-character"})
_EXPONENT: Final = re.compile(r"[eE]([+-]?[0-9]+)")


class _NoNumber(ValueError):
    """A number that is too large; the scanner will say where."""


def _number(text: str) -> Decimal:
    """What msgspec calls for every number with a fraction or an exponent."""
    exponent = _EXPONENT.search(text)
    if not fits(text, exponent[1] if exponent else None):
        raise _NoNumber
    return Decimal(text)


@cache
def decoder() -> Callable[[bytes], Any]:
    """JSON bytes -> value; numbers are ``int`` or ``Decimal``."""
    import msgspec  # noqa: PLC0415 - not needed where nothing is read

    return msgspec.json.Decoder(float_hook=_number).decode


UNDECODABLE: Final = (ValueError, RecursionError, InvalidOperation)
"""What the decoder raises; msgspec's own errors are ``ValueError``s."""


def is_sound(data: dict[str, Any], raw: bytes) -> bool:
    """Whether the decoded data surely say all that the text does.

    Each key of the text has a colon after it. So if the data have as many keys as the text
    has colons, or quotation marks followed by one, no key stood twice. The cheapest count
    that settles it is taken.
    """
    keys = _keys(data, DEPTH)
    if keys != raw.count(b":"):
        spaced = b" :" in raw or b"\t:" in raw or b"\n:" in raw or b"\r:" in raw
        if keys != (len(_KEY_COLON.findall(raw)) if spaced else raw.count(b'":')):
            return False
    return b"\\u0000" not in raw


def _keys(value: dict[str, Any] | list[Any], room: int) -> int:
    """How many keys, in all; ``_NEVER`` and less if something is too deep or too large."""
    if not room:
        return _NEVER
    count = 0
    items: Any = value
    if type(value) is dict:
        count, items = len(value), value.values()
    for item in items:
        kind = type(item)
        if kind is dict or kind is list:
            count += _keys(item, room - 1)
        elif kind is int and not -_BOUND < item < _BOUND:
            return _NEVER
    return count


def read_record(number: int, place: Place, raw: bytes, *, objects: bool = True) -> Record:
    """Decode one record; whatever is wrong with it is in its problems.

    With ``objects`` false it may be any JSON value.

    >>> record = read_record(0, Place("f", 1, 1), b'{"type": "Company", "id": "a", "id": "b"}')
    >>> record.data["id"], [(p.code, p.pointer, p.place.column) for p in record.problems]
    ('b', [('duplicate-key', '/id', 32)])
    """
    if len(raw) > LONGEST:
        return too_large(number, place, raw)
    try:
        data = decoder()(raw)
    except UNDECODABLE:
        problems = list(diagnose(place, raw))
        return Record(number, place, {}, raw, problems or [_not_json(place)])
    if type(data) is not dict and objects:
        problems = list(diagnose(place, raw)) or [Problem("not-an-object", received=data, place=place)]
        return Record(number, place, {}, raw, problems)
    if is_sound(
        data if type(data) is dict else {"": data}, raw if type(data) is dict else b'{"":' + raw + b"}"
    ):
        return Record(number, place, data, raw)
    problems = list(diagnose(place, raw))
    keeps = all(p.code in _KEEPS_DATA for p in problems)
    return Record(number, place, data if keeps else {}, raw, problems)


def too_large(number: int, place: Place, raw: bytes) -> Record:
    """A record that is not read because of its size; a piece of it is kept to be shown."""
    problem = Problem("record-too-large", "", {"limit": LONGEST // 2**20}, place=place)
    return Record(number, place, {}, raw[:1000], [problem])


def diagnose(place: Place, raw: bytes) -> tuple[Problem, ...]:
    """Everything that the scanner finds wrong with the text of a record at ``place``."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = place_at(place, decoded(raw[: error.start]), len(decoded(raw[: error.start])))
        byte = f"0x{raw[error.start]:02X}"
        return (Problem("not-utf-8", "", {"byte": byte, "line": at.line, "column": at.column}, place=at),)
    return tuple(_problem(fault, place, text) for fault in faults(text))


def _problem(fault: Fault, start: Place, text: str) -> Problem:
    at = place_at(start, text, fault.position)
    others = () if fault.other is None else (place_at(start, text, fault.other),)
    args = {"line": at.line, "column": at.column, **fault.args}
    if others:
        args["first"] = f"{others[0].line}:{others[0].column}"
    return Problem(fault.code, fault.pointer, args, place=at, others=others)


def _not_json(place: Place) -> Problem:
    """For a text that the decoder refuses and the scanner does not."""
    args = {"line": place.line, "column": place.column, "expected": expected.JSON, "found": "?"}
    return Problem("not-json", "", args, place=place)
