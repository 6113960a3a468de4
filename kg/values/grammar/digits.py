"""Digits with separators, and exact arithmetic.

What a separator means, in this order: spaces and apostrophes group; of two kinds of separator the last one
separates the decimals; one that occurs several times groups; one that is not followed by exactly three
digits separates the decimals. What is left is ambiguous (``12.345``): the language decides, and the
reading reports the assumption.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kg.values.grammar.limits import EXACT, FRACTION_DIGITS

_LONGEST: Final = 60
_GROUP: Final = 3
_AMBIGUOUS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_SPACED: Final = re.compile(r"[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?")
_FORMS: Final = (
    re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:(?P<point>\.)[0-9]+)?"),
    re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:(?P<point>,)[0-9]+)?"),
    re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:(?P<point>\.)[0-9]+)?"),
    re.compile(r"[0-9]*(?P<point>[.,])[0-9]+"),
)
"""Groups of three, Indian groups, decimals without groups."""
_POWER: Final = re.compile(r"([0-9.]+)(?:[eE]| ?[x×*] ?10 ?\^ ?)([+-]?[0-9]+)")
Number = int | Decimal
Value = int | Decimal | Fraction


def is_ambiguous(text: str) -> bool:
    """Whether only the language tells if the separator groups or separates the decimals.

    >>> is_ambiguous("12.345"), is_ambiguous("0.345"), is_ambiguous("12.34")
    (True, False, False)
    """
    return _AMBIGUOUS.fullmatch(text) is not None


def digits(text: str, *, comma: bool | None = False) -> Number | None:
    """The value of digits with separators, None where the separators make no sense.

    >>> digits("5,000"), digits("1.2"), digits("1.234.567,89"), digits("1,2,3"), digits("12,34,567")
    (5000, Decimal('1.2'), Decimal('1234567.89'), None, 1234567)
    >>> digits("12.345"), digits("12.345", comma=True), digits("1 234,50"), digits("50,-")
    (Decimal('12.345'), 12345, Decimal('1234.50'), 50)

    ``comma`` says whether it separates the decimals in the language; None if it only groups.
    """
    if len(text) > _LONGEST:
        return None
    if text.isdigit():
        return int(text)
    whole, point, decimals = text.partition("." if "." in text else ",")
    if point == "," and not comma and (whole == "0" or (comma is None and len(decimals) < _GROUP)):
        return None  # 2億0,355萬, 2,3億: no decimals where a comma groups
    if point and decimals.isdigit() and whole.isdigit() and len(decimals) != _GROUP:
        return Decimal(f"{whole}.{decimals}")
    if found := _POWER.fullmatch(text):  # 1.3e6, 1.3 x 10^6
        return moved(Decimal(found[1]), int(found[2]))
    text = text.rstrip("-–—").rstrip(".,")
    if text.isdigit():
        return int(text)
    if is_ambiguous(text):
        point = "," if comma else "."
        return Decimal(text.replace(",", ".")) if point in text else int(re.sub("[.,]", "", text))
    return _formed(text)


def _formed(text: str) -> Number | None:
    """Digits in one of the usual forms of groups and decimals."""
    if _SPACED.fullmatch(text):
        text = re.sub("[ '’]", "", text).replace(",", ".")
        return Decimal(text) if "." in text else int(text)
    for form in _FORMS:
        if found := form.fullmatch(text):
            point = found["point"]
            whole, _, decimals = text.partition(point) if point else (text, "", "")
            whole = re.sub("[.,]", "", whole)
            return Decimal(f"{whole}.{decimals}") if point else int(whole)
    return None


def fraction(text: str) -> Fraction | None:
    """The value of ``2 1/4``, None where the denominator is zero or there are too many digits.

    >>> fraction("2 1/4"), fraction("1⁄2")
    (Fraction(9, 4), Fraction(1, 2))
    """
    whole, _, part = text.replace("⁄", "/").rpartition(" ")
    above, _, below = part.partition("/")
    if len(text) > _LONGEST or not int(below):
        return None
    return int(whole or 0) + Fraction(int(above), int(below))


def scaled(value: Value, power: int) -> Value:
    """``value`` times ten to the power ``power``, exactly.

    >>> scaled(Decimal("1.2"), 6), scaled(15, 9), scaled(Fraction(1, 2), 6)
    (1200000, 15000000000, 500000)
    """
    return plain(value * Fraction(10) ** power) if isinstance(value, Fraction) else moved(value, power)


def moved(value: Number, power: int) -> Number:
    """As :func:`scaled`, for what is no fraction."""
    if not power:
        return value
    if isinstance(value, Decimal):
        return _whole(value.scaleb(power, EXACT))
    return value * 10**power if power > 0 else Decimal(value).scaleb(power, EXACT)


def plus(first: Value, second: Value) -> Value:
    """The exact sum."""
    if isinstance(first, Fraction) or isinstance(second, Fraction):
        return plain(Fraction(first) + Fraction(second))
    return add(first, second)


def add(first: Number, second: Number) -> Number:
    """As :func:`plus`, for what is no fraction."""
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    return _whole(EXACT.add(Decimal(first), Decimal(second)))


def times(first: Value, second: Value) -> Value:
    """The exact product."""
    if isinstance(first, int) and isinstance(second, int):
        return first * second
    return plain(Fraction(first) * Fraction(second))


def plain(value: Value) -> Value:
    """A fraction that is a finite decimal as such; other values as they are."""
    if not isinstance(value, Fraction):
        return value
    if value.denominator == 1:
        return value.numerator
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return value if rest != 1 else rounded(value)[0]


def rounded(value: Value) -> tuple[Number, bool]:
    """The value as a decimal, and whether it had to be rounded (to 18 digits after the point).

    >>> rounded(Fraction(3, 4)), rounded(Fraction(1, 3))
    ((Decimal('0.75'), False), (Decimal('0.333333333333333333'), True))
    """
    if not isinstance(value, Fraction):
        return value, False
    nearest = round(value * 10**FRACTION_DIGITS)
    exact = Decimal(nearest).scaleb(-FRACTION_DIGITS, EXACT).normalize(EXACT)
    return exact, Fraction(exact) != value


def _whole(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() and value.adjusted() < _LONGEST else value
