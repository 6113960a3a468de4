"""What is known of an entity that tells whether it is another one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

SEVERAL: Final = frozenset({"isin", "ticker", "doi"})
"""Schemes in which one thing may well have several identifiers."""
_SHOWN: Final = 3


class Reason(NamedTuple):
    """Why two may be one, or can't be: the code of a message, and what it shows."""

    code: str
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class Thing:
    """An entity of the graph."""

    iri: str
    kind: str
    """``organization``, ``person``, …: two kinds are never one."""
    class_name: str
    names: list[str] = field(default_factory=list)
    """The preferred ones first."""
    identifiers: dict[str, set[str]] = field(default_factory=dict)
    """Scheme -> values."""
    websites: set[str] = field(default_factory=set)
    same_as: set[str] = field(default_factory=set)
    born: tuple[str, str] | None = None
    """The earliest and the latest day of birth, ISO 8601."""
    countries: dict[str, set[str]] = field(default_factory=dict)
    """How it belongs to countries -> their codes."""

    @property
    def person(self) -> bool:
        """Whether it is a person, whose names are made in another way."""
        return self.kind == "person"

    @property
    def label(self) -> str:
        """A name to show."""
        return self.names[0] if self.names else self.iri


def conflict(one: Thing, other: Thing) -> Reason | None:
    """What tells that two are not one, however alike their names are; None if nothing does.

    >>> a = Thing("x:a", "person", "Person", ["이재용"], born=("1968-06-23", "1968-06-23"))
    >>> b = Thing("x:b", "person", "Person", ["이재용"], born=("1970-01-01", "1970-12-31"))
    >>> conflict(a, b)
    Reason(code='resolve-not-born', said=('1968-06-23', '1970-01-01'))
    """
    if one.kind != other.kind:
        return Reason("resolve-not-kind", (one.class_name, other.class_name))
    if scheme := _disjoint(one.identifiers, other.identifiers, SEVERAL):
        return Reason("resolve-not-identifier", (scheme, *_sides(one.identifiers, other.identifiers, scheme)))
    if one.born and other.born and (one.born[1] < other.born[0] or other.born[1] < one.born[0]):
        return Reason("resolve-not-born", (one.born[0], other.born[0]))
    if relation := _disjoint(one.countries, other.countries):
        return Reason("resolve-not-country", _sides(one.countries, other.countries, relation))
    return None


def _disjoint(
    one: Mapping[str, AbstractSet[str]],
    other: Mapping[str, AbstractSet[str]],
    apart: AbstractSet[str] = frozenset(),
) -> str:
    """The first key under which both have something and nothing in common."""
    if not one or not other:
        return ""
    both = sorted(one.keys() & other.keys() - apart)
    return next((key for key in both if one[key] and other[key] and one[key].isdisjoint(other[key])), "")


def _sides(
    one: Mapping[str, AbstractSet[str]], other: Mapping[str, AbstractSet[str]], key: str
) -> tuple[str, str]:
    return tuple(", ".join(sorted(side[key])[:_SHOWN]) for side in (one, other))  # type: ignore[return-value]
