"""Tokens sorted into the sides of an interval.

    interval = side [range side]
    side     = marks, one numeral, its unit before or after it, "대"
    marks    = bounds and approximation, before or after

The words are in the vocabulary, so this holds for every language that has a table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from kg.values.interval.particles import is_particle, paired
from kg.values.interval.side import MINUS, Side
from kg.values.numeral import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.vocabulary import Token

_TENS: Final = frozenset(range(20, 100, 10))
_TEN: Final = 10
_MAY_SAY_NOTHING: Final = frozenset({"range", "article", "count", "digit", "scale"})
_SHARES: Final = frozenset({"half", "fraction"})
_SAYING_NOTHING: Final = frozenset({"filler", "label", "each", "change"})
_PLAIN: Final = frozenset(
    {"digits", "digit", "group", "scale", "multiple", "approximate", "filler", "label", "each", "change"}
)
"""What only goes on with a side that has no bound."""
_ARTICLE_BEFORE: Final = _SAYING_NOTHING | {"approximate", "bound", "until", "between", "digits", "count"}

_WAVES: Final = frozenset("~∼〜")
"""Signs that leave the end open."""
_CJK: Final = re.compile("[가-힣\u3041-\u30ff\u3400-\u9fff]")
_COMMA: Final = "、"
_DIGITS: Final = frozenset("123456789")
_BOUNDS: Final = frozenset({"bound", "bound-after", "until"})
_BETWEEN: Final = ("approximate", "range")

S = TypeVar("S", bound=Side)


class Refused(Exception):
    """A token has no place; ``at`` is its number, None where something is missing at the end."""

    def __init__(self, at: int | None) -> None:
        """``at`` counts tokens."""
        super().__init__()
        self.at = at


def sides(tokens: Sequence[Token], new: type[S]) -> list[S]:
    """One or two sides; raises ``Refused`` for a token that fits nowhere."""
    found = [new()]
    tokens = paired(tokens)
    between = False
    ranged = any(t.kind == "range" and t.text not in MINUS for t in tokens)
    for at, token in enumerate(tokens):
        side, kind = found[-1], token.kind
        if kind in _MAY_SAY_NOTHING and _says_nothing(side, tokens, at):
            continue
        if not side.bound and (kind in _PLAIN or kind in new.units):
            if not side.take(token):
                raise Refused(at)
            continue
        between = between or (kind in {"between", "from"} and not ranged)
        parts = (
            kind == "range"
            or (kind == "until" and bool(side.numeral))
            or (kind == "join" and (between or _joins_sides(side, tokens, at)))
        )
        if parts and not _is_minus_of_second(side, tokens, at):
            if side.numeral:
                found.append(new())
            elif not side.take_sign(token) and not _says_whence(tokens, at):
                raise Refused(at)
            continue
        if parts or _begins_another(side, tokens, at):
            side = new()
            found.append(side)
        fits = not (_bounds_label(side, tokens, at) or _is_past(tokens, at))
        if not fits or not (side.take_sign(token) if parts else side.take(_as_bound(side, token))):
            raise Refused(at)
    return _complete(found, tokens)


def _as_bound(side: Side, token: Token) -> Token:
    """``and under`` is a bound: of the number before it ("$10 and under": 10 too), or of the next one."""
    if token.kind == "until":
        return token._replace(kind="bound")
    if token.kind != "bound-after":
        return token
    return token._replace(kind="bound", value=token.value if side.numeral else token.value[0])


def _bounds_label(side: Side, tokens: Sequence[Token], at: int) -> bool:
    """``5억원 상반기까지``, ``3亿元预算不足``: a bound right behind a label is none of the amount before."""
    token = tokens[at]
    after = bool(side.numeral) and tokens[at - 1].kind == "label" and tokens[at - 1].end == token.start
    return after and token.kind == "bound" and _CJK.match(token.text) is not None


def _says_whence(tokens: Sequence[Token], at: int) -> bool:
    """``업계에서 100억원``: in Korean what parts a range elsewhere may end a noun before the number."""
    token, before = tokens[at], tokens[at - 1] if at else None
    noun = before is not None and before.kind in _SAYING_NOTHING and before.end == token.start
    return noun and _CJK.match(token.text) is not None


def _is_past(tokens: Sequence[Token], at: int) -> bool:
    """``doubled from $5m``: what an amount was before it changed is no bound of it."""
    return tokens[at].kind == "from" and any(token.kind == "change" for token in tokens[:at])


def _complete(found: list[S], tokens: Sequence[Token]) -> list[S]:
    first = found[0]
    if len(found) > 1 and not found[-1].numeral:
        last = tokens[-1]
        opens = last.kind == "range" and (last.text[0].isalpha() or last.text in _WAVES)
        word = last.text[0].isalpha()
        elsewhere = word and len(tokens) > 1 and tokens[-2].kind in {"label", "change"}  # 5억원 기관에서
        if len(found) > 2 or not opens or first.bound or elsewhere:  # noqa: PLR2004
            raise Refused(None)
        # "100억원부터", "100億円から", "9,800円~": nothing follows, so it is a lower bound
        found.pop()
        first.bound = ">="
    if len(found) > 2:  # noqa: PLR2004 - an interval has two ends
        raise Refused(None)
    if len(found) == 1 and any(token.kind == "between" for token in tokens):
        raise Refused(None)
    if len(found) == 1 and first.starts and not first.bound:
        first.bound = ">="
    return found


def _is_minus_of_second(side: Side, tokens: Sequence[Token], at: int) -> bool:
    """``-9 이상 -5 미만``: after a bound, a hyphen right before the number is its sign."""
    token = tokens[at]
    if token.text not in MINUS or not (side.closed and side.bound) or at + 1 >= len(tokens):
        return False
    apart = tokens[at - 1].end < token.start or tokens[at - 1].kind == "filler"
    return apart and tokens[at + 1].start == token.end


def _begins_another(side: Side, tokens: Sequence[Token], at: int) -> bool:
    """Whether a bound or number after a bounded side opens the other one: 超过10亿低于20亿."""
    kind = tokens[at].kind
    if kind == "bound-after":
        return _number_follows(tokens, at, side.units)
    if not side.bound or not (side.closed or (kind == "bound" and side.numeral)):
        return False
    if kind in KINDS:
        bounded = any(token.kind in _BOUNDS for token in tokens[at:])  # 3亿元以上5亿元 says too little
        return kind != "join" and not side.bound_first and bounded
    after = tokens[at + 1 : at + 3]
    if after and after[0].text in MINUS:
        after = after[1:]
    return kind == "bound" and bool(after) and (after[0].kind in KINDS or after[0].kind in side.units)


def _number_follows(tokens: Sequence[Token], at: int, units: frozenset[str]) -> bool:
    return at + 1 < len(tokens) and (tokens[at + 1].kind in KINDS or tokens[at + 1].kind in units)


def _joins_sides(side: Side, tokens: Sequence[Token], at: int) -> bool:
    """The "and" in ``more than $5m and less than $10m``; in ``two hundred and fifty`` it is none."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    hyphen = following is not None and following.text in MINUS and following.start == tokens[at].end
    return bool(side.bound) and not hyphen and (following is None or following.kind not in KINDS)


def _says_nothing(side: Side, tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen, an article or a particle only joins words.

    The hyphen in ``twenty-five``, ``15-million`` or ``15-billion-dollar``, the article in
    ``a $5m`` or ``ein Kaufpreis``, the particle after the amount in ``7000만원이``.
    """
    if tokens[at].kind == "range":
        return _is_joining_hyphen(tokens, at, side.units)
    if tokens[at].kind in {"digit", "scale"}:
        return is_particle(tokens, at)
    if not _is_mere_article(tokens, at, side.units):
        return False
    if side.numeral and tokens[at - 1].kind not in _SAYING_NOTHING:
        raise Refused(at)  # "$5m a contract"
    return True


def _is_mere_article(tokens: Sequence[Token], at: int, units: frozenset[str]) -> bool:
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if tokens[at].kind == "count":
        kinds = [token.kind for token in tokens[at + 1 : at + 3]]
        of_bound = kinds == ["bound", "filler"] and _number_follows(
            tokens, at + 2, units
        )  # un mínimo de 20 M€
        return tokens[at].value == 1 and (following == "label" or of_bound)
    return following in _ARTICLE_BEFORE or _number_later(tokens, at, units)


def _is_joining_hyphen(tokens: Sequence[Token], at: int, units: frozenset[str]) -> bool:
    token = tokens[at]
    following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if token.text not in MINUS or not at:
        return False
    if following in {"multiple", "scale"} or (following == "article" and tokens[at - 1].kind in _SHARES):
        return True
    before = tokens[at - 1].kind
    if "join" in (before, following) or (following in _SHARES and before == "article"):
        return True  # four-and-a-half
    if following == "bound" and (at + 2 == len(tokens) or tokens[at + 2].kind in _SAYING_NOTHING):
        return tokens[at + 1].start == token.end
    if following in units:
        return all(token.kind in _SAYING_NOTHING for token in tokens[at + 2 :])
    tens = tokens[at - 1].value if tokens[at - 1].kind == "count" else 0
    return following == "count" and tens in _TENS and 0 < tokens[at + 1].value < _TEN


def _number_later(tokens: Sequence[Token], at: int, units: frozenset[str]) -> bool:
    """Whether a unit and then a number follow the article: "a US$4.7 billion"; "a dollar" is one dollar."""
    if at + 2 >= len(tokens) or tokens[at + 1].kind not in units:
        return False
    return tokens[at + 2].kind == "digits" or tokens[at + 2].kind in units


def spread(tokens: list[Token]) -> list[Token]:
    """Two digits next to each other before a scale are a range: 两三亿 or 2、3億 is about 2 to 3 亿."""
    found: list[Token] = []
    after = 0
    for at, token in enumerate(tokens):
        if at < after:
            continue
        found.append(token)
        comma = at + 1 < len(tokens) and tokens[at + 1].text == _COMMA
        second = at + 1 + comma
        if second + 1 >= len(tokens) or (at and tokens[at - 1].kind in {"digit", "digits"}):
            continue
        follows = _digit(token, comma=comma) + 1 == _digit(tokens[second], comma=comma) > 1
        if follows and tokens[second + 1].kind in {"group", "scale"}:
            found += [token._replace(kind=kind, value="~", text="~", start=token.end) for kind in _BETWEEN]
            after = second
    return found


def _digit(token: Token, *, comma: bool) -> int:
    """The value of a single digit, or -1; in figures it is one only beside a comma: 2、3."""
    if token.kind == "digit":
        return int(token.value)
    return int(token.text) if comma and token.kind == "digits" and token.text in _DIGITS else -1
