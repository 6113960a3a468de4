"""The value types: a plain list, and the codec that a field's range picks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import ModelError
from kg.model.types import AnyIri, Datatype, ValueType
from kg.rdf import DCTERMS, KG, OA, SCHEMA
from kg.values.country import CountryCodec
from kg.values.datatype import DatatypeCodec, IriCodec
from kg.values.date import DateCodec
from kg.values.duration import DurationCodec
from kg.values.evidence import EvidenceCodec
from kg.values.identifier import IdentifierCodec
from kg.values.language import LanguageCodec
from kg.values.money import MoneyCodec
from kg.values.names import NamesCodec
from kg.values.percent import PercentCodec
from kg.values.quantity import QuantityCodec
from kg.values.text import TextCodec
from kg.values.url import UrlCodec

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Codec, Read

CODECS: Final[dict[str, Codec]] = {
    "Country": CountryCodec(),
    "Date": DateCodec(),
    "Duration": DurationCodec(),
    "Evidence": EvidenceCodec(),
    "Identifier": IdentifierCodec(),
    "Language": LanguageCodec(),
    "Money": MoneyCodec(),
    "Names": NamesCodec(),
    "Percent": PercentCodec(),
    "Quantity": QuantityCodec(),
    "Text": TextCodec(),
    "Url": UrlCodec(),
}
"""Name of a value type (``shape:Money``) -> its codec."""

TAKES_LISTS: Final = frozenset({"Identifier", "Names", "Text"})
"""Value types whose readers take a list as one value; of the others one item is read at a time."""


INNER_KEYS: Final[dict[str, dict[str, str]]] = {
    "Money": {
        f"{SCHEMA}currency": "currency",
        f"{SCHEMA}value": "value",
        f"{SCHEMA}minValue": "min",
        f"{SCHEMA}maxValue": "max",
    },
    "Quantity": {
        f"{SCHEMA}unitText": "unit",
        f"{SCHEMA}value": "value",
        f"{SCHEMA}minValue": "min",
        f"{SCHEMA}maxValue": "max",
    },
    "Evidence": {
        f"{OA}exact": "quote",
        f"{KG}paragraph": "paragraph",
        f"{KG}section": "section",
        f"{KG}page": "page",
        f"{KG}confidence": "confidence",
        f"{DCTERMS}source": "source",
    },
}
"""Value types with a node of their own: property of the node -> key of the object that spells it out."""


def codec(field: Field) -> Codec:
    """The codec of a field whose range is a datatype, an IRI or a value type.

    Raises ``ModelError`` for a value type or datatype that there is none for.
    """
    match field.range:
        case Datatype(iri):
            return DatatypeCodec(iri)
        case AnyIri():
            return IriCodec()
        case ValueType(name) if name in CODECS:
            return CODECS[name]
    raise ModelError("value-type-unknown", field=field.name, range=str(field.range), known=tuple(CODECS))


def reader(field: Field, concepts: tuple[Concept, ...] = ()) -> Read:
    """The reader of one field; ``concepts`` are the identifier schemes, for ``Identifier``."""
    return codec(field).compile(field, concepts)


def schema(field: Field, concepts: tuple[Concept, ...] = ()) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one value of the field."""
    return codec(field).schema(field, concepts)
