"""What is kept of a wording: its sides, of which only the digits are read anew.

The numbers of a known wording come from the same code as those of a new one. When it is met again, it
is found out whether each run only counts so many powers of ten; from then on that is all that is done.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, ParamSpec, TypeVar

from kg.errors import Unreadable
from kg.values.interval.bounds import Between, Bounded, between, bounded, one, spanned
from kg.values.interval.meaning import Interval
from kg.values.interval.side import Side
from kg.values.interval.sides import Refused
from kg.values.interval.wording import LONGEST, OTHER_SPACES
from kg.values.numeral import Numeral, plus, raised
from kg.values.numeral.digits import digits, is_rest
from kg.values.vocabulary import of_texts, remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.values.interval.wording import Slots
    from kg.values.numeral import Number, Style

KEPT: Final = 16_384
"""How many wordings are kept; each takes about 2 kB."""
_PLAIN_SPACES: Final = str.maketrans(OTHER_SPACES, " " * len(OTHER_SPACES))
_FORM: Final = re.compile(
    r"([0-9]{1,30},[0-9]{1,2})"
    r"|([0-9]{1,3}(?:,[0-9]{3}){1,9}\.[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){2,9})"
    r"|([1-9][0-9]{0,2}[.,][0-9]{3})"
).fullmatch
"""A fraction where a comma may part one; groups; what is either."""
_SHORT, _GROUPED = 1, 2
_CENTS: Final = (1, 2)
"""How many digits are a fraction in any language, since fewer than three are no group."""
_LONGEST_WHOLE: Final = 30
_LONGEST_RUN: Final = 60

P = ParamSpec("P")
S = TypeVar("S", bound=Side)
R = TypeVar("R")
T = TypeVar("T")
Terms = tuple[tuple[int, int, int, int | None], ...]
"""(a run, power of ten, ten to that power or 0 if that is not whole, power in the head)."""


class Kept(Generic[T]):
    """What a function says of wordings; ``again`` makes that ready where a wording is met again.

    Most wordings never are, so none is made ready before. When there are :data:`KEPT` of them,
    all are forgotten.
    """

    def __init__(self, first: Callable[..., T | None], again: Callable[[T], T]) -> None:
        """Begin with nothing; what is kept is forgotten with all that was kept of texts."""
        self._first, self._again = first, again
        self._met: dict[tuple[object, ...], T | None] = {}
        self._ready: dict[tuple[object, ...], T | None] = {}
        of_texts(self._met.clear)
        of_texts(self._ready.clear)

    def of(self, *key: object) -> T | None:
        """What the function says of a wording; ``key`` is what it is called with."""
        found = self._ready.get(key)
        return self._look(key) if found is None and key not in self._ready else found

    def _look(self, key: tuple[object, ...]) -> T | None:
        met = self._met.pop(key, None)
        found = self._first(*key) if met is None else self._again(met)
        if len(self) >= KEPT:
            self._met.clear()
            self._ready.clear()
        known = self._ready if found is None or met is not None else self._met
        known[key] = found
        return found

    def __len__(self) -> int:
        """How many wordings are kept."""
        return len(self._met) + len(self._ready)


def whole(read: Callable[[str, str], R]) -> Callable[[str, str], R]:
    """Keep what is read of whole texts whose wording does not tell it, and why one can't be read."""

    @remembered(KEPT)
    def known(text: str, language: str) -> R | Unreadable:
        try:
            return read(text, language)
        except Unreadable as error:
            return error.with_traceback(None)

    def again(text: str, language: str) -> R:
        if len(text) > LONGEST:
            return read(text, language)
        found = known(text, language)
        if isinstance(found, Unreadable):
            raise Unreadable(*found.problems)
        return found

    return again


def plain(run: str) -> Number | None:
    """What a run of digits says that is the same in any language: no separator, or one or two decimals."""
    if run.isdigit():
        return int(run) if len(run) <= _LONGEST_RUN else None
    whole, _, rest = run.partition(".")
    if len(rest) in _CENTS and rest.isdigit() and whole.isdigit() and len(whole) <= _LONGEST_WHOLE:
        return Decimal(run)
    return None


class Half(Generic[S]):
    """One side of an interval in a known wording: its number, for any digits."""

    __slots__ = (
        "_comma",
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
        self._comma = style.comma
        self._places = tuple(
            (t.start, places[t.start]) for t in side.tokens() if t.kind == "digits" and t.start in places
        )
        self._said = None if self._places else side.with_digits({}).number(style)
        self.terms: Terms = ()
        """What each run counts in the value, if that is all."""
        self.minus = False
        self._scale = self._group = 0

    def number(self, runs: Sequence[str]) -> Numeral | None:
        """The number that the side says with these runs of digits, or None if it can't be read."""
        if not self.terms:
            return self._read(runs) if self._places else self._said
        value: Number = 0
        head: Number = 0
        for at, power, factor, below in self.terms:
            found = self.run(runs[at])
            if found is None:
                return self._read(runs)
            more = scaled(found, power, factor)
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
        for at, power, factor, _ in self.terms:
            found = self.run(runs[at])
            if found is None:
                return None
            more = scaled(found, power, factor)
            value = plus(value, more) if value else more
        return value

    def run(self, run: str) -> Number | None:
        """What one run of digits says, None where that takes the grammar."""
        value = plain(run)
        if value is None:
            value = self._separated(run)
        return -value if self.minus and value is not None else value

    def _separated(self, run: str) -> Number | None:
        if is_rest(run) or run.isdigit():
            return None
        form = _FORM(run)
        if form is None:
            run = run.translate(_PLAIN_SPACES)
            return digits(run, comma=self._comma) if self.style.admits(run) else None
        if form.lastindex == _SHORT:
            return Decimal(run.replace(",", ".")) if self.style.admits(run) else None
        if form.lastindex == _GROUPED:
            run = run.replace(",", "")
            return Decimal(run) if "." in run else int(run)
        group = "." if self._comma else ","
        return int(run.replace(group, "")) if group in run else None

    def _read(self, runs: Sequence[str]) -> Numeral | None:
        """The number as of a text whose wording is new."""
        return self._with({start: runs[at].translate(_PLAIN_SPACES) for start, at in self._places})

    def _with(self, digits: Mapping[int, str]) -> Numeral | None:
        return self.side.with_digits(digits).number(self.style)

    def ready(self) -> None:
        """Find out by which powers of ten the runs count, where that is all that the words say.

        A run of one digit may count otherwise than a longer one: 3万8 is 38,000 in Chinese.
        """
        if not self._places or self.terms or not self.side.is_plain():
            return
        starts = [start for start, _ in self._places]
        noughts = dict.fromkeys(starts, "0")
        nothing = self._with(noughts)
        each = [self._with({**noughts, start: "1"}) for start in starts]
        tens = [self._with({**noughts, start: "10"}) for start in starts]
        if nothing is None or nothing.value or nothing.head:
            return
        if [one and one.value * 10 for one in each] != [ten and ten.value for ten in tens]:
            return
        found = [one for one in each if one is not None and one.value and not one.inexact]
        shapes = {(one.scale, one.group, one.value < 0) for one in found}
        if len(found) != len(starts) or len(shapes) != 1:
            return
        [(self._scale, self._group, self.minus)] = shapes
        self.terms = tuple(_term(at, one) for (_, at), one in zip(self._places, found, strict=True))


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


def counted(run: str, power: int, factor: int, read: Callable[[str], Number | None]) -> Number | None:
    """What a run of digits says that counts a power of ten; ``read`` reads what is not :func:`plain`."""
    if factor and run.isdigit() and len(run) <= _LONGEST_RUN:
        return int(run) * factor
    found = plain(run)
    if found is None and (found := read(run)) is None:
        return None
    return scaled(found, power, factor)


def scaled(number: Number, power: int, factor: int) -> Number:
    """A number times ten to a power, which is ``factor`` where that is whole."""
    return number * factor if factor and isinstance(number, int) else raised(number, power)


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
        """The interval with these runs of digits, or None where the grammar is needed."""
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
            found = spanned(ends, low, high, about=about)
        except Refused:
            return None
        reversed_ = found.min is not None and found.max is not None and found.min > found.max
        return None if reversed_ else found


def _term(at: int, number: Numeral) -> tuple[int, int, int, int | None]:
    """What a run counts that makes this number where it is 1 and all others 0."""
    power = Decimal(number.value).adjusted()
    below = Decimal(number.head).adjusted() if number.head else None
    return at, power, 10**power if power >= 0 else 0, below


def ready(known: Ends | One) -> Ends | One:
    """The same for a wording that is met again."""
    return known.ready() if isinstance(known, Ends) else known
