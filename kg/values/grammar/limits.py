"""Exact numbers: digits and JSON numbers to ``Decimal``, and back to a plain decimal."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from typing import Final

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME, kind_of, unreadable

WHOLE_DIGITS: Final = 20
"""Digits before the decimal point: the store's decimals overflow beyond."""
FRACTION_DIGITS: Final = 18
"""Digits after the decimal point, zeros at the end not counted."""

EXACT: Final = Context(prec=2 * LONGEST_NAME, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
"""Arithmetic that never rounds."""

_LIMIT: Final = 10**WHOLE_DIGITS
_LEXICAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?", re.ASCII)


def plain(value: int | Decimal) -> str:
    """A number in the canonical form of ``xsd:decimal``: no exponent, no zeros at the end.

    Raises ``Unreadable`` beyond 20 digits before and 18 after the decimal point.

    >>> plain(Decimal("15e9")), plain(Decimal("1.50")), plain(Decimal("-0.0"))
    ('15000000000', '1.5', '0')
    """
    if isinstance(value, int):
        if not -_LIMIT < value < _LIMIT:
            raise _too_large(value)
        return str(value)
    if not value.is_finite():
        raise unreadable("number-not-finite", str(value))
    if not value:
        return "0"
    top = value.adjusted()
    if top >= WHOLE_DIGITS:
        raise _too_large(value)
    if top < -FRACTION_DIGITS:
        raise _too_precise(value)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
        point = text.find(".")
        if point >= 0 and len(text) - point - 1 > FRACTION_DIGITS:
            raise _too_precise(value)
    return text


def is_plain(value: int | Decimal | None) -> bool:
    """Whether :func:`plain` takes a number; a number that is not there is no trouble.

    >>> is_plain(5), is_plain(Decimal("1e20")), is_plain(None)
    (True, False, True)
    """
    if value is None:
        return True
    if isinstance(value, int):
        return -_LIMIT < value < _LIMIT
    try:
        return bool(plain(value))
    except Unreadable:
        return False


def exact(value: object) -> int | Decimal:
    """The number that a JSON value is or that a decimal string (``"15"``, ``"1.5e9"``) says.

    Raises ``Unreadable`` for anything else, a ``float`` included: it is not what was written.

    >>> exact("1.5e9"), exact(3)
    (Decimal('1.5E+9'), 3)
    """
    if isinstance(value, str):
        text = value.strip()
        if len(text) > LONGEST_NAME:
            raise unreadable("text-too-long", value, args={"length": len(value), "limit": LONGEST_NAME})
        if _LEXICAL.fullmatch(text) is None:
            raise unreadable("number-unreadable", value)
        return int(text) if text.isdigit() and len(text) <= WHOLE_DIGITS else Decimal(text)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        code = "number-float" if isinstance(value, float) else "number-expected"
        raise unreadable(code, value, args={"kind": kind_of(value)})
    return value


def _too_large(value: int | Decimal) -> Exception:
    return unreadable("number-too-large", _shown(value), args={"digits": WHOLE_DIGITS})


def _too_precise(value: Decimal) -> Exception:
    return unreadable("number-too-precise", _shown(value), args={"digits": FRACTION_DIGITS})


def _shown(value: int | Decimal) -> str:
    # str() of an int of more than 4,300 digits raises; its size says enough
    if isinstance(value, int) and value.bit_length() > 4 * LONGEST_NAME:
        return f"{'-' if value < 0 else ''}2^{value.bit_length()}"
    return str(value)
