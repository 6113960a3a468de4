"""What is derived from a user's files: fields with rules of their own, the order of dates, warnings, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg.model
from kg.errors import ModelError
from kg.model.files import builtin, read
from kg.model.types import DATATYPES
from kg.rdf import KG, SH, SHAPES, XSD
from kg.values.datatype import DatatypeCodec

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model.types import Model

HEAD = """
@prefix kg: <https://w3id.org/kg-loader/ontology#> .
@prefix law: <https://law.example.org/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/kg-loader/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
WORDS = 'rdfs:label "x"@en, "엑스"@ko ; skos:definition "X."@en, "엑스."@ko'
ONTOLOGY = f"""
law:OwnKind a owl:Class ; rdfs:subClassOf kg:Claim ; {WORDS} .
law:ownTo a owl:ObjectProperty ; {WORDS} .
law:ownFrom a owl:ObjectProperty ; {WORDS} .
"""
SAID = 'sh:description "What it is."@en, "무엇인지."@ko'
OWN_KIND = f"""
law:OwnKind-shape a sh:NodeShape ; sh:targetClass law:OwnKind ;
    sh:property law:OwnKind-recipient, law:OwnKind-funder, law:OwnKind-paid .
law:OwnKind-recipient a sh:PropertyShape ; sh:path law:ownTo ; sh:class kg:Party ; sh:minCount 1 ;
    sh:disjoint law:ownFrom ; sh:severity sh:Violation ; sh:group shape:parties ; sh:order 10 ;
    sh:name "recipient"@en, "수혜자"@ko ; {SAID} .
law:OwnKind-funder a sh:PropertyShape ; sh:path law:ownFrom ; sh:class kg:Party ;
    sh:severity sh:Violation ; sh:group shape:parties ; sh:order 11 ; sh:name "funder"@en, "지원자"@ko ; {SAID} .
law:OwnKind-paid a sh:PropertyShape ; sh:path schema:paymentDue ; kg:field "paid" ; sh:node shape:Date ;
    sh:severity sh:Warning ; sh:group shape:when ; sh:order 30 ; sh:name "payment"@en, "지급일"@ko ; {SAID} .
"""


def load(folder: Path, shapes: str = OWN_KIND, ontology: str = ONTOLOGY, *languages: str) -> Model:
    (folder / "grant.ttl").write_text(HEAD + ontology, "utf-8")
    (folder / "grant-shapes.ttl").write_text(HEAD + shapes, "utf-8")
    kg.model.load.cache_clear()
    return kg.model.load((folder / "grant.ttl",), (folder / "grant-shapes.ttl",), languages)


def codes(folder: Path, shapes: str) -> list[str]:
    with pytest.raises(ModelError) as caught:
        load(folder, shapes)
    return [fault.code for fault in caught.value.faults]


def test_a_field_that_is_also_compared_keeps_its_words_and_the_code_of_the_component(tmp_path: Path) -> None:
    model = load(tmp_path)
    field = model.classes["OwnKind"].fields["ownTo"]
    assert (field.labels["ko"], field.descriptions["en"]) == ("수혜자", "What it is.")
    assert "https://law.example.org/#OwnKind-recipient" not in model.codes
    assert model.codes[f"{SHAPES}Investment-self"] == "investment-self"


def test_the_order_of_a_date_needs_nothing_but_its_field(tmp_path: Path) -> None:
    model = load(tmp_path)
    order = "https://law.example.org/#OwnKind-paid-order"
    assert model.codes[order] == "own-kind-paid-order"
    assert model.constraint(order) == {
        "path": f"{KG}paidEarliest",
        "lessThanOrEquals": f"{KG}paidLatest",
        "severity": f"{SH}Warning",
        "description": "A range of dates begins with the earlier one.",
    }
    assert f"<https://law.example.org/#OwnKind-shape> <{SH}property> <{order}> .\n" in model.shapes
    assert model.labels[f"{KG}paidEarliest"] == {"en": "payment, earliest", "ko": "지급일(최초)"}
    assert model.labels[f"{KG}paidLatest"] == {"en": "payment, latest", "ko": "지급일(최후)"}


def test_companions_of_a_declared_property_are_in_its_namespace(tmp_path: Path) -> None:
    declared = f"{ONTOLOGY} law:paid a owl:DatatypeProperty ; {WORDS} ."
    model = load(tmp_path, OWN_KIND.replace("schema:paymentDue", "law:paid"), declared)
    assert model.constraint("https://law.example.org/#OwnKind-paid-order")["path"] == (
        "https://law.example.org/#paidEarliest"
    )


def test_an_order_that_the_files_have_is_not_derived_again(tmp_path: Path) -> None:
    again = OWN_KIND + (
        "law:OwnKind-shape sh:property law:OwnKind-date . law:OwnKind-date a sh:PropertyShape ; "
        "sh:path <http://purl.org/dc/terms/date> ; sh:node shape:Date ; sh:minCount 1 ; sh:severity sh:Info ."
    )
    assert "https://law.example.org/#OwnKind-date-order" not in load(tmp_path, again).codes
    assert f"{SHAPES}Claim-date-order-order" not in kg.model.load().codes


def test_every_date_of_the_built_in_classes_is_ordered_once() -> None:
    model = kg.model.load()
    for class_ in model.classes.values():
        for field in class_.fields.values():
            earliest = f"{field.companions}{field.name}Earliest"
            found = [
                s for s, c in model.constraints.items() if c.get("path") == earliest and s.endswith("-order")
            ]
            assert bool(found) == (getattr(field.range, "name", "") == "Date"), (class_.name, field.name)


def test_the_same_files_give_the_same_model(tmp_path: Path) -> None:
    first = load(tmp_path)
    assert load(tmp_path) == first


def test_missing_words_are_warnings_of_the_model(tmp_path: Path) -> None:
    bare = ONTOLOGY.replace('"x"@en, "엑스"@ko', '"x"@en')
    assert {(w.code, w.severity) for w in load(tmp_path, OWN_KIND, bare).warnings} == {
        ("words-missing", "warning")
    }
    assert load(tmp_path, OWN_KIND, bare, "en").warnings == ()
    assert load(tmp_path).warnings == ()


def test_faults_do_not_hide_each_other(tmp_path: Path) -> None:
    wrong = OWN_KIND.replace("sh:minCount 1", "sh:minCount 1.5").replace("sh:order 11", 'sh:order "first"')
    assert codes(tmp_path, wrong) == ["shape-not-number", "shape-not-count"]


def test_an_order_of_a_concept_may_be_a_fraction(tmp_path: Path) -> None:
    scheme = (
        f"law:Kind a owl:Class ; rdfs:subClassOf skos:Concept ; {WORDS} . "
        'law:b a law:Kind ; skos:notation "b" ; sh:order 1.5 ; skos:prefLabel "b"@en, "비"@ko . '
        'law:a a law:Kind ; skos:notation "a" ; sh:order 2 ; skos:prefLabel "a"@en, "에이"@ko .'
    )
    concepts = load(tmp_path, OWN_KIND, ONTOLOGY + scheme).concepts["https://law.example.org/#Kind"]
    assert [c.notation for c in concepts] == ["b", "a"]


def test_a_syntax_error_says_its_place_once(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        load(tmp_path, "law:a law:b law:c law:d .")
    text = str(caught.value)
    assert f"{tmp_path / 'grant-shapes.ttl'}:10: " in text
    said = text.replace(str(tmp_path), "")  # whose name may have a 10 in it
    assert said.count("grant-shapes") == said.count("10") == 1


def test_a_users_file_may_be_called_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path as Here  # noqa: PLC0415 - a relative path is what is tried

    monkeypatch.chdir(tmp_path)
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology/claim.ttl").write_text(HEAD + ONTOLOGY, "utf-8")
    graph = read([builtin("ontology"), Here("ontology/claim.ttl")])
    assert graph.added == {str(tmp_path.resolve() / "ontology/claim.ttl")}
    assert len(graph.files["ontology/claim.ttl"]) > 20


def test_the_datatypes_are_those_that_values_can_be_read_as() -> None:
    for datatype in DATATYPES:
        DatatypeCodec(datatype)
    for name in ("ENTITY", "QName", "Name", "NOTATION", "nothing"):
        with pytest.raises(ModelError):
            DatatypeCodec(f"{XSD}{name}")
    with pytest.raises(ModelError) as caught:
        DatatypeCodec(f"{XSD}nothing")
    assert [f"{XSD}{known}" for known in sorted(caught.value.args_shown["known"])] == sorted(DATATYPES)  # type: ignore[call-overload]
