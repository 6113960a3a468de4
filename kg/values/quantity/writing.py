"""A quantity as RDF: ``schema:QuantitativeValue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.rdf import KG, SCHEMA, XSD, literal
from kg.values.codec import Node, Written
from kg.values.grammar.limits import plain

if TYPE_CHECKING:
    from kg.values.quantity.meaning import Quantity

_TYPES: Final = (f"{SCHEMA}QuantitativeValue",)
_DECIMAL: Final = f'"^^<{XSD}decimal>'
_TRUE: Final = f' "true"^^<{XSD}boolean>'


def written(quantity: Quantity) -> Written:
    """The quantity as a node.

    Raises ``Unreadable`` for a number beyond the limits of :func:`kg.values.grammar.limits.plain`.
    """
    number = quantity.number
    low = None if number.min is None else plain(number.min)
    high = None if number.max is None else plain(number.max)
    tails = [f"<{SCHEMA}unitText> {literal(quantity.unit)}"]
    if low is not None and low == high:
        tails.append(f'<{SCHEMA}value> "{low}{_DECIMAL}')
    else:
        tails += [] if low is None else [f'<{SCHEMA}minValue> "{low}{_DECIMAL}']
        tails += [] if high is None else [f'<{SCHEMA}maxValue> "{high}{_DECIMAL}']
    marks = (
        ("minExclusive", number.min_exclusive),
        ("maxExclusive", number.max_exclusive),
        ("approximate", number.approximate),
    )
    tails += [f"<{KG}{name}>{_TRUE}" for name, holds in marks if holds]
    node = Node(_TYPES, tails)
    if quantity.as_written:
        node.notes.append(f"<{KG}asWritten> {literal(quantity.as_written)}")
    return Written(node=node)


def unread(text: str) -> Written:
    """A text that was not understood, as a node without a number."""
    return Written(node=Node(_TYPES, [f"<{KG}asWritten> {literal(' '.join(text.split()))}"]))
