"""``date``: a date in text, as precise as it is written, or a time between two of them.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    date = span , [ "." ] ;
    span = point
         | [ FROM ] , point , RANGE , ( point | PRESENT )
         | BETWEEN , point , AND , point
         | point , [ AND ] , point ;             (* a lower and an upper bound: 1월부터 3월까지 *)

ISO 8601 and EDTF are read before, by :mod:`kg.values.date.edtf`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.values.date import edtf
from kg.values.date.canonical import canonical
from kg.values.date.parts import Point
from kg.values.date.point import point
from kg.values.date.resolving import resolve
from kg.values.grammar import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.date.meaning import Date
    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.whole import Asked
    from kg.values.lexicon import Lexicon

CODES: Final = {"open-date": "date-no-date", "lasting": "date-duration"}


def read(
    text: str,
    lexicon: Lexicon,
    language: str = "",
    *,
    reference: Callable[[], str | None] = lambda: None,
    date_order: str = "",
) -> Date:
    """The date that a whole text is.

    Raises ``NotUnderstood``: ``date-word``, ``date-no-date``, ``date-duration``, ``date-needs-reference``;
    ``Unreadable``: ``date-order`` for a numeric date with two readings, ``date-not-in-calendar``,
    ``date-backwards``, ``date-year-range``.
    """
    return understood(whole.Asked(text, language, bool(language), reference, date_order), lexicon)


def understood(asked: Asked, lexicon: Lexicon) -> Date:
    """As :func:`read`."""
    found = edtf.read(" ".join(asked.text.split()))
    return whole.read(RULES, lexicon, asked) if found is None else found


def date(c: Cursor, asked: Asked) -> Date | None:
    """``date``, with every token consumed."""
    if c.end and c.tokens[-1].text == ".":
        c.end -= 1
    points = span(c)
    if points is None or not c.done():
        return None
    if len(points) > 1 and points[1].is_empty():
        found = resolve(points[:1], asked)
        return None if found is None else replace(found, latest=None, precision="")
    return resolve(points, asked)


def span(c: Cursor) -> list[Point] | None:
    """``range`` or one point; None if none begins here."""
    between = c.take("between") is not None
    begins = not between and c.take("from") is not None
    first = point(c)
    if first is None:
        return None
    if c.done():
        if begins and not first.bound:
            first.bound = ">="
        return None if between else [first]
    joined = (c.take("and") if between else c.take("range")) is not None
    if between and not joined:
        return None
    if joined and not between and c.take("present") is not None:
        return [first, Point()]
    if not joined and first.bound in {">", ">="}:
        c.take("and")
    last = point(c) if joined or first.bound in {">", ">="} else None
    bounded = last is not None and last.bound in {"<", "<="}
    return [first, last] if last is not None and (joined or bounded) else None


RULES: Final = whole.Rules("date", "date-word", date, canonical, CODES)
