"""Rows are sorted as the engine sorts them."""

from __future__ import annotations

import random
from typing import Any

import pyoxigraph
import pytest

from kg.query.order import Incomparable, in_order, taken_off

XSD = "http://www.w3.org/2001/XMLSchema#"
COLUMNS = {
    "text": ['"b"', '"a"', '"가"', '"a"@en', '"a"@ko', '""', "UNDEF", "<x:b>", "<x:a>", '"Z"'],
    "number": ["10", "9", "2.5", "-1", "2.50", "UNDEF", "<x:b>"],
    "truth": ["true", "false", "UNDEF"],
    "date": [f'"{day}"^^<{XSD}date>' for day in ("2025-02-04", "1999-12-31", "2025-01-10")],
}


@pytest.mark.parametrize("way", ["?x", "DESC(?x)", "?x DESC(?y)", "DESC(?x) ?y"])
@pytest.mark.parametrize("kind", COLUMNS)
def test_rows_come_as_the_engine_sorts_them(kind: str, way: str) -> None:
    rng = random.Random(7)
    values = [f"({rng.choice(COLUMNS[kind])} {n})" for n in range(60)]
    sparql = f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {' '.join(values)} }} }}\nORDER BY {way} ?y"
    store = pyoxigraph.Store()
    expected: Any = store.query(sparql)
    bare, keys = taken_off(sparql)
    assert "ORDER BY" not in bare
    found: Any = store.query(bare)
    ordered = in_order([tuple(row) for row in found], ["x", "y"], keys)
    assert [tuple(map(str, row)) for row in ordered] == [tuple(map(str, row)) for row in expected]


@pytest.mark.parametrize(
    "values",
    [
        '"a" 1',
        f'"2025-01-01"^^<{XSD}dateTime>',
        f'"2025-01-01Z"^^<{XSD}date>',
        "1e0",
        f'"2024"^^<{XSD}gYear>',
        '"a"^^<x:t>',
    ],
)
def test_what_is_not_simple_is_left_to_the_engine(values: str) -> None:
    found: Any = pyoxigraph.Store().query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    with pytest.raises(Incomparable):
        in_order([tuple(row) for row in found], ["x"], [("x", False)])


@pytest.mark.parametrize(
    "end",
    ["ORDER BY ?a\nLIMIT 1", "ORDER BY (STR(?a))", "ORDER BY ?a }", "# ORDER BY ?a", "ORDER BY\n?a", ""],
)
def test_other_ends_stay(end: str) -> None:
    assert taken_off(f"SELECT ?a {{ }}\n{end}")[1] == []
