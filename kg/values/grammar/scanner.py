"""Text to tokens: normalization, then the longest words of one language's lexicon.

A token has *senses*: what its word can be (``count``, ``scale``, ``currency``, …) and the value
for each. The grammars choose; an unknown word has none, so that no rule can consume it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from unicodedata import decimal, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST: Final = 1_000
"""Characters of an expression."""
_CJK: Final = "々〇\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
NUMBER: Final = (
    r"(?:[0-9]+ ?)?[0-9]+⁄[0-9]+"
    r"|(?:[0-9]+ )?(?:1/2|[12]/3|[13]/4)(?![0-9/.,])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,'’][0-9]+)*(?:[.,][-–—]{1,2}(?![0-9]))?"
    r"|\.[0-9]+(?![.,]?[0-9])"
)
_ATOM: Final = re.compile(rf"{NUMBER}|[{_CJK}]|(?:(?![{_CJK}])[^\W\d_])+|\S")
_FRACTION: Final = re.compile("[¼-¾⅐-⅞↉]")
_KEPT: Final = re.compile("([¹²³⁰-₟①-⓿])")
"""Digits that NFKC would join to those before them: 10² is not 102."""
_OTHER_DIGIT: Final = re.compile(r"[^\W0-9]", re.UNICODE)
_ARABIC: Final = str.maketrans({"٫": ".", "٬": ",", "−": "-", "\u200b": "", "\ufeff": "", "\u2060": ""})
_ALL_CJK: Final = re.compile(f"[{_CJK}]+")

Senses = MappingProxyType[str, Any] | dict[str, Any]
NONE: Final[Senses] = MappingProxyType({})


class Token(NamedTuple):
    """One word, number or sign of a text."""

    senses: Senses
    """Kind -> value of each reading of the word; none if the word is unknown."""
    text: str
    start: int
    """The offset in the normalized text."""
    end: int


END: Final = Token(NONE, "", 0, 0)


class _Phrase(NamedTuple):
    atoms: tuple[str, ...]
    senses: Senses
    width: int
    """The number of characters that it has in a text, 0 where spaces do not matter."""


class Scanner:
    """The words of one language, for one type of value."""

    __slots__ = ("_longer", "_single", "_split")

    def __init__(self, words: Mapping[str, Senses], compounds: Mapping[str, Senses] | None = None) -> None:
        """Index ``words`` by their first atom; ``compounds`` may be written together (``fünfzigtausend``)."""
        self._single: dict[str, Senses] = {}
        longer: dict[str, list[_Phrase]] = {}
        for word, senses in words.items():
            atoms = tuple(_ATOM.findall(word))
            if len(atoms) == 1:
                self._single[word] = senses
            elif atoms:
                width = len(word) if _ALL_CJK.fullmatch(word) else 0
                longer.setdefault(atoms[0], []).append(_Phrase(atoms, senses, width))
        for phrases in longer.values():
            phrases.sort(key=lambda phrase: (-len(phrase.atoms), phrase.atoms))
        self._longer = longer
        self._split = _splitter(compounds) if compounds else None

    def scan(self, text: str) -> list[Token]:
        """The tokens of a normalized text."""
        found = list(_ATOM.finditer(text))
        atoms = [match.group() for match in found]
        tokens: list[Token] = []
        at, single, longer = 0, self._single, self._longer
        while at < len(atoms):
            atom = atoms[at]
            lower = atom.lower()
            start = found[at].start()
            phrase = None
            if atom in longer or lower in longer:
                phrase = self._phrase(atoms, at, start, found)
            if phrase is not None:
                at += len(phrase.atoms)
                end = found[at - 1].end()
                tokens.append(Token(phrase.senses, text[start:end], start, end))
                continue
            at += 1
            senses = single.get(atom) or single.get(lower)
            if senses is None:
                if atom[0].isdigit() or (atom[0] == "." and len(atom) > 1):
                    senses = {"digits": atom}
                elif self._split is not None and (parts := self._split(lower)):
                    tokens += (Token(part, word, start, start + len(atom)) for word, part in parts)
                    continue
                else:
                    senses = NONE
            tokens.append(Token(senses, atom, start, start + len(atom)))
        return tokens

    def _phrase(self, atoms: list[str], at: int, start: int, found: list[re.Match[str]]) -> _Phrase | None:
        """The longest phrase that begins here."""
        best = None
        for first in dict.fromkeys((atoms[at], atoms[at].lower())):
            for phrase in self._longer.get(first, ()):
                size = len(phrase.atoms)
                if best is not None and size <= len(best.atoms):
                    break
                here = atoms[at : at + size]
                if tuple(here) != phrase.atoms and tuple(a.lower() for a in here) != phrase.atoms:
                    continue
                if not phrase.width or found[at + size - 1].end() - start == phrase.width:
                    best = phrase
                    break
        return best


def _splitter(words: Mapping[str, Senses]) -> Any:  # noqa: ANN401 - a closure
    """What cuts a compound into words, the longest first; None for what is no compound of them."""
    each = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    whole = re.compile(f"(?:{each}){{2,12}}")
    one = re.compile(each)

    def split(word: str) -> list[tuple[str, Senses]] | None:
        if len(word) > 60 or whole.fullmatch(word) is None:  # noqa: PLR2004 - longer than any number word
            return None
        parts = one.findall(word)
        return [(part, words[part]) for part in parts] if "".join(parts) == word else None

    return split


def normalized(text: str) -> str:
    """The text in NFKC, with ASCII digits and single spaces; fractions stay apart from digits.

    >>> normalized("１５０億　円"), normalized("2½"), normalized("٣٫٥"), normalized("10 m²")
    ('150億 円', '2 1⁄2', '3.5', '10 m²')
    """
    if not text.isascii():
        text = _FRACTION.sub(lambda found: " " + normalize("NFKC", found.group()), text)
        if _KEPT.search(text):
            text = "".join(p if _KEPT.fullmatch(p) else normalize("NFKC", p) for p in _KEPT.split(text))
        else:
            text = normalize("NFKC", text)
        text = text.translate(_ARABIC)
        text = _OTHER_DIGIT.sub(_ascii_digit, text)
    return " ".join(text.split())


def _ascii_digit(found: re.Match[str]) -> str:
    value = decimal(found.group(), None)
    return found.group() if value is None else str(value)


def unconsumed(tokens: Iterable[Token], text: str) -> str:
    """The piece of a text from the first to the last of some tokens."""
    found = list(tokens)
    return text[found[0].start : found[-1].end] if found else ""
