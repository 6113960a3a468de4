"""Dashes and waves that are no range.

``－百万円`` is none, ``〜500万円`` is up to it, the dash of ``￥120,000-`` the end of the amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.characters import is_dash
from kg.values.interval.side import MINUS
from kg.values.money.side import CURRENCIES
from kg.values.numeral import KINDS as NUMBERS

if TYPE_CHECKING:
    from kg.values.vocabulary import Token


_SIGNS: Final = frozenset({"currency", "assumed"})
_JAPANESE: Final = "ja"
_FIGURES: Final = frozenset({"digits", "digit", "count", "half", "fraction"})
_LABELS: Final = frozenset({"label", "filler"})
_AMOUNT: Final = NUMBERS | CURRENCIES
_ITEMS: Final = _LABELS | {"unknown", "each"}
_TRIANGLES: Final = frozenset("▲△")
_WAVES: Final = frozenset("~∼〜")
_REMARK: Final = 2
"""Tokens of a remark before the bracket that closes it."""


def with_nothing(tokens: list[Token]) -> list[Token]:
    """``－百万円``: in Japanese accounts a dash before the unit alone is no minus, but says "none"."""
    if tokens[0].text not in MINUS or any(token.kind in _FIGURES for token in tokens) or len(tokens) == 1:
        return tokens
    return [tokens[0]._replace(kind="nothing"), *tokens[1:]] if tokens[1].language == _JAPANESE else tokens


def opened(tokens: list[Token]) -> list[Token]:
    """``〜500万円``, 3万円〜で: where the sign means "from … to", it is "to" with no number before it.

    It is "from" with none behind it.
    """
    at = next((n for n, token in enumerate(tokens) if token.kind not in _LABELS and token.text != ":"), 0)
    if tokens[at].text in _WAVES and all(token.text.isascii() for token in tokens):
        return tokens  # ~$2B
    if tokens[at].text in _WAVES:
        return [*tokens[:at], tokens[at]._replace(kind="bound", value="<="), *tokens[at + 1 :]]
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].kind in _AMOUNT:
            break
        if tokens[at].text in _WAVES and tokens[at - 1].kind in _AMOUNT:
            return [*tokens[:at], tokens[at]._replace(kind="bound", value=">="), *tokens[at + 1 :]]
    return tokens


def marked(tokens: list[Token]) -> list[Token]:
    """``- $44.99`` may be an item of a list: a hyphen with a space after it, at the beginning."""
    if len(tokens) < 2 or tokens[0].text not in MINUS or tokens[0].end == tokens[1].start:  # noqa: PLR2004
        return tokens
    return [tokens[0]._replace(kind="unknown"), *tokens[1:]]


def unlisted(tokens: list[Token]) -> list[Token]:
    """``▲매출 100억원``: a triangle before a word is the mark of an item; before the number it is a minus."""
    if len(tokens) < 2 or tokens[0].text not in _TRIANGLES or tokens[1].kind not in _ITEMS:  # noqa: PLR2004
        return tokens
    return [tokens[0]._replace(kind="filler"), *tokens[1:]]


def without_dash(tokens: list[Token]) -> list[Token]:
    """``￥120,000-``: a dash at the end, or that of a bracket, says that nothing more comes."""
    end = len(tokens) - (tokens[-1].kind == "close")
    if [token.kind for token in tokens[-4:]] == ["range", "open", "label", "close"]:
        end -= _REMARK  # ￥120,000-(税込)
    last = tokens[max(end - 3, 0) : end]
    if [token.kind for token in last[1:]] != ["digits", "range"] or last[0].kind not in _SIGNS:
        return tokens
    alone = _LABELS.issuperset(token.kind for token in tokens[: end - 3]) or tokens[end - 4].kind == "open"
    glued = last[1].end == last[2].start and is_dash(last[2].text)
    return tokens[: end - 1] + tokens[end:] if alone and glued else tokens
