"""The bench measures what kg does: what it holds to be the same is the same."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.reading import from_records

if TYPE_CHECKING:
    import pytest

BENCH = Path(__file__).parents[2] / "bench"


def test_by_hand_the_bytes_of_an_investment_are_those_of_kg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCH)
    bench: Any = import_module("mapping")
    try:
        mapper, records = bench.prepared(from_records(bench.facts(20, as_text=False)))
        mapped = ["".join(block.text for block in mapper.map(record).blocks) for record in records]
        assert mapped == [bench.by_hand(record.data) for record in records]
        assert len(mapped) == 20
    finally:
        del sys.modules["mapping"]
