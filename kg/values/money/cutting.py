"""Text cut into the tokens of an amount.

A country's name before that of a currency says which one is meant: ``UAE 디르함``, ``印ルピー``.
"""

from __future__ import annotations

from typing import Final

from kg.values.money import counted, each
from kg.values.money.compounds import labelled
from kg.values.money.vocabulary import family, scan, speech
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import BASE, Token

_SIGNS: Final = frozenset({"currency", "assumed"})
_NOT_EXACT: Final = frozenset({"approximate", "bound"})
_CHINESE: Final = "zh"


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of an amount.

    A word that only another language has tells that the text is in that language, where
    others of its words may mean something else: *mil* is a thousand in Spanish.
    """
    found = scan(language)(text)
    told = _told(found, language)
    if told:
        found = scan(told)(text)
    kinds = {token.kind for token in found}
    if kinds & counted.KINDS or ("unknown" in kinds and "digits" in kinds):
        found = counted.joined(found)
        kinds = {token.kind for token in found}
    if "unknown" in kinds:
        found = labelled(found)
    if kinds & each.KINDS or ("/" in text and "unknown" in kinds):
        found = each.joined(found)
    if "country" in kinds:
        found = joined(found)
    if "open" in kinds:
        found = _negative(found)
    return _with_one(found) if "scale" in kinds else found


def _negative(tokens: list[Token]) -> list[Token]:
    """``$(3.2) million``: accounts write what is below zero in brackets, right after the currency."""
    for at, (sign, start, digits, end) in enumerate(
        zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    ):
        if (start.kind, digits.kind, end.kind) != ("open", "digits", "close") or sign.kind not in _SIGNS:
            continue
        if sign.end == start.start and not sign.text[-1].isalpha():
            minus = start._replace(kind="minus", value="-")
            return [*tokens[: at + 1], minus, digits, *tokens[at + 4 :]]
    return tokens


def _with_one(tokens: list[Token]) -> list[Token]:
    """近亿元, 超亿元: in Chinese a large scale after a bound or "about" is one of it."""
    found: list[Token] = []
    number = False
    for token in tokens:
        before = found[-1].kind if found else ""
        if token.kind == "scale" and token.language == _CHINESE and before in _NOT_EXACT and not number:
            found.append(Token("digits", "1", "1", token.start, token.start))
        number = token.kind in NUMBERS or (number and token.kind in _NOT_EXACT)
        found.append(token)
    return found


def _told(tokens: list[Token], language: str) -> str:
    """The other language that a word of the text belongs to alone, "" if there is none."""
    main = language.partition("-")[0].lower()
    for token in tokens:
        other = token.language
        if token.kind == "currency" and not other:
            other = speech(token.value)
        if other and other != main and other not in BASE:
            return other
    return ""


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with countries joined to the currencies after them; alone they say nothing."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before is not None and before.kind == "country" and _may_be(token, before.value):
            found[-1] = before._replace(kind="currency", end=token.end)
        else:
            found.append(token)
    return [token._replace(kind="unknown") if token.kind == "country" else token for token in found]


def _may_be(token: Token, currency: str) -> bool:
    """Whether the name of a currency may stand for that of the country."""
    if token.kind == "unsure":
        return currency in token.value
    named = token.kind in {"currency", "assumed"}
    return named and (token.value == currency or currency in family(token.value))
