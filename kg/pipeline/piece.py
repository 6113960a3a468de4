"""The text of one record: on one line, and known again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.errors import Place

_DIGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A record's text and where it stands."""

    place: Place
    raw: bytes

    @property
    def key(self) -> str:
        """By what the same text is known again; "" where there is none."""
        return text_key(self.raw)


def digest(raw: bytes) -> bytes:
    """What tells texts apart, however they were broken into lines."""
    return blake2b(on_one_line(raw), digest_size=_DIGEST).digest()


def text_key(raw: bytes) -> str:
    """By what the same text is known again, wherever it stands; "" where there is none."""
    text = raw.strip()
    return digest(text).hex() if text else ""


def on_one_line(raw: bytes) -> bytes:
    """A record's text with a space for each end of a line, which in JSON stands only between tokens."""
    if b"\n" in raw or b"\r" in raw:
        return raw.replace(b"\n", b" ").replace(b"\r", b" ")
    return raw
