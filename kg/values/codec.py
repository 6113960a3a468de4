"""The contract of a value type.

A value type is a named node shape in ``shapes/`` and one module here with a codec of the
same name. The codec owns the forms in which a record may write the value and their JSON
Schema; what it gives back is ready to be written as triples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from kg.values.lexicon import Lexicon

if TYPE_CHECKING:
    from kg.errors import Problem
    from kg.model.types import Concept, Field
    from kg.values.quotes import Passages


@dataclass(slots=True)
class Written:
    """A value as RDF, without its subject.

    ``tails`` are ``<predicate> object`` pairs (N-Triples terms joined by one space) that go on
    the record's own node. ``notes`` are such pairs that say how the value was written; they are
    left out of a claim's identity. ``node``, where the value has a node of its own, holds the
    node's tails in the same way; the mapping links it with the field's property. ``info`` says
    what was assumed in reading (``$`` is taken for US dollars), and what is wrong with a value that could
    be read all the same.
    """

    tails: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    node: Node | None = None
    info: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Node:
    """A value with a node of its own.

    ``parts`` are nodes below this one: (predicate in brackets, name of the fragment, node). A
    node with ``by_digest`` set is named by its contents (``<base>evidence/~…``), otherwise it
    is a fragment of the record's IRI (``…#amount``). ``types`` are class IRIs.
    """

    types: tuple[str, ...]
    tails: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: list[tuple[str, str, Node]] = field(default_factory=list)
    by_digest: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a project reads values."""

    lexicon: Lexicon = field(default_factory=Lexicon.load)
    """The words that values are written with."""
    date_order: str = ""
    """``day`` or ``month``: what stands first in numeric dates, "" if nobody said."""
    keeps: bool = True
    """Whether a text that is not understood is kept, where its field is optional."""
    language: str = ""
    """The language of plain strings, "" if nobody said."""


@dataclass(slots=True)
class Context:
    """What a codec may ask about the record that its value stands in."""

    language: str = ""
    """The language of plain strings, "" if nobody said."""
    lexicon: Lexicon = field(default_factory=Lexicon.load)
    """The words that values are written with."""
    date_order: str = ""
    """``day`` or ``month``: what stands first in numeric dates, "" if nobody said."""
    reference_date: Callable[[], str | None] = field(default=lambda: None)
    """ISO date that relative dates count from (the source's date of publication), or None."""
    resolve: Callable[[object, str], str] = field(default=lambda _value, _class: "")
    """(value, class IRI) -> term of the entity that it names; raises ``Unreadable``."""
    source: Callable[[], str | None] = field(default=lambda: None)
    """The term of the record's source document, or None."""
    passages: Callable[[str], tuple[Passages, ...]] = field(default=lambda _document: ())
    """Term of a document -> its texts, in each of its languages; empty if none is at hand."""


Read = Callable[[Any, Context], Written]


class Codec(Protocol):
    """One value type."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:
        """A reader for one field: JSON value -> ``Written``; raises ``Unreadable``.

        Everything that does not depend on the value is done here, once.
        """

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:
        """The JSON Schema (2020-12) of every form that the reader takes."""
