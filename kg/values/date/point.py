"""``point``: one end of a date in text, as the parts that its words name.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    point     = [ { ABOUT } , derived ] , plain ;                (* derived: kg.values.date.counting *)
    plain     = element , { element } | PART , UNIT ;
    element   = LINK | NEUTRAL | ABOUT | BOUND | PART | TURN | WEEKDAY | MONTH | HALF | SEASON | RELATIVE
              | numeric | spelled | era | clock | directed | counted | named ;
    era       = ERA , ( FIRST-YEAR | integer ) , [ UNIT ] ;
    clock     = DIGITS , ":" , DIGITS , [ ":" , DIGITS ] , [ CLOCK ] ;          (* behind a day *)
    directed  = DIRECTION , ( UNIT | MONTH | WEEKDAY | counted ) ;
    counted   = [ APOSTROPHE ] , integer , [ SUFFIX ] , [ UNIT | TURN ] ;
    named     = UNIT , integer ;                     (* Q3, H1, week 31, year 2008 *)
    integer   = DIGITS | NTH | group-sum ;

No part may be named twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.values.date.counting import derived
from kg.values.date.numeric import DAYS, SEPARATED, YEAR_DIGITS, numeric, spelled, year_of
from kg.values.date.parts import Point
from kg.values.date.vague import HALVES
from kg.values.grammar.small import group_sum

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor

_CLOCK: Final = re.compile(r"(?:2[0-3]|[01]?[0-9]):[0-5][0-9](:[0-5][0-9])?(?![0-9:])")
_YEARS: Final = range(1000, 3000)
_CENTURY: Final = 100
_LONGEST_ERA: Final = 199
_OLD: Final = range(30, 100)
"""Decades of two digits that can only be those of the last century."""


def point(c: Cursor) -> Point | None:
    """``point``; None if none begins here."""
    start, about = c.at, False
    while c.peek("about") is not None and c.peek("range") is None:
        c.at, about = c.at + 1, True
    begun = derived(c, plain)
    if begun is None:
        c.at = start
    else:
        begun.about = begun.about or about
    return plain(c, begun)


def plain(c: Cursor, begun: Point | None = None) -> Point | None:
    """A point that is not counted from another one, or the rest of one that is."""
    start, found = c.at, begun or Point()
    while not c.done() and (not found.closed or found.is_open(c.senses[c.at])) and element(c, found):
        pass
    if found.part and found.is_empty() and c.at + 1 >= c.end and (unit := c.peek("steps") or c.peek("unit")):
        c.at += 1
        found.relative[unit] = 0  # the end of the quarter
    if found.is_empty():
        c.at = start
        return None
    return found


def element(c: Cursor, p: Point) -> bool:
    """``element``; False, and nothing consumed, if none begins here or it is named already."""
    senses, mark = c.senses[c.at], c.at
    for rule in (numeric, spelled, era, clock, directed, _worded, counted, named):
        if rule(c, p):
            return True
        c.at = mark
    if _hyphen(c, p):
        return True
    if "range" in senses and not p.is_empty() and c.at + 1 < c.end:
        return False  # bis, à: the other end of a range
    if "about" in senses:
        p.about = True
    elif "bound" in senses and p.bound in {"", senses["bound"]}:  # 遅くとも2027年まで
        p.bound, p.closed = senses["bound"], not p.is_empty()
    elif not _fills(c, p):
        return False
    c.at += 1
    return True


def _fills(c: Cursor, p: Point) -> bool:
    """A word that adds nothing to the date; a letter behind a year does: 2025E, 2024A."""
    senses, token = c.senses[c.at], c.tokens[c.at]
    if token.text == "." and p.is_empty():
        return False
    if "time" in senses and (p.day is not None or "day" in p.relative):
        return True
    if senses.keys().isdisjoint({"link", "neutral"}):
        return False
    return not (
        token.text.isascii() and token.text.isalpha() and c.is_joined() and "digits" in c.senses[c.at - 1]
    )


def _hyphen(c: Cursor, p: Point) -> bool:
    """A hyphen that joins the parts of one date: 2024-Q3, 4-Feb-2025, mid-2020; not Jan-Mar, 2020-2023."""
    if c.peek("hyphen") is None or not c.is_joined():
        return False
    ahead = c.senses[c.at + 1]
    year = len(str(ahead.get("digits", ""))) == YEAR_DIGITS and p.year is None
    named_ahead = "unit" in ahead and p.year is not None
    if not (named_ahead or (p.loose is not None and "month" in ahead) or (year and (p.month or p.part))):
        return False
    c.at += 1
    if p.loose is not None and "month" in ahead:
        p.day, p.loose = p.loose, None
    return True


def era(c: Cursor, p: Point) -> bool:
    """``era``: 令和7年, 令和元年; no era has a year 0."""
    before = c.take("era")
    if before is None or p.year is not None:
        return False
    dotted = SEPARATED.fullmatch((c.peek("numeric") or "").rstrip("."))
    if dotted is not None and dotted[4]:  # R6.2.4
        c.at += 1
        p.year, p.month, p.day = before + int(dotted[1]), int(dotted[3]), int(dotted[4])
        return True
    number = 1 if c.take("first-year") is not None else integer(c)
    if not number or number > _LONGEST_ERA:
        return False
    p.year = before + number
    if c.peek("unit") == "year":
        p.fiscal = c.senses[c.at].get("fiscal")
        c.at += 1
    return True


def clock(c: Cursor, p: Point) -> bool:
    """``clock``: 3:30 pm, 14:05:00; the time of the day is no part of a date."""
    text = "".join(token.text for token in c.tokens[c.at : c.at + 5])
    found = _CLOCK.match(text)
    if found is None or (p.day is None and "day" not in p.relative):
        return False
    c.at += 5 if found[1] else 3
    c.take("clock")
    p.clock = True
    return True


def directed(c: Cursor, p: Point) -> bool:
    """``directed``: last year, 지난 분기, next June, 오는 10일."""
    direction = c.take("direction")
    if direction is None or p.direction:
        return False
    unit = c.peek("unit") or c.peek("steps")
    if unit is not None and p.named() <= _OF_RELATIVE and not p.relative:
        c.at += 1
        p.relative[unit] = {"past": -1, "last": -1, "coming": 1, "next": 1}.get(direction, 0)
        return True
    if c.senses[c.at].keys().isdisjoint({"month", "weekday", "digits", "season", "count", "digit"}):
        return False
    p.direction = direction
    return True


_OF_RELATIVE: Final = frozenset({"weekday", "month", "half", "season", "quarter", "week"})
"""Parts that the words for a year or a week may follow: March of next year, Tuesday of next week."""
_WORDS: Final = ("month", "weekday", "half", "season", "quarter")


def _worded(c: Cursor, p: Point) -> bool:
    """Words that are a part by themselves."""
    senses = c.senses[c.at]
    for kind in _WORDS:
        if kind in senses and getattr(p, kind) is None:
            setattr(p, kind, senses[kind])
            c.at += 1
            return True
    if "relative" in senses:
        unit, steps = senses["relative"]
        if unit not in p.relative and p.ago is None:
            p.relative[unit] = steps
            c.at += 1
            return True
    if "turn" in senses and not p.part:
        unit, part = senses["turn"]
        if unit == "year" and p.month is not None:
            return False  # 2월 연말
        p.part = part
        if getattr(p, unit, None) is None:
            p.relative.setdefault(unit, 0)
        c.at += 1
        return True
    if "part" in senses and not p.part:
        p.part = senses["part"]
        c.at += 1
        return True
    return False


def integer(c: Cursor) -> int | None:
    """Digits, an ordinal or number words, as a whole number."""
    written = c.peek("digits")
    if written is not None:
        c.at += 1
        return int(written) if written.isdigit() else None
    number: int | None = c.take("nth")
    if number is not None:
        return number
    found = group_sum(c, None, written=False)
    return found.value if found is not None and isinstance(found.value, int) else None


def counted(c: Cursor, p: Point) -> bool:
    """``counted``: 2025년, 4th, third quarter, 3 days ago, '25, 1990s."""
    short = c.take("apostrophe") is not None
    c.take("ordinal-mark")
    text, ordinal = c.peek("digits"), c.peek("nth") is not None
    number = integer(c)
    if number is None or (ordinal and c.peek("weekday") is not None):
        return False  # 넷째 목요일
    if text is None or len(text) < YEAR_DIGITS:
        c.take("suffix")  # 2e, 4th; 2025E and 2024A say that a figure is a forecast or not
    c.take("hyphen") if c.peek("unit", 1) else None
    if "clock" in c.senses[c.at] and (p.day is not None or "day" in p.relative):
        c.at += 1  # 오후 2시: the time of the day is no part of a date
        p.clock = True
        return True
    unit = c.peek("unit")
    if unit in {"quarter", "half"} and number in _YEARS:
        unit = None  # 2024 Q3
    if unit is not None:
        c.at += 1
        return _unit(c, p, unit, number)
    if (turn := c.take("turn")) is not None:
        unit, part = turn  # 3月末
        p.part = p.part or part
        return p.part == part and _unit(c, p, unit, number)
    return (text is not None or ordinal) and _alone(c, p, number, text, short=short)


def _is_ago(c: Cursor) -> bool:
    """Whether the number and unit before are a distance: 10년쯤 전."""
    ahead = 0
    while "about" in c.senses[c.at + ahead] and ahead < 2:  # noqa: PLR2004 - never more
        ahead += 1
    return "ago" in c.senses[c.at + ahead]


def _alone(c: Cursor, p: Point, number: int, text: str | None, *, short: bool) -> bool:
    """A number without a unit: a year by its digits, a day beside a month, else still open."""
    digits = len(text or "")
    if short:  # '25
        year = year_of(text or "")
        return year is not None and p.put("year", year)
    if digits == YEAR_DIGITS and number in _YEARS:
        return p.put("year", number)
    joined = c.tokens[c.at - 1].start == c.tokens[c.at - 2].end
    if digits == len("24") and (p.quarter or p.half) and joined:
        return p.put("year", 2000 + number)
    if number in DAYS and (p.month is not None or _month_ahead(c)) and c.tokens[c.at - 2].text != "(":
        return p.put("day", number)
    p.width = digits
    return number in range(1, 3000) and p.put("loose", number)


def _unit(c: Cursor, p: Point, unit: str, number: int) -> bool:
    if unit == "half" and number <= len(HALVES) and not p.part and _month_ahead(c):
        p.part = HALVES[number - 1]  # the second half of March
        return True
    if unit == "year" and number < _YEARS.start:
        year = year_of(str(number))  # 24년; no 5년, which may last so long, and no 114年
        if year is None or p.direction or _is_ago(c):
            return False
        number = year
    if unit == "decade" and number < _CENTURY:
        if number not in _OLD:
            return False
        number += 1900
    elif unit == "decade" and number % _CENTURY == 0:
        return False  # the 1800s: ten years or a hundred
    if unit == "year" and c.senses[c.at - 1].get("fiscal"):
        p.fiscal = c.senses[c.at - 1]["fiscal"]
    return p.put(unit, number)


def _month_ahead(c: Cursor) -> bool:
    """Whether a month follows, perhaps after words that join it: 4 de febrero, 4th of May."""
    ahead = 0
    while c.senses[c.at + ahead].keys() & {"link", "neutral", "suffix"} and ahead < 2:  # noqa: PLR2004 - never more
        ahead += 1
    return "month" in c.senses[c.at + ahead]


def named(c: Cursor, p: Point) -> bool:
    """``named``: Q3, H1, 第三季度."""
    unit = c.peek("unit") or c.peek("steps")
    if unit not in {"quarter", "half", "week", "year"}:
        return False
    c.at += 1
    number = integer(c)
    return number is not None and (unit != "year" or number in _YEARS) and p.put(unit, number)
