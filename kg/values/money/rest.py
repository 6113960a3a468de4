"""Unknown words that say nothing of an amount: 65億ドル*を充当*, 3,000円（*事前登録*）.

Only for languages whose table says what may compare (``risky`` of ``[label]``): words with
that in them, or with what denies, stay unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import compares, denies
from kg.values.money.compounds import is_within_word
from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import ends
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_COUNTED: Final = (NUMBERS - {"join", "article"}) | CURRENCIES
_SAYING_NOTHING: Final = frozenset({"unknown", "label", "filler", "change", "each", "country"})
_WORDS: Final = re.compile(r"(?:[^\W\d_]| )+")
_LONGEST: Final = 24
_UNTIL: Final = "まで"
"""It may say how far something rose: 100億円まで上がった."""
_STOPS: Final = frozenset("。、")
_FIRST: Final = re.compile("[一二三四五六七八九十百千万]")


def without_rest(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with unknown words behind the amount as labels: 100億円*を誘致*, 65億ドル相当*の株式交換*.

    A particle of the list ``then`` (of ``[label]``) must join them to it.
    """
    end = len(tokens)
    while end and not _is_of_amount(tokens, end - 1):
        end -= 1
    first = next((at for at in range(end, len(tokens)) if tokens[at].kind == "unknown"), 0)
    while first > end and _FIRST.fullmatch(tokens[first - 1].text):
        first -= 1
    joined = any(token.text.endswith(ends("then")) for token in tokens[end:first] if token.text != _UNTIL)
    if not (end and first and joined and _say_nothing(tokens[first:], language)):
        return tokens
    return [*tokens[:first], *map(_label, tokens[first:])]


def _is_of_amount(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a number, a currency or the end of brackets, no part of a word as the 一 of 一大."""
    if tokens[at].kind == "close":
        return True
    within = _FIRST.fullmatch(tokens[at].text) and [t.kind for t in tokens[at + 1 : at + 2]] == ["unknown"]
    return tokens[at].kind in _COUNTED and not (within or is_within_word(tokens, at))


def without_asides(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with unknown words in brackets as labels, if nothing else stands there."""
    found = list(tokens)
    start = 0
    for at, token in enumerate(tokens):
        if token.kind == "open":
            start = at + 1
        elif token.kind == "close":
            inner = tokens[start:at]
            if any(part.kind == "unknown" for part in inner) and _say_nothing(inner, language):
                found[start:at] = map(_label, inner)
    before = next((at for at, token in enumerate(tokens) if token.kind == "open"), 0)
    head = tokens[:before]
    if (
        tokens[-1].kind == "close"
        and any(token.kind == "unknown" for token in head)
        and _say_nothing(head, language)
    ):
        found[:before] = map(_label, head)  # 小型（100億円）
    return found


def _say_nothing(tokens: Sequence[Token], language: str) -> bool:
    """Whether words are none that may say something of the amount."""
    words = with_gaps([token for token in tokens if token.text not in _STOPS]).lower()
    if len(words) > _LONGEST or not _WORDS.fullmatch(words) or denies(words) or compares(words, language):
        return False
    return all(token.kind in _SAYING_NOTHING or _FIRST.fullmatch(token.text) for token in tokens)


def _label(token: Token) -> Token:
    known = token.kind in {"change", "each", "label", "filler"}
    return token if known else token._replace(kind="label", value=token.text)
