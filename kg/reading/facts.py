"""Facts files: JSON Lines or JSON, told apart by what they hold and not by their names."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from kg.errors import Place
from kg.reading.content import Content, open_content
from kg.reading.decode import LONGEST, UNDECODABLE, decoder, diagnose, read_record
from kg.reading.document import LARGEST, cut
from kg.reading.expected import END_OF_TEXT
from kg.reading.header import FACTS, Given, is_header, read_header
from kg.reading.lines import lines, records
from kg.reading.locate import locate
from kg.reading.nulls import left_out
from kg.reading.record import Source

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from kg.reading.record import Record

Line = tuple[int, bytes]


def read_source(source: str | os.PathLike[str] | IO[bytes], name: str = "", *, dataset: str = "") -> Source:
    """Open a facts file: its header is read and checked, its records are ready to be read.

    ``source`` is a path, ``-`` for standard input, or a binary stream; ``name`` is how it is
    shown. ``dataset`` goes before what the header or the file's name says.

    Raises ``InputError`` for what can't be read at all: no such file, a folder, UTF-16, a
    compressed file, a JSON document with an error of syntax or larger than 256 MB.
    """
    content = open_content(source, name)
    head = []
    for line in lines(content.chunks()):
        head.append(line)
        if len(head) > 1:
            break
    if _is_document(head):
        return _document(content, dataset)
    given = _first_line(content.name, head)
    header, problems = read_header(content.name, given, dataset)
    header_line = given.place.line if given else 0

    def pass_through(number: int) -> Iterator[Record]:
        found = records(content.name, content.chunks(), number, header_line)
        return left_out(found) if header.nulls else found

    def texts() -> Iterator[tuple[Place, bytes]]:
        return ((Place(content.name, n, 1), raw) for n, raw in lines(content.chunks()) if n != header_line)

    as_written = None if header.nulls else texts
    return Source(content.name, header, problems, pass_through, texts=as_written)


def _document(content: Content, dataset: str) -> Source:
    given = cut(content.name, content.whole(LARGEST)).given
    header, problems = read_header(content.name, given, dataset)

    def pass_through(number: int) -> Iterator[Record]:
        found = cut(content.name, content.whole(LARGEST)).records(content.name, number)
        return left_out(found) if header.nulls else found

    return Source(content.name, header, problems, pass_through)


def _is_document(head: list[Line]) -> bool:
    """Whether the first two lines begin one JSON value, and not one value each."""
    if not head:
        return False
    first = head[0][1].lstrip()
    alone = len(head) == 1
    if first[:1] not in (b"{", b"["):
        return False
    if len(first) > LONGEST:
        return first[:1] == b"[" or b'"facts"' in first[:LONGEST]
    try:
        value = decoder()(first)
    except UNDECODABLE:
        return not alone and _goes_on(first, head[1][1])
    if isinstance(value, list):
        return alone
    return FACTS in value and "type" not in value


def _goes_on(first: bytes, second: bytes) -> bool:
    """Whether the second line continues the value that the first has begun.

    A first line that was cut off is followed by one that begins a record of its own, where
    the first would have to go on with a comma or a bracket.
    """
    if not _is_unfinished(first) or (first.rstrip().endswith(b":") and _is_record(second)):
        return False
    begins = len(second) - len(second.lstrip())
    for problem in diagnose(Place("", 1, 1), first + b"\n" + second[:LONGEST]):
        if problem.code == "not-json" and problem.place == Place("", 2, begins + 1):
            return not second.lstrip().startswith(b"{")
    return True


def _is_record(line: bytes) -> bool:
    """Whether a line is a record of its own; no key of a document has one as its value."""
    try:
        value = decoder()(line[:LONGEST])
    except UNDECODABLE:
        return False
    return isinstance(value, dict) and "type" in value


def _is_unfinished(text: bytes) -> bool:
    """Whether nothing is wrong with a text but that it ends too early."""
    problems = diagnose(Place(""), text)
    if len(problems) != 1 or problems[0].code != "not-json":
        return False
    return problems[0].args["found"] == END_OF_TEXT


def _first_line(name: str, head: list[Line]) -> Given | None:
    """The header of JSON Lines; also one that can't be read, for that must not go unnoticed."""
    if not head:
        return None
    number, raw = head[0]
    record = read_record(0, Place(name, number, 1), raw)
    if record.data:
        if not is_header(record.data):
            return None
    elif not _was_header(raw):
        return None
    return Given(record.data, record.place, lambda p: locate(record, p), tuple(record.problems))


def _was_header(raw: bytes) -> bool:
    """Whether a line that can't be decoded was meant as the header."""
    start = raw[:LONGEST].lstrip()
    named = any(b'"%s"' % key in start for key in (b"ids", b"defaults", b"dataset"))
    return start[:1] == b"{" and named and b'"type"' not in start
