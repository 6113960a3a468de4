"""The JSON Schema and ``kg`` agree: what ``kg`` accepts is valid, and what has a wrong form neither takes."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import kg
from kg import model
from kg.model.types import AnyIri, ConceptRange, Datatype, FieldNames, Reference, ValueType
from kg.schema.json_schema import json_schema

if TYPE_CHECKING:
    from kg.model.types import Class, Field

MODEL = model.load()
CONTEXT: list[dict[str, Any]] = [
    {"type": c.name, "id": f"x-{c.name}", "name": f"The {c.name}"}
    if "name" in c.fields
    else {"type": c.name, "id": f"x-{c.name}"}
    for c in MODEL.classes.values()
    if not c.is_claim and c.name not in {"Document", "NewsArticle", "Filing", "Report", "Group"}
]
CONTEXT += [{"type": name, "id": f"x-{name}"} for name in ("Document", "NewsArticle", "Filing", "Report")]
CONTEXT += [{"type": "Group", "id": "x-Group", "of": "x-Company"}]
KNOWN = {record["type"] for record in CONTEXT}
VALUES: dict[str, list[Any]] = {
    "Money": [
        "$15bn",
        {"value": "15", "currency": "USD"},
        {"min": 1, "max": 2.5, "currency": "KRW"},
        5,
        {"value": 1},
    ],
    "Date": ["2024", {"value": "2024-02"}, {"earliest": "2024", "approximate": True}, 2024, {}],
    "Duration": ["PT2H", "약 2시간", 2],
    "Names": [
        "A",
        {"en": "A"},
        {"en": ["A", "B"]},
        ["A", {"ko": ["가"]}],
        {},
        [["A"]],
        {"en": []},
        [{"en": []}, "A"],
    ],
    "Text": ["A", {"en": "A"}, {"en": ["A", "B"]}, ["A", {"ko": ["가"]}], 3],
    "Identifier": [
        {"wikidata": "Q1"},
        {"lei": "549300S4KLFTLO7GSQ80"},
        {"dart": ["00126380"]},
        {},
        "Q1",
        {"dart": []},
    ],
    "Evidence": ["a quote", {"paragraph": 3}, {"quote": "a", "confidence": "0.5"}, {"page": 0}, {"x": 1}],
    "Url": ["https://x.example/", "www.x.example", "no address"],
    "Coordinates": ["37.5665, 126.978", {"lat": "-33.9", "long": 18.4}, {"lat": 91, "long": 0}, 5],
    "Country": ["KR", "대한민국", {"code": "KR"}, "nowhere"],
    "Language": ["ko", "Korean", "zz-zz-zz"],
    "Percent": ["51%", 51, {"value": 51}, {"min": 1, "max": 2}, "lots"],
    "Quantity": ["3 GW", {"value": 3, "unit": "GW"}, 3, "many"],
    "boolean": [True, "false", "yes"],
    "decimal": [1, 1.5, "1e1", "1,5"],
    "integer": [1, "1", 1.5],
    "string": ["ko", "a", ""],
    "date": ["2025-02-04", "2025-2-4"],
    "iri": ["https://x.example/", "x"],
}
ANYTHING: list[Any] = [None, "", 7, True, [], {}, "x", ["x"], {"x": 1}, [[]]]


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json_schema(MODEL, [name]))


def one_of(field: Field) -> list[Any]:
    """Values of a field, right and wrong ones, the first right."""
    match field.range:
        case Reference(class_iri):
            names = [c.name for c in MODEL.below(class_iri) if c.name in KNOWN]
            forms: list[Any] = []
            for name in names[:2]:
                forms += [
                    f"x-{name}",
                    {"type": name, "id": f"x-{name}"},
                    {"type": name, "id": f"x-{name}", "x": 1},
                ]
            return forms or ["nowhere"]
        case ConceptRange(class_iri):
            return [*(c.notation for c in MODEL.concepts[class_iri][:2]), "no such word"]
        case FieldNames():
            return ["source", "no such field"]
        case Datatype(iri):
            return VALUES[iri.rpartition("#")[2]]
        case AnyIri():
            return VALUES["iri"]
        case ValueType(name):
            return VALUES[name]


def right(class_: Class) -> dict[str, Any]:
    """A record with what it must have."""
    needed = (f for f in class_.fields.values() if f.min_count and f.default is None)
    made = {f.name: one_of(f)[0] for f in needed}
    made |= {"source": "x-NewsArticle"} if class_.is_claim else {}
    for field in class_.fields.values():
        if field.min_count > 1:
            made[field.name] = [form for form in one_of(field) if isinstance(form, str)][: field.min_count]
    # two parties are two
    if class_.is_claim:
        parties = [
            f
            for f in class_.fields.values()
            if f.party and f.name in made and f.min_count < 2 and isinstance(f.range, Reference)
        ]
        for number, field in enumerate(parties):
            forms = [form for form in one_of(field) if isinstance(form, str)]
            made[field.name] = forms[number % len(forms)]
    return {"type": class_.name, "id": f"r-{class_.name}", **made}


def values(field: Field) -> st.SearchStrategy[Any]:
    one = st.sampled_from(one_of(field))
    return one | st.lists(one, max_size=2) | st.sampled_from(ANYTHING)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record, right but for some fields, which have any value."""
    class_ = draw(st.sampled_from(list(MODEL.classes.values())))
    names = draw(st.lists(st.sampled_from(list(class_.fields)), max_size=3, unique=True))
    record = right(class_) | {name: draw(values(class_.fields[name])) for name in names}
    dropped = draw(st.sampled_from([None, None, None, *record]))
    return {key: value for key, value in record.items() if key != dropped or key == "type"}


def refused(several: list[dict[str, Any]]) -> set[int]:
    """Which of the records ``kg`` does not accept, each with an id of its own."""
    named = [
        record | {"id": f"r{number}"} if isinstance(record.get("id"), str) else record
        for number, record in enumerate(several)
    ]
    report = kg.validate([*CONTEXT, *named])
    bad = {f.number for f in report.findings if f.problem.severity == "error" or f.problem.code == "waits"}
    return {number - len(CONTEXT) for number in bad if number >= len(CONTEXT)}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    database=None,
)
@given(st.lists(records(), min_size=30, max_size=60))
def test_what_kg_accepts_is_valid(several: list[dict[str, Any]]) -> None:
    bad = refused(several)
    for number, record in enumerate(several):
        if number not in bad:
            error = next(validator(record["type"]).iter_errors(record), None)
            assert error is None, (
                f"{json.dumps(record, ensure_ascii=False)}: {error.message if error else ''}"
            )


def test_a_right_record_of_every_class_is_accepted_by_both() -> None:
    several = [right(class_) for class_ in MODEL.classes.values()]
    bad = refused(several)
    assert [several[number]["type"] for number in bad] == []
    for record in several:
        validator(record["type"]).validate(record)


def mutants(class_: Class) -> dict[str, dict[str, Any]]:
    """A right record, spoilt in each way in which its form can be wrong."""
    record = right(class_)
    found = {
        "an unknown field": record | {"colour": "blue"},
        "no type": {k: v for k, v in record.items() if k != "type"},
    }
    for field in class_.fields.values():
        if field.min_count and field.default is None:
            found[f"no {field.name}"] = {k: v for k, v in record.items() if k != field.name}
        for kind, value in (("null", None), ("a list in a list", [[[1]]]), ("an unknown key", {"colour": 1})):
            found[f"{field.name}: {kind}"] = record | {field.name: value}
        if not _takes_numbers(field):
            found[f"{field.name}: a number"] = record | {field.name: 7}
        if not (isinstance(field.range, Datatype) and field.range.iri.endswith("boolean")):
            found[f"{field.name}: a truth value"] = record | {field.name: True}
    return found


def _takes_numbers(field: Field) -> bool:
    if isinstance(field.range, ValueType):
        return field.range.name in {"Percent", "Quantity"}
    return isinstance(field.range, Datatype) and field.range.iri.endswith(("decimal", "integer"))


@pytest.mark.parametrize("name", MODEL.classes)
def test_what_has_a_wrong_form_neither_takes(name: str) -> None:
    spoilt = mutants(MODEL.classes[name])
    bad = refused(list(spoilt.values()))
    for number, (what, record) in enumerate(spoilt.items()):
        assert not validator(name).is_valid(record), f"the schema takes {what}"
        assert number in bad, f"kg takes {what}"
