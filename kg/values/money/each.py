"""Amounts for one of something: ``주당 5만원``, ``$23.50 per share``, ``12.5元/股``.

Words for "of each" become one token of the kind ``each``. It says nothing about the number; the
reading says that the amount is no total. In the tables (``[money]``):

- ``each``: a word of its own, for a time too (월, annually);
- ``each-of``: the same, and a one may stand before it: 1주당, 1株当たり;
- ``each-one``: a thing of which one is named: a share, 1株;
- ``per``: a word before a thing that need not be known: per tonne, 每吨.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.values.numeral import KINDS as NUMBERS
from kg.values.vocabulary import of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

KINDS: Final = frozenset({"each", "each-of", "each-one", "per", "band"})
"""The kinds of token that are looked at here."""
_ONE: Final = frozenset({"digits", "digit", "count", "article"})
ONES: Final = frozenset({"1", "3.3"})
"""What counts as one; 3.3㎡ is a 평."""
_THING: Final = frozenset({"unknown", "label", "group", "multiple", "each", "each-one", "each-of"})
_NUMBER: Final = frozenset({"digits", "multiple", "group"})
_LONGEST: Final = 4
"""Tokens of a thing's name: per million BTU, 每平方米."""


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with all that says "of each" as tokens of the kind ``each``."""
    if not any(token.kind in KINDS or token.text == "/" for token in tokens):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind == "per" or (token.text == "/" and found):
            end = _thing(tokens, at)
            if end > at and (
                token.kind == "per" or end == len(tokens) or tokens[end].kind in {"close", "range"}
            ):
                found.append(_one_token(tokens[at - 1 : end]))
                at = end
            else:
                found.append(token._replace(kind="unknown") if token.kind == "per" else token)
        elif found and _is_of_last(found, token, tokens[at : at + 1]):
            found.append(_one_token([found.pop(), token]))
        elif token.text.endswith(" ") and found and found[-1].end == token.start:
            found.append(token._replace(kind="unknown"))  # the end of a longer word: 공연
        elif token.kind in {"each-of", "each-one"}:
            start = _counted(found) if token.kind == "each-of" else len(found) - 1
            if found and (start < len(found) - 1 or _is_one(found[-1])):
                found[start:] = [_one_token([*found[start:], token])]
            else:
                found.append(token._replace(kind="each" if token.kind == "each-of" else "unknown"))
        else:
            found.append(token)
    return found


def at_end(tokens: list[Token]) -> list[Token]:
    """``$600 million a quarter``, ``£8m a season``: an article and a noun behind the amount, at the end.

    What is a share elsewhere is one if it is a period, too.
    """
    last = tokens[-2:]
    if len(tokens) <= len(last) or last[0].kind != "article":
        return tokens
    whole = tokens[-3].kind in {"multiple", "currency", "assumed", "code", "digits"}
    noun = last[1].kind == "unknown" or (last[1].kind == "fraction" and last[1].text in _periods())
    return [*tokens[:-2], _one_token(last)] if whole and noun else tokens


@of_tables
def _periods() -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get("period", ()))


def _one_token(tokens: Sequence[Token]) -> Token:
    """Tokens as one of the kind ``each``."""
    words = tokens[0].text
    for before, token in pairwise(tokens):
        words += (" " if before.end < token.start else "") + token.text
    return tokens[0]._replace(kind="each", value=words, text=words, end=tokens[-1].end)


def _thing(tokens: Sequence[Token], at: int) -> int:
    """Where the name of a thing ends that begins at a place, perhaps with how many: 每10股, per 1M tokens."""
    end = at
    if at < len(tokens) and tokens[at].kind == "digits":
        while end < len(tokens) and tokens[end].kind in _NUMBER:
            end += 1
        if end == len(tokens) or tokens[end].kind not in _THING:
            return at
    last = end + _LONGEST
    while end < min(len(tokens), last) and tokens[end].kind in _THING:
        end += 1
    return end


def _is_of_last(found: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Whether a word says with the one before it that the amount is for one, or for several, of that."""
    return _is_several(found, token) or _is_counted(found, token, after) or _is_of_noun(found, token, after)


def _is_several(found: Sequence[Token], token: Token) -> bool:
    """Whether digits right before it say of how many: 60キロ当たり, but 3월 is March."""
    glued = token.kind == "each" and found[-1].kind == "digits" and found[-1].end == token.start
    return glued and token.text.endswith(_ends()) and (len(found) == 1 or found[-2].kind not in NUMBERS)


def _is_of_noun(found: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Whether the end of a word for "of each" stands right behind a noun, before a number: 과제*당* 2억원."""
    noun = token.text in _ends() and found[-1].kind == "label" and found[-1].end == token.start
    return noun and [part.kind for part in after] == ["digits"]


@of_tables
def _ends() -> tuple[str, ...]:
    return tuple(word for table in tables().values() for word in table.get("label", {}).get("each-ends", ()))


def _is_counted(found: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Whether the word for a band counts one thing before its price: 1台3億円, but not 1兆円台."""
    band = token.kind == "band" and token.text in _counters() and _is_one(found[-1])
    return band and bool(after) and after[0].kind in NUMBERS


@of_tables
def _counters() -> frozenset[str]:
    return frozenset(word for table in tables().values() for word in table.get("label", {}).get("counts", ()))


def _counted(found: Sequence[Token]) -> int:
    """Where a number begins that ends with a scale, as of the 100만 in 100만 개당; else the last token."""
    last = len(found) - 1
    scaled = last > 0 and found[last].kind in {"scale", "multiple"} and found[last - 1].kind == "digits"
    return last - 1 if scaled else last


def _is_one(token: Token) -> bool:
    return token.kind in _ONE and (token.kind == "article" or str(token.value) in ONES)
