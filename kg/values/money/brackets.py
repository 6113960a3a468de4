"""Brackets that hold no second amount.

A number below zero (``$(3.2) million``), a minus (``(-)120억원``), an abbreviation (``기업가치(EV)``),
a part of a word (``권면(전자등록)총액``), the amount of another year (``£4.7m (2023: £3.9m)``).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.values.interval.side import MINUS
from kg.values.money.counted import is_year
from kg.values.money.side import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token


_SCALES: Final = frozenset({"multiple", "scale"})
_SIGNS: Final = frozenset({"currency", "assumed"})
_WORDS: Final = frozenset({"label", "filler", "unknown"})
_ABBREVIATION: Final = re.compile("[A-Z][A-Za-z&]{0,7}")


def negative(tokens: list[Token]) -> list[Token]:
    """``$(3.2) million``: accounts write what is below zero in brackets, right after the currency."""
    for at, (sign, start, digits) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if (start.kind, digits.kind) != ("open", "digits") or sign.kind not in _SIGNS:
            continue
        end = at + 3
        while end < len(tokens) and tokens[end].kind in _SCALES:
            end += 1
        closed = end < len(tokens) and tokens[end].kind == "close"
        if closed and sign.end == start.start and not sign.text[-1].isalpha():
            minus = start._replace(kind="minus", value="-")
            return [*tokens[: at + 1], minus, *tokens[at + 2 : end], *tokens[end + 1 :]]
    return tokens


def without_gloss(tokens: list[Token]) -> list[Token]:
    """``기업가치(EV) 1조원``: an abbreviation in brackets right after a label belongs to it."""
    for at, (label, start, short, end) in enumerate(
        zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    ):
        kinds = (start.kind, short.kind, end.kind)
        named = label.kind in {"label", "filler"} and label.end == start.start
        if named and kinds == ("open", "unknown", "close") and _ABBREVIATION.fullmatch(short.text):
            return [*tokens[:at], label._replace(end=end.end), *tokens[at + 4 :]]
    return tokens


def without_inset(tokens: list[Token]) -> list[Token]:
    """``권면(전자등록)총액``: a word in brackets within a compound that is a label belongs to it."""
    for at in range(len(tokens) - 4):
        run = tokens[at : at + 5]
        word, start, inner, end, last = run
        glued = all(left.end == right.start for left, right in pairwise(run))
        kinds = (start.kind, end.kind, last.kind)
        if glued and kinds == ("open", "close", "label") and {word.kind, inner.kind} <= _WORDS:
            return [*tokens[:at], word._replace(kind="label", end=last.end), *tokens[at + 5 :]]
    return tokens


def with_minus(tokens: list[Token]) -> list[Token]:
    """``(-)120억원``: a minus in brackets by itself is that of the number after it."""
    for at, (start, sign, end) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if (start.kind, end.kind) == ("open", "close") and (sign.kind == "minus" or sign.text in MINUS):
            minus = sign._replace(kind="minus", start=start.start, end=end.end)
            return [*tokens[:at], minus, *tokens[at + 3 :]]
    return tokens


def without_earlier(tokens: list[Token]) -> list[Token]:
    """``£746.8 million (2007: £719.4 million)``: that of another year in brackets is not this amount."""
    kinds = [token.kind for token in tokens]
    if kinds.count("open") != 1 or kinds.count("close") != 1 or kinds.index("close") < kinds.index("open"):
        return tokens
    at, end = kinds.index("open"), kinds.index("close")
    colon = next((n for n in range(at, end) if tokens[n].text == ":"), 0)
    if not colon or CURRENCIES.isdisjoint(kinds[:at]) or not _is_year(tokens[at + 1 : colon]):
        return tokens
    words = " ".join(part.text for part in tokens[at : end + 1])
    label = tokens[at]._replace(kind="filler", value=words, text=words, end=tokens[end].end)
    return [*tokens[:at], label, *tokens[end + 1 :]]


def _is_year(tokens: Sequence[Token]) -> bool:
    """Whether tokens say which year: 2007, H1 2016, FY23, 2014/15."""
    if any(token.kind in CURRENCIES for token in tokens):
        return False
    pairs = pairwise(tokens)
    named = any(token.kind == "digits" and is_year(token.text) for token in tokens)
    return named or any(before.text.lower() == "fy" and after.kind == "digits" for before, after in pairs)
