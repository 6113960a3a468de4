"""What stands around a large scale.

A counter (3个亿), a point between digits in words (一・五兆円), a one that is left out (近亿元), a currency
that is another word with it (the 조달 of 3조달러).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import MERE_WORDS, scan, thousand_before
from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import Token, habit

_SIGNS: Final = frozenset({"currency", "assumed"})
_NOT_EXACT: Final = frozenset({"approximate", "bound"})
_CHINESE: Final = "zh"
_DOT: Final = "・"
_IN_WORDS: Final = frozenset({"digit", "group"})
_COUNTERS: Final = frozenset("个個")
_COUNTABLE: Final = NUMBERS | {"vague"}
_SCALES: Final = frozenset({"scale", "group", "digit"})
_THOUSAND: Final = 3
_LARGE: Final = 8
"""The power of a scale that is counted: 亿."""
_LOWER: Final = frozenset({">", ">="})


def pointed(tokens: list[Token]) -> list[Token]:
    """``一・五兆円``: a dot between digits in words parts the fraction."""
    dots = [
        at
        for at in range(1, len(tokens) - 1)
        if tokens[at].text == _DOT and tokens[at - 1].kind in _IN_WORDS and tokens[at + 1].kind == "digit"
    ]
    if not dots:
        return tokens
    return [token._replace(kind="point") if at in dots else token for at, token in enumerate(tokens)]


def unlinked(tokens: list[Token], language: str) -> list[Token]:
    """``3조달러``: a word right after a number whose beginning is more of it, the rest that of a currency."""
    for at, (number, word) in enumerate(pairwise(tokens), 1):
        if word.kind not in MERE_WORDS or number.kind not in NUMBERS or number.end != word.start:
            continue
        after = tokens[at + 1 : at + 2]
        more = after[0].text if after and after[0].kind == "unknown" and after[0].start == word.end else ""
        [scale], rest = scan(language)(word.text[:1]), scan(language)(word.text[1:] + more)
        if scale.kind in _SCALES and rest and rest[0].kind in CURRENCIES:
            end = word.start + len(scale.text)
            named = [part._replace(start=part.start + end, end=part.end + end) for part in rest]
            others = unlinked(tokens[at + 1 + bool(more) :], language)
            return [*tokens[:at], scale._replace(start=word.start, end=end), *named, *others]
    return tokens


def thousands(tokens: list[Token], language: str) -> list[Token]:
    """``450 T€``, ``10 TEUR``: before a currency joined to it, a T is a thousand as in ``TEUR 450``.

    Where it is joined to the number too (2.5T€) it is so in languages in which a comma parts the fraction.
    """
    found = tokens
    for at, (number, letter, sign) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False), 1):
        if letter.text not in thousand_before() or number.kind != "digits" or sign.kind not in CURRENCIES:
            continue
        if letter.end == sign.start and (number.end < letter.start or habit("comma", language)):
            found = [*found[:at], letter._replace(value=_THOUSAND), *found[at + 1 :]]
    return found


def without_counters(tokens: list[Token]) -> list[Token]:
    """3个亿: between a number and a large scale the counter says nothing."""
    counters = [
        at
        for at in range(1, len(tokens) - 1)
        if tokens[at].text in _COUNTERS and _counts(*tokens[at - 1 : at + 2])
    ]
    return [token for at, token in enumerate(tokens) if at not in counters] if counters else tokens


def _counts(number: Token, counter: Token, scale: Token) -> bool:
    """Whether a counter stands amid a number, with no space after it."""
    close = counter.end == scale.start
    return close and number.kind in _COUNTABLE and scale.kind == "scale" and scale.value >= _LARGE


def with_one(tokens: list[Token]) -> list[Token]:
    """近亿元, 超亿元: in Chinese a large scale after a bound or "about" is one of it."""
    if not any(token.kind == "scale" and token.language == _CHINESE for token in tokens):
        return tokens
    found: list[Token] = []
    number = False
    for token in tokens:
        before = found[-1].kind if found else ""
        alone = token.kind == "scale" and token.language == _CHINESE and not number
        if alone and (before in _NOT_EXACT or (not found and _is_at_least(tokens))):
            found.append(Token("digits", "1", "1", token.start, token.start))
        number = token.kind in NUMBERS or (number and token.kind in _NOT_EXACT)
        found.append(token)
    return found


def _is_at_least(tokens: list[Token]) -> bool:
    """亿元以上: a scale, currencies, and a lower bound."""
    kinds = {token.kind for token in tokens[1:-1]}
    last = tokens[-1]
    return bool(kinds) and kinds <= _SIGNS and last.kind == "bound" and last.value in _LOWER
