"""``Quantity``: a number of things or of a unit: ``"5GW"``, ``"약 1만 명"``, ``"3나노"``."""

from __future__ import annotations

from kg.values.quantity.codec import QuantityCodec
from kg.values.quantity.meaning import Quantity

__all__ = ["Quantity", "QuantityCodec"]
