"""The value types: one entry each. A shape names one with ``sh:node``; ``kg/values/<type>`` reads it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.rdf import DCTERMS, KG, OA, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNDS: Final = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
TEXT: Final = ("pattern", "minLength", "maxLength")
LANGUAGE: Final = ("languageIn", "uniqueLang")
"""Facets of SHACL by what they constrain."""


class Entry(NamedTuple):
    """What the model and the mapping must know of a value type; its codec knows the rest."""

    facets: tuple[str, ...] = ()
    """The facets that a property shape can have beside it."""
    companions: tuple[str, ...] = ()
    """The ends of the names of the properties that a field with it gives beside its own."""
    takes_lists: bool = False
    """Whether its codec takes a list as one value; of the others one item is read at a time."""
    is_iri: bool = False
    """Whether the value is an IRI or a node, not a literal."""
    keys: Mapping[str, str] = MappingProxyType({})
    """Property of its node -> key of the JSON object that spells it out."""


_NUMBER: Final = {f"{SCHEMA}value": "value", f"{SCHEMA}minValue": "min", f"{SCHEMA}maxValue": "max"}
VALUE_TYPES: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "Coordinates": Entry(TEXT),
        "Country": Entry(TEXT),
        "Date": Entry(companions=("Earliest", "Latest", "AsWritten", "Approximate")),
        "Duration": Entry(companions=("AsWritten", "Approximate")),
        "Evidence": Entry(
            is_iri=True,
            keys={
                f"{OA}exact": "quote",
                f"{KG}paragraph": "paragraph",
                f"{KG}section": "section",
                f"{KG}page": "page",
                f"{KG}confidence": "confidence",
                f"{DCTERMS}source": "source",
            },
        ),
        "Identifier": Entry(TEXT, takes_lists=True),
        "Language": Entry(TEXT),
        "Money": Entry(is_iri=True, keys={f"{SCHEMA}currency": "currency", **_NUMBER}),
        "Names": Entry((*TEXT, *LANGUAGE), takes_lists=True),
        "Percent": Entry(BOUNDS, ("AtLeast", "MoreThan", "AtMost", "LessThan", "AsWritten", "Approximate")),
        "Quantity": Entry(is_iri=True, keys={f"{SCHEMA}unitText": "unit", **_NUMBER}),
        "Text": Entry((*TEXT, *LANGUAGE), takes_lists=True),
        "Url": Entry(TEXT, is_iri=True),
    }
)
"""Name of a value type (``shape:Money``) -> its entry; ``kg.values.money`` has the ``MoneyCodec``."""
