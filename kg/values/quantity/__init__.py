"""``Quantity``: a number with its unit: ``5GW``, ``약 1만 명``."""

from __future__ import annotations

from kg.values.quantity.codec import QuantityCodec

__all__ = ["QuantityCodec"]
