"""Rates of exchange beside an amount: ``1,500億円(1米ドル=150円で換算)``.

A rate says at which price one unit of a currency was counted, and is no amount itself. So does what
follows a word for it (the list ``rate`` of ``[label]``): ``약 2900억원(환율 1450원 기준)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import rate_names, rated
from kg.values.numeral import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_EQUALS: Final = frozenset({"=", "≒"})
_WITH_CURRENCY: Final = frozenset({"label", "convert", "convert-about"})
_ONE: Final = "1"
_CENTS: Final = ("digits", "subunit")


def without_rates(tokens: list[Token]) -> list[Token]:
    """The tokens with each rate as one token that says nothing, unless there is nothing else."""
    if not any(token.text == _ONE or token.text.endswith(rate_names()) for token in tokens):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _rate(tokens, at)
        if end > at:
            rate = tokens[at : end + 1]
            text = " ".join(token.text for token in rate)
            found.append(tokens[at]._replace(kind="filler", value=text, text=text, end=rate[-1].end))
            at = end + 1
        else:
            found.append(tokens[at])
            at += 1
    return found if any(token.kind in KINDS for token in found) else tokens


def _rate(tokens: Sequence[Token], at: int) -> int:
    """Where the last token of a rate stands that begins here; ``at`` if none does."""
    if tokens[at].kind == "label" and tokens[at].text.endswith(rate_names()):
        return max(at, _priced(tokens, at + 1) - 1)
    first = _one_unit(tokens, at)
    if not first or first >= len(tokens):
        return at
    equals = tokens[first].text in _EQUALS
    second = first + equals
    if equals and second < len(tokens) and tokens[second].kind == "approximate":
        second += 1
    end = (_priced(tokens, second) if equals else 0) or _counted(tokens, second)
    if not end:
        return at
    if tuple(token.kind for token in tokens[end : end + 2]) == _CENTS:
        end += 2
    return end - 1


def _one_unit(tokens: Sequence[Token], at: int) -> int:
    """Where one unit of a currency ends that begins here, or 0."""
    end = _priced(tokens, at)
    return end if any(token.text == _ONE for token in tokens[at:end]) else 0


def _priced(tokens: Sequence[Token], at: int) -> int:
    """Where digits with a currency beside them end, either of which begins here, or 0."""
    kinds = [token.kind for token in tokens[at : at + 2]]
    both = len(kinds) == len(_CENTS) and "digits" in kinds and any(kind in CURRENCIES for kind in kinds)
    return at + 2 if both else 0


def _counted(tokens: Sequence[Token], at: int) -> int:
    """Where digits end whose currency is within the word after them, or 0: 150円換算."""
    price, word = tokens[at : at + 1], tokens[at + 1 : at + 2]
    if not word or price[0].kind != "digits":
        return 0
    return at + 1 if word[0].kind in _WITH_CURRENCY and word[0].text.startswith(rated()) else 0
