"""Words in Hangul that begin like an amount, which the scanner has cut: 공정위, 이상거래, 구조조정, 공원.

Korean puts spaces between its words, so what is written as one between two spaces is one. Each function takes
the place of a token, and says where the word ends that begins there and is no part of an amount, or 0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import MARKS, TIMES, VALUES, is_glued

if TYPE_CHECKING:
    from kg.values.money.others import Numbers

NOUNS: Final = frozenset({"unknown", "label"})
_HANGUL: Final = re.compile("[가-힣]+(?: [가-힣]+)*")
_LEADING: Final = VALUES | MARKS | {"band", "between", "each"}
"""Kinds of token that a word may begin with by mistake."""


def is_hangul(of: Numbers, at: int) -> bool:
    """Whether a token is in Hangul."""
    return at < len(of.tokens) and _HANGUL.fullmatch(of.tokens[at].text) is not None


def word(of: Numbers, at: int) -> int:
    """Of a word that is not known as a whole: 공정위, 파운드리, 한화행, 주도한."""
    end = _end(of, at)
    after_currency = of.kind(at - 1) in CURRENCIES and of.kind(at) in CURRENCIES
    if not end or (of.is_value(at - 1) and not after_currency) or _begins_as_mark(of, at, end):
        return 0
    kinds = [token.kind for token in of.tokens[at + 1 : end]]
    mark = of.kind(at) in MARKS and "filler" in kinds  # 선정
    label = of.kind(at) in VALUES | {"each"} and "label" in kinds
    return end if of.kind(at) != "label" and ("unknown" in kinds or mark or label) else 0


def whole_word(of: Numbers, at: int) -> int:
    """Of a word of known parts before the amount, or apart from its number: 이상거래, 구조조정, 공원."""
    end = _end(of, at)
    if not end:
        return 0
    kinds = {token.kind for token in of.tokens[at:end]}
    if _begins_as_mark(of, at, end):
        return end
    apart = not (of.is_value(at - 1) or of.is_value(end)) and at != of.amount
    amount = not kinds.isdisjoint(CURRENCIES) and not kinds.isdisjoint(TIMES)  # 오천만원
    if not apart or amount or not of.has_figures or kinds.isdisjoint(_LEADING):
        return 0
    return 0 if denies("".join(token.text for token in of.tokens[at:end])) else end  # 절반을


def _begins_as_mark(of: Numbers, at: int, end: int) -> bool:
    """Whether a bound before the amount begins a noun: 이상거래, 최소화."""
    return of.kind(at) in MARKS and at < of.amount and end == at + 2 and of.kind(at + 1) in NOUNS


def _end(of: Numbers, at: int) -> int:
    """Where a word of several tokens ends that begins here, or 0."""
    tokens = of.tokens
    if not is_hangul(of, at) or (at and is_glued(tokens[at - 1], tokens[at])):
        return 0
    end = at + 1
    while is_hangul(of, end) and is_glued(tokens[end - 1], tokens[end]):
        end += 1
    digits = end < len(tokens) and is_glued(tokens[end - 1], tokens[end])  # 약5억
    return end if end > at + 1 and not digits else 0
