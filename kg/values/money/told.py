"""What is kept of the wording of an amount: of what its words say, only the digits are read anew.

Each class has ``money``, which gives the amount with other digits or raises ``Unreadable``, and ``ready``,
which gives the same for a wording that is met again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from kg.errors import Unreadable
from kg.values.characters import unreadable
from kg.values.interval.known import Ends, One, ready
from kg.values.interval.runs import counted
from kg.values.money import amounts
from kg.values.money.meaning import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Amount(NamedTuple):
    """One amount in a known wording."""

    ends: Ends | One
    currency: str
    symbol: str
    each: str

    def money(self, runs: Sequence[str], text: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        found = self.ends.interval(runs)
        if found is None:
            return None
        least, most, more, less, about, digits = found
        if least is not None and most is not None and least > most:
            raise unreadable("money-reversed", text)
        ends = least, most, more, less, about
        return Money(self.currency, *ends, text.strip(), None, self.symbol, self.each, digits)

    def ready(self) -> Self | Plain:
        """The same for a wording that is met again."""
        ends = ready(self.ends)
        return Plain(ends, *self[1:]) if isinstance(ends, One) else self._replace(ends=ends)


class Plain(NamedTuple):
    """An amount with one number that counts a power of ten, all that takes in one place: most are such."""

    number: One
    currency: str
    symbol: str
    each: str

    def money(self, runs: Sequence[str], text: str) -> Money | None:
        """The amount with these runs of digits, or None where the grammar is needed."""
        number, currency, symbol, each = self
        at, power, factor, run, lower, upper, more, less, about = number
        value = counted(runs[at], power, factor, run)
        if value is None:
            return None
        least, most = value if lower else None, value if upper else None
        return Money(currency, least, most, more, less, about, text.strip(), None, symbol, each)

    def ready(self) -> Self:
        """Itself."""
        return self


class Converted(NamedTuple):
    """An amount in a known wording, and the same in another currency."""

    main: Amount | Plain
    again: Amount | Plain

    def money(self, runs: Sequence[str], text: str) -> Money | None:
        """Both amounts with these runs of digits, or None where the grammar is needed."""
        found = self.main.money(runs, text)
        try:
            again = self.again.money(runs, "")
        except Unreadable:
            return None
        if found is None or again is None:
            return None
        both = amounts.joined(found, again)
        if both is None:
            raise unreadable("money-two-amounts", text)
        return both

    def ready(self) -> Self:
        """The same for a wording that is met again."""
        return self._replace(main=self.main.ready(), again=self.again.ready())


class Refusal(NamedTuple):
    """Why a wording is no amount, whatever its digits are, or if they can be read."""

    code: str
    args: Mapping[str, object]
    allowed: tuple[str, ...]
    main: Amount | Plain | None = None
    """What must be read first: an amount that names no currency, or one of several."""
    run: int | None = None
    """The run of digits that is the word which has no place."""

    @classmethod
    def of(cls, error: Unreadable, run: int | None = None) -> Self | None:
        """The refusal that an error is; None if it names other digits than those of a run."""
        [problem] = error.problems
        word = str(problem.args.get("word", ""))
        if not any(map(str.isdigit, word)):
            return cls(problem.code, problem.args, problem.allowed)
        return None if run is None or word != "0" else cls(problem.code, {}, problem.allowed, run=run)

    def money(self, runs: Sequence[str], text: str) -> None:
        """None where the grammar is needed, else raises ``Unreadable``."""
        if self.run is not None and not all(map(str.isdigit, runs)):
            return  # one of them may be no number, which is said first
        if self.main is None or self.main.money(runs, text) is not None:
            args = self.args if self.run is None else {"word": runs[self.run]}
            raise unreadable(self.code, text, self.allowed, args=args)

    def ready(self) -> Self:
        """The same for a wording that is met again."""
        return self if self.main is None else self._replace(main=self.main.ready())


Known = Amount | Plain | Converted
