"""Texts that are read once: what each was read as is kept, and why one can't be read too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from kg.errors import Unreadable
from kg.values.vocabulary import remembered

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")

LONGEST: Final = 120
"""Characters of a text of which something is kept."""
KEPT: Final = 16_384
"""How many texts are kept of each kind, or wordings of texts; each takes about 2 kB."""


def read_once(read: Callable[[str, str], R]) -> Callable[[str, str], R]:
    """Keep what is read of a text and its language, or why that can't be read; of long texts nothing."""

    @remembered(KEPT)
    def known(text: str, language: str) -> R | Unreadable:
        try:
            return read(text, language)
        except Unreadable as error:
            return error.with_traceback(None)

    def again(text: str, language: str) -> R:
        if len(text) > LONGEST:
            return read(text, language)
        found = known(text, language)
        if isinstance(found, Unreadable):
            raise Unreadable(*found.problems)
        return found

    return again
