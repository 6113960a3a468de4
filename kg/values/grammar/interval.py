"""``interval``: a number with its bounds, over the sides that a type of value defines.

The rules, one function each (docs/values.md has the grammar in EBNF)::

    interval = BETWEEN , side , ( AND | RANGE ) , side
             | [ FROM ] , side , RANGE , side , [ BETWEEN-AFTER ]
             | limits | side ;
    limits   = side , [ BUT ] , side ;              (* one bound is a lower one, the other an upper one *)
    side     = { QUALIFIER } , [ before ] , { QUALIFIER } , numeral ,
               { QUALIFIER } , [ after ] , [ tail ] , { QUALIFIER } ;
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from kg.values.characters import unreadable
from kg.values.grammar.digits import Number, add, moved
from kg.values.grammar.numeral import Numeral, numeral

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.values.grammar.cursor import Cursor

LOWER: Final = frozenset({">", ">="})
UPPER: Final = frozenset({"<", "<="})
_BEFORE: Final = {"bound": "op", "about": "about", "neutral": ""}
_AFTER: Final = {"bound-after": "op", "about-after": "about", "neutral-after": ""}
"""The qualifiers of a number -> what they tell of it; the first one that a word can be."""


class Units(Protocol):
    """What a type of value has beside its numbers: a currency, a unit, a percent sign."""

    def before(self, c: Cursor) -> Any:  # noqa: ANN401 - each type has its own
        """The unit before a number, or None."""

    def after(self, c: Cursor) -> Any:  # noqa: ANN401 - as above
        """The unit after a number, or None."""

    def both(self, first: Any, second: Any) -> Any:  # noqa: ANN401 - as above
        """The unit that two marks of one amount mean together; one that says so if they contradict."""

    def tail(self, c: Cursor, number: Numeral, unit: Any) -> tuple[Number, Any]:  # noqa: ANN401 - as above
        """The value with what follows its unit (3 dollars *50 cents*), and the unit of it all."""

    def power(self, unit: Any) -> int:  # noqa: ANN401 - as above
        """The power of ten that a unit multiplies its number with: -2 for cents."""


class Unitless:
    """A type of value whose numbers have nothing beside them."""

    def before(self, c: Cursor) -> Any:  # noqa: ANN401, ARG002 - contract
        """None."""
        return None

    def after(self, c: Cursor) -> Any:  # noqa: ANN401, ARG002 - contract
        """None."""
        return None

    def both(self, first: Any, second: Any) -> Any:  # noqa: ANN401 - contract
        """The one that there is."""
        return second if first is None else first

    def tail(self, c: Cursor, number: Numeral, unit: Any) -> tuple[Number, Any]:  # noqa: ANN401, ARG002 - contract
        """The value as it is."""
        return number.value, unit

    def power(self, unit: Any) -> int:  # noqa: ANN401, ARG002 - contract
        """Nothing is multiplied."""
        return 0


class Side(NamedTuple):
    """One end of an interval."""

    number: Numeral
    value: Number
    unit: Any
    op: str = ""
    about: bool = False
    band: str = ""


class Interval(NamedTuple):
    """A number: exact where ``min`` and ``max`` are the same; None is no bound, never zero."""

    min: Number | None
    max: Number | None
    unit: Any
    min_exclusive: bool = False
    max_exclusive: bool = False
    approximate: bool = False
    ambiguous: tuple[str, str] = ("", "")
    """The digits of each end whose separator may group or separate decimals (``12.345``)."""


class _Qualifiers:
    """The qualifiers of one side as they are read."""

    __slots__ = ("about", "band", "fits", "op")

    def __init__(self) -> None:
        self.op, self.about, self.band, self.fits = "", False, "", True

    def take(self, c: Cursor, kinds: Mapping[str, str]) -> None:
        """``{ qualifier }``: all that stand here."""
        while not kinds.keys().isdisjoint(senses := c.senses[c.at]):
            kind = next(kind for kind in kinds if kind in senses)
            if kinds[kind] == "op":
                self._bound(senses[kind])
            elif kinds[kind] == "about":
                self.about = True
            c.at += 1

    def _bound(self, value: str) -> None:
        op = value.rstrip("~")
        if op == "=":  # more than 5 or equal
            self.fits = bool(self.op)
            self.op = self.op.rstrip("=") + "="
            return
        if self.op and (op in LOWER) != (self.op in LOWER):
            self.fits = False
        self.op = self.op or op
        self.about = self.about or value != op

    def take_band(self, c: Cursor) -> None:
        """``[ BAND , [ THIRD ] | THIRD , BAND ]``: 대, 대 초반, 초반대."""
        if self.band or c.peek("unit") is not None:
            return
        if c.take("band") is not None:
            self.band = c.take("third") or "whole"
        elif c.peek("band", 1) is not None and (third := c.take("third")) is not None:
            self.band = third
            c.at += 1


def interval(c: Cursor, units: Units) -> Interval | None:
    """``interval``; None if none begins here. :func:`ordered` checks it once the whole text is understood."""
    start, senses = c.at, c.senses[c.at]
    lead = _lead(c) if not _BEFORE.keys().isdisjoint(senses) else False
    senses = c.senses[c.at]
    between = "between" in senses
    if between or "from" in senses:
        c.at += 1
    low = side(c, units)
    if low is None:
        c.at = start
        return None
    mark = c.at
    if c.at == c.end and not between and "from" not in senses:
        return one(low, units)
    joined = c.take("and") if between else None
    if joined is None and not _to(c, low):
        if between:
            c.at = start
            return None
        if "from" in senses:  # not of a range: it bounds, or says nothing
            c.at = start
            low = side(c, units)
            if low is None:
                return None
        return limits(c, units, low) or one(low, units)
    high = side(c, units)
    if high is None:
        c.at = mark
        if between:
            c.at = start
            return None
        return one(low, units)
    c.take("between-after")
    found = span(low, high, units)
    return found._replace(approximate=True) if found is not None and lead else found


def _lead(c: Cursor) -> bool:
    """Consume ``about`` before ``from`` or ``between``; whether it was there."""
    start, found = c.at, _Qualifiers()
    found.take(c, _BEFORE)
    if found.op or c.senses[c.at].keys().isdisjoint({"from", "between"}):
        c.at = start
        return False
    return found.about


def _to(c: Cursor, low: Side) -> bool:
    """``RANGE``; a dash that touches only the number after it, or follows a bound, is a minus."""
    if c.peek("range") is None:
        return False
    if c.peek("minus") is not None and (low.op or not c.is_joined()):
        here, ahead = c.tokens[c.at], c.tokens[min(c.at + 1, c.end - 1)]
        if ahead.start == here.end and ahead.text[:1].isdigit():
            return False
    c.at += 1
    return True


def side(c: Cursor, units: Units) -> Side | None:
    """``side``; None if none begins here."""
    start = c.at
    found, unit, negative = _Qualifiers(), None, False
    if "digits" not in c.senses[start]:
        found.take(c, _BEFORE)
        unit = units.before(c)
        found.take(c, _BEFORE)
        negative = _minus(c)
        if unit is None:
            unit = units.before(c)
    number = numeral(c)
    if number is None:
        c.at = start
        return None
    value = number.value
    if c.at != c.end or number.is_fraction:
        found.take_band(c)
        found.take(c, _AFTER)
        unit = units.both(unit, units.after(c))
        value, unit = units.tail(c, number, unit)
        found.take_band(c)
        found.take(c, _AFTER)
    if not found.fits or (number.scale and unit is not None and units.power(unit) > 0):
        c.at = start  # MUSD 60 million
        return None
    if negative:
        value = -value
    return Side(number, value, unit, found.op, found.about or number.inexact, found.band)


def trailing(c: Cursor) -> tuple[str, bool]:
    """The bound, if any, and whether it is approximate, of qualifiers behind a whole."""
    found = _Qualifiers()
    found.take(c, _AFTER)
    return found.op, found.about


def _minus(c: Cursor) -> bool:
    """A sign of a negative number, which touches what it belongs to, or a word for it."""
    if c.peek("minus") is None:
        return False
    token = c.tokens[c.at]
    ahead = c.senses[c.at + 1]
    alone = (
        not ahead.keys().isdisjoint({"scale", "group"}) and "count" not in ahead
    )  # －千円: a dash for none
    glued = c.at + 1 < c.end and c.tokens[c.at + 1].start == token.end and not alone
    if not (glued or token.text.isalpha()):
        return False
    c.at += 1
    return True


def one(found: Side, units: Units) -> Interval | None:
    """A side alone: exact, bounded, or a band."""
    power, op = units.power(found.unit), found.op
    value = moved(found.value, power) if power else found.value
    ambiguous = (found.number.ambiguous,) * 2
    if found.band:
        if op:
            return None
        low, high = (moved(end, power) for end in _band(found))
        return Interval(low, high, found.unit, max_exclusive=True, approximate=found.about)
    if op in LOWER:
        return Interval(value, None, found.unit, op == ">", approximate=found.about, ambiguous=ambiguous)
    if op in UPPER:
        return Interval(
            None, value, found.unit, max_exclusive=op == "<", approximate=found.about, ambiguous=ambiguous
        )
    return Interval(value, value, found.unit, approximate=found.about, ambiguous=ambiguous)


_PARTS: Final = {
    "whole": (0, 10),
    "first": (0, 3),
    "second": (3, 7),
    "last": (7, 10),
    "first-half": (0, 5),
    "second-half": (5, 10),
}
"""The tenths of a band in which a part of it begins and ends."""


def _band(found: Side) -> tuple[Number, Number]:
    """100억원대 is 100억 or more and less than 200억: up to the next in the last place that is not zero."""
    value = int(found.value)
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    first, last = (add(value, moved(step * tenths, -1)) for tenths in _PARTS[found.band])
    return first, last


def limits(c: Cursor, units: Units, low: Side) -> Interval | None:
    """``limits``: more than 5 but less than 10; 100억 이상 200억 미만."""
    if not low.op:
        return None
    mark = c.at
    c.take("but")
    high = side(c, units)
    if high is None or not high.op or (high.op in LOWER) == (low.op in LOWER):
        c.at = mark
        return None
    if low.op in UPPER:
        low, high = high, low
    return _joined(low, high, units, low.op == ">", high.op == "<")


def span(low: Side, high: Side, units: Units) -> Interval | None:
    """``range``: bounds of a whole range stand before its lower or behind its upper end."""
    if high.op in LOWER or (low.op in UPPER and high.op) or low.band:
        return None
    if high.band:
        high = high._replace(value=_band(high)[1], band="")
        return _joined(low, high, units, low.op == ">", exclusive=True)
    return _joined(low, high, units, low.op == ">", high.op == "<" or low.op == "<")


def _joined(low: Side, high: Side, units: Units, more: bool, exclusive: bool) -> Interval | None:  # noqa: FBT001 - two flags of one interval
    unit = units.both(low.unit, high.unit)
    value = low.value if low.value < 0 else _shared(low, high)
    if value is None:
        return None
    first, second = units.power(low.unit or high.unit), units.power(high.unit or low.unit)
    ends = (moved(value, first), moved(high.value, second))
    ambiguous = (low.number.ambiguous if value == low.value else "", high.number.ambiguous)
    return Interval(*ends, unit, more, exclusive, low.about or high.about, ambiguous)


def _shared(low: Side, high: Side) -> Number | None:
    """The lower number with the scale that it shares with the upper one (``15-25bn``, ``5~6천억``).

    None where its scale stays open: $900-1.2bn may begin at 900 or at 900 million; but €500,000 - 1 million
    begins with so many digits, and near its end.
    """
    number, other = low.number, high.number
    if number.scale or not other.scale:
        return low.value
    powers = (other.group + other.scale, other.scale) if other.group and not number.group else (other.scale,)
    shared = next((value for power in powers if (value := moved(low.value, power)) <= high.value), None)
    if shared is None and not number.group and 10**3 <= low.value < high.value <= low.value * 10**3:
        return low.value
    return shared


def ordered(found: Interval, text: str) -> None:
    """Raise ``Unreadable`` for a lower bound above the upper one."""
    if found.min is not None and found.max is not None and found.min > found.max:
        raise unreadable("number-reversed", text, args={"min": str(found.min), "max": str(found.max)})
