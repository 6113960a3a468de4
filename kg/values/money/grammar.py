"""The grammar of amounts in text.

    text     = interval [conversion]
    conversion = "(" interval ")" | "or" interval     the same amount in another currency
    interval = side [range side]                      see kg.values.interval.sides
    side     = marks, one numeral, currency before or after it, cents, "대"

The words are in the vocabulary, so this holds for every language that has a table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.values.characters import checked, unreadable
from kg.values.interval.sides import spread
from kg.values.money import simple
from kg.values.money.amounts import amount
from kg.values.money.cutting import tokens as cut
from kg.values.money.faults import fault
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS

_IN_ACCOUNTS: Final = CURRENCIES | KINDS

if TYPE_CHECKING:
    from kg.values.money.meaning import Money
    from kg.values.vocabulary import Token


def read(text: str, language: str = "") -> Money:
    """The amount that a text says: the whole text, no word of it passed over in silence.

    Raises ``Unreadable``: ``money-no-amount`` where the text says that none is known
    (``undisclosed``, ``수백억원``), else what could not be read.

    >>> money = read("$15-25bn")
    >>> money.min, money.max, money.currency, money.assumed
    (15000000000, 25000000000, 'USD', '$')
    """
    checked(text)
    return simple.read(text, language) or read_tokens(cut(text, language), text, language)


def read_tokens(tokens: list[Token], text: str, language: str) -> Money:
    """The amount that tokens say; ``text`` is what they were cut from. Raises ``Unreadable``."""
    kinds = [token.kind for token in tokens]
    if "digit" in kinds:
        tokens = spread(tokens)
        kinds = [token.kind for token in tokens]
    main: list[Token] = tokens
    inner: list[Token] = []
    if "open" in kinds or "close" in kinds:
        main, inner = _brackets(tokens, kinds, text)
    elif "convert" in kinds:
        main, inner = _conversion(tokens, kinds)
    found = amount(main, text, language, text.strip())
    converted = _converted(inner, found, text, language) if inner else None
    return found if converted is None else replace(found, converted=converted)


def _converted(tokens: list[Token], first: Money, text: str, language: str) -> Money | None:
    """The second amount; the same one again, as contracts have it, is none."""
    if not any(token.kind in CURRENCIES for token in tokens):
        try:
            again = amount([*tokens, _code(first.currency)], text, language)
        except Unreadable as error:
            raise unreadable("money-two-amounts", text) from error
    else:
        again = amount(tokens, text, language)
    if again.currency != first.currency:
        return again
    repeats = again.min == again.max and again.min in {first.min, first.max}  # 不超过30亿元(含30亿元)
    if not repeats and (again.min, again.max) != (first.min, first.max):
        raise unreadable("money-two-amounts", text)
    return None


def _code(currency: str) -> Token:
    from kg.values.vocabulary import Token  # noqa: PLC0415 - at run time only here

    return Token("code", currency, currency)


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
    if not any(token.kind in KINDS for token in outer):
        return outer + inner, []
    return outer, inner


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
