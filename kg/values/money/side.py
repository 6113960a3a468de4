"""One side of an interval: a number with its currency and its marks, while it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.money.vocabulary import family, whole
from kg.values.numeral import KINDS, Numeral, numeral, shifted

if TYPE_CHECKING:
    from kg.values.vocabulary import Token

CURRENCIES: Final = frozenset({"currency", "assumed", "code", "subunit"})
"""The kinds of token that name a currency."""
MINUS: Final = frozenset("-−‐‑")
_CENTS: Final = -2
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


class Side:
    """What has been read of one side; the defaults are "nothing yet"."""

    closed = False
    """Whether something other than a numeral has followed the numeral."""
    currency = ""
    symbol = ""
    """The symbol or word that the currency is assumed from, "" if it has one meaning."""
    power = 0
    """-2 where cents are counted."""
    bound = ""
    approximate = False
    band = False
    negative = False

    def __init__(self) -> None:
        """Begin with no numeral."""
        self.numeral: list[Token] = []


def take(side: Side, token: Token) -> bool:
    """Whether the side has a place for the token; if so, it is put there."""
    kind, value = token.kind, token.value
    if kind in KINDS:
        if side.closed:
            return False
        side.numeral.append(token)
        return True
    if kind == "approximate":
        side.approximate = True
        return True
    if kind in {"filler", "between"}:
        return True
    if kind in CURRENCIES:
        return _take_currency(side, kind, value, token.text)
    side.closed = bool(side.numeral)
    if kind == "bound":
        if token.text == "+" and not side.numeral:
            return True
        if side.bound not in {"", value}:
            return False
        side.bound = value
        return True
    if kind == "band" and side.numeral and not side.band:
        side.band = True
        return True
    return False


def _take_currency(side: Side, kind: str, value: str, symbol: str) -> bool:
    """Put a currency into the side, unless it has another one."""
    side.closed = bool(side.numeral)
    open_to_more = kind in {"assumed", "subunit"}
    if not side.currency:
        side.currency, side.symbol = value, symbol if open_to_more else ""
    elif open_to_more:
        # "AUD $15": the symbol may stand for what is already named
        if value != side.currency and side.currency not in family(value):
            return False
    else:
        if value != side.currency and not (side.symbol and value in family(side.currency)):
            return False
        side.currency, side.symbol = value, ""
    if kind == "subunit":
        side.power = _CENTS
    return True


def sign(side: Side, token: Token) -> bool:
    """Whether the token may stand before the number: ``-`` is a minus, ``~`` is "about"."""
    if token.value in MINUS and not side.negative:
        side.negative = True
    elif token.value == "~" and not side.approximate:
        side.approximate = True
    else:
        return False
    return True


def number(side: Side) -> Numeral | None:
    """The number of a side, or None if it has none that can be read."""
    found = numeral(side.numeral) if side.numeral else None
    if found is None:
        return None
    if len(side.numeral) == 1 and side.currency in whole() and _THOUSANDS.fullmatch(side.numeral[0].text):
        # "12.500 ₫": nobody pays in parts of a dong, so the point groups
        found = Numeral(shifted(found.value, 3), shifted(found.value, 3))
    if not side.negative and not side.power:
        return found
    value = shifted(found.value, side.power)
    value = -value if side.negative else value
    return Numeral(value, value)
