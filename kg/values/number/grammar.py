"""The grammar of numbers in text: ``twenty-five``, ``이십오``, ``two thirds``, ``between 20 and 30``.

number   = interval | power
interval = side [range side]         see kg.values.interval.sides
fraction = number "/" number | number "over" number | number ordinal | 3분의 1
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME, checked, unreadable
from kg.values.interval.bounds import one, two
from kg.values.interval.kept import Kept
from kg.values.interval.known import Ends, One, ready
from kg.values.interval.side import Side
from kg.values.interval.sides import Refused, sides, spread
from kg.values.interval.wording import parted, slots
from kg.values.number.fractions import divides, joined
from kg.values.number.limits import EXACT, is_plain, plain
from kg.values.numeral import KINDS, NUMBER, Numeral, digits, style
from kg.values.read_once import LONGEST, read_once
from kg.values.scanner import normal, scanner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.values.interval.meaning import Interval
    from kg.values.vocabulary import Token

FRACTION: Final = r"(?:[0-9]+ +)?[0-9]+[/⁄][0-9]+(?![0-9/⁄])"
"""Digits of a common fraction: ``2 1/4``."""
SECTIONS: Final = ("number", "ordinal", "mark")
_RANK: Final = r"[0-9]+(?:st|nd|rd|th)(?![A-Za-z])"
_POWER: Final = re.compile(
    r"([+-]? ?)([0-9][0-9.,]{0,30})(?: ?[x×*] ?10 ?\^ ?|(e)|(\^))([+-]{0,2})([0-9]{1,3})", re.IGNORECASE
)
_EXPONENT: Final = re.compile("0e[+-]{0,2}0", re.IGNORECASE)
_MOST: Final = 100


def read(text: str, language: str = "") -> Interval:
    """The number, or the range of numbers, that a text says; the whole text must be one.

    Raises ``Unreadable``: ``number-no-number`` where the text says that none is known, else
    ``number-text``. A fraction that is no decimal (one third) is rounded to 18 digits after the
    point, and approximate.

    >>> read("between 20 and 30").max, read("이십오").min, read("two and a half million").min
    (30, 25, 2500000)
    """
    if len(text) <= LONGEST:
        wording, runs = parted(text)
        ends = _KNOWN.of(wording, language)
        known = None if ends is None else filled(ends, runs)
        if known is not None:
            return known
    return _whole(text, language)


@read_once
def _whole(text: str, language: str) -> Interval:
    written = normal(checked(text, LONGEST_NAME)).strip()
    found = _power(written)
    if found is not None:
        return one(Side(), Numeral(found, found))
    return interval(scan(written, language), text, Side, language)


def scan(text: str, language: str) -> list[Token]:
    """The tokens of a number."""
    return scanner(SECTIONS, f"{_RANK}|{FRACTION}|{NUMBER}", language)(text)


def _looked_at(wording: str, language: str) -> Ends | One | None:
    """What a wording says, or None if it is no number or its digits say more than a number."""
    try:
        written = normal(checked(wording, LONGEST_NAME)).strip()
        powers = "^" in written or _EXPONENT.search(written)
        return None if powers else ends(scan(written, language), wording, Side, language)
    except Unreadable:
        return None


_KNOWN: Final = Kept(_looked_at, ready)


def ends(tokens: list[Token], wording: str, side: type[Side], language: str) -> Ends | None:
    """The sides of a wording that tokens were cut from, or None if it has none of its own."""
    places = slots(tokens, wording)
    if places is None or any(token.kind == "open" for token in tokens) or (places and divides(tokens)):
        return None
    tokens = spread(joined(tokens, style(language)))
    try:
        first, *more = _sides(tokens, side)
        if {token.kind for token in first.numeral} == {"article"}:
            return None
        return Ends.of(first, more[0] if more else first, places, style(language))
    except Refused:
        return None


def filled(known: Ends | One, runs: Sequence[str]) -> Interval | None:
    """The interval of a known wording with these runs of digits, or None where the grammar is needed."""
    if any(run[0] == "0" and run[1:2].isdigit() for run in runs):
        return None
    found = known.interval(runs)
    if found is None or not is_plain(found.min):
        return None
    if found.max is found.min:
        return found
    backwards = found.min is not None and found.max is not None and found.min > found.max
    return found if is_plain(found.max) and not backwards else None


def interval(tokens: list[Token], text: str, side: type[Side], language: str) -> Interval:
    """The interval that tokens say, with sides of some kind; raises ``Unreadable``."""
    tokens = spread(joined(_without_repeat(tokens, language), style(language)))
    try:
        found = _sides(tokens, side)
        numbers = [part.number(style(language)) for part in found]
        low, high = numbers[0], numbers[-1]
        only_article = {token.kind for token in found[0].numeral} == {"article"}
        if low is None or high is None or only_article or _is_code(tokens):
            raise fault(tokens, text)
        value = one(found[0], low) if len(found) == 1 else two(found[0], found[1], low, high)
    except Refused:
        raise fault(tokens, text) from None
    if value.min is not None and value.max is not None and value.min > value.max:
        raise unreadable("number-reversed", text)
    for bound in (value.min, value.max):
        if bound is not None:
            plain(bound)
    return value


def _sides(tokens: Sequence[Token], side: type[Side]) -> list[Side]:
    found = sides(tokens, side)
    if len(found) > 1:
        found[0].borrow(found[1])
        found[1].borrow(found[0])
    return found


def _is_code(tokens: Sequence[Token]) -> bool:
    """``1995-01`` is no range: nobody writes a bound with a zero before it."""
    return any(
        token.kind == "digits" and re.match("0[0-9]", token.text) and at and tokens[at - 1].kind == "range"
        for at, token in enumerate(tokens)
    )


def _without_repeat(tokens: list[Token], language: str) -> list[Token]:
    """``forty-five (45)``: the same number again, in brackets, is passed over."""
    kinds = [token.kind for token in tokens]
    if kinds.count("open") != 1 or kinds[-1] != "close":
        return tokens
    at = kinds.index("open")
    first, second = tokens[:at], tokens[at + 1 : -1]
    if not first or not second or not {*kinds[:at], *kinds[at + 1 : -1]} <= KINDS | {"range"}:
        return tokens
    try:
        once = [part.number(style(language)) for part in sides(first, Side)]
        again = [part.number(style(language)) for part in sides(second, Side)]
    except Refused:
        return tokens
    same = [n and n.value for n in once] == [n and n.value for n in again]
    return first if same and None not in once else tokens


def _power(text: str) -> int | Decimal | None:
    """``1.3x10^6``, ``1.1^23``, ``12e-1``; None if the text is no such number, or too large."""
    found = _POWER.fullmatch(text)
    if found is None:
        return None
    sign, base, scientific, power, minus, exponent = found.groups()
    value = digits(base)
    raised = int(exponent) if minus.count("-") % 2 == 0 else -int(exponent)
    if value is None or abs(raised) > _MOST:
        return None
    number = Decimal(value)
    if not number and raised <= 0:
        return None
    number = _raised(number, raised) if power and not scientific else number.scaleb(raised, EXACT)
    return -number if sign.startswith("-") else number


def _raised(base: Decimal, exponent: int) -> Decimal:
    """A power, with 28 digits."""
    return Decimal(1) / base ** abs(exponent) if exponent < 0 else base**exponent


def fault(tokens: Sequence[Token], text: str) -> Unreadable:
    """Why a text is no number."""
    if any(token.kind == "vague" for token in tokens):
        return unreadable("number-no-number", text)
    unknown = next((token.text for token in tokens if token.kind == "unknown"), "")
    if unknown:
        return unreadable("number-word", text, args={"word": unknown})
    return unreadable("number-text", text)
