"""What is kept of a wording: its sides, of which only the digits are read anew.

The numbers of a known wording come from the same code as those of a new one. When it is met again, it
is found out whether each run only counts so many powers of ten; from then on that is all that is done.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from kg.values.interval.bounds import Between, Bounded, between, bounded, one, spanned
from kg.values.interval.meaning import Interval
from kg.values.interval.runs import counted, plain, scaled, separated, with_plain_spaces
from kg.values.interval.side import Side
from kg.values.interval.sides import Refused
from kg.values.numeral import Numeral, plus, raised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.values.interval.wording import Slots
    from kg.values.numeral import Number, Style

S = TypeVar("S", bound=Side)
_SEVERAL: Final = 2
Terms = tuple[tuple[int, int, int, int | None], ...]
"""(a run, power of ten, ten to that power or 0 if that is not whole, power in the head)."""


class Half(Generic[S]):
    """One side of an interval in a known wording: its number, for any digits."""

    __slots__ = (
        "_group",
        "_places",
        "_said",
        "_scale",
        "minus",
        "side",
        "style",
        "terms",
    )

    def __init__(self, side: S, places: Slots, style: Style) -> None:
        """``side`` is that of the wording; its marks and its unit are those of all texts."""
        self.side = side
        self.style = style
        self._places = tuple(
            (t.start, places[t.start]) for t in side.tokens() if t.kind == "digits" and t.start in places
        )
        self._said = None if self._places else side.with_digits({}).number(style)
        self.terms: Terms = ()
        """What each run counts in the value, if that is all."""
        self.minus = False
        self._scale = self._group = 0

    @property
    def unsaid(self) -> bool:
        """Whether the side says no number, whatever the digits are."""
        return not self._places and self._said is None

    def number(self, runs: Sequence[str]) -> Numeral | None:
        """The number that the side says with these runs of digits, or None if it can't be read."""
        if not self.terms:
            return self._read(runs) if self._places else self._said
        value: Number = 0
        head: Number = 0
        room = 0
        for at, power, factor, below in self.terms:
            found = self.run(runs[at])
            if found is None:
                return self._read(runs)
            more = scaled(found, power, factor)
            if room and not -room < more < room:
                return self._read(runs)  # 2천3000억
            room = factor
            value = plus(value, more) if value else more
            if below is not None:
                more = more if below == power else raised(found, below)
                head = plus(head, more) if head else more
        return Numeral(value, head, self._scale, self._group)

    def value(self, runs: Sequence[str]) -> Number | None:
        """The value alone, None where that takes more than to count each run by a power of ten."""
        if not self.terms:
            return None
        value: Number = 0
        room = 0
        for at, power, factor, _ in self.terms:
            found = self.run(runs[at])
            if found is None:
                return None
            more = scaled(found, power, factor)
            if room and not -room < more < room:
                return None
            room = factor
            value = plus(value, more) if value else more
        return value

    def run(self, run: str) -> Number | None:
        """What one run of digits says, None where that takes the grammar."""
        value = plain(run)
        if value is None:
            value = separated(run, self.style)
        return -value if self.minus and value is not None else value

    def _read(self, runs: Sequence[str]) -> Numeral | None:
        """The number as of a text whose wording is new."""
        return self._with({start: with_plain_spaces(runs[at]) for start, at in self._places})

    def _with(self, digits: Mapping[int, str]) -> Numeral | None:
        return self.side.with_digits(digits).number(self.style)

    def ready(self) -> None:
        """Find out by which powers of ten the runs count, where that is all that the words say.

        A run of one digit may count otherwise than a longer one: 3万8 is 38,000 in Chinese.
        """
        if not self._places or self.terms or not self.side.is_plain():
            return
        starts = [start for start, _ in self._places]
        counted = self._from_noughts(starts) or self._from_ones(starts)
        shapes = {(one.scale, one.group, one.value < 0) for one in counted}
        if len(shapes) != 1:
            return
        [(self._scale, self._group, self.minus)] = shapes
        self.terms = tuple(_term(at, one) for (_, at), one in zip(self._places, counted, strict=True))

    def _from_noughts(self, starts: Sequence[int]) -> list[Numeral]:
        """What each run says where it is 1 and all others are 0; nothing if a run of two digits says more."""
        noughts = dict.fromkeys(starts, "0")
        nothing = self._with(noughts)
        each = [self._with({**noughts, start: "1"}) for start in starts]
        tens = [self._with({**noughts, start: "10"}) for start in starts]
        if nothing is None or nothing.value or nothing.head:
            return []
        if [one and one.value * 10 for one in each] != [ten and ten.value for ten in tens]:
            return []
        found = [one for one in each if one is not None and one.value and not one.inexact]
        return found if len(found) == len(starts) else []

    def _from_ones(self, starts: Sequence[int]) -> list[Numeral]:
        """The same where no run may be 0, as in 3조7천억: what one more of each run adds to all ones.

        A later run of two digits may be refused; ``number`` takes none that is more than what is before it.
        """
        ones = dict.fromkeys(starts, "1")
        base = self._with(ones)
        if base is None or base.inexact or len(starts) < _SEVERAL:
            return []
        found: list[Numeral] = []
        for start in starts:
            two, ten = (self._with({**ones, start: run}) for run in ("2", "10"))
            if two is None or two.inexact or (ten is None and not found):
                return []
            unit = plus(two.value, -base.value)
            if not unit or (ten is not None and ten.value - base.value != 9 * unit):
                return []
            found.append(two._replace(value=unit, head=plus(two.head, -base.head)))
        whole = sum(one.value for one in found) == base.value and sum(one.head for one in found) == base.head
        near = all(before.value < 100 * after.value for before, after in pairwise(found))
        return found if whole and near else []


class One(NamedTuple):
    """The one number of a known wording, not below zero, in one place: it counts a power of ten."""

    at: int
    """Which run of digits it is."""
    power: int
    factor: int
    """Ten to that power, 0 if that is not whole."""
    run: Callable[[str], Number | None]
    """Reads the run."""
    lower: bool
    upper: bool
    min_exclusive: bool
    max_exclusive: bool
    approximate: bool

    def value(self, runs: Sequence[str]) -> Number | None:
        """The number with these runs of digits, or None where the grammar is needed."""
        return counted(runs[self.at], self.power, self.factor, self.run)

    def interval(self, runs: Sequence[str]) -> Interval | None:
        """The interval with these runs of digits, or None where the grammar is needed."""
        value = self.value(runs)
        if value is None:
            return None
        low, high = value if self.lower else None, value if self.upper else None
        return Interval(low, high, self.min_exclusive, self.max_exclusive, self.approximate)


class Ends(NamedTuple):
    """The sides of an interval in a known wording; ``last`` is None where it has one side."""

    first: Half[Any]
    last: Half[Any] | None
    ends: Bounded | Between | None
    """Which ends its numbers are; None for one that begins a band."""
    approximate: bool
    always: Interval | None = None
    """The interval that it is whatever the digits are, where the wording has none."""

    @classmethod
    def of(cls, first: Side, last: Side, places: Slots, style: Style) -> Ends:
        """The sides of a wording; ``last`` is the first again where there is one. Raises ``Refused``."""
        half = Half(first, places, style)
        if first is last:
            found = cls(half, None, bounded(first), first.approximate)
        else:
            about = first.approximate or last.approximate
            found = cls(half, Half(last, places, style), between(first, last), about)
        return found if places else found._replace(always=found.interval(()))

    def interval(self, runs: Sequence[str]) -> Interval | None:
        """The interval with these runs of digits, perhaps backwards; None where the grammar is needed."""
        first, last, ends, about, always = self
        if always is not None:
            return always
        if last is not None:
            return self._between(runs)
        value = first.value(runs)
        if value is not None and isinstance(ends, Bounded):
            lower, upper, more, less = ends
            return Interval(value if lower else None, value if upper else None, more, less, about)
        number = first.number(runs)
        if number is None:
            return None
        try:
            return one(first.side, number)
        except Refused:
            return None

    def ready(self) -> Ends | One:
        """The same for a wording that is met again."""
        first, last, ends, about, _ = self
        first.ready()
        if last is not None:
            last.ready()
        elif isinstance(ends, Bounded) and len(first.terms) == 1 and not first.minus:
            [(at, power, factor, _)] = first.terms
            return One(at, power, factor, first.run, *ends, about)
        return self

    def _between(self, runs: Sequence[str]) -> Interval | None:
        first, last, ends, about, _ = self
        low = first.number(runs)
        if low is None or last is None or not isinstance(ends, Between):
            return None
        high = last.number(runs)
        if high is None:
            return None
        about = about or low.inexact or high.inexact
        try:
            return spanned(ends, low, high, about=about)
        except Refused:
            return None


def _term(at: int, number: Numeral) -> tuple[int, int, int, int | None]:
    """What a run counts that makes this number where it is 1 and all others 0."""
    power = Decimal(number.value).adjusted()
    below = Decimal(number.head).adjusted() if number.head else None
    return at, power, 10**power if power >= 0 else 0, below


def ready(known: Ends | One) -> Ends | One:
    """The same for a wording that is met again."""
    return known.ready() if isinstance(known, Ends) else known
