"""JSON Lines: one record a line, read in pieces, so that memory holds one piece at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Place
from kg.reading.decode import LONGEST, UNDECODABLE, decoder, is_sound, read_record, too_large
from kg.reading.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def lines(chunks: Iterable[bytes], longest: int = LONGEST) -> Iterator[tuple[int, bytes]]:
    r"""Each line that is not blank, with its number from 1, without its end.

    Of a line longer than ``longest`` only the first ``longest + 1`` bytes or a little more
    are given; the rest is read over.

    >>> list(lines([b"a\n\nb", b"c\r\n", b" \nd"]))
    [(1, b'a'), (3, b'bc\r'), (5, b'd')]
    """
    number = 1
    begun: list[bytes] = []
    size = 0
    for chunk in chunks:
        first, *rest = chunk.split(b"\n")
        if size <= longest:
            begun.append(first)
            size += len(first)
        if not rest:
            continue
        whole = b"".join(begun)
        if whole and not whole.isspace():
            yield number, whole
        number += 1
        last = rest.pop()
        for line in rest:
            if line and not line.isspace():
                yield number, line
            number += 1
        begun, size = [last], len(last)
    whole = b"".join(begun)
    if whole and not whole.isspace():
        yield number, whole


def records(
    name: str, chunks: Iterable[bytes], number: int, header_line: int, *, objects: bool = True
) -> Iterator[Record]:
    """The records of JSON Lines, without the header; ``number`` is that of the first.

    With ``objects`` false they may be any JSON values.
    """
    decode = decoder()
    for line, raw in lines(chunks):
        if line == header_line:
            continue
        place = Place(name, line, 1)
        if len(raw) > LONGEST:
            yield too_large(number, place, raw)
        else:
            # The common case first and in place: this loop is what a load's speed hangs on.
            try:
                data = decode(raw)
            except UNDECODABLE:
                data = None
            if type(data) is dict and is_sound(data, raw):
                yield Record(number, place, data, raw, [])
            else:
                yield read_record(number, place, raw, objects=objects)
        number += 1
