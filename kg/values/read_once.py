"""Names that are read once: what each was read as is kept, and why one can't be read too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME, checked
from kg.values.vocabulary import remembered

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_REMEMBERED: Final = 4096


def read_once(read: Callable[[str, str], T]) -> Callable[[str, str], T]:
    """Keep what is read of a text and the language that it is in, whatever the script or region of that.

    Of names that are too long nothing is kept.
    """

    @remembered(_REMEMBERED)
    def known(text: str, language: str) -> T | Unreadable:
        try:
            return read(text, language)
        except Unreadable as error:
            return error.with_traceback(None)

    def again(text: str, language: str) -> T:
        if len(text) > LONGEST_NAME:
            checked(text, LONGEST_NAME)
        found = known(text, language.partition("-")[0].lower())
        if isinstance(found, Unreadable):
            raise Unreadable(*found.problems)
        return found

    return again
