"""The known words that are nearest to an unknown one, for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN: Final = 3
_LIKENESS: Final = 60
_LONGEST: Final = 100


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words, nearest first: at most three that are like ``word``, else all.

    >>> nearest("curency", ["min", "max", "currency"])
    ('currency',)
    >>> nearest("zzz", ["min", "max"])
    ('min', 'max')
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed only when something is wrong

    names = list(known)
    found = process.extract(
        word[:_LONGEST].lower(),
        names,
        scorer=fuzz.ratio,
        processor=str.lower,
        limit=_SHOWN,
        score_cutoff=_LIKENESS,
    )
    return tuple(name for name, _, _ in found) or tuple(names)
