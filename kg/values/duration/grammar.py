"""The grammar of durations: ISO 8601, or numbers with units, added up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.values.characters import LONGEST_NAME, checked, unreadable
from kg.values.duration.meaning import Duration
from kg.values.number import EXACT, plain
from kg.values.numeral import KINDS, NUMBER, numeral, plus
from kg.values.scanner import scanner
from kg.values.vocabulary import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.errors import Unreadable

_ISO: Final = re.compile(
    r"P(?=[0-9T])(?:(?P<W>[0-9]+)W)?(?:(?P<D>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<H>[0-9]+)H)?(?:(?P<M>[0-9]+)M)?(?:(?P<S>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_CALENDAR: Final = re.compile(r"P(?:[0-9]+[YMWD])*(?:[0-9]+[YM])(?:[0-9]+[YMWD])*(?:T.*)?")
_SECONDS: Final = {"W": 604800, "D": 86400, "H": 3600, "M": 60, "S": 1}


def scan(language: str) -> Callable[[str], list[Token]]:
    """The scanner for durations."""
    return scanner(("duration", "number"), NUMBER, language)


def read(text: str, language: str = "") -> Duration:
    """The duration that a text says.

    Raises ``Unreadable``: ``duration-calendar`` for months and years, ``duration-unreadable``.

    >>> read("2시간 30분").seconds, read("about 90 minutes").approximate
    (9000, True)
    """
    written = checked(text, LONGEST_NAME).strip()
    found = _ISO.fullmatch(written)
    if found is not None:
        total: int | Decimal = 0
        for unit, number in found.groupdict().items():
            if number is not None:
                total = plus(total, EXACT.multiply(Decimal(number), _SECONDS[unit]))
        return _limited(total)
    if _CALENDAR.fullmatch(written):
        raise unreadable("duration-calendar", text)
    return _text(scan(language)(written), text)


def _text(tokens: list[Token], text: str) -> Duration:
    total: int | Decimal = 0
    run: list[Token] = []
    smallest: int | None = None
    approximate = False
    for token in tokens:
        if token.kind in KINDS:
            run.append(token)
        elif token.kind == "seconds" and run and (smallest is None or token.value < smallest):
            total = plus(total, _amount(run, token, text))
            run, smallest = [], token.value
        elif token.kind == "half-more" and (run or smallest is not None):
            if run:
                run += [Token("join", "", ""), Token("half", token.value, token.text)]
            else:
                total = plus(total, EXACT.multiply(Decimal(smallest or 0), Decimal(token.value)))
        elif token.kind == "approximate":
            approximate = True
        elif token.kind != "filler":
            raise _fault(text, token)
    if smallest is None or any(token.kind != "join" for token in run):
        raise unreadable("duration-unreadable", text)
    return _limited(total, approximate=approximate)


def _amount(run: list[Token], unit: Token, text: str) -> int | Decimal:
    """A number of units; an "and" before the number only joins."""
    while run and run[0].kind == "join":
        run = run[1:]
    found = numeral(run) if run else None
    if found is None:
        raise _fault(text, unit)
    if isinstance(found.value, int):
        return found.value * int(unit.value)
    return EXACT.multiply(found.value, unit.value)


def _limited(seconds: int | Decimal, *, approximate: bool = False) -> Duration:
    plain(seconds)
    return Duration(seconds, approximate)


def _fault(text: str, token: Token) -> Unreadable:
    if token.kind == "calendar":
        return unreadable("duration-calendar", text)
    if token.kind == "unknown":
        return unreadable("duration-word", text, args={"word": token.text})
    return unreadable("duration-unreadable", text)
