"""Common fractions in words, made one token each: two thirds, 3분의 1, one over three."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kg.values.interval.side import MINUS
from kg.values.numeral import KINDS, Style, numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_TEN: Final = 10
_HUNDRED: Final = 100


def joined(tokens: list[Token], style: Style) -> list[Token]:
    """The tokens with every fraction as one token of kind ``fraction`` or ``part``."""
    kinds = {token.kind for token in tokens}
    if "range" in kinds and ("rank" in kinds or "count" in kinds):
        tokens = [token for at, token in enumerate(tokens) if not is_hyphen(tokens, at)]
    if divides(tokens):
        tokens = _divided(tokens, style)
    if "rank" in kinds:
        tokens = _ranked(tokens)
    return tokens


def is_hyphen(tokens: Sequence[Token], at: int) -> bool:
    """The hyphen in ``twenty-one`` and ``five-eighths``."""
    if tokens[at].text not in MINUS or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if after.kind == "rank":
        return before.kind in {"count", "group", "multiple", "article"}
    tens = before.kind == "count" and before.value >= 2 * _TEN and not before.value % _TEN
    return tens and after.kind == "count" and 0 < after.value < _TEN


def divides(tokens: Sequence[Token]) -> bool:
    """Whether one number may be divided by another."""
    return any(
        t.kind in {"over", "parts"}
        or (
            t.text in {"over", "in"}
            and 0 < i < len(tokens) - 1
            and _counts(tokens[i - 1])
            and _counts(tokens[i + 1])
        )
        for i, t in enumerate(tokens)
    )


def _counts(token: Token) -> bool:
    return token.kind in KINDS


def _divided(tokens: list[Token], style: Style) -> list[Token]:
    """``one over three``, ``3분의 1``: the runs of numerals on both sides of the word."""
    for at, token in enumerate(tokens):
        if token.kind not in {"over", "parts"} and token.text not in {"over", "in"}:
            continue
        start, end = at, at + 1
        while start and _counts(tokens[start - 1]):
            start -= 1
        while end < len(tokens) and _counts(tokens[end]):
            end += 1
        first = numeral(tokens[start:at], style) if start < at else None
        second = numeral(tokens[at + 1 : end], style) if end > at + 1 else None
        if token.kind == "parts":
            first, second = second, first
        if first is None or second is None or not second.value:
            continue
        value = Fraction(first.value) / Fraction(second.value)
        text = f"{value.numerator}/{value.denominator}"
        whole = token._replace(
            kind="fraction", value=text, start=tokens[start].start, end=tokens[end - 1].end
        )
        return [*tokens[:start], whole, *tokens[end:]]
    return tokens


def _ranked(tokens: list[Token]) -> list[Token]:
    """An ordinal after a number is a denominator: two thirds, three twenty-firsts."""
    found: list[Token] = []
    for token in tokens:
        numerator = bool(found) and found[-1].kind in {"count", "digits", "group", "multiple", "article"}
        if token.kind != "rank" or not numerator:
            found.append(
                token._replace(kind="count") if token.kind == "rank" and token.value < _HUNDRED else token
            )
            continue
        denominator = token.value
        tens = found[-1].kind == "count" and found[-1].value >= 2 * _TEN and not found[-1].value % _TEN
        more = len(found) > 1 and found[-2].kind not in {"join", "range"}
        if tens and denominator < _TEN and (more or (len(found) > 1 and found[-2].kind == "article")):
            denominator += found.pop().value
        kind = "part"
        if found[-1].kind == "article":
            kind = "part" if len(found) == 1 else "fraction"
            if len(found) == 1:
                found[-1] = found[-1]._replace(kind="count", value=1)
        found.append(token._replace(kind=kind, value=f"1/{denominator}"))
    return found
