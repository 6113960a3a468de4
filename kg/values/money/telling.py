"""Whether words around an amount say something of it: that it is none, a part, more than another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import compares, denies
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS
from kg.values.vocabulary import of_tables, tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

WORDS: Final = frozenset({"unknown", "label", "filler", "country", "change"})
LINKS: Final = frozenset({"article", "join", "range", "from"})
"""Kinds of words and signs that are parts of an amount only between two of its tokens."""
NUMBERS: Final = KINDS - {"article", "join"}
VALUES: Final = NUMBERS | CURRENCIES
TIMES: Final = frozenset({"multiple", "scale", "group", "half"})
MARKS: Final = frozenset({"bound", "approximate", "until"})
COUNTED: Final = "counted"
"""The value of a label that is a number of something."""
ASIDE: Final = "aside"
"""The value of a label that would say something of an amount, but is of another word: *near* Rome."""
_SURE: Final = frozenset({COUNTED, ASIDE})
_WORD: Final = re.compile(r"(?:[^\W\d_]|[-'’&.,;:/!?“”\"()、。·・「」『』《》]| )+")


def say_nothing(tokens: Sequence[Token], language: str, near: range | None = None) -> bool:
    """Whether tokens beside the amount are words that say nothing of it.

    ``near`` are those close to it, all if that is not said: some words (the list ``near``) tell there only.
    """
    unknown: list[Token] = []
    close: list[Token] = []
    for at, token in enumerate(tokens):
        word = token.text.lower()
        if token.kind not in LINKS and token.kind not in WORDS:
            return False
        apart = near is not None and at not in near
        if apart and word in listed("near") and not _leads_on(tokens, at):
            continue
        if token.kind == "unknown" and word not in listed("parts"):
            if denies(word) or word.endswith(_multiplying()) or (at and _denies_after(tokens[at - 1], token)):
                return False
            unknown.append(token)
            if not apart:
                close.append(token)
        elif token.kind in WORDS and token.value not in _SURE and _is_risky(word, language):
            return False
    return not _tell(unknown, language, far=True) and not _tell(close, language)


def _tell(tokens: Sequence[Token], language: str, *, far: bool = False) -> bool:
    words = with_gaps(tokens).lower()
    if not words:
        return False
    return _WORD.fullmatch(words) is None or denies(words) or compares(words, language, far=far)


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word says of what it is a part: half of the company's $5m fund."""
    return any(token.text in listed("of") for token in tokens[at + 1 : at + 2])


def _is_risky(word: str, language: str) -> bool:
    return word in listed("risky") and compares(word, language)


def tells(words: str, language: str) -> bool:
    """Whether words may say something of an amount."""
    return denies(words) or compares(words, language)


@of_tables
def _multiplying() -> tuple[str, ...]:
    return tuple(sorted(listed("times-end")))


@of_tables
def listed(name: str) -> frozenset[str]:
    """The words of a list of ``[label]``, of all languages."""
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get(name, ()))


def glues(word: str) -> bool:
    """Whether a word makes the share after an amount one of it, without spaces: 5억원의 30%."""
    return word in listed("of") and not word.isascii()


def is_glued(before: Token, after: Token) -> bool:
    """Whether two tokens are letters and digits without a space between them."""
    return before.end == after.start and before.text[-1].isalnum() and after.text[0].isalnum()


def is_apart(tokens: Sequence[Token], at: int) -> bool:
    """Whether spaces stand on both sides of a token: 3,500억원 - 2027년."""
    return tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def is_one_word(before: Token, after: Token) -> bool:
    """Whether two tokens are written as one word in Latin letters and digits: ₹14L."""
    return is_glued(before, after) and before.text[-1].isascii() and after.text[0].isascii()


def _denies_after(label: Token, token: Token) -> bool:
    """Whether a lone character makes a label a denial: 変更前."""
    return len(token.text) == 1 and denies(label.text + token.text) and not denies(label.text)
