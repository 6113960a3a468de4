"""``small``: the part of a number that one scale word multiplies.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    small        = ( digits | FRACTION | group-sum ) , [ denominator | decimals | ( PARTS | OVER ) , small ] ;
    digits       = DIGITS , [ and-fraction ] ;
    decimals     = POINT , ( DIGITS | COUNT | DIGIT , { DIGIT } ) ;
    group-sum    = { [ JOIN ] , ( COUNT | DIGITS | [ COUNT ] , GROUP | TIMES ) } , [ and-fraction ] ;
    and-fraction = [ JOIN ] , ( [ ARTICLE ] , FRACTION | ( ARTICLE | group-sum ) , denominator ) ;
    denominator  = [ HYPHEN ] , [ COUNT , [ HYPHEN ] ] , NTH ;        (* five eighths, one twenty-fifth *)
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.grammar.digits import Value, digits, fraction, is_ambiguous, plus, scaled, times

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor

_HIGH: Final = 99
_TEN: Final = 10
_TWENTY: Final = 20


_BELOW: Final = ("nth", "hyphen", "count")
"""What a denominator may begin with."""
_COUNTED: Final = ("count", "group", "join", "article")


class Small(NamedTuple):
    """What one scale word multiplies."""

    value: Value
    group: int = 0
    ambiguous: str = ""
    about: bool = False
    is_fraction: bool = False
    single: bool = False
    """Whether it is one digit alone, which may count the next lower power (1万5)."""
    run: bool = False
    """Whether it is several digits of CJK one after the other, which no scale can multiply."""
    joined: bool = False
    """Whether it has an *and*, so that only its last part may be divided: two hundred and three fifths."""


def take_inside(c: Cursor) -> bool:
    """Consume a word that makes the number before it approximate: 20多亿, 10여억."""
    return c.take("about-inside") is not None


def small(c: Cursor) -> Small | None:
    """``small``: what one scale word multiplies."""
    start = c.at
    found = _part(c)
    if found is None or not isinstance(found.value, int):
        return found
    senses = c.senses[c.at]
    if "point" in senses:
        return _decimals(c, found)
    if not found.joined and not senses.keys().isdisjoint(_BELOW) and (nth := denominator(c)) is not None:
        return Small(Fraction(found.value, nth), is_fraction=True)
    if "parts" not in senses and "over" not in senses:
        return found
    upside = c.take("parts") is not None  # 3분의 1, and 1 out of 3
    c.at += not upside
    other = _part(c)
    below = found.value if upside else (other.value if other is not None else 0)
    if other is None or not isinstance(other.value, int) or not below:
        c.at = start
        return None
    return Small(Fraction(other.value if upside else found.value, int(below)), is_fraction=True)


def denominator(c: Cursor) -> int | None:
    """``denominator``; None where its parts could be others: one hundred thirty fifths."""
    start, before = c.at, c.senses[c.at - 1].get("count", 0) if c.at else 0
    c.take("hyphen")
    tens = c.take("count") or 0
    if tens:
        c.take("hyphen")
    nth: int | None = c.take("nth")
    open_ = (
        not tens and before >= _TWENTY and c.at > 1 and not c.senses[start - 2].keys().isdisjoint(_COUNTED)
    )
    if nth is None or (tens and (nth >= _TEN or tens < _TWENTY or tens % _TEN)) or (open_ and nth < _TEN):
        c.at = start
        return None
    return tens + nth


def _decimals(c: Cursor, found: Small) -> Small:
    """``[ POINT , ( digits | { digit } | count ) ]``: five point oh five, 三点一四."""
    mark = c.at
    c.at += 1
    text = ""
    while len(text) < _HIGH:
        senses = c.senses[c.at]
        value = senses.get("digit", senses.get("count"))
        if value is None or (value >= _TEN and text):
            break
        text += str(value)
        c.at += 1
        if value >= _TEN:
            if c.take("hyphen") is not None or (value % _TEN == 0 and c.peek("count")):
                text = str(value + (c.take("count") or 0))  # point seventy-one
            break
    if not text and c.peek("digits") is not None and str(c.peek("digits")).isdigit():
        text = str(c.take("digits"))
    if not text:
        c.at = mark
        return found
    return Small(Decimal(f"{found.value}.{text}"))


def _part(c: Cursor) -> Small | None:
    written = c.peek("digits")
    if written is not None:
        return _digits(c, written)
    if c.peek("article") is not None:
        return _article(c)
    if c.peek("fraction") is not None and c.peek("count") is None:
        return _fraction(c, c.take("fraction"))
    return group_sum(c, None, written=False)


def _article(c: Cursor) -> Small | None:
    """``a million``, ``a hundred``, ``a half``, ``a dozen``: one; an article before other words is none."""
    ahead = c.senses[c.at + 1]
    if "fraction" in ahead:
        c.at += 1
        return _fraction(c, c.take("fraction"))
    if "nth" in ahead or ("count" in ahead and c.peek("nth", 2 + (c.peek("hyphen", 2) is not None))):
        c.at += 1
        return Small(1)  # a hundredth, a twenty-first
    if "group" in ahead or "times" in ahead:
        c.at += 1
        return group_sum(c, 1, written=False)
    if ahead.keys() & {"multiple", "scale", "currency", "subunit"}:
        c.at += 1
        return Small(1)
    return None


def _digits(c: Cursor, written: str) -> Small | None:
    if "/" in written or "⁄" in written:
        value: Value | None = fraction(written)
        if value is None:
            return None
        c.at += 1
        c.take("of")
        return Small(value, is_fraction=True)
    value = digits(written, comma=c.comma)
    if value is None:
        return None
    c.at += 1
    ahead = c.senses[c.at]
    if ahead:
        if "fraction" in ahead and "count" not in ahead and isinstance(value, int):
            return _fraction(c, times(value, c.take("fraction")))  # 3 quarters
        if "join" in ahead and (half := _and_fraction(c)) is not None:
            return Small(plus(value, half))
        about = "about-inside" in ahead and "group" in c.senses[c.at + 1] and take_inside(c)
        if "group" in ahead or "times" in ahead or about:
            found = group_sum(c, value, written=True)
            return found._replace(about=about) if found is not None else None
    single = isinstance(value, int) and value < _TEN and len(written) == 1
    return Small(value, ambiguous=written if is_ambiguous(written) else "", single=single)


def _fraction(c: Cursor, value: Value) -> Small:
    """``half a million``, ``three quarters of a million``: what stands between it and its scale."""
    mark = c.at
    if (c.take("of") is not None or c.take("article") is not None) and not (
        c.senses[c.at].keys() & {"multiple", "scale", "group", "times"}
    ):
        c.at = mark
    twelve = c.take("times")  # half a dozen
    return Small(value if twelve is None else times(value, twelve), is_fraction=twelve is None)


def _and_fraction(c: Cursor) -> Value | None:
    """``and-fraction``: and a half, and two thirds."""
    mark = c.at
    c.take("join")
    above = 1 if c.take("article") is not None else None
    value: Fraction | None = c.take("fraction")
    if value is not None:
        return value
    if above is None:
        found = group_sum(c, None, written=False, whole=True)
        above = int(found.value) if found is not None else None
    below = denominator(c) if above is not None else None
    if above is None or below is None:
        c.at = mark
        return None
    return Fraction(above, below)


class _Sum:
    """What is read of a ``group-sum``: ``total`` and, not yet multiplied or added, ``pending``.

    ``before`` is what stands before an ``and``, None without one.
    """

    __slots__ = ("before", "found", "group", "low", "pending", "run", "total", "written")

    def __init__(self, first: Value | None, *, written: bool) -> None:
        self.total: Value = 0
        self.before: Value | None = None
        self.low, self.group, self.pending = _HIGH, 0, first
        self.found, self.written, self.run = first is not None, written, False

    def multiply(self, power: int) -> bool:
        """Take a group word, which must be lower than those before it: 3천5백."""
        amount = scaled(1 if self.pending is None else self.pending, power)
        if self.run:
            return False  # 两三百: two or three hundred
        if power >= self.low or (self.low != _HIGH and amount >= 10**self.low):
            return False
        self.total, self.low, self.group = plus(self.total, amount), power, power
        self.pending, self.found = None, True
        return True

    def add(self, c: Cursor) -> bool:
        """Take a number word, or digits after a group word; digits and words do not mix."""
        senses, value = c.senses[c.at], None
        if "digit" in senses and not self.written and self.pending is None:
            start = c.at
            self.pending, self.found = _digit_run(c), True
            self.run = c.at > start + 1
            return True
        if "count" in senses and not self.written:
            count = senses["count"]
            value = count if self.pending is None else _added(self.pending, count, vigesimal=c.vigesimal)
        elif "digits" in senses and self.written and self.pending is None and self.low != _HIGH:
            value = digits(senses["digits"], comma=c.comma)
        if value is None:
            return False
        self.pending, self.found = value, True
        c.at += 1
        return True


def group_sum(c: Cursor, first: Value | None, *, written: bool, whole: bool = False) -> Small | None:
    """``group-sum``: words and digits below a scale that are added and multiplied: 3천5백, two hundred five.

    ``first`` is a number that was read already; ``written`` tells whether it is in digits, ``whole`` whether
    no fraction may follow.
    """
    start, found = c.at, _Sum(first, written=written)
    while True:
        mark, senses = c.at, c.senses[c.at]
        joins = "join" in senses or "hyphen" in senses
        if found.found and joins and not c.senses[c.at + 1].keys().isdisjoint(("count", "digits")):
            if "join" in senses:
                found.before = plus(found.total, found.pending or 0)
            c.at += 1
            senses = c.senses[c.at]
        if "group" in senses and found.multiply(senses["group"]):
            c.at += 1
        elif "times" in senses and found.found and found.before is None:
            whole_part = plus(found.total, found.pending or 0)
            found.total, found.pending = 0, times(whole_part, senses["times"])
            c.at += 1
            return Small(found.pending)
        elif "group" in senses or not found.add(c):
            c.at = mark
            break
    if not found.found or (
        found.pending is not None and found.low != _HIGH and found.pending >= 10**found.low
    ):
        c.at = start
        return None
    return Small(plus(found.total, found.pending or 0)) if whole else _summed(c, found)


def _summed(c: Cursor, found: _Sum) -> Small:
    """The sum with a fraction behind it: two *and a half*, two *thirds*."""
    pending, group = found.pending, found.group
    if pending is None:
        return Small(found.total, group)
    half = _and_fraction(c) if "join" in c.senses[c.at] else None
    single = isinstance(pending, int) and pending < _TEN
    if c.shorthand and group > 1 and single and found.written:
        pending = scaled(pending, group - 1)
    value = plus(found.total, pending)
    if half is not None:
        return Small(plus(value, half))
    if "fraction" in c.senses[c.at] and "count" not in c.senses[c.at]:
        last = value if found.before is None else plus(value, -found.before)
        if found.before is not None and last < _TEN:  # twenty and three fifths
            return Small(plus(found.before, times(last, c.take("fraction"))))
        if group or found.before is not None:
            return Small(value, group)  # one hundred thirty fifths: 130/5 or 100/35
        return _fraction(c, times(value, c.take("fraction")))
    return Small(
        value,
        0 if pending else group,
        single=single and not group,
        run=found.run,
        joined=found.before is not None,
    )


def _added(pending: Value, count: int, *, vigesimal: bool) -> Value | None:
    """``twenty`` and ``five``; in French also ``soixante`` and ``quinze``. None for what is no sum."""
    if not isinstance(pending, int) or pending % _TEN or not count:
        return None
    small_enough = count < _TEN and pending % 100 >= _TWENTY
    if small_enough or (vigesimal and count < _TWENTY and pending % 100 in {60, 80}):
        return pending + count
    if pending and pending % 100 == 0 and count < 100:  # noqa: PLR2004 - zweihundert, dreißig
        return pending + count
    return None


def _digit_run(c: Cursor) -> Value:
    """Digits of CJK one after the other: 二五 is 25."""
    value = 0
    while (digit := c.take("digit")) is not None:
        value = value * 10 + digit
    return value
