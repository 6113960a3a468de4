"""One amount amid the words of a phrase: *raised* €22m *in fresh equity from existing shareholders*.

There must be one run of tokens with a number and a currency. What stands around it becomes labels, with the
numbers that are of something else (``aside``): *purchase of 30 aircraft worth* $4.4bn. The text is left as it
is, to be refused, if a word denies or compares (``kg.values.denials``), if a bound, a fraction or another
number stands where nobody can tell what it belongs to, or if the amount may be another one than it seems
(``mistaken``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.money.aside import set_aside
from kg.values.money.mistaken import is_another, is_part
from kg.values.money.side import CURRENCIES
from kg.values.money.stretches import amounts_in
from kg.values.money.telling import (
    TIMES,
    is_apart,
    listed,
    say_nothing,
)
from kg.values.vocabulary import of_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

KINDS: Final = frozenset({"unknown", "label"})
"""The kinds of token that are looked at here."""
_CLOSE: Final = 3
"""How many tokens beside an amount are close to it."""
_LONGEST: Final = 160


def amid_words(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with all that stands around the only amount as labels, if it says nothing of that."""
    if tokens[-1].end - tokens[0].start > _LONGEST:
        return tokens
    found = _parted(set_aside(tokens, language), language)
    if not found and _has_words(tokens):
        found = _parted(set_aside(tokens, language, remarks=True), language)
    return found or tokens


def _has_words(tokens: Sequence[Token]) -> bool:
    """Whether there are brackets, and words that are no labels yet, or dashes between spaces."""
    opened = next((at for at, token in enumerate(tokens) if token.kind == "open"), -1)
    if opened < 0:
        return False
    words = any(token.kind == "unknown" or _is_word_or_dash(tokens, at) for at, token in enumerate(tokens))
    inner = {token.kind for token in tokens[opened:]}
    dated = {"label", "digits"} <= inner and inner.isdisjoint(CURRENCIES | TIMES)  # (2월 3일 종가 기준)
    return words or dated


def _is_word_or_dash(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].kind != "range":
        return False
    return tokens[at].text.isalpha() or (0 < at < len(tokens) - 1 and is_apart(tokens, at))


def _parted(tokens: Sequence[Token], language: str) -> list[Token]:
    """The tokens with labels around the amount; none if there are more amounts, or words that tell."""
    runs = amounts_in(tokens)
    if len(runs) != 1:
        return []
    [run] = runs
    before, amount, after = tokens[: run.start], tokens[run.start : run.stop], tokens[run.stop :]
    if TIMES.isdisjoint(token.kind for token in amount[:2]) and is_part(before):
        return [before[0]._replace(kind="unknown"), *tokens[1:]]
    if after and (after[0].text in _onwards() or (len(after) == 1 and after[0].text in listed("onwards"))):
        return [*before, *amount, after[0]._replace(kind="unknown"), *after[1:]]
    close = range(len(before) - _CLOSE, len(before)), range(_CLOSE)
    if not all(map(say_nothing, (before, after), (language, language), close)) or _is_open(after):
        return []
    if any(token.text.lower() in listed("risky-before") for token in before):
        return []
    if is_another(before, amount, after):
        return []
    own = int(bool(after) and after[0].kind == "country" and after[0].text.isascii())  # $45m Canadian
    return [*map(_label, before), *amount, *after[:own], *map(_label, after[own:])]


def _is_open(after: Sequence[Token]) -> bool:
    """Whether a word for a range ends the text, as から does: 月額2,980円(税込)から."""
    return bool(after) and after[-1].kind == "range" and after[-1].text in listed("onwards")


@of_tables
def _onwards() -> frozenset[str]:
    """The words for a range that join a noun: 980円からのプラン."""
    return frozenset(word + of for word in listed("onwards") for of in listed("of") if not of.isascii())


def _label(token: Token) -> Token:
    if token.kind in {"label", "filler", "change"}:
        return token
    return token._replace(kind="filler" if token.kind == "article" else "label")
