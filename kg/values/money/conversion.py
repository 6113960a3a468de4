"""Which tokens of a text are the amount, and which the same amount in another currency.

conversion = "(" interval ")" | "or" interval
"""

from __future__ import annotations

from typing import Final

from kg.values.characters import unreadable
from kg.values.interval.sides import spread
from kg.values.money.faults import fault
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS
from kg.values.vocabulary import Token

_IN_ACCOUNTS: Final = CURRENCIES | KINDS
_UNIT: Final = frozenset({"filler", "multiple"}) | CURRENCIES


def parts(tokens: list[Token], text: str) -> tuple[list[Token], list[Token]]:
    """The tokens of the amount, and those of the same amount in another currency; raises ``Unreadable``."""
    kinds = [token.kind for token in tokens]
    if "digit" in kinds:
        tokens = spread(tokens)
        kinds = [token.kind for token in tokens]
    if "open" in kinds or "close" in kinds:
        return _brackets(tokens, kinds, text)
    return _conversion(tokens, kinds) if "convert" in kinds else (tokens, [])


def in_currency(tokens: list[Token], currency: str) -> list[Token]:
    """The tokens of an amount in brackets, with the currency of the first one if they name none."""
    if any(token.kind in CURRENCIES for token in tokens):
        return tokens
    return [*tokens, Token("code", currency, currency)]


def _brackets(tokens: list[Token], kinds: list[str], text: str) -> tuple[list[Token], list[Token]]:
    """The tokens outside and inside of brackets."""
    if kinds.count("open") != 1 or kinds.count("close") != 1 or kinds.index("open") > kinds.index("close"):
        raise fault(tokens, text)
    start, end = kinds.index("open"), kinds.index("close")
    inner = [token for token in tokens[start + 1 : end] if token.kind != "convert"]
    outer = tokens[:start] + tokens[end + 1 :]
    if not outer:
        if tokens[start].text == "(" and {token.kind for token in inner} <= _IN_ACCOUNTS:
            raise unreadable("money-unreadable", text)  # "($3.5 million)" may be below zero
        return inner, []
    if not any(kind in KINDS for kind in kinds[start:end]):
        # "$15bn (USD)": no second amount, but the currency of the first
        return outer + inner, []
    if not any(token.kind in KINDS for token in outer) or _says_unit(inner):
        return outer + inner, []
    return outer, inner


def _says_unit(tokens: list[Token]) -> bool:
    """``$12,345 (in thousands)``: what the number counts in, not a second one."""
    return {token.kind for token in tokens} <= _UNIT and [t.kind for t in tokens].count("multiple") == 1


def _conversion(tokens: list[Token], kinds: list[str]) -> tuple[list[Token], list[Token]]:
    """``$15bn, or about 21 trillion won``: what stands before and after the word."""
    if kinds.count("convert") != 1:
        return tokens, []
    at = kinds.index("convert")
    halves = (tokens[:at], tokens[at + 1 :])
    if all(any(t.kind in KINDS for t in half) and any(t.kind in CURRENCIES for t in half) for half in halves):
        return halves
    if any(token.kind in KINDS for token in halves[0]):
        return tokens, []
    return tokens[:at] + tokens[at + 1 :], []
