"""Legal forms in names: found at the end, or at the beginning, by a table of jurisdictions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.identity.tables import table

_PARTED: Final = str.maketrans(",.", "  ")
_DOTTED: Final = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")
_NO_SPACES: Final = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af(]")
"""In these scripts a form touches the name; so does a bracket."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of all jurisdictions."""

    touching_before: tuple[str, ...]
    """Longest first."""
    touching_after: tuple[str, ...]
    ends: dict[str, tuple[Words, ...]]
    """Last word -> forms that end in it, longest first."""
    begins: dict[str, tuple[Words, ...]]


@cache
def forms() -> Forms:
    """The table, made ready."""
    before: set[str] = set()
    after: set[str] = set()
    for of_country in table("legal_forms").values():
        before.update(of_country.get("before", ()), of_country.get("either", ()))
        after.update(of_country.get("after", ()), of_country.get("either", ()))
    touching = {f for f in before | after if _NO_SPACES.match(f) and " " not in f}
    ends: dict[str, set[Words]] = {}
    begins: dict[str, set[Words]] = {}
    for form in after - touching:
        words = tuple(_normal(form).translate(_PARTED).split())
        ends.setdefault(words[-1], set()).add(words)
    for form in before - touching:
        words = tuple(_normal(form).translate(_PARTED).split())
        begins.setdefault(words[0], set()).add(words)
    return Forms(
        _longest_first(touching & before),
        _longest_first(touching & after),
        {word: tuple(sorted(found, key=lambda w: (-len(w), w))) for word, found in ends.items()},
        {word: tuple(sorted(found, key=lambda w: (-len(w), w))) for word, found in begins.items()},
    )


def _normal(form: str) -> str:
    return unicodedata.normalize("NFKC", form).casefold()


def _longest_first(found: set[str]) -> tuple[str, ...]:
    return tuple(sorted(map(_normal, found), key=lambda form: (-len(form), form)))


def without(name: str) -> str:
    """A name in normal form (NFKC, case folded) without its legal forms; one that is nothing else stays.

    >>> without("(주)삼성전자"), without("fiat s.p.a."), without("пао «газпром»"), without("co. ltd")
    ('삼성전자', 'fiat', '«газпром»', 'co')
    >>> without("siemens ag & co. kgaa"), without("novo nordisk a/s"), without("腾讯控股有限公司")
    ('siemens', 'novo nordisk', '腾讯控股')
    """
    known = forms()
    bare = _DOTTED.sub(lambda m: m.group().replace(".", ""), name)
    if _NO_SPACES.search(bare):
        for form in known.touching_before:
            bare = bare.removeprefix(form).strip() or bare
        for form in known.touching_after:
            bare = bare.removesuffix(form).strip() or bare
    return _without_words(bare, known)


def _without_words(name: str, known: Forms) -> str:
    parted = name.translate(_PARTED)
    words = parted.split()
    left = len(words)
    while left > 1 and (form := _ending(words, left, known.ends)):
        left -= len(form)
    first = len(_beginning(words, left, known.begins)) if left > 1 else 0
    if left == len(words) and not first:
        return name
    # what is parted is as long as the name
    end = len(parted.rsplit(None, len(words) - left)[0]) if left < len(words) else len(name)
    begin = len(parted) - len(parted.split(None, first)[first]) if first else 0
    return name[begin:end]


def _ending(words: list[str], left: int, ends: dict[str, tuple[Words, ...]]) -> Words:
    """The longest form that the first words end in, if they are more than that."""
    for form in ends.get(words[left - 1], ()):
        if len(form) < left and tuple(words[left - len(form) : left]) == form:
            return form
    return ()


def _beginning(words: list[str], left: int, begins: dict[str, tuple[Words, ...]]) -> Words:
    for form in begins.get(words[0], ()):
        if len(form) < left and tuple(words[: len(form)]) == form:
            return form
    return ()
