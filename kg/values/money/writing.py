"""An amount of money as RDF: ``schema:MonetaryAmount``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kg.errors import Problem
from kg.rdf import KG, SCHEMA, XSD, literal
from kg.values.codec import Node, Written
from kg.values.grammar.limits import plain

if TYPE_CHECKING:
    from kg.values.grammar.digits import Number
    from kg.values.money.meaning import Money

_TYPES: Final = (f"{SCHEMA}MonetaryAmount",)
_CURRENCY: Final = f'<{SCHEMA}currency> "'
_VALUE: Final = f'<{SCHEMA}value> "'
_MIN: Final = f'<{SCHEMA}minValue> "'
_MAX: Final = f'<{SCHEMA}maxValue> "'
_DECIMAL: Final = f'"^^<{XSD}decimal>'
_TRUE: Final = f'"true"^^<{XSD}boolean>'
_MIN_EXCLUSIVE: Final = f"<{KG}minExclusive> {_TRUE}"
_MAX_EXCLUSIVE: Final = f"<{KG}maxExclusive> {_TRUE}"
_APPROXIMATE: Final = f"<{KG}approximate> {_TRUE}"
_IS_CONVERTED: Final = f"<{KG}converted> {_TRUE}"
_AS_WRITTEN: Final = f"<{KG}asWritten> "
_CONVERTED_AS: Final = f"<{KG}convertedAs>"


def written(money: Money) -> Written:
    """The amount as a node, with what was assumed about its currency.

    Raises ``Unreadable`` for a number beyond the limits of :func:`kg.values.grammar.limits.plain`.
    """
    info = () if not money.assumed else (_assumption(money.assumed, money.currency),)
    other = money.converted
    if other is not None and other.assumed and other.assumed != money.assumed:
        info = (*info, _assumption(other.assumed, other.currency))
    if money.digits:
        info = (*info, _habit(money))
    return Written(node=_node(money), info=info)


def unread(text: str) -> Written:
    """A text that was not understood, as a node without a number."""
    return Written(node=Node(_TYPES, [_AS_WRITTEN + literal(" ".join(text.split()))]))


def _node(money: Money) -> Node:
    tails = [f'{_CURRENCY}{money.currency}"', *_bounds(money.min, money.max)]
    if money.min_exclusive:
        tails.append(_MIN_EXCLUSIVE)
    if money.max_exclusive:
        tails.append(_MAX_EXCLUSIVE)
    if money.approximate:
        tails.append(_APPROXIMATE)
    node = Node(_TYPES, tails)
    if money.as_written:
        node.notes.append(_AS_WRITTEN + literal(money.as_written))
    if money.converted is not None:
        converted = _node(money.converted)
        converted.tails.append(_IS_CONVERTED)
        node.parts.append((_CONVERTED_AS, "converted", converted))
    return node


def _bounds(low: Number | None, high: Number | None) -> list[str]:
    if low is None:
        return [] if high is None else [f"{_MAX}{plain(high)}{_DECIMAL}"]
    if high is None:
        return [f"{_MIN}{plain(low)}{_DECIMAL}"]
    if low is high or low == high:
        return [f"{_VALUE}{plain(low)}{_DECIMAL}"]
    return [f"{_MIN}{plain(low)}{_DECIMAL}", f"{_MAX}{plain(high)}{_DECIMAL}"]


def _habit(money: Money) -> Problem:
    digits = money.digits
    whole = digits.replace(".", "").replace(",", "")
    is_whole = int(whole) in {money.min, money.max}
    args = {"digits": digits, "number": whole if is_whole else digits.replace(",", ".")}
    return Problem("money-number-assumed", args=args, severity="info", received=digits)


@cache
def _assumption(symbol: str, currency: str) -> Problem:
    args = {"symbol": symbol, "currency": currency}
    return Problem("money-currency-assumed", args=args, severity="info", received=symbol)
