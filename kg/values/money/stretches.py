"""Where amounts stand amid words: the stretches of tokens that are no words, but for what links them.

Each has a number and a currency. *A* before it, a dash between spaces, and the like are no parts of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.money.counted import DASHES
from kg.values.money.side import CURRENCIES
from kg.values.money.telling import LINKS, NUMBERS, TIMES, VALUES, WORDS, is_apart, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.values.vocabulary import Token

_MARKS: Final = frozenset({"bound", "approximate"})
_CONVERTS: Final = frozenset({"convert", "convert-about"})
_LATIN: Final = re.compile("[A-Za-z]")


def amounts_in(tokens: Sequence[Token]) -> list[range]:
    """The stretches with a number and a currency."""
    return [run for run in _runs(tokens) if _is_money(tokens[run.start : run.stop])]


def _runs(tokens: Sequence[Token]) -> Iterator[range]:
    """The longest stretches without words, but for what links at their ends."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and (
            tokens[end].kind not in WORDS or (end > at and _is_particle(tokens, end))
        ):
            end += 1
        start, stop = at, end
        while start < stop and (_is_link(tokens[start:stop]) or _is_link_before(tokens, start)):
            start += 1
        while start < stop and _is_link_after(tokens, stop - 1):
            stop -= 1
        if start < stop:
            yield range(start, stop)
        at = end + 1


def _is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands only between an amount and its mark, or what it comes to: 300억원*을* 넘는."""
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if tokens[at].text in listed("of") and tokens[at - 1].kind == "fraction" and after == "article":
        return tokens[at + 2 : at + 3] != [] and tokens[at + 2].kind in TIMES  # a quarter of a billion
    if tokens[at].text == ":" and after == "digits":
        return tokens[at - 1].kind == "close" and _is_unit_head(tokens[:at])  # (EURm): 42.5
    glued = tokens[at].kind == "filler" and tokens[at - 1].end == tokens[at].start
    if tokens[at].kind == "filler" and tokens[at - 1].kind in _MARKS and after in VALUES:
        return True  # 最多可达12亿
    return glued and (after in _MARKS or (after in _CONVERTS and tokens[at].text == ","))


def _is_unit_head(tokens: Sequence[Token]) -> bool:
    """Whether tokens end with brackets in which only a currency and a scale stand."""
    start = max(at for at, token in enumerate(tokens) if token.kind == "open")
    kinds = {token.kind for token in tokens[start + 1 : -1]}
    return not kinds.isdisjoint(CURRENCIES) and kinds <= CURRENCIES | TIMES | {"filler"}


def _is_link(run: Sequence[Token]) -> bool:
    """Whether a run begins with a word that is no part of it: *a* $5m deal, but a trillion dollars."""
    first, after = run[0], [token.kind for token in run[1:2]]
    if first.kind == "article":
        return not TIMES.issuperset(after)
    if first.kind == "from" and any(token.kind == "range" for token in run[1:]):
        return False
    return first.kind in LINKS and first.text[:1].isalpha()


def _is_link_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for a conversion, or a dash between spaces, parts an amount from what goes before."""
    dash = tokens[at].text in DASHES and 0 < at < len(tokens) - 1 and is_apart(tokens, at)
    return tokens[at].kind == "convert" or (dash and tokens[at - 1].kind in WORDS)


def _is_link_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word or a dash between spaces parts an amount from what follows: $5m - Samsung."""
    if tokens[at].kind not in LINKS:
        return False
    dash = tokens[at].text in DASHES and 0 < at < len(tokens) - 1 and is_apart(tokens, at)
    return dash or tokens[at].kind == "join" or _LATIN.match(tokens[at].text) is not None


def _is_money(run: Sequence[Token]) -> bool:
    kinds = {token.kind for token in run}
    return not kinds.isdisjoint(CURRENCIES) and not kinds.isdisjoint(NUMBERS)
