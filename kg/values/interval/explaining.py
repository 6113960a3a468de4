"""How an interval was read, piece by piece."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.values.explanation import Step
from kg.values.interval.particles import without_particles
from kg.values.interval.side import MINUS
from kg.values.number.fractions import is_hyphen
from kg.values.number.limits import plain
from kg.values.numeral import KINDS, Number, Style, numeral, raised
from kg.values.numeral.digits import ambiguous

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.values.interval.meaning import Interval
    from kg.values.vocabulary import Token

_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}


def steps(
    tokens: Sequence[Token],
    text: str,
    value: Interval,
    style: Style,
    unit: Callable[[Token], Step | None],
) -> list[Step]:
    """The steps of a reading, in the order of the text.

    ``tokens`` were cut from ``text`` (in its normal form); ``value`` is what they were read
    as; ``unit`` explains a token that is neither number nor mark.
    """
    found: list[Step] = []
    tokens = without_particles(tokens)
    tokens = [
        token
        for at, token in enumerate(tokens)
        if not (is_hyphen(tokens, at) or _is_within_word(tokens, at) or _is_mere_article(tokens, at))
    ]
    runs = [part for run in _runs(tokens) for part in _parted(run, style)]
    for token in tokens:
        run = next((run for run in runs if run[0] is token), None)
        if run is not None:
            found.append(_number(run, len(runs), runs.index(run), text, value, style))
        elif token.kind not in KINDS:
            step = _mark(token, text, value) or unit(token)
            if step is not None:
                found.append(step)
    return found


def _is_within_word(tokens: Sequence[Token], at: int) -> bool:
    """A hyphen of ``40-billion-dollar``."""
    if tokens[at].kind != "range" or tokens[at].text not in MINUS or not 0 < at < len(tokens) - 1:
        return False
    before, token, after = tokens[at - 1 : at + 2]
    close = before.end == token.start and token.end == after.start
    return close and (after.kind == "multiple" or (before.kind == "multiple" and after.kind not in KINDS))


def _is_mere_article(tokens: Sequence[Token], at: int) -> bool:
    """The article of ``a $15m loan`` and ``a 40-billion-dollar fund``."""
    return tokens[at].kind == "article" and any(token.kind == "digits" for token in tokens[at + 1 : at + 3])


def _runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """The numerals: tokens of numbers that follow each other."""
    runs: list[list[Token]] = []
    is_open = False
    for at, token in enumerate(tokens):
        if token.kind in KINDS:
            if is_open:
                runs[-1].append(token)
            elif token.kind != "join":
                runs.append([token])
                is_open = True
        elif token.kind != "filler" and not (token.kind == "approximate" and _scale_follows(tokens, at)):
            is_open = False
    return runs


def _scale_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word for "about" stands within a number: 30多亿, 20여만."""
    return at + 1 < len(tokens) and tokens[at + 1].kind in {"scale", "group"}


def _parted(run: list[Token], style: Style) -> list[list[Token]]:
    """The two numbers of ``between 20 and 30``, where the "and" is no part of one number."""
    if numeral(run, style) is None:
        for at in range(len(run) - 2, 0, -1):
            halves = run[:at], run[at + 1 :]
            if run[at].kind == "join" and all(numeral(half, style) for half in halves):
                return [*halves]
    return [run]


def _number(run: list[Token], count: int, at: int, text: str, value: Interval, style: Style) -> Step:
    words = text[run[0].start : run[-1].end]
    while run and run[-1].kind == "join":
        run = run[:-1]
    found = numeral(run, style)
    if found is None:
        return Step(words, words)
    meant: Number = found.value
    if count > 1 and at == 0 and value.min is not None and value.max is not None and not found.scale:
        # "15-25bn": the first number takes over the scale of the second
        meant = _shared(meant, value.min if value.min > 0 else -value.min)
    if ambiguous(words):
        whole = int(re.sub("[.,]", "", words))
        if whole in {value.min, value.max}:
            return Step(words, _grouped(whole), assumed=bool(value.assumed))
    return Step(words, _grouped(meant), assumed=bool(found.assumed) and found.assumed == value.assumed)


def _shared(meant: Number, bound: Number) -> Number:
    """The bound, if it is the number times a power of ten above a hundred."""
    power = Decimal(bound).adjusted() - Decimal(meant).adjusted()
    return bound if power > 1 and raised(meant, power) == bound else meant


def _grouped(value: Number) -> str:
    whole, _, fraction = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def _mark(token: Token, text: str, value: Interval) -> Step | None:
    words = text[token.start : token.end]
    if token.kind in {"bound", "bound-after"}:
        return Step(words, _SIGNS[str(token.value).rstrip("~")])
    if token.kind == "approximate":
        return Step(words, "≈") if words else None
    if token.kind == "range":
        return Step(words, "–")
    if token.kind == "from" and value.max is None:
        return Step(words, "≥")
    if token.kind == "minus":
        return Step(words, "-")
    if token.kind == "band" and value.max is not None:
        return Step(words, f"< {_grouped(value.max)}")
    if token.kind == "third" and value.min is not None and value.max is not None:
        return Step(words, f"≥ {_grouped(value.min)}, < {_grouped(value.max)}", assumed=True)
    return None
