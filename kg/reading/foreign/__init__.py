"""Foreign data: rows of other people's files become records, by a mapping file.

mapping.yaml ─▶ Mapping ─┐
rows (CSV, JSON, …) ─────┴▶ records, each with the row and the columns that it is made of
"""

from __future__ import annotations

from kg.reading.foreign.mapping import Mapping, read_mapping
from kg.reading.foreign.source import read_foreign, read_together

__all__ = ["Mapping", "read_foreign", "read_mapping", "read_together"]
