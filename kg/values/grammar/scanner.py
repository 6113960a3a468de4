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
    from collections.abc import Mapping, Sequence

LONGEST: Final = 1_000
"""Characters of an expression."""
_CJK: Final = "々〇\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
NUMBER: Final = (
    r"(?:[0-9]+ ?)?[0-9]+⁄[0-9]+"
    r"|(?:[0-9]+ )?(?:1/2|[12]/3|[13]/4)(?![0-9/.,])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?| ?[x×*] ?10 ?\^ ?-?)[0-9]{1,2}(?![^\W_]|[.,][0-9])"
    r"|[0-9]+(?:[.,'’][0-9]+)*(?:[.,][-–—]{1,2}(?![0-9]))?"
    r"|(?<![^\W\d_])\.[0-9]+(?![.,]?[0-9])"
)
_REST: Final = rf"[{_CJK}]|(?:(?![{_CJK}])[^\W\d_])+|\S"
_ATOM: Final = re.compile(rf"( ?)({NUMBER}|{_REST})")
"""A space before it, and a number, a character of CJK, a word of other letters, or a sign."""
_DATED: Final = "|".join(
    rf"[0-9]{{1,4}} ?{sign} ?[0-9]{{1,2}} ?{sign} ?(?:[0-9]{{4}}|[0-9]{{1,2}})(?![0-9]){end}"
    rf"|[0-9]{{4}}{sign} ?[0-9]{{1,2}}(?![0-9]){end}|[0-9]{{1,2}}{sign}[0-9]{{4}}(?![0-9])"
    for sign, end in ((r"\.", r"\.?"), ("/", ""), ("-", ""))
)
DATE_ATOM: Final = re.compile(rf"( ?)({_DATED}|[0-9]+|{_REST})")
"""The same, with days, months and years in digits as one atom."""
_FRACTION: Final = re.compile("[¼-¾⅐-⅞↉]")
_KEPT: Final = re.compile("([¹²³⁰-₟①-⓿])")
"""Digits that NFKC would join to those before them: 10² is not 102."""
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")
_ARABIC: Final = str.maketrans({"٫": ".", "٬": ",", "−": "-", "\u200b": "", "\ufeff": "", "\u2060": ""})

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


class _Phrases(NamedTuple):
    """The words of several atoms that begin with the same one."""

    sizes: tuple[int, ...]
    """Their numbers of atoms, the largest first."""
    senses: dict[tuple[str, ...], Senses]
    """Atoms, but for the first with the space before them -> senses."""


class Scanner:
    """The words of one language, for one type of value."""

    __slots__ = ("_atom", "_longer", "_single", "_split")

    def __init__(
        self,
        words: Mapping[str, Senses],
        compounds: Mapping[str, Senses] | None = None,
        atom: re.Pattern[str] = _ATOM,
    ) -> None:
        """Index ``words`` by their first atom; ``compounds`` may be written together (``fünfzigtausend``)."""
        self._atom = atom
        self._single: dict[str, Senses] = {}
        longer: dict[str, dict[tuple[str, ...], Senses]] = {}
        for word, senses in words.items():
            atoms = _with_spaces(atom.findall(word))
            if len(atoms) == 1:
                self._single[word] = senses
            elif atoms:
                longer.setdefault(atoms[0].lower(), {})[atoms] = senses
        self._longer = {
            first: _Phrases(tuple(sorted({len(atoms) for atoms in phrases}, reverse=True)), phrases)
            for first, phrases in longer.items()
        }
        self._split = _splitter(compounds) if compounds else None

    def scan(self, text: str) -> list[Token]:
        """The tokens of a normalized text."""
        found = self._atom.findall(text)
        tokens: list[Token] = []
        index, end, single, longer = 0, 0, self._single, self._longer
        while index < len(found):
            space, atom = found[index]
            start = end + len(space)
            senses = single.get(atom)
            lower = atom.lower()
            phrases = longer.get(lower)
            if phrases is not None and (phrase := _phrase(phrases, found, index)) is not None:
                senses, size = phrase
                end += sum(len(space) + len(atom) for space, atom in found[index : index + size])
                index += size
                tokens.append(Token(senses, text[start:end], start, end))
                continue
            index += 1
            end = start + len(atom)
            if senses is None:
                senses = single.get(lower)
            if senses is None:
                if atom[0].isdigit() or (atom[0] == "." and len(atom) > 1):
                    plain = self._atom is _ATOM or atom.isdigit()
                    senses = {"digits" if plain else "numeric": atom}
                elif self._split is not None and (parts := self._split(lower)):
                    tokens += (Token(part, word, start, end) for word, part in parts)
                    continue
                else:
                    senses = NONE
            tokens.append(Token(senses, atom, start, end))
        return tokens


def _phrase(phrases: _Phrases, found: list[tuple[str, str]], index: int) -> tuple[Senses, int] | None:
    """The longest phrase that begins here, and its number of atoms."""
    for size in phrases.sizes:
        here = found[index : index + size]
        if len(here) < size:
            continue
        atoms = _with_spaces(here)
        senses = phrases.senses.get(atoms) or phrases.senses.get(tuple(map(str.lower, atoms)))
        if senses is not None:
            return senses, size
    return None


def _with_spaces(found: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Atoms with the spaces before them, but for the first: "a $5" holds no ``a$``."""
    return tuple(atom if index == 0 else space + atom for index, (space, atom) in enumerate(found))


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
        if _FRACTION.search(text):
            text = _FRACTION.sub(lambda found: " " + normalize("NFKC", found.group()), text)
        if _KEPT.search(text):
            text = "".join(p if _KEPT.fullmatch(p) else normalize("NFKC", p) for p in _KEPT.split(text))
        else:
            text = normalize("NFKC", text)
        text = text.translate(_ARABIC)
        text = _OTHER_DIGIT.sub(_ascii_digit, text)
    return " ".join(text.split())


def _ascii_digit(found: re.Match[str]) -> str:
    return str(decimal(found.group()))
