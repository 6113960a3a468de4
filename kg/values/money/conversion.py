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
_REMARKS: Final = frozenset({"filler", "label"})
_UNIT: Final = CURRENCIES | {"group", "scale", "multiple", "filler"}


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
    if "label" in kinds or "filler" in kinds:
        tokens = _without_remarks(tokens, kinds)
        kinds = [token.kind for token in tokens]
        if "open" not in kinds and "close" not in kinds:
            return _conversion(tokens, kinds) if "convert" in kinds else (tokens, [])
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
    if _is_unit(inner, tokens[:start]):
        # "12,345.67（万元）": what is counted
        scales = [token for token in inner if token.kind in KINDS]
        names = [token for token in inner if token.kind not in KINDS]
        return tokens[:start] + scales + names + tokens[end + 1 :], []
    if not any(token.kind in KINDS for token in outer):
        return outer + inner, []
    return outer, inner


def _without_remarks(tokens: list[Token], kinds: list[str]) -> list[Token]:
    """The tokens without brackets that hold mere words: （含本数）, （人民币，下同）is none."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = kinds.index("close", at) if kinds[at] == "open" and "close" in kinds[at:] else at
        if end > at + 1 and set(kinds[at + 1 : end]) <= _REMARKS:
            at = end
        else:
            found.append(tokens[at])
        at += 1
    return found


def _is_unit(inner: list[Token], before: list[Token]) -> bool:
    """Whether brackets hold scales and a currency, and a mere number stands before them."""
    kinds = {token.kind for token in inner}
    last = before[-1].kind if before else ""
    named = any(token.kind in CURRENCIES for token in before)
    return last == "digits" and not named and bool(kinds & CURRENCIES) and kinds <= _UNIT


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
