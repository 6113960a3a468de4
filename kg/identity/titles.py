"""People as texts name them: with titles, by the family name alone, in either order, in two scripts."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.identity.names import name_key
from kg.identity.sounds import romanised
from kg.identity.tables import table

_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]+")
_HANGUL_NAME: Final = range(2, 6)
"""Syllables of a Korean name, the family name among them."""
_FAMILIES_OF_TWO: Final = 2
_TITLES_AT_MOST: Final = 4


@cache
def _titles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(titles before a name, titles after it), normalised, longest first."""
    found: tuple[set[str], set[str]] = (set(), set())
    for of_language in table("titles").values():
        for titles, place in zip(found, ("before", "after"), strict=True):
            titles.update(title.casefold() for title in of_language.get(place, ()))
    before, after = (tuple(sorted(titles, key=lambda t: (-len(t), t))) for titles in found)
    return before, after


@cache
def families() -> dict[str, frozenset[str]]:
    """Korean family name -> how it is written in Latin letters."""
    return {
        name: frozenset((*written, romanised(name))) for name, written in table("family_names")["ko"].items()
    }


@cache
def _written() -> frozenset[str]:
    return frozenset(name for names in families().values() for name in names)


def without_titles(key: str) -> str:
    """The key of a name without titles; the same if it has none, or is nothing else.

    >>> without_titles("이재용 회장"), without_titles("chairman lee jae-yong"), without_titles("mr. park")
    ('이재용', 'lee jae-yong', 'park')
    >>> without_titles("이재용회장"), without_titles("회장"), without_titles("안군")
    ('이재용', '회장', '안군')
    """
    before, after = _titles()
    for _ in range(_TITLES_AT_MOST):
        rest = next((rest for title in after if (rest := _before(key, title))), "")
        rest = rest or next((rest for title in before if (rest := _after(key, title))), "")
        if not rest:
            break
        key = rest
    return key


def _before(key: str, title: str) -> str:
    """What goes before a title at the end; it may touch a full Korean, Japanese or Chinese name."""
    if not key.endswith(title):
        return ""
    rest = key[: -len(title)]
    bare = rest.rstrip(" ,")
    if bare != rest:
        return bare
    # one syllable may well be the end of a given name
    touches = len(title) > 1 and not title.isascii() and len(bare) > _FAMILIES_OF_TWO
    return bare if touches else ""


def _after(key: str, title: str) -> str:
    """What follows a title at the beginning."""
    if not key.startswith(title) or key[len(title) : len(title) + 1] not in {" ", "."}:
        return ""
    return key[len(title) :].strip(" .")


def is_family_name(key: str) -> bool:
    """Whether a key is no more than a family name, so that it does not say who is meant."""
    return key in families() or key in _written()


def may_be_of_family(key: str, family: str) -> bool:
    """Whether the key of a person's name may have a family name, in Hangul or in Latin letters.

    >>> may_be_of_family("이재용", "이"), may_be_of_family("jay y. lee", "이")
    (True, True)
    >>> may_be_of_family("김이나", "이"), may_be_of_family("leeds united", "lee")
    (False, False)
    """
    wanted = {family} if family in families() else {h for h, names in families().items() if family in names}
    latin = {family, *(name for h in wanted for name in families()[h])}
    if _HANGUL.fullmatch(key.replace(" ", "")):
        return family_of(key) in wanted
    words = re.split(r"[ ,]+", key)
    return len(words) > 1 and (words[0] in latin or words[-1] in latin)


def family_of(key: str) -> str:
    """The family name of a Korean name in Hangul; "" if it is not known to be one."""
    bare = key.replace(" ", "")
    if len(bare) in _HANGUL_NAME and _HANGUL.fullmatch(bare):
        for length in (_FAMILIES_OF_TWO, 1):
            if len(bare) > length and bare[:length] in families():
                return bare[:length]
    return ""


def named_without_titles(text: str) -> str:
    """The key of a full name in a text with titles; "" if there are none, or if only a family is named."""
    key = name_key(text)
    bare = without_titles(key)
    return "" if bare == key or is_family_name(bare) else bare
