"""What is kept of texts by their wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from kg.values.read_once import KEPT
from kg.values.vocabulary import of_texts

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

WORDINGS: Final = 2 * KEPT
"""How many wordings are kept of each kind; each takes about 1.5 kB."""


class Kept(Generic[T]):
    """What a function says of wordings; ``again`` makes that ready where a wording is met again.

    Most wordings never are, so none is made ready before. When there are :data:`WORDINGS` of them, those
    that were met only once are forgotten; if most were met again, all are.
    """

    def __init__(self, first: Callable[..., T | None], again: Callable[[T], T]) -> None:
        """Begin with nothing; what is kept is forgotten with all that was kept of texts."""
        self._first, self._again = first, again
        self._met: dict[tuple[object, ...], T | None] = {}
        self._ready: dict[tuple[object, ...], T | None] = {}
        of_texts(self._met.clear)
        of_texts(self._ready.clear)

    def of(self, *key: object) -> T | None:
        """What the function says of a wording; ``key`` is what it is called with."""
        found = self._ready.get(key)
        return self._look(key) if found is None and key not in self._ready else found

    def _look(self, key: tuple[object, ...]) -> T | None:
        met = self._met.pop(key, None)
        found = self._first(*key) if met is None else self._again(met)
        if len(self) >= WORDINGS:
            self._met.clear()
            if len(self._ready) >= KEPT:
                self._ready.clear()
        known = self._ready if found is None or met is not None else self._met
        known[key] = found
        return found

    def __len__(self) -> int:
        """How many wordings are kept."""
        return len(self._met) + len(self._ready)
