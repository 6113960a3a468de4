"""Taxes on top of an amount, which are no bound of it: ``€6.56 + VAT``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.values.interval.side import MINUS
from kg.values.money.vocabulary import plus, taxes

if TYPE_CHECKING:
    from kg.values.vocabulary import Token


def with_tax(tokens: list[Token]) -> list[Token]:
    """``€6.56 + VAT``: a tax on top is no bound; nor is another amount: ``$5m plus expenses``."""
    if not any(token.text in plus() for token in tokens):
        return tokens
    return [_with_more(tokens, at) for at in range(len(tokens))]


def _with_more(tokens: list[Token], at: int) -> Token:
    token, following = tokens[at], tokens[at + 1 : at + 2]
    if token.text not in plus() or not following or following[0].kind not in {"label", "until"}:
        return token
    if _is_tax(following):
        return token._replace(kind="filler")
    hyphened = token.text == "+" or (at > 0 and tokens[at - 1].text in MINUS)  # a $1.5bn-plus takeover
    return token if hyphened else token._replace(kind="unknown")


def _is_tax(following: list[Token]) -> bool:
    return bool(following) and following[0].kind == "label" and following[0].text in taxes()
