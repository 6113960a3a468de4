r"""Facts files and records in memory become records that know their place.

>>> import io
>>> from kg.reading import read_source
>>> facts = b'{"ids": "shared"}\n{"type": "Company", "id": "openai"}'
>>> source = read_source(io.BytesIO(facts), "facts.jsonl")
>>> source.header.ids, [(str(r.place), r.data["id"]) for r in source]
('shared', [('facts.jsonl:2', 'openai')])
"""

from __future__ import annotations

from kg.reading.facts import read_source
from kg.reading.locate import excerpt, locate, snippet, window
from kg.reading.memory import from_records
from kg.reading.record import Header, Record, Source

__all__ = [
    "Header",
    "Record",
    "Source",
    "excerpt",
    "from_records",
    "locate",
    "read_source",
    "snippet",
    "window",
]
