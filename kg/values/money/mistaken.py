"""Whether the only amount of a phrase may be another one than it seems.

A part of another (*half of the* $5m *fund*), a difference (*by* $5m), the price for each of several
(*10 shares at* $5), or more than its tokens (500円*硬貨*, £500 *off the list price*).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.denials import denies
from kg.values.money.counted import is_year
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import COUNTED, NUMBERS, TIMES, VALUES, is_one_word, listed
from kg.values.money.vocabulary import plain_units
from kg.values.vocabulary import of_tables, with_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.values.vocabulary import Token

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = frozenset({"bound", "approximate"})
_NUMBER: Final = "(?:[0-9]+|[一二三四五六七八九十两兩几幾数數]+)"
_NAME: Final = re.compile("[A-Za-z ]{3,}").fullmatch
"""The name of a currency, no sign as Rs or US$."""
_COUNTS: Final = frozenset({"digits", "digit", "count"})
_LATIN: Final = re.compile("[A-Za-z]")
_HANGUL: Final = re.compile("[가-힣]")
_NEAR: Final = 4
"""Tokens in which a count and the word before the price of one stand: 10 new shares at."""
_SYMBOL: Final = 2
"""Characters of a currency that other words may begin with."""


def is_another(before: Sequence[Token], amount: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the amount may be a difference, a price for each, or more than its tokens."""
    if _is_origin(before, amount) or _is_each(before, amount, after):
        return True
    return _is_led(before, amount) or _is_continued(amount, after)


def _is_origin(before: Sequence[Token], amount: Sequence[Token]) -> bool:
    """Whether the amount is that from which something has changed, or a difference: up from $3bn, by $5m."""
    if not before:
        return False
    kinds = [token.kind for token in before if token.kind != "filler"]
    if kinds[-1:] == ["from"] or before[-1].text.lower() in listed("by"):
        return True
    return kinds[-1:] == ["range"] and ("from" in kinds or amount[0].kind not in VALUES)


def is_part(before: Sequence[Token]) -> bool:
    """Whether the amount is less than what stands there: the first tranche of a $500m loan, all but $3m."""
    words = _LETTERS.findall(with_gaps(before).lower())
    while words and words[-1] in listed("whose"):
        words.pop()
    last = words[-1] if words else ""
    if words[-2:-1] and words[-2] in listed("amounts-of") and before[-1].text.lower().endswith(last):
        return False
    if last in listed("of"):
        return not listed("parts").isdisjoint(words[-2:-1]) and listed("per").isdisjoint(words[-3:-2])
    by = last in listed("by") and any(
        token.kind in _MARKS for token in before
    )  # exceeded the estimate by $5m
    return by or last in listed("but")


def _is_each(before: Sequence[Token], amount: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the amount may be for one of something: 10 shares at $5, $5m a contract."""
    if after and (after[0].kind == "article" or (after[0].text in listed("parts") and denies(after[0].text))):
        return True
    if any(map(_is_count, (*before, *after))):
        around = (*before, *amount, *after)
        if not listed("each-one-of").isdisjoint(token.text.lower().strip() for token in around):
            return True
        linked = zip(after, after[1:], after[2:], strict=False)
        paid = {what.text.lower() for link, count, what in linked if link.kind == "join" and _is_count(count)}
        if not paid.isdisjoint(listed("securities")):
            return True  # and 2 million shares
        priced = before[-1].text.lower() in listed("priced") - set(_close_by()) if before else False
        if priced and any(map(_is_count, before[-_NEAR:])):
            return True
    return _is_price(with_gaps(before[-3:]))


def _is_price(before: str) -> bool:
    """Whether a count stands right before the price of one: 3개에, 3個で, 四笔."""
    return _counts()(before) is not None


@of_tables
def _counts() -> Callable[[str], re.Match[str] | None]:
    ends, measures = "|".join(_close_by()) or "(?!)", "|".join(sorted(listed("measures"))) or "(?!)"
    return re.compile(rf"{_NUMBER}(?:[^\W\d_]{{1,3}}(?:{ends})|(?:{measures}))$").search


@of_tables
def _close_by() -> tuple[str, ...]:
    """The words before a price of one that stand close to what is counted: 3개에."""
    return tuple(sorted(word for word in listed("priced") if not word.isascii()))


def _is_count(token: Token) -> bool:
    year = "-" in token.text or is_year(token.text)  # 20-year, 2019
    return token.value == COUNTED or (token.text[0].isdigit() and not year)


def _is_led(before: Sequence[Token], amount: Sequence[Token]) -> bool:
    """Whether the amount begins before its run: 한 5억원; or a currency begins a name: 유로6, 동 10톤."""
    if amount[0].kind in CURRENCIES and _HANGUL.match(amount[0].text):
        return True
    if not before:
        return False
    last = before[-1]
    lone = last.kind == "unknown" and len(last.text) == 1 and _HANGUL.match(last.text) is not None
    return lone or is_one_word(last, amount[0])


def _is_continued(amount: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the amount goes on in the word after it: ₹14L, 500円硬貨, 10亿元宇宙, 70 euro zone banks."""
    if not after:
        return False
    last, first = amount[-1], after[0]
    if last.end == first.start:
        counted = last.kind in NUMBERS and first.text[0].isalnum() and first.kind != "filler"
        compound = first.kind == "unknown" and not (_LATIN.match(first.text) or last.kind == "close")
        compound = compound and last.text[-1] not in listed("of")  # 3兆円超の装置大手
        named = last.text[-1] in plain_units() or len(last.text) > _SYMBOL  # 45亿兹罗提支持
        compound = compound and not (named and _is_scaled(amount) and _is_counted(amount))
        return counted or compound or is_one_word(last, first)
    if first.text.lower() in listed("off"):
        return True  # £500 off the list price
    if first.kind == "unknown" and (
        _is_small_change(amount) or not (_is_counted(amount) or last.text.isascii())
    ):
        return True  # 苹果 10 元 3 斤, 만원 버스
    worded = any(token.kind in CURRENCIES - {"code"} and _NAME(token.text) for token in amount)
    of = first.kind == "unknown" or first.text.lower() in listed("of")
    return worded and not _is_scaled(amount) and of


def _is_scaled(amount: Sequence[Token]) -> bool:
    """Whether a number counts thousands or more."""
    return any(token.kind in TIMES for token in amount)


def _is_counted(amount: Sequence[Token]) -> bool:
    """Whether a number says how many thousands there are: 5亿, not 百万."""
    return any(token.kind in _COUNTS for token in amount)


def _is_small_change(amount: Sequence[Token]) -> bool:
    """Whether a lone number after the currency counts cents, or something else."""
    kinds = [token.kind for token in amount]
    return kinds[-1] == "digits" and kinds[-2:-1] != [] and kinds[-2] in CURRENCIES and "digits" in kinds[:-2]
