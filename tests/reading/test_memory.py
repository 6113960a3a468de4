"""Records of a program are taken as the same records in a file would be, or refused."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kg.reading import Record, from_records, snippet


def only(value: Any) -> Record:
    (record,) = from_records([{"type": "X", "a": value}])
    return record


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (0.1, Decimal("0.1")),
        (15e9, Decimal("15000000000.0")),
        (1e22, Decimal("1e22")),
        (Decimal("1.50"), Decimal("1.50")),
        (10**30, 10**30),
        (("a", 1), ["a", 1]),
        ({"b": (None, True)}, {"b": [None, True]}),
        (dt.date(2025, 2, 4), "2025-02-04"),
    ],
)
def test_values(given: Any, taken: Any) -> None:
    record = only(given)
    assert record.problems == []
    assert record.data["a"] == taken
    assert type(record.data["a"]) is type(taken)


def endless() -> list[Any]:
    own: list[Any] = []
    own.append(own)
    return own


@pytest.mark.parametrize(
    ("given", "code", "pointer"),
    [
        (math.nan, "number-not-json", "/a"),
        ([1, math.inf], "number-not-json", "/a/1"),
        (Decimal("NaN"), "number-not-json", "/a"),
        (Decimal("1e999"), "number-too-long", "/a"),
        (1e300, "number-too-long", "/a"),
        (10**100, "number-too-long", "/a"),
        ({1: 2}, "key-not-text", "/a"),
        (b"x", "not-a-json-value", "/a"),
        ({1, 2}, "not-a-json-value", "/a"),
        ("\ud800", "lone-surrogate", "/a"),
        ("x\0", "nul-character", "/a"),
        (endless(), "nested-too-deep", "/a" + "/0" * 63),
    ],
)
def test_what_no_record_can_hold(given: Any, code: str, pointer: str) -> None:
    record = only(given)
    assert [(p.code, p.pointer) for p in record.problems] == [(code, pointer)]
    assert record.data == {}


def test_a_record_that_is_none() -> None:
    (record,) = from_records(["x"])  # type: ignore[list-item]
    assert [p.code for p in record.problems] == ["not-an-object"]


def test_header_places_and_numbers() -> None:
    made = from_records(iter([{"ids": "shared", "dataset": "d"}, {"type": "X"}, {"type": "Y"}]))
    source = replace(made, first_number=3)
    assert (source.header.ids, source.header.dataset) == ("shared", "d")
    for _ in range(2):
        assert [(r.number, str(r.place)) for r in source] == [(3, "records:2"), (4, "records:3")]


def test_a_wrong_header_is_told() -> None:
    source = from_records([{"ids": "share"}, {"type": "X"}])
    assert [(p.code, p.allowed) for p in source.problems] == [("header-ids", ("shared", "own"))]


def test_the_text_of_a_record_can_be_shown() -> None:
    assert snippet(only({"min": Decimal("1.50")}), "/a") == '"a":{"min":1.50}'
