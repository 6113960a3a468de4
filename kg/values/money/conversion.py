"""Which tokens of a text are the amount, and which the same amount in another currency.

conversion = "(" interval ")" | "or" interval
"""

from __future__ import annotations

from typing import Final

from kg.values.characters import unreadable
from kg.values.interval.sides import spread
from kg.values.money.faults import fault
from kg.values.money.side import CURRENCIES
from kg.values.money.vocabulary import counters, ends, of_which
from kg.values.numeral import KINDS
from kg.values.vocabulary import Token

_IN_ACCOUNTS: Final = CURRENCIES | KINDS
_OTHER_SIGNS: Final = frozenset({"ja", "ko", "zh"})
"""Languages in which accounts have △ or − for what is below zero, and no brackets."""
_NAMING: Final = frozenset({"label", "filler"})
_SCALES: Final = frozenset({"group", "scale", "multiple"})
_UNIT: Final = CURRENCIES | _SCALES


def parts(tokens: list[Token], text: str) -> tuple[list[Token], list[Token]]:
    """The tokens of the amount, and those of the same amount in another currency; raises ``Unreadable``."""
    kinds = [token.kind for token in tokens]
    if "digit" in kinds or any(token.text == "、" for token in tokens):
        tokens = spread(tokens)
        kinds = [token.kind for token in tokens]
    if "open" in kinds and not _NAMING.isdisjoint(kinds):
        tokens = _without_remarks(tokens, kinds)
        kinds = [token.kind for token in tokens]
    if "open" in kinds or "close" in kinds:
        return _brackets(tokens, kinds, text)
    return _conversion(tokens, kinds) if "convert" in kinds else (tokens, [])


def with_about(tokens: list[Token]) -> list[Token]:
    """约合 is two things: the same amount in another currency, and about."""
    return [part for token in tokens for part in _two(token)]


def _two(token: Token) -> tuple[Token, ...]:
    if token.kind != "convert-about":
        return (token,)
    return token._replace(kind="convert", end=token.start), token._replace(kind="approximate", value=True)


def in_currency(tokens: list[Token], currency: str) -> list[Token]:
    """The tokens of an amount in brackets, with the currency of the first one if they name none."""
    if any(token.kind in CURRENCIES for token in tokens):
        return tokens
    return [*tokens, Token("code", currency, currency)]


def _brackets(tokens: list[Token], kinds: list[str], text: str) -> tuple[list[Token], list[Token]]:
    """The tokens outside and inside of brackets."""
    if kinds.count("open") != 1 or kinds.count("close") != 1 or kinds.index("open") > kinds.index("close"):
        raise fault(tokens, text)
    start, end = kinds.index("open"), kinds.index("close")
    inner = [token for token in tokens[start + 1 : end] if token.kind != "convert"]
    outer = tokens[:start] + tokens[end + 1 :]
    if not outer:
        foreign = any(token.language in _OTHER_SIGNS for token in inner)
        if tokens[start].text == "(" and {token.kind for token in inner} <= _IN_ACCOUNTS and not foreign:
            raise unreadable("money-unreadable", text)  # "($3.5 million)" may be below zero
        return inner, []
    if not any(kind in KINDS for kind in kinds[start:end]):
        # "$15bn (USD)": no second amount, but the currency of the first
        return tokens[:start] + inner + tokens[end + 1 :], []
    if _is_part(inner):
        return outer, []
    if _is_unit(inner):
        if all(token.kind in _NAMING for token in outer):
            raise fault(inner, text)  # "매출액(백만원)" is the head of a column
        if not any(token.kind in _UNIT for token in outer):
            return _with_unit(tokens[:start], inner, tokens[end + 1 :]), []
    if not any(token.kind in KINDS for token in outer) or _says_multiple(inner):
        return outer + inner, []
    return outer, [] if _counts_other(inner) else inner


def _counts_other(inner: list[Token]) -> bool:
    """Whether a bracket's only number is a share, or so many of something: 매출액 대비 5.2%, 100만주."""
    numbers = [at for at, token in enumerate(inner) if token.kind in KINDS - {"join", "article"}]
    if any(token.kind in CURRENCIES for token in inner):
        return False
    if any(token.text.endswith(ends("ratio")) for token in inner):
        return True  # 補助率 2/3
    if not numbers:
        return False
    first, last = numbers[0], numbers[-1]
    after = [token.text for token in inner[last + 1 : last + 2]]
    return last - first + 1 == len(numbers) and not counters().isdisjoint(after)


def _is_part(tokens: list[Token]) -> bool:
    """Whether a bracket names a part of the amount before it: うち消費税額300,000円, 부채 3억원 포함."""
    unknown = {token.text for token in tokens if token.kind == "unknown"}
    if tokens and tokens[0].kind == "label" and tokens[0].text.endswith(ends("compared")):
        return unknown <= of_which("rise")  # 前年度比 +3億円、5%増
    if not tokens or unknown:
        return False
    return tokens[0].text.lower() in of_which("part") or tokens[-1].text in of_which("part-end")


def _is_unit(tokens: list[Token]) -> bool:
    """Whether tokens are a scale and a currency, but no number: the unit of ``5,000(백만원)``."""
    kinds = {token.kind for token in tokens}
    said = kinds - _NAMING
    return said <= _UNIT and bool(said & _SCALES) and bool(said & CURRENCIES)


def _says_multiple(tokens: list[Token]) -> bool:
    """``$12,345 (in thousands)``: what the number counts in, not a second one."""
    kinds = [token.kind for token in tokens]
    return kinds.count("multiple") == 1 and set(kinds) <= CURRENCIES | {"filler", "multiple"}


def _with_unit(before: list[Token], inner: list[Token], after: list[Token]) -> list[Token]:
    """The tokens around a bracket with the unit in it behind their number."""
    unit = [token for token in inner if token.kind in _UNIT]
    unit = sorted(unit, key=lambda token: token.kind not in KINDS)  # the scale first
    counted = any(token.kind in KINDS for token in before)
    return before + unit + after if counted else before + after + unit


def _without_remarks(tokens: list[Token], kinds: list[str]) -> list[Token]:
    """The tokens without brackets that hold mere words: （含本数）, （人民币，下同）is none."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = kinds.index("close", at) if kinds[at] == "open" and "close" in kinds[at:] else at
        if end > at + 1 and set(kinds[at + 1 : end]) <= _NAMING:
            at = end
        else:
            found.append(tokens[at])
        at += 1
    return found


def _conversion(tokens: list[Token], kinds: list[str]) -> tuple[list[Token], list[Token]]:
    """``$15bn, or about 21 trillion won``: what stands before and after the word."""
    at, count = kinds.index("convert"), kinds.count("convert")
    if kinds[at : at + count] != ["convert"] * count:  # ＝日本円で is one
        return tokens, []
    halves = (tokens[:at], tokens[at + count :])
    if all(any(t.kind in KINDS for t in half) and any(t.kind in CURRENCIES for t in half) for half in halves):
        return halves
    if any(token.kind in KINDS for token in halves[0]):
        return tokens, []
    return halves[0] + halves[1], []
