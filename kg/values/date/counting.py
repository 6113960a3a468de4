"""``derived``: a date that is counted from another one.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    derived   = shifted | run | selection ;
    shifted   = length , ( AGO | COUNTED-FROM , point ) | AGO-BEFORE , length ;
    length    = step , { [ AND ] , step } ;
    step      = ( number | ARTICLE ) , [ HYPHEN ] , UNIT | LENGTH ;
    run       = DIRECTION , number , UNIT | number , DIRECTION , UNIT ;       (* days or quarters *)
    selection = ( ( NTH | number ) , [ SUFFIX ] , [ DIRECTION ] | DIRECTION ) , [ number ] ,
                [ UNIT | WEEKDAY ] , LINK , period ;
    period    = UNIT | point ;
    number    = DIGITS | group-sum ;

A run of weeks, months or years is none: it may begin today or with the next one of the calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.values.date.parts import Point, Run, Selection, Shift
from kg.values.date.units import DAYS, MONTHS
from kg.values.grammar.small import group_sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.grammar.cursor import Cursor

    Rule = Callable[[Cursor], Point | None]

_MOST: Final = 1_000
"""Units: a longer way is a number that stands for something else."""
_RUNS: Final = ("day", "quarter")
_PARTS: Final = frozenset({"day", "week", "month", "quarter"})


def derived(c: Cursor, point: Rule) -> Point | None:
    """``derived``; None, and nothing consumed, if none begins here."""
    start = c.at
    for rule in (shifted, run, selection):
        found = rule(c, point)
        if found is not None:
            return found
        c.at = start
    return None


def shifted(c: Cursor, point: Rule) -> Point | None:
    """``shifted``: 3 days ago, vor drei Tagen, two weeks after January 12th."""
    before = c.take("ago-before")
    if before is None:
        _skip(c)  # for tre dage siden
    steps = length(c)
    if steps is None:
        return None
    sign = c.take("ago") or before
    if sign is not None:
        return Point(ago=_scaled(steps, sign))
    sign = c.take("counted-from")
    anchor = point(c) if sign is not None else None
    return None if anchor is None else _from(anchor, Shift(_scaled(steps, sign), anchor))


def length(c: Cursor) -> dict[str, int] | None:
    """``length``: unit -> how many; no unit twice."""
    steps: dict[str, int] = {}
    while (found := _step(c)) is not None:
        unit, count = found
        if unit in steps:
            return None
        steps[unit] = count
        mark = c.at
        if c.take("and") is None:
            c.take("link")
        if c.at > mark and _step(c) is None:
            c.at = mark
            break
        if c.at > mark:
            c.at = mark + 1
    return steps or None


def _step(c: Cursor) -> tuple[str, int] | None:
    start = c.at
    whole: tuple[str, int] | None = c.take("length")
    if whole is not None:
        return whole
    count = _number(c, article=True)
    c.take("hyphen")
    unit = _unit(c) if count is not None else None
    if count is None or unit is None or unit not in DAYS | MONTHS or count not in range(1, _MOST):
        c.at = start
        return None
    c.at += 1
    return unit, count


def run(c: Cursor, _point: Rule) -> Point | None:
    """``run``: the last 2 days, next three quarters."""
    _skip(c)
    direction = c.take("direction")
    count = _number(c)
    direction = c.take("direction") if direction is None else direction
    unit = c.take("steps")
    if (
        direction not in {"past", "last", "next"}
        or count is None
        or unit not in _RUNS
        or not 0 < count < _MOST
    ):
        return None
    return Point(derived=Run(unit, count if direction == "next" else -count))


def selection(c: Cursor, point: Rule) -> Point | None:
    """``selection``: last day of October, the first Monday of this month, 20th of next month."""
    _skip(c)
    first: int | None = c.take("nth")
    first = _number(c) if first is None else first
    c.take("suffix")
    last = _last(c)
    if first is None and not last:
        return None
    number = (first or 1) * (-1 if last else 1)
    count = _number(c) or 1
    unit, weekday = _unit(c), c.peek("weekday")
    if weekday is not None:
        unit = "weekday"
    if unit is not None:
        c.at += 1
    if not _skip(c) or (unit is None and (last or count > 1)):
        return None
    of = period(c, point)
    if of is None or (unit or "day") not in {*_PARTS, "weekday"} or not number or number > _MOST:
        return None
    if unit is None and of.named() != {"relative"}:
        return None  # 4th of May
    return _from(of, Selection(unit or "day", weekday or 0, number, count, of))


def _from(anchor: Point, derived: Shift | Selection) -> Point:
    """A point that is counted from another one; what bounds that one bounds the whole."""
    found = Point(derived=derived, bound=anchor.bound, closed=anchor.closed, about=anchor.about)
    anchor.bound = ""
    return found


def period(c: Cursor, point: Rule) -> Point | None:
    """A point, or a unit alone, which is that of the reference date: the first Monday of the month."""
    unit = _unit(c)
    if unit in MONTHS and c.at + 1 >= c.end:
        c.at += 1
        return Point(relative={unit: 0})
    return point(c)


def _number(c: Cursor, *, article: bool = False) -> int | None:
    if article and c.take("article") is not None:
        return 1
    written = c.peek("digits")
    if written is not None:
        c.at += 1
        return int(written) if written.isdigit() else None
    found = group_sum(c, None, written=False)
    return found.value if found is not None and isinstance(found.value, int) else None


def _last(c: Cursor) -> bool:
    if c.peek("direction") != "last":
        return False
    c.at += 1
    return True


def _unit(c: Cursor) -> str | None:
    found: str | None = c.peek("steps") or c.peek("unit")
    return found


def _skip(c: Cursor) -> bool:
    """Words that join the parts of a date; whether there was one."""
    start = c.at
    while c.senses[c.at].keys() & {"link", "neutral"}:
        c.at += 1
    return c.at > start


def _scaled(steps: dict[str, int], by: int) -> dict[str, int]:
    return {unit: count * by for unit, count in steps.items()}
