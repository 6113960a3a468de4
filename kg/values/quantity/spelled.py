"""A quantity spelled out as an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Problem, Unreadable, pointer_token
from kg.values.characters import checked_name, kind_of, shortened, unreadable
from kg.values.grammar.interval import Interval
from kg.values.keys import flag, number
from kg.values.nearest import choices
from kg.values.problems import Problems
from kg.values.quantity.meaning import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS: Final = ("value", "min", "max", "minExclusive", "maxExclusive", "unit", "approximate", "asWritten")


def read(value: Mapping[str, object]) -> Quantity:
    """The quantity that an object spells out.

    ``value``, or ``min`` and ``max`` as far as known, ``unit``, and where they apply
    ``minExclusive``, ``maxExclusive``, ``approximate``, ``asWritten``. A unit that no table has
    is kept as it is. Raises ``Unreadable`` with all that is wrong.

    >>> read({"min": 5, "unit": "GW"}).number.min
    5
    """
    problems = Problems()
    for key in value:
        if key not in KEYS:
            near, allowed = ((), ()) if problems.full else choices(key, KEYS)
            problems.append(
                Problem("quantity-key", pointer_token(key), {"near": near}, received=key, allowed=allowed)
            )
    unit = _text(value, "unit", problems)
    if not unit and "unit" not in value:
        problems.append(Problem("quantity-no-unit", received=shortened(dict(value))))
    if ("value" in value) == ("min" in value or "max" in value):
        problems.append(Problem("quantity-no-value", received=shortened(dict(value)), allowed=KEYS[:3]))
    numbers = {key: number(value, key, problems) for key in KEYS[:3] if key in value}
    flags = {key: flag(value, key, problems) for key in (*KEYS[3:5], "approximate") if key in value}
    as_written = _text(value, "asWritten", problems)
    problems.refuse()
    low, high = numbers.get("min", numbers.get("value")), numbers.get("max", numbers.get("value"))
    more, less = flags.get("minExclusive", False), flags.get("maxExclusive", False)
    return Quantity(unit, Interval(low, high, None, more, less, flags.get("approximate", False)), as_written)


def _text(value: Mapping[str, object], key: str, problems: Problems) -> str:
    if key not in value:
        return ""
    text = value[key]
    try:
        if not isinstance(text, str):
            raise unreadable("string-expected", text, args={"kind": kind_of(text)})
        return checked_name(text)
    except Unreadable as error:
        problems.extend(p.below(f"/{key}") for p in error.problems)
        return ""
