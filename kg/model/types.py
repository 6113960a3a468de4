"""What the ontology and the shapes say, as plain data: classes, fields, concepts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.rdf import KG, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.errors import Problem

DATATYPES: Final = tuple(
    f"{XSD}{name}"
    for name in (
        *("anyURI", "base64Binary", "boolean", "byte", "date", "dateTime", "dateTimeStamp"),
        *("dayTimeDuration", "decimal", "double", "duration", "float", "gDay", "gMonth", "gMonthDay"),
        *("gYear", "gYearMonth", "hexBinary", "int", "integer", "language", "long", "NCName", "NMTOKEN"),
        *("negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "normalizedString"),
        *("positiveInteger", "short", "string", "time", "token", "unsignedByte", "unsignedInt"),
        *("unsignedLong", "unsignedShort", "yearMonthDuration"),
    )
)
"""The datatypes that ``kg.values`` reads; a shape names one with ``sh:datatype``."""

Labels = dict[str, str]
"""Language -> text. English is always there."""

ENTITY = f"{KG}Entity"
CLAIM = f"{KG}Claim"


def say(labels: Mapping[str, str], language: str, default: str = "") -> str:
    """The label in ``language``, else in English, else ``default``."""
    return labels.get(language) or labels.get("en") or default


def written_as(name: str, labels: Mapping[str, str]) -> Labels:
    """What stands after a field's label, by language: in Korean the key that records write it by.

    >>> written_as("target", {"en": "target", "ko": "인수 대상"}), written_as("target", {"en": "target"})
    ({'en': '', 'ko': '(target)'}, {'en': '', 'ko': ''})
    """
    other = name and say(labels, "ko", name) != name
    return {"en": "", "ko": f"({name})" if other else ""}


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names an entity or a claim: an instance of ``class_iri`` (``sh:class``)."""

    class_iri: str


@dataclass(frozen=True, slots=True)
class ConceptRange:
    """A field that takes a concept of a scheme, written by its notation (``sh:class``)."""

    class_iri: str


@dataclass(frozen=True, slots=True)
class FieldNames:
    """A field that takes names of fields of its own record (``sh:class rdf:Property``)."""


@dataclass(frozen=True, slots=True)
class Datatype:
    """A field that takes a literal of an XSD datatype (``sh:datatype``)."""

    iri: str


@dataclass(frozen=True, slots=True)
class AnyIri:
    """A field that takes a full IRI (``sh:nodeKind sh:IRI``)."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """A field with a value type (``sh:node``): the codec ``name`` of ``kg.values``."""

    name: str


Range = Reference | ConceptRange | FieldNames | Datatype | AnyIri | ValueType


@dataclass(frozen=True, slots=True)
class Concept:
    """One member of a concept scheme; records write its ``notation``."""

    iri: str
    class_iri: str
    notation: str
    labels: Labels = field(hash=False)
    definitions: Labels = field(hash=False)
    aliases: tuple[str, ...] = ()
    """Other words for it, in any language; a message proposes the notation for them."""
    order: float = 0
    pattern: str = ""
    """For an identifier scheme: the XSD pattern of its datatype."""
    example: str = ""
    """For an identifier scheme: an identifier in its usual layout (``skos:example``): ``124-81-00998``."""
    addresses: tuple[str, ...] = ()
    """For an identifier scheme: web addresses with ``{id}`` for the identifier (``schema:urlTemplate``)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a class, with what it inherits along ``rdfs:subClassOf``."""

    name: str
    path: str
    """The IRI of the property."""
    range: Range
    min_count: int = 0
    max_count: int | None = None
    least: int = 0
    """``min_count``, of shapes whose results are violations: with fewer values a record is refused."""
    most: int | None = None
    """``max_count``, in the same way."""
    default: str | None = None
    """``sh:defaultValue`` as an N-Triples term."""
    key: bool = True
    """Whether the field is part of a claim's identity (``kg:key``)."""
    party: bool = False
    """Whether the field is in the group ``shape:parties``: who or what the claim is about."""
    group: str = ""
    """The IRI of ``sh:group``."""
    order: float = 0
    companions: str = ""
    """Namespace for derived properties (``Earliest``, ``AsWritten``, …)."""
    labels: Labels = field(default_factory=dict)
    descriptions: Labels = field(default_factory=dict)
    facets: Mapping[str, str] = field(default_factory=dict)
    """Further constraints for the JSON Schema: ``pattern``, ``minInclusive``, ``maxInclusive``,
    ``minLength``, ``maxLength``."""


@dataclass(frozen=True)
class Class:
    """One kind of record: an entity class or a claim class."""

    iri: str
    name: str
    kind: str
    """The local name, in lower case, of the ancestor directly below Entity or Claim."""
    is_claim: bool
    ancestors: frozenset[str]
    """Itself and everything above it, mixins such as ``kg:Party`` included."""
    types: tuple[str, ...]
    """The classes that a record's node is typed with, sorted."""
    fields: Mapping[str, Field]
    """By field name, in ``sh:order``."""
    labels: Labels
    definitions: Labels

    @cached_property
    def by_path(self) -> dict[str, Field]:
        """The fields by the IRI of their property."""
        return {f.path: f for f in self.fields.values()}


@dataclass(frozen=True)
class Model:
    """The compiled ontology and shapes: all that the other packages ask of the schema."""

    classes: Mapping[str, Class]
    """The classes that a record can have as ``type``, by name, sorted."""
    concepts: Mapping[str, tuple[Concept, ...]]
    """By the IRI of the concept class, in order."""
    prefixes: Mapping[str, str]
    """Further prefixes, which users' files declare."""
    labels: Mapping[str, Labels]
    """Labels of every declared term, by IRI."""
    superclasses: Mapping[str, frozenset[str]]
    """Every class named in the ontology -> itself and everything above it."""
    shapes: str
    """All shapes as N-Triples, sorted; blank nodes (lists) inside are stable."""
    slim: str
    """The ontology that an engine needs, as N-Triples: subclasses and types of concepts."""
    targets: frozenset[str]
    """The classes that some shape targets."""
    codes: Mapping[str, str]
    """Shape IRI -> code for constraints that carry their own name (``shape:Money-order``)."""
    constraints: Mapping[str, Mapping[str, str]]
    """Property shape IRI -> the parameters of its constraints (``minCount``, ``lessThan``, …)."""
    names: Mapping[str, Labels]
    """Shape IRI -> ``sh:name``."""
    descriptions: Mapping[str, Labels]
    """Shape IRI -> ``sh:description``; of a rule it says what to do."""
    digest: str
    """SHA-256 over shapes and ontology, hexadecimal."""
    warnings: tuple[Problem, ...] = ()
    """What somebody should look at in the files that were added to the built-in ones."""

    @cached_property
    def by_iri(self) -> dict[str, Class]:
        """The classes by IRI."""
        return {c.iri: c for c in self.classes.values()}

    @cached_property
    def references(self) -> dict[str, dict[str, Field]]:
        """Class IRI -> its fields that name entities or claims, by name."""
        return {
            c.iri: {name: f for name, f in c.fields.items() if isinstance(f.range, Reference)}
            for c in self.classes.values()
        }

    @cached_property
    def claims(self) -> frozenset[str]:
        """The IRIs of ``kg:Claim`` and all classes below it."""
        return frozenset(c for c, above in self.superclasses.items() if CLAIM in above)

    def constraint(self, shape_iri: str) -> Mapping[str, str]:
        """The parameters of a property shape's constraints; empty for any other shape."""
        return self.constraints.get(shape_iri, {})

    def below(self, class_iri: str) -> tuple[Class, ...]:
        """The record classes that are ``class_iri`` or below it, by name."""
        return tuple(c for c in self.classes.values() if class_iri in c.ancestors)
