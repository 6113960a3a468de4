"""From a JSON pointer (RFC 6901) to the place and the words in a record's own text.

Used only for records with a fault: a text is gone through once for each step of the pointer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import NOTHING, value_at
from kg.reading.scan import CLOSING, SPACE, STRING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Place, Problem
    from kg.reading.record import Record

_SCALAR: Final = re.compile(r'[^\s,:{}\[\]"]++')
_INSIDE: Final = re.compile(r'[^"{}\[\]]++')
_BLANKS: Final = re.compile(r"\s+")
_INDEX: Final = re.compile(r"0|[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Member:
    """A value inside a text, with its key if it has one; positions count characters from 0."""

    key_start: int
    """Where the key begins, or the value if it has no key."""
    value_start: int
    end: int
    token: str | int = ""


class _Unsound(Exception):
    """The text is no JSON at this point."""


def decoded(raw: bytes) -> str:
    """A record's text; bytes that are no UTF-8 become one character each."""
    return raw.decode("utf-8", "surrogateescape")


def locate(record: Record, pointer: str) -> Place:
    """The place of a field's key, or of an item; of the enclosing object if it is not there.

    Lines and columns count from 1, columns in characters. A record that was never text (its
    column is 0) has one place only.

    >>> from kg.errors import Place
    >>> from kg.reading.record import Record
    >>> record = Record(0, Place("f.jsonl", 12, 1), {}, b'{"id": "x", "amount": {"min": 25}}')
    >>> locate(record, "/amount/min")
    Place(file='f.jsonl', line=12, column=24)
    >>> locate(record, "/amount/max").column
    13
    """
    if not record.place.column:
        return record.place
    text = decoded(record.raw)
    return place_at(record.place, text, find(text, record.as_written(pointer)).key_start)


class Spot(NamedTuple):
    """Where a field stands, and how it was written."""

    place: Place
    end: Place | None
    """Behind its value; None behind what is not there, what was never text or what is no JSON."""
    words: str


def spot(record: Record, pointer: str, width: int = 100) -> Spot:
    """The place of a field, as ``locate`` has it, its end, and its words, as ``snippet`` has them.

    >>> from kg.errors import Place
    >>> from kg.reading.record import Record
    >>> record = Record(0, Place("f.jsonl", 12, 1), {"id": "x"}, b'{"id": "x"}')
    >>> found = spot(record, "/id")
    >>> found.place.column, found.end.column, found.words
    (2, 11, '"id": "x"')
    """
    text = decoded(record.raw)
    member = find(text, record.as_written(pointer))
    words = _words(record, text, member, width)
    start = record.place
    if not start.column:
        return Spot(start, None, words)
    end = place_at(start, text, member.end) if value_at(record.data, pointer) is not NOTHING else None
    return Spot(place_at(start, text, member.key_start), end, words)


def place_at(start: Place, text: str, position: int) -> Place:
    r"""The place of a position in a text that begins at ``start``.

    >>> from kg.errors import Place
    >>> place_at(Place("f", 3, 5), "ab\ncd", 4), place_at(Place("f", 3, 5), "ab\ncd", 1)
    (Place(file='f', line=4, column=2), Place(file='f', line=3, column=6))
    """
    lines = text.count("\n", 0, position)
    before = position - (text.rfind("\n", 0, position) + 1)
    return replace(start, line=start.line + lines, column=before + (1 if lines else start.column))


def snippet(record: Record, pointer: str, width: int = 100) -> str:
    """A field as it was written, on one line of at most ``width`` characters.

    A field that is not there gives the object that lacks it.

    >>> from kg.errors import Place
    >>> from kg.reading.record import Record
    >>> record = Record(0, Place("f.jsonl", 12, 1), {}, b'{"id": "x", "amount": {"min": 25}}')
    >>> snippet(record, "/amount"), snippet(record, "/amount/min"), snippet(record, "", 12)
    ('"amount": {"min": 25}', '"min": 25', '{"id": "x",…')
    """
    text = decoded(record.raw)
    return _words(record, text, find(text, record.as_written(pointer)), width)


def _words(record: Record, text: str, member: Member, width: int) -> str:
    if record.place.origin is not None and record.problems:  # the text is that of the row
        return _one_line(text[: 4 * width], width)
    return _one_line(text[member.key_start : min(member.end, member.key_start + 4 * width)], width)


def window(record: Record, place: Place, width: int = 100) -> str:
    """The text around a place inside the record, for one that is not JSON.

    >>> from kg.errors import Place
    >>> from kg.reading.record import Record
    >>> record = Record(0, Place("f.jsonl", 12, 1), {}, b'{"id": "x", "amount": {min: 25}}')
    >>> window(record, Place("f.jsonl", 12, 24), 20)
    '…"amount": {min: 25}}'
    """
    lines = decoded(record.raw).split("\n")
    row = min(max(place.line - record.place.line, 0), len(lines) - 1)
    column = place.column - (record.place.column if row == 0 else 1)
    line = lines[row].rstrip("\r")
    start = min(max(column - width // 2, 0), max(len(line) - width, 0))
    shown = line[start : start + width]
    return ("…" if start else "") + shown.strip() + ("…" if start + width < len(line) else "")


def excerpt(record: Record, problem: Problem, width: int = 100) -> str:
    """The words that a problem is about: around its own place if it has one, else its field.

    >>> from kg.reading.decode import read_record
    >>> from kg.errors import Place
    >>> record = read_record(0, Place("f.jsonl", 12, 1), b'{"id": "x", "amount": {min: 25}}')
    >>> excerpt(record, record.problems[0])
    '{"id": "x", "amount": {min: 25}}'
    """
    if problem.place is not None and problem.place.column and record.place.column:
        return window(record, problem.place, width)
    return snippet(record, problem.pointer, width)


def find(text: str, pointer: str) -> Member:
    """The member that a pointer names, or the innermost one on the way to it.

    Of a key that stands twice it is the last, as in the decoded data.
    """
    space = SPACE.match(text)
    here = Member(space.end() if space else 0, space.end() if space else 0, len(text))
    try:
        here = replace(here, end=_skip(text, here.value_start))
        for token in pointer.split("/")[1:]:
            below = _child(text, here, token.replace("~1", "/").replace("~0", "~"))
            if below is None:
                break
            here = below
    except _Unsound:
        pass  # as far as the text could be followed
    return here


def members(text: str, start: int) -> Iterator[Member]:
    """The members of the object or array that begins at ``start``.

    >>> [(m.token, '{"a": [1], "b": 2}'[m.value_start : m.end]) for m in members('{"a": [1], "b": 2}', 0)]
    [('a', '[1]'), ('b', '2')]
    """
    if text[start : start + 1] not in CLOSING:
        return
    in_object = text[start] == "{"
    position = _blank(text, start + 1)
    index = 0
    while position < len(text) and text[position] not in "}]":
        key_start, token = position, index
        value_start = position
        name: str | int = token
        if in_object:
            key = STRING.match(text, position)
            colon = _blank(text, key.end()) if key else position
            if key is None or text[colon : colon + 1] != ":":
                raise _Unsound
            name, value_start = json.loads(key.group()), _blank(text, colon + 1)
        end = _skip(text, value_start)
        yield Member(key_start, value_start, end, name)
        index += 1
        position = _blank(text, end)
        if text[position : position + 1] == ",":
            position = _blank(text, position + 1)


def _child(text: str, parent: Member, token: str) -> Member | None:
    """The last member of that key or index."""
    in_array = text[parent.value_start] == "["
    wanted = int(token) if in_array and _INDEX.fullmatch(token) and len(token) < FAR else token
    return _by_token(text, parent.value_start).get(wanted)


@lru_cache(maxsize=4)
def _by_token(text: str, start: int) -> dict[str | int, Member]:
    """The members by key or index; kept, since several faults of one record are looked up in a row."""
    return {member.token: member for member in members(text, start)}


FAR: Final = 10
"""Digits of an index beyond every record."""


def _blank(text: str, position: int) -> int:
    space = SPACE.match(text, position)
    return space.end() if space else position


def _skip(text: str, start: int) -> int:
    """The end of the value that begins at ``start``, its brackets counted, not checked."""
    depth, position = 0, start
    while True:
        first = text[position : position + 1]
        if first in ("{", "["):
            depth, position = depth + 1, position + 1
        elif first in ("}", "]"):
            depth, position = depth - 1, position + 1
        else:
            pattern = STRING if first == '"' else _INSIDE if depth else _SCALAR
            match = pattern.match(text, position)
            if match is None:
                raise _Unsound
            position = match.end()
        if depth <= 0:
            return position


def _one_line(text: str, width: int) -> str:
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
