"""Where writers write to: a binary stream, or a text stream."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHUNK: Final = 1 << 16


class Out(Protocol):
    """A stream open for writing: a binary one gets UTF-8, a text stream (``io.TextIOBase``) text."""

    def write(self, data: Any, /) -> object:  # noqa: ANN401 - bytes or text, as the stream is
        """Take the next piece."""


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
    out.write(text if isinstance(out, io.TextIOBase) else text.encode())
