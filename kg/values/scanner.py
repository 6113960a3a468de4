"""The one scanner: text -> tokens of a vocabulary.

It knows no language and no value type. At each place it takes a number, else the longest
word that the vocabulary has, else a whole unknown word. Every character is looked at a
bounded number of times: the longest word of the vocabulary, at most.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.values.characters import LONGEST_NAME, unreadable
from kg.values.vocabulary import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

UNKNOWN: Final = "unknown"
NUMBER: Final = "digits"

_LATIN: Final = "A-Za-z\u00c0-\u024f"
_UNKNOWN: Final = r"[^\W\d_]+|\S"
_ASCII_WORD: Final = re.compile(f"[{_LATIN}]")

Scan = "Callable[[str], list[Token]]"


def normal(text: str) -> str:
    """The text as the vocabulary spells it: full-width forms and the like made plain (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def scanner(vocabulary: Mapping[str, Token], number: str) -> Callable[[str], list[Token]]:
    """A function that cuts a text into tokens; ``number`` is the pattern of a number.

    Raises ``Unreadable`` for a text that is longer than 1,000 characters. White space parts
    tokens and is no token; within a word of the vocabulary it may be any run of white space.
    """
    find = re.compile(f"({number})|({_alternatives(vocabulary)})|({_UNKNOWN})").findall
    get = vocabulary.get

    def scan(text: str) -> list[Token]:
        if len(text) > LONGEST_NAME:
            raise unreadable("text-too-long", text, args={"length": len(text), "limit": LONGEST_NAME})
        tokens = []
        for digits, word, other in find(normal(text)):
            if digits:
                tokens.append(Token(NUMBER, digits, digits))
            elif word:
                tokens.append(get(word) or vocabulary[" ".join(word.split())])
            else:
                tokens.append(Token(UNKNOWN, other, other))
        return tokens

    return scan


def _alternatives(spellings: Iterable[str]) -> str:
    """A pattern for all words, the longest first, branched by first character for speed."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in spellings:
        by_first[word[0]].append(word[1:])
    branches = []
    for first, rests in sorted(by_first.items()):
        inner = "|".join(_ending(first, rest) for rest in sorted(rests, key=lambda r: (-len(r), r)))
        branches.append(f"{re.escape(first)}(?:{inner})")
    return "|".join(branches)


def _ending(first: str, rest: str) -> str:
    """The rest of a word; one in Latin letters does not end amid such letters."""
    pattern = r"\s+".join(re.escape(part) for part in rest.split(" "))
    last = (first + rest)[-1]
    return f"{pattern}(?![{_LATIN}])" if _ASCII_WORD.fullmatch(last) else pattern
