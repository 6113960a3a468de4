"""Words that begin like an amount, which the scanner has cut: 공정위, 이상거래, 구조조정, 七十七銀行, 千代田.

Korean puts spaces between its words, so what is written as one between two spaces is one. Each function takes
the place of a token, and says where the word ends that begins there and is no part of an amount, or 0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import MARKS, TIMES, VALUES, WORDS, is_glued, listed, tells

if TYPE_CHECKING:
    from kg.values.money.beside import Beside

NOUNS: Final = frozenset({"unknown", "label"})
_HANGUL: Final = re.compile("[가-힣]+(?: [가-힣]+)*")
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_KATAKANA: Final = re.compile("[ァ-ー]+")
_NUMERALS: Final = frozenset({"digit", "group", "scale", "band"})
_LEADING: Final = VALUES | MARKS | {"band", "between", "each"}
"""Kinds of token that a word may begin with by mistake."""


def is_hangul(of: Beside, at: int) -> bool:
    """Whether a token is in Hangul."""
    text = of.text(at)
    return "가" <= text[:1] <= "힣" and _HANGUL.fullmatch(text) is not None


def word(of: Beside, at: int) -> int:
    """Of a word that is not known as a whole: 공정위, 파운드리, 한화행, 주도한."""
    if not (end := _end(of, at)):
        return 0
    after_currency = of.kind(at - 1) in CURRENCIES and of.kind(at) in CURRENCIES
    if (of.is_value(at - 1) and not after_currency) or _begins_as_mark(of, at, end):
        return 0
    kinds = [token.kind for token in of.tokens[at + 1 : end]]
    mark = of.kind(at) in MARKS and "filler" in kinds  # 선정
    label = of.kind(at) in VALUES | {"each"} and "label" in kinds
    return end if of.kind(at) != "label" and ("unknown" in kinds or mark or label) else 0


def whole_word(of: Beside, at: int) -> int:
    """Of a word of known parts before the amount, or apart from its number: 이상거래, 구조조정, 공원."""
    if not (end := _end(of, at)):
        return 0
    kinds = {token.kind for token in of.tokens[at:end]}
    if _begins_as_mark(of, at, end):
        return end
    apart = not (of.is_value(at - 1) or of.is_value(end)) and at != of.amount
    amount = not kinds.isdisjoint(CURRENCIES) and not kinds.isdisjoint(TIMES)  # 오천만원
    if not apart or amount or not of.has_figures or kinds.isdisjoint(_LEADING):
        return 0
    return 0 if denies("".join(token.text for token in of.tokens[at:end])) else end  # 절반을


def katakana_word(of: Beside, at: int) -> int:
    """Of a word in Katakana that begins like a currency: フランチャイズ."""
    if of.kind(at) not in CURRENCIES or of.is_value(at - 1):
        return 0
    end = at
    while _KATAKANA.match(of.text(end)) and (end == at or of.is_glued_to(end)):
        end += 1
    return end if end > at + 1 else 0


def numeral_of_name(of: Beside, at: int) -> int:
    """Of Han numerals beside a word before an amount that is in digits: *七十七*銀行, 第*一三*共."""
    if of.kind(at) not in _NUMERALS:
        return 0
    end = at
    while of.kind(end) in _NUMERALS and _is_han(of, end) and (end == at or of.is_glued_to(end)):
        end += 1
    apart = at < of.amount and not (of.is_value(at - 1) or of.is_value(end) or of.kind(end) in MARKS)
    if end == at or not of.has_figures or not apart or of.text(end) in listed("no-nouns"):
        return 0
    small = all(of.kind(part) == "digit" for part in range(at, end)) and of.kind(end) in WORDS | {""}
    before = small and at > 0 and of.kind(at - 1) in NOUNS and _is_han(of, at - 1) and of.is_glued_to(at)
    after = end < len(of.tokens) and of.kind(end) in NOUNS and _is_han(of, end) and of.is_glued_to(end)
    words = "".join(token.text for token in of.tokens[at : end + after])
    return end if (before or after) and not tells(words, of.language) else 0


def _is_han(of: Beside, at: int) -> bool:
    return _HAN.match(of.tokens[at].text) is not None


def _begins_as_mark(of: Beside, at: int, end: int) -> bool:
    """Whether a bound before the amount begins a noun: 이상거래, 최소화."""
    return of.kind(at) in MARKS and at < of.amount and end == at + 2 and of.kind(at + 1) in NOUNS


def _end(of: Beside, at: int) -> int:
    """Where a word of several tokens ends that begins here, or 0."""
    tokens = of.tokens
    if not is_hangul(of, at) or (at and is_glued(tokens[at - 1], tokens[at])):
        return 0
    end = at + 1
    while is_hangul(of, end) and is_glued(tokens[end - 1], tokens[end]):
        end += 1
    digits = end < len(tokens) and is_glued(tokens[end - 1], tokens[end])  # 약5억
    return end if end > at + 1 and not digits else 0
