"""The JSON-LD context of the model: a name for every property, and which of them hold IRIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model.types import AnyIri, ConceptRange, FieldNames, Reference, ValueType
from kg.model.value_types import VALUE_TYPES
from kg.rdf import PREFIXES, compact

if TYPE_CHECKING:
    from kg.model.types import Model


def context(model: Model) -> dict[str, Any]:
    """Prefixes, and a term for each field, https://www.w3.org/TR/json-ld11/#the-context.

    >>> from kg import model
    >>> context(model.load())["investor"]
    {'@id': 'kg:investor', '@type': '@id'}
    """
    terms: dict[str, Any] = dict(PREFIXES)
    for class_ in model.classes.values():
        for name, field in class_.fields.items():
            term: dict[str, str] = {"@id": compact(field.path)}
            node = isinstance(field.range, ValueType) and VALUE_TYPES[field.range.name].is_iri
            if node or isinstance(field.range, Reference | ConceptRange | FieldNames | AnyIri):
                term["@type"] = "@id"
            terms[name] = term
    return {key: terms[key] for key in sorted(terms)}
