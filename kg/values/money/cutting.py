"""Text cut into the tokens of an amount.

A country's name before that of a currency says which one is meant: ``UAE 디르함``, ``印ルピー``.
"""

from __future__ import annotations

from typing import Final

from kg.values.interval.side import MINUS
from kg.values.money import counted, each
from kg.values.money.compounds import labelled
from kg.values.money.vocabulary import MERE_WORDS, family, keeps, plus, scan, speech, taxes
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
    if told and not any(token.text in keeps(language) for token in found):
        found = scan(told)(text)
    return _signs(_words(found, text))


def _words(found: list[Token], text: str) -> list[Token]:
    """The tokens with words put together that say one thing: when, of each, of what."""
    if len(found) > 2 and "digits" in {*(token.kind for token in found[:3]), found[-1].kind}:  # noqa: PLR2004 - an amount, and when
        found = counted.dated(found)
    kinds = {token.kind for token in found}
    if kinds & counted.KINDS or (kinds & {"unknown", "each-one"} and "digits" in kinds):
        found = counted.joined(found)
        kinds = {token.kind for token in found}
    if kinds & each.KINDS or ("/" in text and "unknown" in kinds):
        found = each.joined(found)
        kinds = {token.kind for token in found}
    return labelled(found) if "unknown" in kinds or {"digit", "label"} <= kinds else found


def _signs(found: list[Token]) -> list[Token]:
    """The tokens with what says more together than by itself: signs, brackets, countries."""
    kinds = {token.kind for token in found}
    if "convert-about" in kinds:
        found = [part for token in found for part in _converting(token)]
    if "bound" in kinds and "label" in kinds:
        found = _with_tax(found)
    if "country" in kinds:
        found = joined(found)
    if "open" in kinds:
        found = _negative(found)
    if "range" in kinds:
        found = _without_dash(_marked(found))
    return _with_one(found) if "scale" in kinds else found


def _marked(tokens: list[Token]) -> list[Token]:
    """``- $44.99`` may be an item of a list: a hyphen with a space after it, at the beginning."""
    if len(tokens) < 2 or tokens[0].text not in MINUS or tokens[0].end == tokens[1].start:  # noqa: PLR2004
        return tokens
    return [tokens[0]._replace(kind="unknown"), *tokens[1:]]


def _without_dash(tokens: list[Token]) -> list[Token]:
    """``￥120,000-``: a dash at the end says that nothing more comes."""
    if tokens[0].kind not in _SIGNS or [token.kind for token in tokens[1:]] != ["digits", "range"]:
        return tokens
    return tokens[:-1] if tokens[-2].end == tokens[-1].start else tokens


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


def _with_tax(tokens: list[Token]) -> list[Token]:
    """``€6.56 + VAT``: a tax on top is no bound; nor is another amount: ``$5m plus expenses``."""
    return [_with_more(tokens, at) for at in range(len(tokens))]


def _with_more(tokens: list[Token], at: int) -> Token:
    token, following = tokens[at], tokens[at + 1 : at + 2]
    if token.text not in plus() or not following or following[0].kind != "label":
        return token
    if _is_tax(following):
        return token._replace(kind="filler")
    hyphened = token.text == "+" or (at > 0 and tokens[at - 1].text in MINUS)  # a $1.5bn-plus takeover
    return token if hyphened else token._replace(kind="unknown")


def _is_tax(following: list[Token]) -> bool:
    return bool(following) and following[0].kind == "label" and following[0].text in taxes()


def _converting(token: Token) -> tuple[Token, ...]:
    """约合 is two things: the same amount in another currency, and about."""
    if token.kind != "convert-about":
        return (token,)
    return token._replace(kind="convert", end=token.start), token._replace(kind="approximate", value=True)


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
    english = bool(main) or any(token.language == "en" for token in tokens)
    for token in tokens:
        if english and token.kind in MERE_WORDS:
            continue  # "obligations" is in the French table, too
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
