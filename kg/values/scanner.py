"""The one scanner: text -> tokens of a vocabulary.

It knows no language and no value type. At each place it takes a number, else the longest
word that the vocabulary has there, else a whole unknown word. Words of scripts that put
spaces between words are taken whole and in any case of letters; words of other scripts and
signs need no space around them. Every character is looked at a bounded number of times: as
often as there are lengths of words that begin in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.characters import LONGEST_NAME, unreadable
from kg.values.vocabulary import Token, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNKNOWN: Final = "unknown"
NUMBER: Final = "digits"

LETTERS: Final = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u058f\u0590-\u06ff\u1e00-\u1fff"
"""Letters of scripts with spaces between words: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic."""

_SPACE: Final = re.compile(r"[^\S ]|  ")
_LETTER: Final = re.compile(f"[{LETTERS}]")


class Lookup(NamedTuple):
    """A vocabulary made ready: words by their spelling, and the lengths to try by how a word begins."""

    words: Mapping[str, Token]
    lengths: Mapping[str, tuple[int, ...]]


def normal(text: str) -> str:
    """The text as it is scanned: NFKC, white space as single spaces; positions count in this one."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split()) if _SPACE.search(text) else text


@cache
def scanner(
    sections: tuple[str, ...], number: str, language: str, limit: int = LONGEST_NAME
) -> Callable[[str], list[Token]]:
    """A function that cuts a text into tokens of some sections of the vocabulary.

    ``number`` is the pattern of a number; words of ``language`` win where languages differ.
    The function raises ``Unreadable`` for a text of more than ``limit`` characters. White
    space parts tokens and is no token. Tokens say where they stand in the :func:`normal` text.
    """
    spelled, lengths = _lookup(sections, language)
    piece = re.compile(f"({number})|([{LETTERS}]+)|([^\\s])").match
    unknown = re.compile(r"[^\W\d_]+|\S").match
    lengths_of = lengths.get
    word_of = spelled.get

    def scan(text: str) -> list[Token]:
        if len(text) > limit:
            raise unreadable("text-too-long", text, args={"length": len(text), "limit": limit})
        text = normal(text)
        small = text.lower()
        if len(small) != len(text):  # a letter whose small form has two characters: İ
            small = text
        tokens: list[Token] = []
        at, end = 0, len(text)
        while at < end:
            if text[at] == " ":
                at += 1
                continue
            found = piece(text, at)
            if found is None:
                at += 1
                continue
            kind = found.lastindex
            stop = found.end()
            if kind == 1:
                digits = found.group()
                tokens.append(Token(NUMBER, digits, digits, at, stop))
                at = stop
                continue
            token = None
            for length in lengths_of(small[at:stop], ()):
                after = at + length
                token = word_of(text[at:after]) or word_of(small[at:after])
                if token is not None and not _cut(text, after, end):
                    tokens.append(Token(token.kind, token.value, token.text, at, after, token.language))
                    at = after
                    break
                token = None
            if token is None:
                if kind != 2:  # noqa: PLR2004 - the group of a word with spaces around it
                    stop = unknown(text, at).end()  # type: ignore[union-attr] # piece has matched
                tokens += _split(text[at:stop], at, word_of) or [
                    Token(UNKNOWN, text[at:stop], text[at:stop], at, stop)
                ]
                at = stop
        return tokens

    return scan


def _cut(text: str, at: int, end: int) -> bool:
    """Whether a place is amid a word with spaces around it, or amid digits."""
    if at >= end:
        return False
    before, after = text[at - 1], text[at]
    if before.isascii() and before.isdigit():
        return after.isascii() and after.isdigit()
    return _LETTER.match(before) is not None and _LETTER.match(after) is not None


def _split(word: str, at: int, word_of: Callable[[str], Token | None]) -> list[Token]:
    """``MUSD``, ``USDm``, ``bnEUR``: a multiple and a currency's code written as one word."""
    for cut in (len(word) - 3, 3):
        if not 0 < cut < len(word) or len(word) > 6:  # noqa: PLR2004 - "bln" and a code
            continue
        left, right = word[:cut], word[cut:]
        code, multiple = (right, left) if cut == len(word) - 3 else (left, right)
        first, second = word_of(code), word_of(multiple) or word_of(multiple.lower())
        if first is None or second is None or first.kind != "code" or second.kind != "multiple":
            continue
        named = {code: first, multiple: second}
        return [
            Token(*named[left][:3], at, at + cut, ""),
            Token(*named[right][:3], at + cut, at + len(word), ""),
        ]
    return []


@cache
def _lookup(sections: tuple[str, ...], language: str) -> Lookup:
    vocabulary = words(sections, language)
    lengths: dict[str, set[int]] = defaultdict(set)
    begin = re.compile(f"[{LETTERS}]+|.", re.DOTALL).match
    spelled: dict[str, Token] = {}
    for word, token in vocabulary.items():
        plain = normal(word)
        spelled.setdefault(plain, token)
        head = begin(plain.lower())
        assert head is not None, "a word of the vocabulary is not empty"
        lengths[head.group()].add(len(plain))
    return Lookup(spelled, {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()})
