"""``duration``: how long something lasts: ISO 8601, or numbers with units, added up.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    duration = { QUALIFIER } , amount , { [ JOIN ] , amount } , [ half ] , { QUALIFIER } ;
    amount   = numeral , [ ARTICLE ] , UNIT | COUNTED ;    (* each unit smaller than the one before *)
    half     = [ JOIN ] , [ ARTICLE ] , FRACTION ;         (* of the last unit: 1년 반, an hour and a half *)

A range or a limit is no duration.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.values.characters import unreadable
from kg.values.duration.meaning import Duration, parts
from kg.values.grammar import whole
from kg.values.grammar.digits import Value, moved, plus, rounded, times
from kg.values.grammar.limits import EXACT, plain
from kg.values.grammar.numeral import numeral

if TYPE_CHECKING:
    from fractions import Fraction

    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.whole import Asked
    from kg.values.lexicon import Lexicon

_NUMBER: Final = r"[0-9]+(?:[.,][0-9]+)?"
_ISO: Final = re.compile(
    r"P(?=[0-9T])(?:(?P<Y>[0-9]{1,9})Y)?(?:(?P<O>[0-9]{1,9})M)?"
    rf"(?:(?P<W>{_NUMBER})W)?(?:(?P<D>{_NUMBER})D)?"
    rf"(?:T(?=[0-9])(?:(?P<H>{_NUMBER})H)?(?:(?P<M>{_NUMBER})M)?(?:(?P<S>{_NUMBER})S)?)?"
)
_SECONDS: Final = {"W": 604800, "D": 86400, "H": 3600, "M": 60, "S": 1}
_MONTHS: Final = {"Y": 12, "O": 1}
_MOST_MONTHS: Final = 12 * 10**9
_UNITS: Final = ("months", "seconds")
CODES: Final = {
    **dict.fromkeys(("bound", "bound-after", "between", "range"), "duration-range"),
    "vague": "duration-word",
}


def read(text: str, lexicon: Lexicon, language: str = "") -> Duration:
    """The duration that a whole text is.

    Raises ``NotUnderstood``: ``duration-word``, ``duration-range`` for what says two lengths or a bound;
    ``Unreadable``: ``duration-unreadable`` for a part of a month, ``number-too-large``.
    """
    return understood(whole.Asked(text, language, bool(language)), lexicon)


def understood(asked: Asked, lexicon: Lexicon) -> Duration:
    """As :func:`read`."""
    found = _ISO.fullmatch(asked.text.strip())
    return whole.read(RULES, lexicon, asked) if found is None else _iso(found)


def _iso(found: re.Match[str]) -> Duration:
    total: Value = 0
    months = 0
    for unit, number in found.groupdict().items():
        if number is None:
            continue
        if unit in _MONTHS:
            months += int(number) * _MONTHS[unit]
        else:
            total = plus(total, EXACT.multiply(Decimal(number.replace(",", ".")), _SECONDS[unit]))
    return _limited(total, months)


def duration(c: Cursor, asked: Asked) -> Duration | None:
    """``duration``, with every token consumed."""
    about = _qualifiers(c)
    if c.peek("article") is not None and c.senses[c.at + 1].keys() & {"count", "digits"}:
        c.at += 1  # a three-month period
    total: dict[str, Value] = {"months": 0, "seconds": 0}
    last: tuple[str, int] | None = None
    while not c.done():
        mark = c.at
        if last is not None:
            c.take("join")
        found = amount(c)
        if found is None or (last is not None and _size(found[1:3]) >= _size(last)):
            c.at = mark
            break
        number, kind, unit, more_or_less = found
        total[kind], last = plus(total[kind], times(number, unit)), (kind, unit)
        about = _qualifiers(c) or about or more_or_less
    if last is None:
        return None
    more = half(c)
    total[last[0]] = plus(total[last[0]], times(more, last[1]))
    about = _qualifiers(c) or about
    if not c.done():
        return None
    if not isinstance(total["months"], int):
        raise unreadable("duration-unreadable", asked.text)
    return _limited(total["seconds"], total["months"], approximate=about)


def amount(c: Cursor) -> tuple[Value, str, int, bool] | None:
    """``amount``: (number, kind of unit, its size in months or seconds, whether it is approximate)."""
    start = c.at
    counted = c.take("counted")
    if counted is not None:
        unit, number = counted
        return number, "seconds" if unit == "seconds" else "months", 1, False
    found = numeral(c)
    value: Value | None = found.value if found is not None else None
    if value is None and c.take("article") is not None:
        value = 1
    c.take("article")
    about = c.take("about-after") is not None or (found is not None and found.inexact)
    c.take("hyphen")
    c.take("link")
    for kind in _UNITS:
        size = c.take(kind)
        if size is not None and value is not None:
            return value, kind, size, about
    c.at = start
    return None


def half(c: Cursor) -> Value:
    """``half``: 0 if there is none."""
    mark = c.at
    c.take("join")
    c.take("article")
    found: Fraction | None = c.take("fraction")
    if found is None:
        c.at = mark
        return 0
    return found


def _qualifiers(c: Cursor) -> bool:
    """Consume words that say nothing about the length; whether one makes it approximate."""
    about = False
    while senses := c.senses[c.at]:
        if "about" in senses or "about-after" in senses:
            about = True
        elif senses.keys().isdisjoint({"lasting", "neutral", "neutral-after"}):
            break
        c.at += 1
    return about


def _size(unit: tuple[str, int]) -> tuple[bool, int]:
    return unit[0] == "months", unit[1]


def _limited(seconds: Value, months: int = 0, *, approximate: bool = False) -> Duration:
    exact = rounded(seconds)[0]
    plain(exact)
    if months > _MOST_MONTHS:
        raise unreadable("number-too-large", str(months), args={"digits": 10})
    return Duration(moved(exact, 0), approximate, months)


def canonical(found: Duration, lexicon: Lexicon, language: str = "en") -> str:
    """The duration in words of a language, English where it has no table.

    >>> from kg.values.lexicon import Lexicon
    >>> canonical(Duration(9000, approximate=True), Lexicon.load(), "ko")
    '약 2시간 30분'
    >>> canonical(Duration(0, months=18), Lexicon.load())
    '1 year 6 months'
    """
    own = lexicon.table(language).get("canonical-duration")
    forms = own or lexicon.table("en")["canonical-duration"]
    years, months = divmod(found.months, 12)
    days, hours, minutes, seconds = parts(found.seconds)
    amounts = {
        "year": years,
        "month": months,
        "day": days,
        "hour": hours,
        "minute": minutes,
        "second": seconds,
    }
    amounts = {unit: n for unit, n in amounts.items() if n} or {"second": 0}
    pieces = [forms[unit][0 if n == 1 else -1].format(n=plain(n)) for unit, n in amounts.items()]
    text = str(forms["between"]).join(pieces)
    return str(forms["about"]).format(text) if found.approximate else text


RULES: Final = whole.Rules("duration", "duration-word", duration, canonical, CODES)
