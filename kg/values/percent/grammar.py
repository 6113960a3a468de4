"""The grammar of shares in text: ``30%``, ``지분 49%``, ``3할 2푼``, ``25 basis points``.

A share is a number of hundredths: 49 percent is 49, ten basis points are 0.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Unreadable
from kg.values.characters import LONGEST_NAME, checked
from kg.values.interval.kept import Kept
from kg.values.interval.known import Ends, One, ready
from kg.values.interval.side import Side
from kg.values.interval.wording import parted
from kg.values.number.grammar import FRACTION, ends, filled, interval
from kg.values.numeral import NUMBER, Number, Numeral, Style, numeral, plus, raised
from kg.values.read_once import LONGEST, read_once
from kg.values.scanner import scanner

if TYPE_CHECKING:
    from kg.values.interval.meaning import Interval
    from kg.values.vocabulary import Token

SECTIONS: Final = ("percent", "number", "ordinal", "mark")
_PARTS: Final = frozenset({"fraction", "part"})


class PercentSide(Side):
    """A side that is counted in hundredths; 3할 2푼 5리 is added up."""

    units = frozenset({"percent"})
    power: int | None = None

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.steps: list[tuple[int, int, int]] = []
        """(first, last, power): which tokens of the numeral each unit counts."""

    def take_unit(self, token: Token) -> bool:
        """A unit before or after its number; smaller ones may follow with theirs."""
        power: int = token.value
        done = self.steps[-1][1] if self.steps else 0
        if len(self.numeral) == done:
            fits = self.power in {None, power}
            self.power = power
            return fits
        if self.power is not None and (not self.steps or power >= self.steps[-1][2]):
            return self.power == power and not self.steps
        self.power = power
        self.steps.append((done, len(self.numeral), power))
        self.closed = True
        return True

    def take_more(self, token: Token) -> bool:
        """A number after the unit, which a smaller unit must follow."""
        if not self.steps or self.bound:
            return False
        self.numeral.append(token)
        return True

    def borrow(self, other: Side) -> None:
        """``10-15%``: a bound without a unit counts in that of the other."""
        if isinstance(other, PercentSide) and self.power is None:
            self.power = other.power

    def number(self, style: Style) -> Numeral | None:
        """The share in hundredths; without a unit, a fraction such as "half" is one too."""
        if self.steps:
            return self._added(style) if self.steps[-1][1] == len(self.numeral) else None
        found = super().number(style)
        if found is None:
            return None
        power = self.power
        if power is None:
            if not any(token.kind in _PARTS or "/" in token.text for token in self.numeral):
                return None
            power = 2
        return _scaled(found, power)

    def _added(self, style: Style) -> Numeral | None:
        if len(self.steps) == 1:
            found = super().number(style)
            return None if found is None else _scaled(found, self.steps[0][2])
        total: Number = 0
        for first, last, power in self.steps:
            found = numeral(self.numeral[first:last], style)
            if found is None:
                return None
            total = plus(total, raised(found.value, power))
        return Numeral(-total, -total) if self.negative else Numeral(total, total)


def _scaled(found: Numeral, power: int) -> Numeral:
    return found._replace(value=raised(found.value, power), head=raised(found.head, power))


def read(text: str, language: str = "") -> Interval:
    """The share that a text says, in percent; the whole text must be one.

    Raises ``Unreadable``: ``number-no-number`` where the text says that none is known, else
    what could not be read.

    >>> read("지분 49%").min, read("3할 2푼").min, read("10-15%").max, read("25 basis points").min
    (49, 32, 15, Decimal('0.25'))
    """
    if len(text) <= LONGEST:
        wording, runs = parted(text)
        known = _KNOWN.of(wording, language)
        found = None if known is None else filled(known, runs)
        if found is not None:
            return found
    return _whole(text, language)


@read_once
def _whole(text: str, language: str) -> Interval:
    checked(text, LONGEST_NAME)
    return interval(scan(text, language), text, PercentSide, language)


def _looked_at(wording: str, language: str) -> Ends | One | None:
    """What a wording says, or None if it is no share or its digits say more than a number."""
    try:
        return ends(scan(checked(wording), language), wording, PercentSide, language)
    except Unreadable:
        return None


_KNOWN: Final = Kept(_looked_at, ready)


def scan(text: str, language: str) -> list[Token]:
    """The tokens of a share."""
    return scanner(SECTIONS, f"{FRACTION}|{NUMBER}", language)(text)
