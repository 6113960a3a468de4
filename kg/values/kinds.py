"""The kinds of values that can be read by themselves: ``kg read money "150억달러"``.

Each kind is one entry: how its text is read, explained, said again in a normal form, and
spelled out as a record could write it. ``kg.values.registry`` lists how fields are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from kg.errors import UsageError
from kg.rdf import KG
from kg.values.lexicon import Lexicon
from kg.values.nearest import choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Concept, Model
    from kg.values.explanation import Step


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the text."""

    language: str = ""
    """The language of the text, "" if nobody said."""
    reference_date: str | None = None
    """ISO date that relative dates count from."""
    schemes: tuple[Concept, ...] = ()
    """The identifier schemes of the model."""
    lexicon: Lexicon = field(default_factory=Lexicon.load)
    """The words that values are written with."""
    date_order: str = ""
    """``day`` or ``month``: what stands first in numeric dates, "" if nobody said."""


class Kind(Protocol):
    """One kind of value: a module of ``kg.values.read_as``, or one of its ``expressions``."""

    @property
    def COLUMNS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of a module
        """The keys of :meth:`spelled`, in the order of a table's columns."""

    @property
    def NOTHING(self) -> frozenset[str]:  # noqa: N802 - as above
        """The codes that say: understood, and no value is given (``undisclosed``)."""

    def read(self, text: str, beside: Beside) -> Any:  # noqa: ANN401 - each kind has a class of its own
        """The value; raises ``Unreadable``."""

    def explained(self, text: str, beside: Beside) -> list[Step]:
        """What each word was taken for; raises ``Unreadable`` as ``read`` does."""

    def said(self, value: Any, language: str, beside: Beside) -> str:  # noqa: ANN401 - as above
        """The value in its canonical form in a language, which reads as the same value."""

    @property
    def spelled(self) -> Callable[[Any], dict[str, Any]]:
        """The value as JSON; numbers are decimal strings, what is not known is left out."""


OF_THE_MODEL: Final = frozenset({"identifier"})
"""The kinds that need the concepts of a model."""
KINDS: Final = (
    *("money", "number", "percent", "quantity", "date", "duration"),
    *("identifier", "url", "language", "country", "names"),
)
"""The kinds, each a module of ``kg.values.read_as``."""


@cache
def kind(name: str) -> Kind:
    """A kind by its name; raises ``UsageError`` that names the nearest.

    >>> kind("money").COLUMNS[0]
    'currency'
    """
    if name not in KINDS:
        near, allowed = choices(name, KINDS)
        raise UsageError("read-kind", received=name, near=near, allowed=allowed)
    expressions = import_module("kg.values.read_as.expressions").KINDS
    return cast("Kind", expressions.get(name) or import_module(f"kg.values.read_as.{name}"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was understood."""

    kind: str
    text: str
    value: Any
    """``Money``, ``Date``, … of the kind."""
    beside: Beside

    def said(self, language: str = "en") -> str:
        """The value in a normal form in a language (``en``, ``ko``)."""
        return kind(self.kind).said(self.value, language, self.beside)

    def spelled(self) -> dict[str, Any]:
        """The value as JSON."""
        return kind(self.kind).spelled(self.value)

    def explained(self) -> list[Step]:
        """What each word was taken for."""
        return kind(self.kind).explained(self.text, self.beside)


def read(name: str, text: str, beside: Beside) -> Reading:
    """Read a text as a kind of value.

    Raises ``Unreadable`` for a text that holds none, ``UsageError`` for an unknown kind.

    >>> read("duration", "약 2시간", Beside()).spelled()
    {'value': 'PT2H', 'approximate': True}
    """
    return Reading(name, text, kind(name).read(text, beside), beside)


def schemes(model: Model) -> tuple[Concept, ...]:
    """The identifier schemes of a model."""
    return model.concepts.get(f"{KG}IdentifierScheme", ())


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar in ISO 8601.

    >>> is_day("2025-02-04"), is_day("2025-02-30"), is_day("20250204")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
