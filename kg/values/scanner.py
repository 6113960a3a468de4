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
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.characters import LONGEST_NAME, unreadable
from kg.values.vocabulary import Token, of_tables, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNKNOWN: Final = "unknown"
NUMBER: Final = "digits"

LETTERS: Final = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u058f\u0590-\u06ff\u1e00-\u1fff"
"""Letters of scripts with spaces between words: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic."""

_SPACE: Final = re.compile(r"[^\S ]|  ")
_UNKNOWN: Final = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|.", re.DOTALL)
"""What is taken of an unknown word at once; of Kana and Han a character, as words stand close there."""
_VULGAR: Final = re.compile("(?<=[0-9])[¼-¾⅐-⅞]")
"""A fraction in one character, right after digits: 2½ must not become 21/2."""
_WORD: Final = 2
_LETTER: Final = re.compile(f"[{LETTERS}]")


class Lookup(NamedTuple):
    """A vocabulary made ready: words by their spelling, and the lengths to try by how a word begins."""

    words: Mapping[str, Token]
    lengths: Mapping[str, tuple[int, ...]]


def normal(text: str) -> str:
    """The text as it is scanned: NFKC, white space as single spaces; positions count in this one."""
    if not text.isascii():
        if _VULGAR.search(text):
            text = _VULGAR.sub(lambda found: f" {found.group()}", text)
        text = unicodedata.normalize("NFKC", text.replace("…", " … "))
    return " ".join(text.split()) if _SPACE.search(text) else text


@of_tables
def scanner(
    sections: tuple[str, ...], number: str, language: str, limit: int = LONGEST_NAME
) -> Callable[[str], list[Token]]:
    """A function that cuts a text into tokens of some sections of the vocabulary.

    ``number`` is the pattern of a number; words of ``language`` win where languages differ.
    The function raises ``Unreadable`` for a text of more than ``limit`` characters. White
    space parts tokens and is no token. Tokens say where they stand in the :func:`normal` text.
    """
    lookup = _lookup(sections, language)
    piece = re.compile(f" *(?:({number})|([{LETTERS}]+)|([^ ]))").match

    def scan(text: str) -> list[Token]:
        if len(text) > limit:
            raise unreadable("text-too-long", text, args={"length": len(text), "limit": limit})
        text = normal(text)
        small = text.lower()
        if len(small) != len(text):  # a letter whose small form has two characters: İ
            small = text
        spellings = (text,) if small == text else (text, small)
        tokens: list[Token] = []
        found = piece(text)
        while found is not None:
            kind = found.lastindex or 0
            start, at = found.span(kind)
            if kind == 1:
                digits = text[start:at]
                tokens.append(Token(NUMBER, digits, digits, start, at))
            else:
                token = _known(lookup, spellings, start, at)
                more = [token] if token else _other(lookup, text, start, at if kind == _WORD else 0)
                tokens += more
                at = more[-1].end
            found = piece(text, at)
        return tokens

    return scan


def _known(lookup: Lookup, spellings: tuple[str, ...], start: int, stop: int) -> Token | None:
    """The longest word of the vocabulary that stands at a place; a first word goes on to ``stop``.

    ``spellings`` are the text, and the text in small letters where that is another one.
    """
    for length in lookup.lengths.get(spellings[-1][start:stop], ()):
        end = start + length
        for text in spellings:
            token = lookup.words.get(text[start:end])
            if token is not None:
                if _cut(text, end):
                    break
                return Token(token.kind, token.value, token.text, start, end, token.language)
    return None


def _other(lookup: Lookup, text: str, start: int, stop: int) -> list[Token]:
    """A word that is not in the vocabulary; ``stop`` is its end, 0 if that is not known yet."""
    if not stop:
        found = _UNKNOWN.match(text, start)
        stop = start + 1 if found is None else found.end()
    word = text[start:stop]
    return _split(word, start, lookup.words.get) or [Token(UNKNOWN, word, word, start, stop)]


def _cut(text: str, at: int) -> bool:
    """Whether a place is amid a word with spaces around it, or amid digits."""
    if at >= len(text) or text[at] == " ":
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


@of_tables
def _lookup(sections: tuple[str, ...], language: str) -> Lookup:
    vocabulary = words(sections, language)
    lengths: dict[str, set[int]] = defaultdict(set)
    begin = re.compile(f"[{LETTERS}]+|.", re.DOTALL).match
    spelled: dict[str, Token] = {}
    for word, token in vocabulary.items():
        plain = normal(word)
        spelled.setdefault(plain, token)
        head = begin(plain.lower())
        if head is not None:
            lengths[head.group()].add(len(plain))
    return Lookup(spelled, {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()})
