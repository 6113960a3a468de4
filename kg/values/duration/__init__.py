"""``Duration``: how long something lasts.

ISO 8601 (``PT2H``, ``P6M``) and text (``약 2시간``, ``5년간``) are read by ``grammar``; what is written is
canonical: ``xsd:dayTimeDuration``, ``xsd:yearMonthDuration``, or ``xsd:duration`` for both together.
"""

from __future__ import annotations

from kg.values.duration.codec import DurationCodec
from kg.values.duration.grammar import read
from kg.values.duration.meaning import Duration

__all__ = ["Duration", "DurationCodec", "read"]
