"""The schema for structured output keeps the rules of ``docs/strict.md``, and ``kg`` takes what it lets through."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kg import model
from kg.errors import UsageError
from kg.reading import read_source
from kg.schema import strict
from kg.schema.strict import CHARACTERS, DEPTH, ENUM_VALUES, PROPERTIES, measure, strict_schema
from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODEL = model.load()
KEYWORDS = {
    *("type", "properties", "required", "additionalProperties", "items", "anyOf", "enum"),
    *("$ref", "$defs", "description"),
}
TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    yield schema
    below = [
        *schema.get("properties", {}).values(),
        *schema.get("$defs", {}).values(),
        *schema.get("anyOf", ()),
    ]
    for part in [*below, *([schema["items"]] if "items" in schema else ())]:
        yield from parts(part)


def broken(schema: dict[str, Any]) -> Iterator[str]:
    """What breaks a rule."""
    if schema.get("type") != "object":
        yield "1: the root is no object"
    for part in parts(schema):
        yield from broken_by(part)
    for size, limit in zip(measure(schema), (DEPTH, PROPERTIES, ENUM_VALUES, CHARACTERS), strict=True):
        if size > limit:
            yield f"6: {size} > {limit}"


def broken_by(part: dict[str, Any]) -> Iterator[str]:
    """The same of one schema within."""
    if part.get("type") == "object":
        if part.get("additionalProperties") is not False:
            yield "2: an object is open"
        if sorted(part.get("required", ())) != sorted(part.get("properties", {})):
            yield "2: a property is not required"
    if not part.keys() <= KEYWORDS:
        yield f"3: {sorted(part.keys() - KEYWORDS)}"
    if "$ref" in part and len(part) > 1:
        yield "4: something stands beside a $ref"
    enum = part.get("enum", [])
    if part.get("type", "null") not in TYPES or len(enum) != len(set(enum)):
        yield "5: a type, or an enumeration"
    if not all(isinstance(value, str) for value in enum):
        yield "5: an enumeration"
    if len(enum) > 250 and sum(map(len, enum)) > 15_000:
        yield "6: a long enumeration"


@pytest.mark.parametrize(
    "names", [[], ["Company", "Investment"], *([name] for name in MODEL.classes)], ids=str
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_keeps_the_rules(names: list[str], language: str) -> None:
    schema = strict_schema(MODEL, names, language)
    Draft202012Validator.check_schema(schema)
    assert list(broken(schema)) == []
    references = {part["$ref"].removeprefix("#/$defs/") for part in parts(schema) if "$ref" in part}
    assert references == schema["$defs"].keys()


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": []},
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "required": [],
            "additionalProperties": False,
        },
        {"type": "object", "properties": {}, "required": []},
        {"type": "object", "required": [], "additionalProperties": False, "title": "x"},
        {
            "type": "object",
            "required": [],
            "additionalProperties": False,
            "$defs": {"a": {"$ref": "#", "enum": []}},
        },
        {
            "type": "object",
            "required": [],
            "additionalProperties": False,
            "$defs": {"a": {"type": ["string"]}},
        }
        | {"x": 1},
    ],
)
def test_a_rule_can_be_broken(schema: dict[str, Any]) -> None:
    assert list(broken(schema))


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "PROPERTIES", 100)
    with pytest.raises(UsageError, match="too large"):
        strict_schema(MODEL)
    assert strict_schema(MODEL, ["Company"])


def test_depth_is_that_of_values() -> None:
    assert measure(strict_schema(MODEL, ["Company"]))[0] == 4  # document, facts, record, names
    assert measure(strict_schema(MODEL, ["Investment"]))[0] == 5  # document, facts, record, list, evidence


def instances(schema: dict[str, Any], defs: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Values that a schema lets through, with words that mean something where they must."""
    if "$ref" in schema:
        return instances(defs[schema["$ref"].removeprefix("#/$defs/")], defs, name)
    if "anyOf" in schema:
        return st.one_of([instances(part, defs, name) for part in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "object":
        properties = schema["properties"].items()
        return st.fixed_dictionaries({key: instances(part, defs, key) for key, part in properties})
    if schema["type"] == "array":
        return st.lists(instances(schema["items"], defs, name), min_size=1, max_size=2)
    return {
        "string": st.sampled_from(words(name)),
        "number": st.just(0.5),
        "integer": st.integers(1, 9),
        "boolean": st.booleans(),
        "null": st.none(),
    }[schema["type"]]


def words(name: str) -> list[str]:
    if name == "id":
        return [f"id-{number}" for number in range(200)]
    if name in {"website", "url", "sameAs"}:
        return ["https://x.example/"]
    if name == "language":
        return ["ko"]
    if name in {"lei", "dart", "wikidata"}:
        return [{"lei": "549300S4KLFTLO7GSQ80", "dart": "00126380", "wikidata": "Q1"}[name]]
    if name in {"published", "birthDate", "startDate", "endDate", "date", "dates", "foundedDate"}:
        return ["2024", "June 2023"]
    if "uration" in name:
        return ["2 hours"]
    return ["$15bn"] if name in {"amount", "valuation", "total", "price"} else ["Alpha", "Beta"]


SHAPE = {
    *("unknown-field", "unknown-type", "missing-type", "wrong-kind", "string-expected", "text-expected"),
    *(
        "number-expected",
        "boolean-expected",
        "money-expected",
        "date-expected",
        "evidence-key",
        "names-expected",
    ),
    *("unknown-concept", "unknown-field-name", "header-key", "header-nulls", "not-json", "duration-expected"),
    *("identifier-expected", "evidence-expected", "value-null", "iri-expected", "count-expected"),
}
"""What is wrong with the form, and not with what is said."""


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_kg_takes_the_form_of_what_it_lets_through(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    schema = strict_schema(MODEL)
    document = data.draw(instances(schema, schema["$defs"]))
    assert Draft202012Validator(schema).is_valid(document)
    path = tmp_path_factory.mktemp("strict") / "facts.json"
    path.write_text(json.dumps(document), "utf-8")
    outcome = run(["validate", str(path), "--format", "json"])
    assert outcome.exit_code in {0, 1}
    found = {finding["code"] for finding in json.loads(outcome.stdout)["findings"]}
    assert not found & SHAPE


def test_an_answer_is_loaded(tmp_path: Path) -> None:
    schema = strict_schema(MODEL, ["Company", "NewsArticle", "Ownership"])

    def record(type_: str, **said: object) -> dict[str, Any]:
        fields = schema["$defs"][type_]["properties"]
        return {**dict.fromkeys(fields), "type": type_, **said}

    evidence = {**dict.fromkeys(schema["$defs"]["Evidence"]["properties"]), "quote": "Alpha owns Beta"}
    facts = [
        record("Company", id="a", name=["Alpha"]),
        record("Company", name=["Beta"]),
        record("NewsArticle", id="s", text="Alpha owns Beta."),
        record("Ownership", owner=["a"], owned="Beta", source=["s"], evidence=[evidence], date="2024"),
    ]
    document = {"nulls": "left-out", "facts": facts}
    Draft202012Validator(schema).validate(document)
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(document), "utf-8")
    outcome = run(["validate", str(path), "--lang", "en"])
    assert outcome.exit_code == 0, outcome.stdout
    assert "accepted 4" in outcome.stdout.decode()


def test_a_null_is_an_error_where_nothing_is_said_of_it(tmp_path: Path) -> None:
    record = {
        "type": "Company",
        "id": "a",
        "name": "A",
        "website": None,
        "description": {"en": None, "ko": "가"},
    }
    path = tmp_path / "f.jsonl"
    path.write_text(json.dumps(record), "utf-8")
    assert run(["validate", str(path)]).exit_code == 1
    path.write_text('{"nulls": "left-out"}\n' + json.dumps(record), "utf-8")
    assert run(["validate", str(path)]).exit_code == 0
    (found,) = read_source(path)
    assert found.data == {"type": "Company", "id": "a", "name": "A", "description": {"ko": "가"}}
    path.write_text('{"nulls": "lost"}\n' + json.dumps(record), "utf-8")
    assert b"header-nulls" in run(["validate", str(path)]).stdout


def test_the_command_prints_it() -> None:
    schema = json.loads(run(["schema", "--strict", "Investment", "--default", "source"]).stdout)
    source = schema["$defs"]["Investment"]["properties"]["source"]
    assert {"type": "null"} in source["anyOf"]
