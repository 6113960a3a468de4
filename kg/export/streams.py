"""Where writers write to: a binary stream, or a text stream."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO, Any, Final

Out = IO[Any]
"""A stream opened for writing: binary (gets UTF-8), or text."""

_CHUNK: Final = 1 << 16


def send(pieces: Iterable[str], out: Out) -> None:
    """Write pieces of text, gathered to some 64 thousand characters a time."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            _write("".join(gathered), out)
            gathered, size = [], 0
    _write("".join(gathered), out)


def _write(text: str, out: Out) -> None:
    if isinstance(out, io.TextIOBase):
        out.write(text)
    else:
        out.write(text.encode())
