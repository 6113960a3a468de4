"""The grammar of shares: ``30%``, ``지분 49%``, ``3할 2푼``, ``25 basis points``, ``절반``.

A share is a number of hundredths: 49 percent is 49, ten basis points are 0.1. The rules (docs/values.md
has the grammar in EBNF)::

    percent = interval ;
    before  = PERCENT ;                              (* 百分之三十 *)
    after   = [ HYPHEN ] , PERCENT ;
    tail    = { numeral , PERCENT } ;                (* each smaller than the one before: 3할 2푼 5리 *)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import NotUnderstood
from kg.values.characters import unreadable
from kg.values.grammar import canonical as intervals
from kg.values.grammar import whole
from kg.values.grammar.digits import Number, Value, moved, plus, rounded, scaled
from kg.values.grammar.interval import Interval, Unitless, interval, ordered
from kg.values.grammar.numeral import Numeral, numeral

if TYPE_CHECKING:
    from kg.values.grammar.cursor import Cursor
    from kg.values.grammar.whole import Asked
    from kg.values.lexicon import Lexicon

CODES: Final = {"undisclosed": "number-no-number", "vague": "number-no-number"}


class Hundredths(NamedTuple):
    """A unit of shares: its power of ten of a hundredth."""

    power: int


class _Units(Unitless):
    """Percent signs and words, before or after the number."""

    def before(self, c: Cursor) -> Hundredths | None:
        """``unit`` before the number: 百分之三十."""
        power = c.take("percent")
        return None if power is None else Hundredths(power)

    def after(self, c: Cursor) -> Hundredths | None:
        """``unit`` after it."""
        if c.peek("hyphen") is not None and c.peek("percent", 1) is not None:
            c.at += 1
        return self.before(c)

    def both(self, first: Any, second: Any) -> Any:  # noqa: ANN401 - contract
        """One of the two; the smaller one if they are not the same, which :func:`percent` refuses."""
        return second if first is None else first

    def tail(self, c: Cursor, number: Numeral, unit: Any) -> tuple[Number, Any]:  # noqa: ANN401 - contract
        """The value with smaller units behind it; a fraction alone is a share of the whole."""
        if unit is None:
            return (moved(number.value, 2), Hundredths(0)) if number.is_fraction else (number.value, None)
        value: Value = scaled(number.value, unit.power)
        power = unit.power
        while True:
            mark = c.at
            more = numeral(c)
            smaller = c.take("percent") if more is not None else None
            if more is None or smaller is None or smaller >= power:
                c.at = mark
                return rounded(value)[0], Hundredths(0)
            value, power = plus(value, scaled(more.value, smaller)), smaller

    def power(self, unit: Any) -> int:  # noqa: ANN401 - contract
        """The power of ten of a hundredth."""
        return unit.power if unit is not None else 0


_UNITS: Final = _Units()


def read(text: str, lexicon: Lexicon, language: str = "") -> Interval:
    """The share, in percent, that a whole text is.

    Raises ``NotUnderstood``: ``number-word``, ``number-no-number``, ``number-text`` for a number without a
    percent sign; ``Unreadable``: ``number-reversed``.
    """
    return whole.read(RULES, lexicon, whole.Asked(text, language, bool(language)))


def percent(c: Cursor, asked: Asked) -> Interval | None:
    """``percent``, with every token consumed."""
    found = interval(c, _UNITS)
    if found is None or not c.done():
        return None
    if found.unit is None:
        raise NotUnderstood(*unreadable("number-text", asked.text).problems)
    ordered(found, asked.text)
    return found


def canonical(found: Interval, lexicon: Lexicon, language: str = "en") -> str:
    """The share in digits.

    >>> from kg.values.lexicon import Lexicon
    >>> canonical(Interval(10, 15, None), Lexicon.load())
    '10% to 15%'
    """
    return intervals.canonical(found, lexicon, language, "{number}%")


RULES: Final = whole.Rules("percent", "number-word", percent, canonical, CODES)
