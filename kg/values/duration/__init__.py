"""``Duration``: how long something took.

ISO 8601 (``PT2H``, ``P6M``) and text (``약 2시간``, ``about 2 hours``, ``5년간``) are read by
``grammar``; what is written is canonical: ``xsd:dayTimeDuration``, ``xsd:yearMonthDuration``, or
``xsd:duration`` for both together. A range or a limit is no duration.
"""

from __future__ import annotations

from kg.values.duration.codec import DurationCodec
from kg.values.duration.grammar import explained, read
from kg.values.duration.meaning import Duration
from kg.values.duration.saying import said

__all__ = ["Duration", "DurationCodec", "explained", "read", "said"]
