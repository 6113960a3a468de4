"""``Identifier``: what registers call an entity, by scheme, checked by pattern and check digits.

A scheme is a concept of the ontology: ``scheme`` makes ready what it says (pattern, layout,
names, addresses), ``check_digits`` knows the arithmetic of some, ``spelling`` brings an
identifier of a known scheme to its normal form, ``reading`` finds the scheme of a text.
"""

from __future__ import annotations

from kg.values.identifier.codec import IdentifierCodec, of_scheme

__all__ = ["IdentifierCodec", "of_scheme"]
