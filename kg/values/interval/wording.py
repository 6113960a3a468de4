"""Texts that differ in their digits alone: their words are looked at once.

What the words of ``약 729조원`` say is the same whatever the digits are, so it is kept under the
*wording*, the text with ``0`` in place of each run of digits, and only the digits are read anew. A
wording is kept only where the digits decide about nothing but their value: no run may grow into what
follows it, as in ``1 234`` or ``1/2``. The numbers of a known wording come from the same code as those
of a new one; where each run only counts so many powers of ten, that is found out once, too.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from kg.values.interval.bounds import one, two
from kg.values.interval.side import Side
from kg.values.interval.sides import Refused
from kg.values.numeral import Numeral, plus, raised
from kg.values.numeral.digits import digits, is_rest
from kg.values.vocabulary import OF_WORDS, of_tables, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from kg.values.interval.meaning import Interval
    from kg.values.numeral import Number, Style
    from kg.values.vocabulary import Token

LONGEST: Final = 80
"""Characters of a text whose wording is kept."""
KEPT: Final = 16_384
"""How many wordings are kept; each takes about 2 kB."""
OTHER_SPACES: Final = "\u00a0\u2009\u202f"
"""What a run of digits may be grouped by, besides a plain space."""
_SPACES: Final = f" {OTHER_SPACES}"
_PLAIN_SPACES: Final = str.maketrans(_SPACES, " " * len(_SPACES))
_PARTED: Final = re.compile(
    f"([0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,'’][0-9]+)*)"
).split
_UNSURE: Final = re.compile(rf"0(?:[^\S{_SPACES}]|\s\s)\s*0|0\s*[/⁄'’]\s*0|0[.,]\s?[-–—0]").search
"""Where a run may be longer or shorter by what its digits are."""
_FORM: Final = re.compile(
    r"([0-9]{1,30}[.,][0-9]{1,2})"
    r"|([0-9]{1,3}(?:,[0-9]{3}){1,9}\.[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){2,9})"
    r"|([1-9][0-9]{0,2}[.,][0-9]{3})"
).fullmatch
"""A fraction in any language, since less than three digits are no group; groups; what is either."""
_SHORT, _GROUPED = 1, 2
_DIGIT_WITHIN: Final = re.compile("[^0-9][0-9]").search
_LONGEST_RUN: Final = 60
_SECOND: Final = 2

S = TypeVar("S", bound=Side)
Slots = dict[int, int]
"""Where a token of digits begins in a wording -> the number of its run."""


def parted(text: str) -> tuple[str, list[str]]:
    """The wording of a text, and its runs of digits.

    >>> parted("약 1조 2,000억원")
    ('약 0조 0억원', ['1', '2,000'])
    """
    parts = _PARTED(text)
    return "0".join(parts[::2]), parts[1::2]


def slots(tokens: Sequence[Token], wording: str) -> Slots | None:
    """The places of the runs, or None where digits of a wording are not tokens by themselves."""
    found = [token for token in tokens if token.kind == "digits"]
    if len(found) != wording.count("0") or any(token.text != "0" for token in found):
        return None
    if _UNSURE(wording) or _with_digits()(wording):
        return None
    return {token.start: at for at, token in enumerate(found)}


def within_words(tokens: Sequence[Token], wording: str) -> tuple[int, ...]:
    """The runs that are no tokens by themselves, since a word has them in it: the 5 of 5년간."""
    if _UNSURE(wording) or _with_digits()(wording):
        return ()
    starts = {token.start for token in tokens if token.kind == "digits"}
    return tuple(at for at, place in enumerate(_masks(wording)) if place not in starts)


def spelled(wording: str, runs: Sequence[str], literal: Container[int]) -> tuple[str, Slots]:
    """The wording with some runs as they are, and where the others are in it.

    >>> spelled("0년간 0조원", ["5", "10"], {0})
    ('5년간 0조원', {4: 1})
    """
    places: Slots = {}
    found = ""
    for at, words in enumerate(wording.split("0")):
        found += words
        if at < len(runs):
            if at not in literal:
                places[len(found)] = at
            found += runs[at] if at in literal else "0"
    return found, places


def _masks(wording: str) -> list[int]:
    return [at for at, character in enumerate(wording) if character == "0"]


@of_tables
def _with_digits() -> Callable[[str], object]:
    """Finds in a wording the words that have digits in them: m², 제3자배정."""
    sections = [table.get(name, {}) for table in tables().values() for name in sorted(OF_WORDS - {"date"})]
    words = (word for section in sections for kind in section.values() for word in kind)
    found = sorted({parted(word)[0] for word in words if _DIGIT_WITHIN(word)})
    patterns = (
        rf"(?<![a-z]){re.escape(word)}" if "a" <= word[0] <= "z" else re.escape(word) for word in found
    )
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE).search


class Half(Generic[S]):
    """One side of an interval in a known wording: its number, for any digits."""

    __slots__ = (
        "_comma",
        "_group",
        "_minus",
        "_places",
        "_said",
        "_scale",
        "_terms",
        "_uses",
        "side",
        "style",
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
        self._uses = 0
        self._terms: tuple[tuple[int, int, int | None], ...] = ()
        """(run, power of ten in the value, power of ten in the head) of each run, if that is all."""
        self._minus = False
        self._scale = self._group = 0

    def number(self, runs: Sequence[str]) -> Numeral | None:
        """The number that the side says with these runs of digits, or None if it can't be read."""
        if self._terms:
            value: Number = 0
            head: Number = 0
            for at, power, below in self._terms:
                found = self._value(runs[at])
                if found is None:
                    return self._read(runs)
                value = raised(found, power) if not value else plus(value, raised(found, power))
                if below is not None:
                    head = raised(found, below) if not head else plus(head, raised(found, below))
            return Numeral(value, head, self._scale, self._group)
        return self._read(runs) if self._places else self._said

    def value(self, runs: Sequence[str]) -> Number | None:
        """The value alone where it is one run times a power of ten, else None."""
        if len(self._terms) != 1:
            return None
        at, power, _ = self._terms[0]
        value = self._value(runs[at])
        return raised(value, power) if power and value is not None else value

    def _value(self, run: str) -> Number | None:
        value: Number | None
        if run.isdigit():
            value = int(run) if len(run) <= _LONGEST_RUN else None
        elif is_rest(run):
            return None
        elif (form := _FORM(run)) is None:
            value = digits(run.translate(_PLAIN_SPACES), comma=self._comma)
        elif form.lastindex == _SHORT:
            value = Decimal(run.replace(",", ".")) if self.style.admits(run) else None
        elif form.lastindex == _GROUPED:
            run = run.replace(",", "")
            value = Decimal(run) if "." in run else int(run)
        elif "," in run and not self._comma:
            value = int(run.replace(",", ""))
        else:
            return None
        return -value if value is not None and self._minus else value

    def _read(self, runs: Sequence[str]) -> Numeral | None:
        """The number as of a text whose wording is new; of the second such text the powers are found."""
        self._uses += 1
        if self._uses == _SECOND and self.side.is_plain():
            self._find_powers()
        return self._with({start: runs[at].translate(_PLAIN_SPACES) for start, at in self._places})

    def _with(self, digits: Mapping[int, str]) -> Numeral | None:
        return self.side.with_digits(digits).number(self.style)

    def _find_powers(self) -> None:
        """Find out by which powers of ten the runs count, where that is all that the words say."""
        starts = [start for start, _ in self._places]
        nothing = self._with(dict.fromkeys(starts, "0"))
        each = [self._with({**dict.fromkeys(starts, "0"), start: "1"}) for start in starts]
        if nothing is None or nothing.value or nothing.head:
            return
        found = [one for one in each if one is not None and one.value and not one.inexact]
        shapes = {(one.scale, one.group, one.value < 0) for one in found}
        if len(found) != len(starts) or len(shapes) != 1:
            return
        [(self._scale, self._group, self._minus)] = shapes
        powers = [(_power_of(one.value), _power_of(one.head) if one.head else None) for one in found]
        self._terms = tuple((at, *two) for (_, at), two in zip(self._places, powers, strict=True))


class Ends(NamedTuple):
    """Both sides of an interval in a known wording; ``last`` is None where it has one side."""

    first: Half[Any]
    last: Half[Any] | None
    exact: bool
    """Whether it is one number without a bound."""
    always: Interval | None = None
    """The interval that it is whatever the digits are, where the wording has none."""

    @classmethod
    def of(cls, first: Side, last: Side, places: Slots, style: Style) -> Ends:
        """The sides of a wording; ``last`` is the first again where there is one."""
        other = None if first is last else Half(last, places, style)
        exact = first is last and not (first.bound or first.band or first.third or first.open_end)
        found = cls(Half(first, places, style), other, exact)
        return found if places else found._replace(always=found.interval(()))

    def interval(self, runs: Sequence[str]) -> Interval | None:
        """The interval with these runs of digits, or None where the grammar is needed."""
        if self.always is not None:
            return self.always
        low = self.first.number(runs)
        high = low if self.last is None else self.last.number(runs)
        if low is None or high is None:
            return None
        try:
            side = self.first.side
            found = one(side, low) if self.last is None else two(side, self.last.side, low, high)
        except Refused:
            return None
        reversed_ = found.min is not None and found.max is not None and found.min > found.max
        return None if reversed_ else found


def _power_of(value: Number) -> int:
    """The power of ten that a value is, leaving its sign away."""
    return Decimal(value).adjusted()
