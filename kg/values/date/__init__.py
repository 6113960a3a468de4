"""``Date``: a day, month or year, or a time between two days, as precise as it was given.

ISO 8601 and EDTF go through ``edtf``, other text through ``grammar``, whose ``point`` collects parts
(2025년, 2월, 지난해, before); ``resolving`` makes them a ``meaning`` with a reference date, and ``writing``
makes that RDF.
"""

from __future__ import annotations

from kg.values.date.codec import DateCodec
from kg.values.date.grammar import read
from kg.values.date.meaning import Date

__all__ = ["Date", "DateCodec", "read"]
