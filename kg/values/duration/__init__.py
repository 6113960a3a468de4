"""``Duration``: how long something took, in days, hours, minutes and seconds.

ISO 8601 (``PT2H``) and text (``약 2시간``, ``about 2 hours``) are read by ``grammar``; what is
written is the canonical ``xsd:dayTimeDuration``. Months and years have no fixed length and
are refused.
"""

from __future__ import annotations

from kg.values.duration.codec import DurationCodec
from kg.values.duration.meaning import Duration

__all__ = ["Duration", "DurationCodec"]
