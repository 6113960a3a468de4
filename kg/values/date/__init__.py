"""``Date``: a day, month or year, or a time between two days, as precise as it was given.

ISO 8601 and EDTF go through ``edtf``, other text through ``grammar``, which gives ``parts``
(2025년, 2월, 지난해, before); ``resolving`` makes them a ``meaning`` with a reference date.
``read`` is all of that, ``explained`` says why, ``said`` puts it back in words, and
``writing`` makes it RDF.
"""

from __future__ import annotations

from kg.values.date.codec import DateCodec
from kg.values.date.meaning import Date
from kg.values.date.reading import explained, read
from kg.values.date.saying import said

__all__ = ["Date", "DateCodec", "explained", "read", "said"]
