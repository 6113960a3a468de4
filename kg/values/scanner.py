"""The one scanner: text -> tokens of a vocabulary.

It knows no language and no value type. At each place it takes a number, else the longest
word that the vocabulary has there, else a whole unknown word. Words in Latin letters are
taken whole and in any case of letters; words of other scripts and signs need no space
around them. Every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.values.characters import LONGEST_NAME, unreadable
from kg.values.vocabulary import Token, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

UNKNOWN: Final = "unknown"
NUMBER: Final = "digits"

_LATIN: Final = "A-Za-z\u00c0-\u024f"
_LATIN_WORD: Final = re.compile(f"[{_LATIN}]+")
_LATIN_PHRASE: Final = re.compile(f"[{_LATIN}]+(?: [{_LATIN}]+)*")
_UNKNOWN: Final = r"[^\W\d_]+|\S"

Phrases = dict[str, list[tuple[tuple[str, ...], Token]]]
"""First word -> the words that may follow, the longest first, with what they say together."""


@cache
def scanner(sections: tuple[str, ...], number: str, language: str) -> Callable[[str], list[Token]]:
    """A function that cuts a text into tokens of some sections of the vocabulary.

    ``number`` is the pattern of a number; words of ``language`` win where languages differ.
    The function raises ``Unreadable`` for a text that is longer than 1,000 characters. White
    space parts tokens and is no token.
    """
    vocabulary = words(sections, language)
    find = _pattern(sections, number)
    get = {word: token for word, token in vocabulary.items() if " " not in word}.get
    phrases = _phrases(vocabulary)

    def scan(text: str) -> list[Token]:
        if len(text) > LONGEST_NAME:
            raise unreadable("text-too-long", text, args={"length": len(text), "limit": LONGEST_NAME})
        found = find(text if text.isascii() else unicodedata.normalize("NFKC", text))
        tokens = []
        skip = 0
        for at, (digits, sign, word, other) in enumerate(found):
            if skip:
                skip -= 1
            elif digits:
                tokens.append(Token(NUMBER, digits, digits))
            elif sign:
                tokens.append(get(sign) or vocabulary[" ".join(sign.split()).lower()])
            elif word:
                small = word.lower()
                token = get(word) or get(small)
                if small in phrases:
                    token, skip = _phrase(phrases[small], found, at) or (token, 0)
                tokens.append(token or Token(UNKNOWN, word, word))
            else:
                tokens.append(Token(UNKNOWN, other, other))
        return tokens

    return scan


def _phrases(vocabulary: Mapping[str, Token]) -> Phrases:
    found: Phrases = defaultdict(list)
    for phrase, token in vocabulary.items():
        if " " in phrase and _LATIN_PHRASE.fullmatch(phrase):
            first, *rest = phrase.split(" ")
            found[first].append((tuple(rest), token))
    return {first: sorted(entries, key=lambda e: -len(e[0])) for first, entries in found.items()}


def _phrase(
    entries: list[tuple[tuple[str, ...], Token]], found: list[tuple[str, str, str, str]], at: int
) -> tuple[Token, int] | None:
    """The longest phrase that stands at a place, and how many words it goes on for."""
    for rest, token in entries:
        following = found[at + 1 : at + 1 + len(rest)]
        if tuple(word.lower() for _, _, word, _ in following) == rest:
            return token, len(rest)
    return None


@cache
def _pattern(sections: tuple[str, ...], number: str) -> Callable[[str], list[tuple[str, str, str, str]]]:
    """Cut a text into numbers, signs and words of scripts without spaces, Latin words, others."""
    signs = {word for word in words(sections) if not _LATIN_PHRASE.fullmatch(word)}
    cased = {cased for word in signs if word.islower() for cased in (word.capitalize(), word.upper())}
    return re.compile(f"({number})|({_alternatives(signs | cased)})|([{_LATIN}]+)|({_UNKNOWN})").findall


def _alternatives(spellings: Iterable[str]) -> str:
    """A pattern for words, the longest first, branched by first character for speed."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in spellings:
        by_first[word[0]].append(word[1:])
    branches = []
    for first, rests in sorted(by_first.items()):
        inner = "|".join(_ending(rest) for rest in sorted(rests, key=lambda r: (-len(r), r)))
        branches.append(f"{re.escape(first)}(?:{inner})" if inner else re.escape(first))
    return "|".join(branches)


def _ending(rest: str) -> str:
    """The rest of a word; a word ends neither amid Latin letters nor amid digits."""
    pattern = r"\s+".join(re.escape(part) for part in rest.split(" "))
    if not rest:
        return ""
    if rest[-1].isdigit():
        return f"{pattern}(?![0-9])"
    return f"{pattern}(?![{_LATIN}])" if _LATIN_WORD.fullmatch(rest[-1]) else pattern
