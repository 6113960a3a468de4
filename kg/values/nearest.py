"""The known words that are nearest to an unknown one, for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN: Final = 3
_LIKENESS: Final = 72
_LONGEST: Final = 100
_PASSAGE: Final = 100
_ALIKE: Final = 60
"""Out of 100, how much a passage must be like the words."""


def choices(word: object, known: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the known words that are like ``word``, all known words with these first).

    >>> choices("plannd", ["actual", "planned", "sought"])
    (('planned',), ('planned', 'actual', 'sought'))
    >>> choices(7, ["actual", "planned"])
    ((), ('actual', 'planned'))
    """
    names = tuple(known)
    near = close(word, names) if isinstance(word, str) else ()
    return near, (*near, *(name for name in names if name not in near))


def close(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """At most three of the known words that are like ``word``, best first.

    >>> close("softbnk", ["OpenAI", "SoftBank"]), close("zzz", ["OpenAI"])
    (('SoftBank',), ())
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed only when something is wrong

    found = process.extract(
        word[:_LONGEST].lower(),
        known,
        scorer=fuzz.ratio,
        processor=str.lower,
        limit=_SHOWN,
        score_cutoff=_LIKENESS,
    )
    return tuple(name for name, _, _ in found)


def passage(words: str, text: str) -> tuple[int, int] | None:
    """Where in a text something like the words stands; None if nothing does.

    Of long words the beginning is looked for, so that the cost is that of the text.

    >>> passage("SoftBank wil invest", "Today SoftBank will invest more.")
    (6, 25)
    >>> passage("something else", "12345")
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - needed only when something is wrong

    found = fuzz.partial_ratio_alignment(words[:_PASSAGE], text, score_cutoff=_ALIKE)
    return (found.dest_start, found.dest_end) if found is not None and words and text else None


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words, nearest first: at most three that are like ``word``, else all.

    >>> nearest("curency", ["min", "max", "currency"])
    ('currency',)
    >>> nearest("zzz", ["min", "max"])
    ('min', 'max')
    """
    names = tuple(known)
    return close(word, names) or names
