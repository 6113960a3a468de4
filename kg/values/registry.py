"""The codec that a field's range picks."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from kg.errors import ModelError
from kg.model.types import AnyIri, Datatype, ValueType
from kg.model.value_types import VALUE_TYPES
from kg.values.datatype import DatatypeCodec, IriCodec

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Codec, Read


@cache
def of_value_type(name: str) -> Codec:
    """The codec of a value type: ``MoneyCodec`` of ``kg.values.money``."""
    return cast("Codec", getattr(import_module(f"kg.values.{name.lower()}"), f"{name}Codec")())


def codec(field: Field) -> Codec:
    """The codec of a field whose range is a datatype, an IRI or a value type.

    Raises ``ModelError`` for a value type or datatype that there is none for.
    """
    match field.range:
        case Datatype(iri):
            return DatatypeCodec(iri)
        case AnyIri():
            return IriCodec()
        case ValueType(name) if name in VALUE_TYPES:
            return of_value_type(name)
    raise ModelError("value-type-unknown", field=field.name, range=str(field.range), known=tuple(VALUE_TYPES))


def reader(field: Field, concepts: tuple[Concept, ...] = ()) -> Read:
    """The reader of one field; ``concepts`` are the identifier schemes, for ``Identifier``."""
    return codec(field).compile(field, concepts)


def schema(field: Field, concepts: tuple[Concept, ...] = ()) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one value of the field."""
    return codec(field).schema(field, concepts)
