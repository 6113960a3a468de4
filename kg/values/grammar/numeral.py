"""``numeral``: a number in digits, in words or in both, as its value.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    numeral = part , { [ join ] , part } , [ join , [ article ] , fraction ] ;
    part    = [ small ] , { scale } ;
    small   = digits | fraction | group-sum ;
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.values.grammar.digits import (
    Number,
    Value,
    digits,
    fraction,
    is_ambiguous,
    plus,
    rounded,
    scaled,
    times,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from kg.values.grammar.cursor import Cursor

_HIGH: Final = 99
_TEN: Final = 10
_TWENTY: Final = 20
_THOUSANDS: Final = frozenset({3, 4})
"""The scales that another scale may multiply together with what follows them: dos mil quinientos millones."""


class Numeral(NamedTuple):
    """A number read from text.

    ``scale`` is the power of its last scale word and ``group`` that of the group word before it (5천억: 8
    and 3): the lower number of a range takes them over (``15-25bn``, ``5~6천억``).
    """

    value: Number
    scale: int = 0
    group: int = 0
    ambiguous: str = ""
    """Digits whose separator may group or separate decimals (``12.345``), where they are the whole number."""
    inexact: bool = False
    """Whether a fraction such as one third was rounded, or words such as 여 make the number approximate."""
    is_fraction: bool = False
    """Whether it is a fraction alone: a half."""


class _Small(NamedTuple):
    value: Value
    group: int = 0
    ambiguous: str = ""
    about: bool = False
    is_fraction: bool = False
    single: bool = False
    """Whether it is one digit alone, which may count the next lower power (1万5)."""


def numeral(c: Cursor) -> Numeral | None:  # noqa: C901, PLR0912 - one loop over the parts
    """``numeral``; None if none begins here."""
    start = c.at
    parts: list[tuple[Value, int]] = []
    group, last, about, ambiguous, is_fraction = 0, 0, False, "", False
    written = "digits" in c.senses[c.at]
    while True:
        mark = c.at
        if parts and c.peek("join") is not None and not _is_number(c, 1):
            break
        joined = bool(parts) and c.take("join") is not None
        if parts and ("digits" in c.senses[c.at]) != written and "fraction" not in c.senses[c.at + joined]:
            c.at = mark
            break  # 구조 150억: a number is in digits or in words
        item = small(c)
        power = scale(c)
        if item is None and power is None:
            c.at = mark
            break
        if item is not None and item.is_fraction and joined and power is None and parts:
            parts.append((scaled(item.value, parts[-1][1]), 0))  # a million and a half
            break
        value = item.value if item is not None else None
        if power is None:
            if parts and not _fits(parts, value or 0, item):
                c.at = mark
                break
            if parts and item is not None and item.single and c.shorthand:
                parts.append((scaled(item.value, max(parts[-1][1], group) - 1), 0))
            elif item is not None:
                parts.append((item.value, 0))
                is_fraction = item.is_fraction and len(parts) == 1
                ambiguous = item.ambiguous if len(parts) == 1 else ""
                last, group = 0, item.group
                about = about or item.about
            break
        if value is None and not parts and not c.senses[c.at - 1].get("scale"):
            c.at = mark
            break  # millions of: a scale that needs a number
        if not _push(parts, value, power):
            c.at = mark
            break
        group, last = (item.group if item is not None else 0), power
        about = about or (item is not None and item.about) or _inside(c)
    if not parts:
        c.at = start
        return None
    total: Value = parts[0][0]
    for value, _ in parts[1:]:
        total = plus(total, value)
    exact, inexact = rounded(total)
    return Numeral(exact, last, group, ambiguous, inexact or about, is_fraction)


def _fits(parts: list[tuple[Value, int]], value: Value, item: _Small | None) -> bool:
    """Whether a number may follow a scale: it is smaller than that, and neither has decimals."""
    before, power = parts[-1]
    if item is None or item.is_fraction or power == 0 or not isinstance(value, int):
        return False
    return isinstance(before, int) and value < 10**power


def _push(parts: list[tuple[Value, int]], value: Value | None, power: int) -> bool:
    """Add ``value`` times ten to the ``power``; what has a lower scale before it is multiplied too."""
    folds = value is None or (bool(parts) and parts[-1][1] in _THOUSANDS)
    if parts and parts[-1][1] < power:
        if not folds:
            return False
        while parts and parts[-1][1] < power:
            value = plus(parts.pop()[0], value or 0)
    elif value is None and parts:
        return False
    amount = scaled(1 if value is None else value, power)
    if parts and (not isinstance(parts[-1][0], int) or amount >= 10 ** parts[-1][1]):
        return False
    parts.append((amount, power))
    return True


def _is_number(c: Cursor, ahead: int) -> bool:
    """Whether a number in words begins ``ahead`` of here (``and five``, ``and a half``)."""
    senses = c.senses[c.at + ahead]
    if "article" in senses:
        senses = c.senses[c.at + ahead + 1]
        return "fraction" in senses
    return "count" in senses or "fraction" in senses


def scale(c: Cursor) -> int | None:
    """``scale``: the product of scale words (thousand million) as a power of ten."""
    power = None
    while True:
        mark = c.at
        if power is None:
            _inside(c)
            if c.peek("hyphen") is not None and c.is_joined():
                c.at += 1
        found = c.take("multiple")
        if found is None:
            found = c.take("scale")
        if found is None or (power is not None and found < power):
            c.at = mark
            return power
        power = found if power is None else power + found


def _inside(c: Cursor) -> bool:
    """Consume a word that makes the number before it approximate: 20多亿, 10여억."""
    return c.take("about-inside") is not None


def small(c: Cursor) -> _Small | None:
    """``small``: what one scale word multiplies."""
    written = c.peek("digits")
    if written is not None:
        return _digits(c, written)
    if c.peek("article") is not None:
        return _article(c)
    if c.peek("fraction") is not None and c.peek("count") is None:
        return _fraction(c, c.take("fraction"))
    return group_sum(c, None, written=False)


def _article(c: Cursor) -> _Small | None:
    """``a million``, ``a hundred``, ``a half``, ``a dozen``: one; an article before other words is none."""
    ahead = c.senses[c.at + 1]
    if "fraction" in ahead:
        c.at += 1
        return _fraction(c, c.take("fraction"))
    if "group" in ahead or "times" in ahead:
        c.at += 1
        return group_sum(c, 1, written=False)
    if ahead.keys() & {"multiple", "scale", "currency", "subunit"}:
        c.at += 1
        return _Small(1)
    return None


def _digits(c: Cursor, written: str) -> _Small | None:
    if "/" in written or "⁄" in written:
        value: Value | None = fraction(written)
        if value is None:
            return None
        c.at += 1
        c.take("of")
        return _Small(value, is_fraction=True)
    value = digits(written, comma=c.comma)
    if value is None:
        return None
    c.at += 1
    ahead = c.senses[c.at]
    if ahead:
        if "fraction" in ahead and "count" not in ahead and isinstance(value, int):
            return _fraction(c, times(value, c.take("fraction")))  # 3 quarters
        if "join" in ahead and (half := _and_fraction(c)) is not None:
            return _Small(plus(value, half))
        about = "about-inside" in ahead and "group" in c.senses[c.at + 1] and _inside(c)
        if "group" in ahead or "times" in ahead or about:
            found = group_sum(c, value, written=True)
            return found._replace(about=about) if found is not None else None
    single = isinstance(value, int) and value < _TEN and len(written) == 1
    return _Small(value, ambiguous=written if is_ambiguous(written) else "", single=single)


def _fraction(c: Cursor, value: Value) -> _Small:
    """``half a million``, ``three quarters of a million``: what stands between it and its scale."""
    mark = c.at
    if (c.take("of") is not None or c.take("article") is not None) and not (
        c.senses[c.at].keys() & {"multiple", "scale", "group", "times"}
    ):
        c.at = mark
    return _Small(value, is_fraction=True)


def _and_fraction(c: Cursor) -> Value | None:
    """``[ join ] , [ article ] , fraction``: and a half."""
    mark = c.at
    c.take("join")
    c.take("article")
    value: Fraction | None = c.take("fraction")
    if value is None:
        c.at = mark
    return value


class _Sum:
    """What is read of a ``group-sum``: ``total`` and, not yet multiplied or added, ``pending``."""

    __slots__ = ("found", "group", "low", "pending", "total", "written")

    def __init__(self, first: Value | None, *, written: bool) -> None:
        self.total: Value = 0
        self.low, self.group, self.pending = _HIGH, 0, first
        self.found, self.written = first is not None, written

    def multiply(self, power: int) -> bool:
        """Take a group word, which must be lower than those before it: 3천5백."""
        amount = scaled(1 if self.pending is None else self.pending, power)
        if power >= self.low or (self.low != _HIGH and amount >= 10**self.low):
            return False
        self.total, self.low, self.group = plus(self.total, amount), power, power
        self.pending, self.found = None, True
        return True

    def add(self, c: Cursor) -> bool:
        """Take a number word, or digits after a group word; digits and words do not mix."""
        senses, value = c.senses[c.at], None
        if "digit" in senses and not self.written and self.pending is None:
            self.pending, self.found = _digit_run(c), True
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


def group_sum(c: Cursor, first: Value | None, *, written: bool) -> _Small | None:
    """``group-sum``: words and digits below a scale that are added and multiplied: 3천5백, two hundred five.

    ``first`` is a number that was read already; ``written`` tells whether it is in digits.
    """
    start, found = c.at, _Sum(first, written=written)
    while True:
        mark, senses = c.at, c.senses[c.at]
        if found.found and ("join" in senses or "hyphen" in senses) and "count" in c.senses[c.at + 1]:
            c.at += 1
            senses = c.senses[c.at]
        if "group" in senses and found.multiply(senses["group"]):
            c.at += 1
        elif "times" in senses and found.pending is not None:
            found.pending = times(found.pending, senses["times"])
            c.at += 1
            break
        elif "group" in senses or not found.add(c):
            c.at = mark
            break
    if not found.found or (
        found.pending is not None and found.low != _HIGH and found.pending >= 10**found.low
    ):
        c.at = start
        return None
    return _summed(c, found)


def _summed(c: Cursor, found: _Sum) -> _Small:
    """The sum with a fraction behind it: two *and a half*, two *thirds*."""
    pending, group = found.pending, found.group
    if pending is None:
        return _Small(found.total, group)
    half = _and_fraction(c) if not group and "join" in c.senses[c.at] else None
    single = isinstance(pending, int) and pending < _TEN
    if c.shorthand and group > 1 and single and found.written:
        pending = scaled(pending, group - 1)
    value = plus(found.total, pending)
    if half is not None:
        return _Small(plus(value, half))
    if "fraction" in c.senses[c.at] and "count" not in c.senses[c.at]:
        return _fraction(c, times(value, c.take("fraction")))
    return _Small(value, 0 if pending else group, single=single and not group)


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
