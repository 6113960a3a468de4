"""A file of texts, one a line: every line is given, blank ones too, as it comes in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, cast

from kg.errors import InputError
from kg.reading.content import BOM, CHUNK, STDIN, open_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

LONGEST: Final = 64 * 1024
"""Bytes of one line; of a longer one only the beginning is given, and the rest is read over."""


def texts(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input (``-``) as they come in, without their ends.

    Bytes that are no UTF-8 become lone surrogates, which no value may hold: the line is refused
    by whoever reads it. Raises ``InputError`` for a file that can't be read.
    """
    chunks = _stdin() if name == STDIN else open_content(name).chunks()
    return (_decoded(line) for line in split(chunks))


def split(chunks: Iterable[bytes], longest: int = LONGEST) -> Iterator[bytes]:
    r"""The lines of pieces, without their ends; no more is held than a line or a piece.

    >>> list(split([b"a\n\nb", b"c\r\nlong", b"er\n"], 5))
    [b'a', b'', b'bc', b'longe']
    """
    begun = b""
    some = False
    for chunk in chunks:
        first, *rest = chunk.split(b"\n")
        if len(begun) < longest:
            begun += first[: longest - len(begun)]
        some = True
        for line in rest:
            yield begun.removesuffix(b"\r")
            begun = line[:longest]
            some = bool(line)
    if some and begun:
        yield begun.removesuffix(b"\r")


def _stdin() -> Iterator[bytes]:
    if sys.stdin is None:  # closed before Python began
        raise InputError("file-unreadable", file=STDIN, reason="standard input is closed")
    first = True
    stream = cast("BufferedReader", sys.stdin.buffer)
    while chunk := _read(stream):
        yield chunk.removeprefix(BOM) if first else chunk
        first = False


def _read(stream: BufferedReader) -> bytes:
    try:
        return stream.read1(CHUNK)
    except OSError as error:
        raise InputError("file-unreadable", file=STDIN, reason=error.strerror or str(error)) from error


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")
