"""The kinds that a grammar of whole expressions reads: amounts, numbers, shares, quantities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from kg.values import number
from kg.values.date import edtf
from kg.values.date import grammar as date
from kg.values.duration import grammar as duration
from kg.values.duration.meaning import written as duration_of
from kg.values.grammar import whole
from kg.values.grammar.limits import plain
from kg.values.grammar.steps import steps
from kg.values.money import grammar as money
from kg.values.percent import grammar as percent
from kg.values.quantity import grammar as quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.values.date.meaning import Date
    from kg.values.duration.meaning import Duration
    from kg.values.explanation import Step
    from kg.values.grammar.interval import Interval
    from kg.values.kinds import Beside
    from kg.values.lexicon import Lexicon
    from kg.values.money.meaning import Money
    from kg.values.quantity.meaning import Quantity

Value = TypeVar("Value")
BOUNDS: Final = ("value", "min", "max", "minExclusive", "maxExclusive", "approximate")


@dataclass(frozen=True, slots=True)
class Expression(Generic[Value]):
    """A kind of :mod:`kg.values.kinds`."""

    rules: whole.Rules[Value]
    COLUMNS: tuple[str, ...]
    spelled: Callable[[Value], dict[str, Any]]
    """The value as JSON; numbers are decimal strings, what is not known is left out."""
    NOTHING: frozenset[str] = frozenset({"number-no-number"})
    reader: Callable[[whole.Asked, Lexicon], Value] | None = None
    """What reads more than the grammar does: a date in EDTF."""

    def read(self, text: str, beside: Beside) -> Value:
        """The value that the whole text is."""
        asked = self._asked(text, beside)
        if self.reader is not None:
            return self.reader(asked, beside.lexicon)
        return whole.read(self.rules, beside.lexicon, asked)

    def explained(self, text: str, beside: Beside) -> list[Step]:
        """What each word was taken for."""
        self.read(text, beside)
        return steps(self.rules, beside.lexicon, self._asked(text, beside))

    def said(self, value: Value, language: str, beside: Beside) -> str:
        """The value in its canonical form."""
        return self.rules.canonical(value, beside.lexicon, language)

    @staticmethod
    def _asked(text: str, beside: Beside) -> whole.Asked:
        reference, order = beside.reference_date, beside.date_order
        return whole.Asked(text, beside.language, bool(beside.language), lambda: reference, order)


def bounds(value: Interval | Money) -> dict[str, Any]:
    """``value`` where it is exact, else the bounds as far as known; flags only where they are set."""
    low, high = (None if n is None else plain(n) for n in (value.min, value.max))
    exact = low is not None and low == high
    made: dict[str, Any] = {"value": low} if exact else {"min": low, "max": high}
    flags = (value.min_exclusive, value.max_exclusive, value.approximate)
    made |= {key: flag or None for key, flag in zip(BOUNDS[3:], flags, strict=True)}
    return {key: part for key, part in made.items() if part is not None}


def _money(value: Money) -> dict[str, Any]:
    made = {"currency": value.currency, **bounds(value)}
    return made if value.converted is None else {**made, "converted": _money(value.converted)}


def _quantity(value: Quantity) -> dict[str, Any]:
    return {"unit": value.unit, **bounds(value.number)}


def _date(value: Date) -> dict[str, Any]:
    made: dict[str, Any] = {"value": edtf.written(value)}
    ends = (("earliest", value.earliest), ("latest", value.latest))
    made |= {key: day.isoformat() for key, day in ends if day is not None}
    return made | ({"approximate": True} if value.approximate else {})


def _duration(value: Duration) -> dict[str, Any]:
    return {"value": duration_of(value)[0]} | ({"approximate": True} if value.approximate else {})


KINDS: Final[dict[str, Expression[Any]]] = {
    "money": Expression(
        money.RULES, ("currency", *BOUNDS, "converted"), _money, frozenset({"money-no-amount"})
    ),
    "number": Expression(number.RULES, BOUNDS, bounds),
    "percent": Expression(percent.RULES, BOUNDS, bounds),
    "date": Expression(
        date.RULES,
        ("value", "earliest", "latest", "approximate"),
        _date,
        frozenset({"date-no-date"}),
        date.understood,
    ),
    "duration": Expression(
        duration.RULES, ("value", "approximate"), _duration, frozenset(), duration.understood
    ),
    "quantity": Expression(quantity.RULES, ("unit", *BOUNDS), _quantity),
}
