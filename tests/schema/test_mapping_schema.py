"""The JSON Schema of mappings: it accepts what the reader accepts, and refuses what it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kg import model
from kg.reading.foreign.mapping import read_mapping
from kg.reading.foreign.tree import read_tree
from kg.schema.mapping_schema import mapping_schema
from tests.command import run

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/mapping.yaml"))


def plain(value: Any) -> Any:
    """Numbers as JSON readers have them."""
    return json.loads(json.dumps(value, default=lambda d: float(d) if isinstance(d, Decimal) else str(d)))


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    made = mapping_schema(model.load())
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_the_schema_accepts_the_mappings_of_the_examples(path: Path, schema: Draft202012Validator) -> None:
    assert read_mapping(str(path)).records
    assert [e.message for e in schema.iter_errors(plain(read_tree(path.read_bytes(), "m").data()))] == []


def test_there_are_five_examples() -> None:
    assert [p.parent.name for p in EXAMPLES] == ["bods", "findkg", "fire", "gleif", "redocred"]


@pytest.mark.parametrize(
    "wrong",
    [
        "recrods: []",
        "records: []",
        "records: [{type: Compny, fields: {}}]",
        "records: [{type: Company}]",
        "records: [{type: Company, fields: {nmae: x}}]",
        "records: [{type: Company, fields: {name: {from: x, spilt: y}}}]",
        "records: [{type: Company, fields: {name: {for each: {a: b}}}}]",
        "records: [{type: Company, where: {a: {like: b}}, fields: {}}]",
        "rows: {skip: -1}\nrecords: [{type: Company, fields: {}}]",
        "rows: {format: xml}\nrecords: [{type: Company, fields: {}}]",
        "maps: {t: {file: x, from: a, to: b, sep: c}}\nrecords: [{type: Company, fields: {}}]",
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: str, schema: Draft202012Validator) -> None:
    assert list(schema.iter_errors(plain(read_tree(wrong.encode(), "m").data())))


def test_the_schema_is_printed() -> None:
    printed = json.loads(run(["schema", "--mapping", "--lang", "ko"]).stdout)
    of_company = next(
        i
        for i in printed["properties"]["records"]["items"]["allOf"]
        if i["if"]["properties"]["type"]["const"] == "Company"
    )
    assert of_company["then"]["properties"]["fields"]["properties"]["name"]["title"] == "이름"
