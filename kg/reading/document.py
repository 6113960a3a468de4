"""JSON documents: all records in one value, over as many lines as it likes.

A document is ``{"facts": [...]}`` with the header's keys beside ``facts``, a list of records,
or one record. It is held in memory whole; its records are decoded one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError, Place, Problem, pointer_token
from kg.reading import expected
from kg.reading.decode import LONGEST, UNDECODABLE, decoder, diagnose, read_record
from kg.reading.header import FACTS, Given, is_header
from kg.reading.locate import find, place_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.record import Record

LARGEST: Final = 256 * 1024 * 1024
"""Bytes of a document; JSON Lines has no limit."""
_FATAL: Final = frozenset({"not-json", "not-utf-8", "nested-too-deep"})
_BETWEEN: Final = re.compile(rb"[ \t\r\n,]*+")
_BLANK: Final = re.compile(rb"[ \t\r\n]*+")
_KEY: Final = re.compile(rb'[ \t\r\n,]*+("(?:[^"\\]++|\\.)*+")[ \t\r\n]*+:[ \t\r\n]*+', re.DOTALL)
_BYTE: Final = re.compile(r"\(byte (\d+)\)")


@dataclass(frozen=True, slots=True)
class Document:
    """A document cut into its records."""

    text: bytes
    pieces: list[Any]
    """The records as ``msgspec.Raw``: views of the text, in its order."""
    start: int
    """Where in the text the first record may begin."""
    given: Given | None
    header_first: bool = False
    """Whether the first piece is the header."""

    def records(self, name: str, number: int) -> Iterator[Record]:
        """The records; ``number`` is that of the first."""
        for index, (place, raw) in enumerate(self._placed(name)):
            if not (self.header_first and index == 0):
                yield read_record(number, place, raw)
                number += 1

    def _placed(self, name: str) -> Iterator[tuple[Place, bytes]]:
        """Each piece with its place; every byte of the document is looked at once."""
        seen, line, column = 0, 1, 1
        position = self.start
        for piece in self.pieces:
            raw = bytes(piece)
            between = _BETWEEN.match(self.text, position)
            start = between.end() if between else position
            passed = self.text[seen:start]
            newlines = passed.count(b"\n")
            line += newlines
            width = len(passed[passed.rfind(b"\n") + 1 :].decode("utf-8", "surrogateescape"))
            column = width + 1 if newlines else column + width
            yield Place(name, line, column), raw
            seen, position = start, start + len(raw)


def cut(name: str, text: bytes) -> Document:
    """Cut a document into its records.

    Raises ``InputError`` if it is not JSON as a whole, or ``facts`` is not a list.
    """
    start = _BLANK.match(text)
    begin = start.end() if start else 0
    if text[begin : begin + 1] == b"[":
        pieces = _decode(name, text, many=True)
        header = _first_header(name, pieces[0], text, begin + 1) if pieces else None
        return Document(text, pieces, begin + 1, header, header_first=header is not None)
    members: dict[str, Any] = _decode(name, text, many=False)
    if FACTS in members and "type" not in members:
        return _facts_object(name, text, members, begin)
    whole = read_record(0, place_at(Place(name, 1, 1), text[:begin].decode(), begin), text[begin:])
    given = _given(whole) if is_header(whole.data) else None
    return Document(text, [text[begin:]], begin, given, header_first=given is not None)


def _decode(name: str, text: bytes, *, many: bool) -> Any:  # noqa: ANN401 - msgspec.Raw, by key or in a list
    import msgspec  # noqa: PLC0415 - not needed where nothing is read

    try:
        return msgspec.json.decode(text, type=list[msgspec.Raw] if many else dict[str, msgspec.Raw])
    except UNDECODABLE as error:
        raise unsound(name, text, error) from error


def unsound(name: str, text: bytes, error: Exception) -> InputError:
    """Where and why a document is not JSON."""
    if len(text) <= LONGEST:
        for problem in diagnose(Place(name, 1, 1), text):
            if problem.code in _FATAL:
                return InputError(f"document-{problem.code}", file=name, **problem.args)
    byte = _BYTE.search(str(error))  # too long for the scanner: say what the decoder says
    before = text[: int(byte[1]) if byte else len(text)].decode("utf-8", "replace")
    at = place_at(Place(name, 1, 1), before, len(before))
    return InputError(
        "document-not-json", file=name, line=at.line, column=at.column, expected=expected.JSON, found="?"
    )


def _first_header(name: str, piece: Any, text: bytes, start: int) -> Given | None:  # noqa: ANN401
    """The header, if a list of records begins with one."""
    between = _BETWEEN.match(text, start)
    before = text[: between.end() if between else start].decode("utf-8", "replace")
    record = read_record(0, place_at(Place(name, 1, 1), before, len(before)), bytes(piece))
    return _given(record) if is_header(record.data) else None


def _given(record: Record) -> Given:
    from kg.reading.locate import locate  # noqa: PLC0415 - with its record only here

    return Given(record.data, record.place, lambda p: locate(record, p), tuple(record.problems))


def _facts_object(name: str, text: bytes, members: dict[str, Any], begin: int) -> Document:
    """A document with ``facts``, the header's keys beside it."""
    places, facts_start, problems = _walk(name, text, members, begin)
    data: dict[str, Any] = {}
    for key, piece in members.items():
        if key == FACTS:
            continue
        record = read_record(0, places[key][1], b'{"":' + bytes(piece) + b"}")
        problems += [
            replace(p, pointer=pointer_token(key) + p.pointer.removeprefix("/"), place=places[key][1])
            for p in record.problems
        ]
        data[key] = record.data.get("")
        if record.problems:
            data.pop(key)
    if bytes(members[FACTS])[:1] != b"[":
        raise InputError("facts-not-a-list", file=name, line=places[FACTS][1].line)
    pieces = _decode(name, bytes(members[FACTS]), many=True)

    def locate(pointer: str) -> Place:
        key, _, below = pointer.removeprefix("/").partition("/")
        key = key.replace("~1", "/").replace("~0", "~")
        if key not in places:
            return Place(name, 1, 1)
        place, value_place = places[key]
        value = bytes(members[key]).decode("utf-8", "replace")
        return place_at(value_place, value, find(value, "/" + below).key_start) if below else place

    start = place_at(Place(name, 1, 1), text[:begin].decode(), begin)
    given = Given(data, start, locate, tuple(problems)) if len(members) > 1 or problems else None
    return Document(text, pieces, facts_start + 1, given)


def _walk(
    name: str, text: bytes, members: dict[str, Any], begin: int
) -> tuple[dict[str, tuple[Place, Place]], int, list[Problem]]:
    """The places of each key and its value, where the facts begin, and keys that stand twice."""
    places: dict[str, tuple[Place, Place]] = {}
    problems: list[Problem] = []
    facts_start, position = begin, begin + 1
    line_start = place_at(Place(name, 1, 1), text[:begin].decode(), begin)
    here, seen = line_start, begin
    while match := _KEY.match(text, position):
        key = decoder()(match[1])
        between = text[seen : match.end()].decode("utf-8", "replace")
        key_at = place_at(here, between, len(between) - len(text[match.start(1) : match.end()].decode()))
        here, seen = place_at(here, between, len(between)), match.end()
        if key in places:
            first = places[key][0]
            args = {"key": key, "line": key_at.line, "first": f"{first.line}:{first.column}"}
            problems.append(Problem("duplicate-key", pointer_token(key), args, place=key_at, others=(first,)))
        places[key] = (key_at, here)
        if key == FACTS:
            facts_start = match.end()
        raw = bytes(members[key])
        size = len(raw) if text.startswith(raw, seen) else _value_size(text, seen)
        position = seen + size
    return places, facts_start, problems


def _value_size(text: bytes, start: int) -> int:
    """The length of a value that is hidden by a later one with the same key."""
    rest = text[start:].decode("latin-1")  # one character a byte; brackets and quotes are ASCII
    return find(rest, "").end
