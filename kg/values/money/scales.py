"""What stands around a large scale.

A counter (3个亿), a point between digits in words (一・五兆円), a one that is left out (近亿元).
"""

from __future__ import annotations

from typing import Final

from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import Token

_SIGNS: Final = frozenset({"currency", "assumed"})
_NOT_EXACT: Final = frozenset({"approximate", "bound"})
_CHINESE: Final = "zh"
_DOT: Final = "・"
_IN_WORDS: Final = frozenset({"digit", "group"})
_COUNTERS: Final = frozenset("个個")
_COUNTABLE: Final = NUMBERS | {"vague"}
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
