"""A country's name beside that of a currency says which one is meant.

``UAE 디르함``, ``印ルピー``, ``ペソ(フィリピン)``; alone it says nothing, but who before an amount
in a currency that has one meaning: ``印度100亿美元``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import family
from kg.values.numeral import KINDS as NUMBERS
from kg.values.numeral import NUMBER
from kg.values.scanner import scanner

if TYPE_CHECKING:
    from kg.values.vocabulary import Token


_DOT: Final = "・"
_SURE: Final = frozenset({"currency", "code"})


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with countries joined to the currencies after them; alone they say nothing."""
    found: list[Token] = []
    for at, token in enumerate(tokens := _cents_of(_named_after(tokens))):
        before = found[-1] if found else None
        if token.text == _DOT and _is_country_of(before, tokens[at + 1 : at + 2]):
            continue
        if before is not None and before.kind == "country" and _may_be(token, before.value):
            found[-1] = before._replace(kind="currency", end=token.end)
        else:
            found.append(token)
    sure = all(token.kind in _SURE for token in found if token.kind in CURRENCIES)
    return [part for at in range(len(found)) for part in _alone(found, at, sure=sure)]


def _alone(tokens: list[Token], at: int, *, sure: bool) -> list[Token]:
    """``印度100亿美元``: a country before a number whose currency it can't be meant for says only who."""
    token = tokens[at]
    if token.kind != "country":
        return [token]
    if sure and at + 1 < len(tokens) and tokens[at + 1].kind == "digits":
        return [token._replace(kind="label")]
    return _number_in(token)


def _cents_of(tokens: list[Token]) -> list[Token]:
    """``US10.0 cents``: the country before the number whose cents are meant."""
    for at, (country, digits, cents) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        kinds = (country.kind, digits.kind, cents.kind)
        if kinds == ("country", "digits", "subunit") and country.value in (cents.value, *family(cents.value)):
            return [*tokens[:at], digits, cents._replace(value=country.value), *tokens[at + 3 :]]
    return tokens


def _number_in(token: Token) -> list[Token]:
    """``오만원``: fifty thousand won, though Oman is written so too; of other countries nothing is known."""
    words = scanner(("number",), NUMBER, token.language)(token.text)
    if not all(word.kind in NUMBERS for word in words):
        return [token._replace(kind="unknown")]
    return [word._replace(start=token.start + word.start, end=token.start + word.end) for word in words]


def _is_country_of(before: Token | None, following: list[Token]) -> bool:
    """``サウジアラビア・リヤル``: whether a dot stands between a country and its currency."""
    if before is None or before.kind != "country" or not following:
        return False
    return _may_be(following[0], before.value)


def _named_after(tokens: list[Token]) -> list[Token]:
    """The country of a currency after it: ``200億ペソ(フィリピン)``, ``$50 million Canadian``."""
    kinds = [token.kind for token in tokens]
    signs = [at for at, token in enumerate(tokens) if token.kind in CURRENCIES]
    if kinds[-1] == "country" and len(signs) == 1:
        sign = tokens[signs[0]]
        if _may_be(sign, tokens[-1].value):
            named = sign._replace(kind="currency", value=tokens[-1].value)
            return [*tokens[: signs[0]], named, *tokens[signs[0] + 1 : -1]]
    for at in range(1, len(tokens) - 2):
        sign, country = tokens[at - 1], tokens[at + 1]
        if kinds[at : at + 3] == ["open", "country", "close"] and _may_be(sign, country.value):
            return [
                *tokens[: at - 1],
                sign._replace(kind="currency", value=country.value),
                *tokens[at + 3 :],
            ]
    return tokens


def _may_be(token: Token, currency: str) -> bool:
    """Whether the name of a currency may stand for that of the country."""
    if token.kind == "unsure":
        return currency in token.value
    named = token.kind in {"currency", "assumed"}
    return named and (token.value == currency or currency in family(token.value))
