"""Digits with separators, and exact arithmetic with what they say.

What a separator means, in this order: spaces and apostrophes group; of two kinds of separator
the last parts the fraction; one that stands several times groups; one that is not followed by
exactly three digits parts the fraction. What is left is ambiguous (``12.345``, ``12,345``): the
language decides (``language.comma`` of its table), and the reading says that it was assumed where
the language is the only reason.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple, overload

from kg.language_tags import primary_language
from kg.values.grammar.limits import EXACT, FRACTION_DIGITS
from kg.values.vocabulary import BASE, habit, of_tables

NUMBER: Final = (
    r"(?:[0-9]+ )?[0-9]+⁄[0-9]+|[0-9]+ (?:1/2|[13]/4)(?![0-9/])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,'’][0-9]+)*(?:[.,][-–—]{1,2}(?![0-9]))?"
    r"|\.[0-9]+(?![.,]?[0-9])"
)
"""The pattern of digits with their separators; the end may be ``,-`` (no cents)."""

_LONGEST: Final = 60
_USUAL: Final = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})"
)
_AMBIGUOUS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NO_GROUP: Final = re.compile(r"[0-9]+,[0-9]{1,2}|[0-9]{1,3} [0-9]{3}")
_REST: Final = re.compile(r"0,[0-9]{3}(?:\.[0-9]+)?")
_COMMA: Final = re.compile(r"[0-9]+,[0-9]+")
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        r"[1-9][0-9]{0,2}(?P<group>[.,])[0-9]{3}(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))(?P<point>[.,])[0-9]+)?",
        r"[0-9]{1,2}(?P<group>,)(?:[0-9]{2},)+[0-9]{3}(?:(?P<point>\.)[0-9]+)?",
        r"[0-9]*(?P<group>x)?(?P<point>\.)[0-9]+|0,[0-9]+|[0-9]+,[0-9]{1,2}",
    )
)
"""Groups of three, Indian groups, no groups."""

Value = int | Decimal | Fraction


class Style(NamedTuple):
    """How a language writes numbers, where that makes a difference."""

    comma: bool = False
    """A comma parts the fraction, a point groups."""
    shorthand: bool | None = False
    """Whether a last digit word counts the next lower power (一万五 is 15,000); None if nobody knows."""
    groups: bool = False
    """Whether a comma only groups: 2,3億 is no 2.3億, but perhaps 2 or 3."""

    def admits(self, text: str) -> bool:
        """Whether digits may be written so, where a comma only groups.

        One or two digits after it are no group, nor are three after a single space: 아이폰 16 155만원.
        """
        return not (self.groups and _NO_GROUP.fullmatch(text))


PLAIN: Final = Style()


@of_tables
def style(language: str) -> Style:
    """The style of a language by its table.

    >>> style("de").comma
    True
    """
    return Style(
        comma=habit("comma", language),
        groups=habit("groups", language),
        shorthand=None if primary_language(language) not in BASE else habit("shorthand", language),
    )


def ambiguous(text: str) -> bool:
    """Whether only the language tells if the separator groups or parts the fraction.

    >>> ambiguous("12.345"), ambiguous("0.345"), ambiguous("12.34")
    (True, False, False)
    """
    return _AMBIGUOUS.fullmatch(text) is not None


def is_rest(text: str) -> bool:
    """Whether digits fill up thousands that a larger scale has before them: 2億0,255萬.

    >>> is_rest("0,255"), is_rest("0.255")
    (True, False)
    """
    return _REST.fullmatch(text) is not None


def digits(text: str, *, comma: bool = False) -> int | Decimal | None:
    """The value of digits with separators, or None where the separators make no sense.

    >>> digits("5,000"), digits("1.2"), digits("1.234.567,89"), digits("1,2,3"), digits("12,34,567")
    (5000, Decimal('1.2'), Decimal('1234567.89'), None, 1234567)
    >>> digits("12.345"), digits("12.345", comma=True), digits("1 234,50"), digits("50,-")
    (Decimal('12.345'), 12345, Decimal('1234.50'), 50)
    """
    if text.isdigit():
        return int(text) if len(text) <= _LONGEST else None
    if len(text) > _LONGEST:
        return None
    if _USUAL.fullmatch(text):
        text = text.replace(",", "")
        return Decimal(text) if "." in text else int(text)
    return _unusual(text.rstrip("-–—").rstrip(".,"), comma=comma)


def _unusual(text: str, *, comma: bool) -> int | Decimal | None:
    if " " in text or "'" in text or "’" in text:
        whole = text.replace(" ", "").replace("’", "'")
        if "'" in whole and not re.fullmatch(r"[0-9]{1,3}(?:'[0-9]{3})+(?:[.,][0-9]+)?", whole):
            return None
        text = whole.replace("'", "").replace(",", ".")
        return Decimal(text) if "." in text else int(text)
    if text.isdigit():
        return int(text)
    if ambiguous(text):
        point = "," if comma else "."
        return (
            Decimal(text.replace(",", ".")) if point in text else int(text.replace(",", "").replace(".", ""))
        )
    if comma and _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is not None:
            group = found["group"]
            text = (text.replace(group, "") if group else text).replace(",", ".")
            return Decimal(text) if "." in text else int(text)
    return None


def fraction(text: str) -> Fraction | None:
    """The value of ``2 1/4``, None where the denominator is zero or there are too many digits.

    >>> fraction("2 1/4")
    Fraction(9, 4)
    """
    whole, _, part = text.replace("⁄", "/").rpartition(" ")
    above, _, below = part.partition("/")
    if len(text) > _LONGEST or not int(below):
        return None
    return int(whole or 0) + Fraction(int(above), int(below))


def shifted(value: Value, power: int) -> Value:
    """``value`` times ten to the power ``power``, exactly.

    >>> shifted(Decimal("1.2"), 6), shifted(15, 9)
    (Decimal('1.2E+6'), 15000000000)
    """
    if isinstance(value, Fraction):
        return value * Fraction(10) ** power
    return raised(value, power)


def raised(value: int | Decimal, power: int) -> int | Decimal:
    """As :func:`shifted`, for what is no fraction."""
    if not power:
        return value
    if isinstance(value, int):
        return value * 10**power if power > 0 else Decimal(value).scaleb(power, EXACT)
    return value.scaleb(power, EXACT)


@overload
def plus(first: int | Decimal, second: int | Decimal) -> int | Decimal: ...
@overload
def plus(first: Value, second: Value) -> Value: ...
def plus(first: Value, second: Value) -> Value:
    """The exact sum."""
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return EXACT.add(first, second)
    if isinstance(first, Fraction) or isinstance(second, Fraction):
        return Fraction(first) + Fraction(second)
    if isinstance(first, Decimal) or isinstance(second, Decimal):
        return EXACT.add(Decimal(first), Decimal(second))
    return first + second


def times(first: Value, second: Value) -> Value:
    """The exact product."""
    if isinstance(first, int) and isinstance(second, int):
        return first * second
    if isinstance(first, Fraction) or isinstance(second, Fraction):
        return Fraction(first) * Fraction(second)
    return EXACT.multiply(Decimal(first), Decimal(second))


def rounded(value: Value) -> tuple[int | Decimal, bool]:
    """The value as a decimal, and whether it had to be rounded (to 18 digits after the point).

    >>> rounded(Fraction(3, 4)), rounded(Fraction(1, 3))
    ((Decimal('0.75'), False), (Decimal('0.333333333333333333'), True))
    """
    if not isinstance(value, Fraction):
        return value, False
    scaled = value * 10**FRACTION_DIGITS
    nearest = round(scaled)
    exact = Decimal(nearest).scaleb(-FRACTION_DIGITS, EXACT)
    if nearest == scaled:
        return (int(value) if value.denominator == 1 else exact.normalize(EXACT)), False
    return exact, True
