"""Captions before an amount: 出演料 100万円, 訴訟関連費：1億円.

In a language without spaces a gap or a colon parts a caption from its amount, as in a table. Words that
are not known say nothing there; what denies, bounds or counts is known, and makes it no caption.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.money.compounds import denies, is_within_word
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_SAYS_NOTHING: Final = frozenset({"unknown", "label", "filler", "country", "change", "band"})
_AMOUNT: Final = (NUMBERS - {"article"}) | CURRENCIES | {"approximate", "bound", "minus"}
_WORD: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff々〆・()]+")
_COLON: Final = ":"
_LONGEST: Final = 32


def captioned(tokens: list[Token]) -> list[Token]:
    """The tokens with an unknown caption at their beginning as one label."""
    end = _end(tokens)
    words = "".join(token.text for token in tokens[:end] if token.text != _COLON)
    if not end or not any(token.kind == "unknown" for token in tokens[:end]):
        return tokens
    if len(words) > _LONGEST or not _WORD.fullmatch(words) or denies(words):
        return tokens
    return [tokens[0]._replace(kind="label", value=words, text=words, end=tokens[end - 1].end), *tokens[end:]]


def _end(tokens: Sequence[Token]) -> int:
    """How many tokens stand before the gap or colon that an amount follows; 0 if there is no such thing."""
    for at in range(1, len(tokens)):
        if tokens[at - 1].kind not in _SAYS_NOTHING and not is_within_word(tokens, at - 1):
            return 0
        parted = tokens[at - 1].text == _COLON or tokens[at - 1].end < tokens[at].start
        if parted and tokens[at].kind in _AMOUNT:
            return at
    return 0
