"""Captions before an amount: 出演料 100万円, 訴訟関連費：1億円."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.captions import caption
from kg.values.denials import denies
from kg.values.money.compounds import is_within_word
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import habit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_SAYS_NOTHING: Final = frozenset({"unknown", "label", "filler", "country", "change", "band"})
_AMOUNT: Final = (NUMBERS - {"article"}) | CURRENCIES | {"approximate", "bound", "minus", "each"}


def captioned(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with an unknown caption at their beginning as one label."""
    end, words = caption(
        tokens, _may_be_within, lambda token: token.kind in _AMOUNT, gaps=not habit("spaced", language)
    )
    if denies(words) or not any(token.kind == "unknown" for token in tokens[:end]):
        return tokens
    return [tokens[0]._replace(kind="label", value=words, text=words, end=tokens[end - 1].end), *tokens[end:]]


def _may_be_within(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind in _SAYS_NOTHING or is_within_word(tokens, at)
