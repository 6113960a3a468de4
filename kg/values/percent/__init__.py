"""``Percent``: a share of a whole, in percent: 49, ``"지분 49%"``, ``"up to 30 percent"``."""

from __future__ import annotations

from kg.values.percent.codec import PercentCodec

__all__ = ["PercentCodec"]
