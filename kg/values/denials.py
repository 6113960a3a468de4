"""Words that say that something is not so, 未, not, 없, or that compare it with another: than, 差, 보다.

They are the lists ``never``, ``risky`` and ``risky-alone`` of ``[label]`` in all tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.scripts import language_of
from kg.values.vocabulary import finder, of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable

_ENGLISH: Final = "en"


def is_denial(word: str) -> bool:
    """Whether a word by itself says that there is none."""
    return word in _never()


def denies(word: str) -> bool:
    """Whether a word says "not", or has such a word in it.

    >>> denies("未融資"), denies("not"), denies("融資")
    (True, True, False)
    """
    return word in _never() or _within()(word) is not None


def compares(words: str, language: str, *, far: bool = False) -> bool:
    """Whether words may say of an amount how it stands to another; ``far``: though they are not close to it.

    A word of the list in Latin letters must be a whole word; one with a space must begin or end one.
    The lists of English, and of the language that the script tells, are asked too.

    >>> compares("higher", "en"), compares("highest", "en"), compares("前年を下回る", "ja")
    (True, False, True)
    """
    written = f" {words} "
    return any(_compare(known, far=far)(written) is not None for known in _languages(words, language))


def _languages(words: str, language: str) -> set[str]:
    if words.isascii():
        return {language, _ENGLISH}
    return {language, _ENGLISH, language_of(words) or language}


def is_told(language: str) -> bool:
    """Whether the table of a language says what compares."""
    return bool(_risky(language))


@of_tables
def _compare(language: str, *, far: bool) -> Callable[[str], re.Match[str] | None]:
    near = set(_list(language, "near")) if far else set()
    return finder((word for word in _risky(language) if word not in near), _list(language, "risky-alone"))


def _risky(language: str) -> tuple[str, ...]:
    return _list(language, "risky")


@of_tables
def _list(language: str, name: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, tables().get(language, {}).get("label", {}).get(name, ()))))


@of_tables
def _never() -> frozenset[str]:
    return frozenset(
        word for table in tables().values() for word in table.get("label", {}).get("never", ()) if word
    )


@of_tables
def _within() -> Callable[[str], re.Match[str] | None]:
    """Finds what denies wherever it stands in a word, of scripts without spaces."""
    return re.compile("|".join(sorted(no for no in _never() if not no.isascii())) or "(?!)").search
