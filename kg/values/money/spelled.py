"""An amount of money spelled out as an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Problem, Unreadable, pointer_token
from kg.values.characters import LONGEST_NAME, checked, kind_of, shortened, unreadable
from kg.values.keys import flag, number
from kg.values.money.meaning import Money
from kg.values.money.units import codes
from kg.values.nearest import choices, nearest
from kg.values.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.grammar.digits import Number

KEYS: Final = (
    "value",
    "min",
    "max",
    "minExclusive",
    "maxExclusive",
    "currency",
    "approximate",
    "asWritten",
    "converted",
)
_KEYS: Final = frozenset(KEYS)


def read(value: Mapping[str, object]) -> Money:
    """The amount that an object spells out.

    ``value``, or ``min`` and ``max`` as far as known, ``currency`` (ISO 4217), and where they
    apply ``minExclusive``, ``maxExclusive``, ``approximate``, ``asWritten``, ``converted`` (such
    an object again). Raises ``Unreadable`` with all that is wrong.

    >>> read({"min": "15e9", "currency": "USD"}).min
    Decimal('1.5E+10')
    """
    problems = Problems()
    if not value.keys() <= _KEYS:
        for key in value:
            if key not in _KEYS:
                near, allowed = ((), ()) if problems.full else choices(key, KEYS)
                problems.append(
                    Problem("money-key", pointer_token(key), {"near": near}, received=key, allowed=allowed)
                )
    currency = value.get("currency")
    if not isinstance(currency, str) or currency not in codes():
        problems.append(_currency_problem(value))
    low, high = _bounds(value, problems)
    more = "minExclusive" in value and flag(value, "minExclusive", problems)
    less = "maxExclusive" in value and flag(value, "maxExclusive", problems)
    approximate = "approximate" in value and flag(value, "approximate", problems)
    as_written = _as_written(value, problems) if "asWritten" in value else ""
    converted = _converted(value, problems) if "converted" in value else None
    problems.refuse()
    return Money(str(currency), low, high, more, less, approximate, as_written, converted)


def _bounds(value: Mapping[str, object], problems: Problems) -> tuple[Number | None, Number | None]:
    if "value" in value:
        if "min" in value or "max" in value:
            problems.append(Problem("money-value-and-bounds", received=shortened(value)))
        amount = number(value, "value", problems)
        return amount, amount
    if "min" not in value and "max" not in value:
        problems.append(Problem("money-no-value", received=dict(value), allowed=("value", "min", "max")))
    return (
        number(value, "min", problems) if "min" in value else None,
        number(value, "max", problems) if "max" in value else None,
    )


def _as_written(value: Mapping[str, object], problems: Problems) -> str:
    text = value["asWritten"]
    try:
        if not isinstance(text, str):
            raise unreadable("string-expected", text, args={"kind": kind_of(text)})
        return checked(text, LONGEST_NAME)
    except Unreadable as error:
        problems.extend(p.below("/asWritten") for p in error.problems)
        return ""


def _converted(value: Mapping[str, object], problems: Problems) -> Money | None:
    other = value["converted"]
    try:
        if not isinstance(other, dict):
            raise unreadable("money-converted", other, args={"kind": kind_of(other)})
        if "converted" in other:
            raise unreadable("money-converted", other, pointer="/converted", args={"kind": "object"})
        return read(other)
    except Unreadable as error:
        problems.extend(p.below("/converted") for p in error.problems)
        return None


def _currency_problem(value: Mapping[str, object]) -> Problem:
    currency = value.get("currency")
    if currency is None:
        return Problem("money-no-currency", received=dict(value), allowed=("USD", "KRW", "EUR"))
    if not isinstance(currency, str):
        args = {"kind": kind_of(currency)}
        return Problem("string-expected", "/currency", args, received=shortened(currency))
    known = sorted(codes())
    return Problem(
        "money-currency", "/currency", received=shortened(currency), allowed=nearest(currency, known)[:3]
    )
