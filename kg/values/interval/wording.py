"""Texts that differ in their digits alone: their words are looked at once.

What the words of ``약 729조원`` say is the same whatever the digits are, so it is kept under the
*wording*, the text with ``0`` in place of each run of digits, and only the digits are read anew. A
wording is kept only where the digits decide about nothing but their value: no run may grow into what
follows it, as in ``1 234`` or ``1/2``. What is kept of one is in ``kg.values.interval.known``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.vocabulary import OF_WORDS, of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.values.vocabulary import Token

OTHER_SPACES: Final = "\u00a0\u2009\u202f"
"""What a run of digits may be grouped by, besides a plain space."""
_SPACES: Final = f" {OTHER_SPACES}"
_PARTED: Final = re.compile(
    "([0-9]"
    rf"(?:[0-9]*+(?:[.,'’][0-9]++)*+(?![{_SPACES}][0-9])"
    rf"|[0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?"
    "|[0-9]*(?:[.,'’][0-9]+)*))"
).split
"""It begins with one digit, so that the search passes over all else; most runs are the first of the three."""
_UNSURE: Final = re.compile(rf"0(?:[^\S{_SPACES}]|\s\s)\s*0|0\s*[/⁄'’]\s*0|0[.,]\s?[-–—0]|0、0").search
"""Where a run may be longer or shorter by what its digits are."""
_DIGIT_WITHIN: Final = re.compile("[^0-9][0-9]").search

Slots = dict[int, int]
"""Where a token of digits begins in a wording -> the number of its run."""


def parted(text: str) -> tuple[str, list[str]]:
    """The wording of a text, and its runs of digits.

    >>> parted("약 1조 2,000억원")
    ('약 0조 0억원', ['1', '2,000'])
    """
    parts = _PARTED(text)
    return "0".join(parts[::2]), parts[1::2]


def slots(tokens: Sequence[Token], wording: str) -> Slots | None:
    """The places of the runs, or None where digits of a wording are not tokens by themselves."""
    found = [token for token in tokens if token.kind == "digits"]
    if len(found) != wording.count("0") or any(token.text != "0" for token in found):
        return None
    if _UNSURE(wording) or next(_with_digits()(wording), None):
        return None
    return {token.start: at for at, token in enumerate(found)}


def within_words(tokens: Sequence[Token], wording: str) -> tuple[frozenset[int], frozenset[int]]:
    """The runs that are no tokens by themselves, since a word has them in it, as the 5 of 5년간.

    Then those of them that are part of a word which is known with its digits: Q4, m².
    """
    if _UNSURE(wording):
        return frozenset(), frozenset()
    starts = {token.start for token in tokens if token.kind == "digits"}
    masks = _masks(wording)
    known = [found.span() for found in _with_digits()(wording)]
    exact = frozenset(
        at for at, place in enumerate(masks) if any(start <= place < end for start, end in known)
    )
    return exact | {at for at, place in enumerate(masks) if place not in starts}, exact


def spelled(wording: str, literal: Mapping[int, str]) -> tuple[str, Slots]:
    """The wording with some runs as they are, and where all of them are in it.

    >>> spelled("0년간 0조원", {0: "5"})
    ('5년간 0조원', {0: 0, 4: 1})
    """
    places: Slots = {}
    found, *more = wording.split("0")
    for at, words in enumerate(more):
        places[len(found)] = at
        found += literal.get(at, "0") + words
    return found, places


def _masks(wording: str) -> list[int]:
    return [at for at, character in enumerate(wording) if character == "0"]


@of_tables
def _with_digits() -> Callable[[str], Iterator[re.Match[str]]]:
    """Finds in a wording the words that have digits in them: m², 제3자배정."""
    sections = [table.get(name, {}) for table in tables().values() for name in sorted(OF_WORDS - {"date"})]
    words = (word for section in sections for kind in section.values() for word in kind)
    found = sorted({parted(word)[0] for word in words if _DIGIT_WITHIN(word)})
    patterns = (
        rf"(?<![a-z]){re.escape(word)}" if "a" <= word[0] <= "z" else re.escape(word) for word in found
    )
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE).finditer
