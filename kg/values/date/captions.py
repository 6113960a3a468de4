"""Captions before a date: 臨時報告書提出日：2025年3月14日.

In a language without spaces a gap or a colon parts a caption from its date, as in a table. Words that are
not known say nothing there; what says a direction, a part or a bound is known, and makes it no caption.
The date must have its year, since a number after a caption may count days: 締結後 90日.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.date.written_out import YEAR_LENGTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_SAYS_NOTHING: Final = frozenset(
    {
        *("unknown", "label", "filler", "unit", "term", "time", "clock", "lasting"),
        *("open", "close", "of", "ordinal-mark"),
    }
)
_COUNTS: Final = frozenset({"count", "power"})
_WORD: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff々〆・()]+")
_COLON: Final = ":"
_LONGEST: Final = 32


def without_caption(tokens: list[Token]) -> list[Token]:
    """The tokens without an unknown caption at their beginning."""
    end = _end(tokens)
    words = "".join(token.text for token in tokens[:end] if token.text != _COLON)
    known = not any(token.kind in {"unknown", "unit"} for token in tokens[:end])
    return tokens if known or len(words) > _LONGEST or not _WORD.fullmatch(words) else tokens[end:]


def _end(tokens: Sequence[Token]) -> int:
    """How many tokens stand before the gap or colon that a year follows; 0 if there is no such thing."""
    for at in range(1, len(tokens)):
        if tokens[at - 1].kind not in _SAYS_NOTHING and not _is_within_word(tokens, at - 1):
            return 0
        parted = tokens[at - 1].text == _COLON or tokens[at - 1].end < tokens[at].start
        if parted and _is_year(tokens[at]):
            return at
    return 0


def _is_within_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number in words is a part of a longer word, as the 三 of 第三者."""
    after = tokens[at + 1]
    return tokens[at].kind in _COUNTS and after.kind == "unknown" and after.start == tokens[at].end


def _is_year(token: Token) -> bool:
    """Whether a token begins a date that has its year."""
    long = token.kind == "digits" and token.text[:YEAR_LENGTH].isdigit() and len(token.text) >= YEAR_LENGTH
    return long or token.kind in {"era", "starting"}
