"""Each fault in shapes or ontology is found, named, and told with its file; sound ones pass."""

from __future__ import annotations

import string
import tomllib
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib.namespace import SH as RDFLIB_SH

from kg.model import value_types
from kg.model.files import PACKAGE, builtin, read
from kg.model.lint import lint
from kg.model.lint.terms import TERMS
from kg.rdf import PREFIXES
from tests.model.faults import FAULTS
from tests.model.faults_of_terms import WARNINGS
from tests.model.turtle import prop

if TYPE_CHECKING:
    from kg.errors import Problem

LAW = {"law": "https://law.example.org/#"}
PREFIX_LINES = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in (PREFIXES | LAW).items())
MESSAGES = tomllib.loads((PACKAGE / "messages.d" / "lint.toml").read_text("utf-8"))
VALUE_TYPES = ["Money", "Date"]

ONTOLOGY = """
kg:Entity a owl:Class . kg:Claim a owl:Class .
kg:Company a owl:Class ; rdfs:subClassOf kg:Entity, org:Organization .
kg:Deal a owl:Class ; rdfs:subClassOf kg:Claim .
kg:BigDeal a owl:Class ; rdfs:subClassOf kg:Deal .
kg:Kind a owl:Class ; rdfs:subClassOf skos:Concept .
kg:takeover a kg:Kind ; skos:notation "takeover" . kg:merger a kg:Kind ; skos:notation "merger" .
kg:lei a rdfs:Datatype, kg:Kind ; skos:notation "lei" .
kg:buyer a owl:ObjectProperty . kg:more a rdf:Property . kg:other a owl:ObjectProperty . kg:kind a owl:ObjectProperty .
"""
SHAPES = """
shape:Deal a sh:NodeShape ; sh:targetClass kg:Deal ; sh:property shape:Deal-buyer, shape:Deal-amount,
  shape:Deal-start, shape:Deal-end, shape:Deal-order, shape:Deal-kind .
shape:Deal-buyer a sh:PropertyShape ; sh:path kg:buyer ; sh:class kg:Company ; sh:severity sh:Violation ; kg:key false .
shape:Deal-amount a sh:PropertyShape ; sh:path schema:amount ; sh:node shape:Money ; sh:severity sh:Violation ;
  kg:field "sum" .
shape:Deal-start a sh:PropertyShape ; sh:path schema:startDate ; kg:field "start" ; sh:node shape:Date ; sh:severity sh:Info .
shape:Deal-end a sh:PropertyShape ; sh:path schema:endDate ; kg:field "end" ; sh:node shape:Date ; sh:severity sh:Info .
shape:Deal-order a sh:PropertyShape ; sh:path kg:startEarliest ; sh:lessThanOrEquals kg:endLatest ; sh:severity sh:Warning .
shape:Deal-kind a sh:PropertyShape ; sh:path kg:kind ; sh:class kg:Kind ; sh:severity sh:Violation ; sh:group shape:what .
shape:what a sh:PropertyGroup .
shape:BigDeal a sh:NodeShape ; sh:targetClass kg:BigDeal ; sh:property shape:BigDeal-amount .
shape:BigDeal-amount a sh:PropertyShape ; sh:path schema:amount ; sh:node shape:Money ; sh:minCount 1 ; sh:severity sh:Info .
shape:Money a sh:NodeShape ; sh:targetClass schema:MonetaryAmount ; sh:property shape:Money-currency ;
  sh:or ( [ sh:property [ sh:path schema:value ; sh:minCount 1 ] ] [ sh:not [ sh:path schema:price ; sh:minCount 1 ] ] ) .
shape:Money-currency a sh:PropertyShape ; sh:path schema:currency ; sh:pattern "^[A-Z]{3}$" ; sh:severity sh:Violation .
shape:Date a sh:NodeShape ; sh:nodeKind sh:Literal .
shape:Selling a sh:NodeShape ; sh:targetClass kg:Deal ; sh:severity sh:Warning ; sh:sparql shape:Selling-query .
shape:Selling-query a sh:SPARQLConstraint ; sh:message "sold to itself"@en ; sh:prefixes shape:prefixes ;
  sh:select 'SELECT $this ?path ?value WHERE { $this ?path ?value ; kg:seller ?value . BIND(kg:buyer AS ?path2) }' .
shape:prefixes sh:declare [ sh:prefix "kg" ; sh:namespace "https://w3id.org/kg-loader/ontology#"^^xsd:anyURI ] .
"""


def triples(turtle: str) -> list[pyoxigraph.Triple]:
    quads = pyoxigraph.parse(PREFIX_LINES + turtle, pyoxigraph.RdfFormat.TURTLE)
    return [pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in quads]


def found(extra: str, ontology: str = ONTOLOGY) -> list[Problem]:
    files = {"ontology.ttl": triples(ontology), "shapes.ttl": triples(SHAPES), "more.ttl": triples(extra)}
    return [p for p in lint(files, VALUE_TYPES) if p.severity == "error"]


def test_sound_shapes_have_no_problem() -> None:
    assert found("") == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_once_and_named(fault: str) -> None:
    turtle, expected = FAULTS[fault]
    problems = found(turtle)
    assert [p.code for p in problems] == [expected["code"]]
    problem = problems[0]
    told = {**problem.args, "code": problem.code, "allowed": problem.allowed[:1], "every": problem.allowed}
    assert {key: told[key] for key in expected} == expected
    assert str(problem.place) in {"ontology.ttl", "shapes.ttl", "more.ttl"}


def warned(extra: str, languages: tuple[str, ...] = ("en", "ko")) -> list[Problem]:
    """What somebody should look at in a file of a user."""
    files = {"ontology.ttl": triples(ONTOLOGY), "shapes.ttl": triples(SHAPES), "more.ttl": triples(extra)}
    return [p for p in lint(files, VALUE_TYPES, {"more.ttl"}, LAW, languages) if p.severity != "error"]


@pytest.mark.parametrize("fault", WARNINGS)
def test_what_should_be_looked_at_is_a_warning(fault: str) -> None:
    turtle, expected = WARNINGS[fault]
    problems = warned(turtle)
    assert [(p.code, p.severity, str(p.place)) for p in problems] == [
        (expected["code"], "warning", "more.ttl")
    ]
    told = {**problems[0].args, "code": problems[0].code, "allowed": problems[0].allowed[:1]}
    assert {key: told[key] for key in expected} == expected


def test_words_are_missed_only_in_the_languages_of_the_project() -> None:
    assert warned(WARNINGS["a label in one language"][0], ("en",)) == []


def test_the_built_in_files_are_not_asked_for_words() -> None:
    assert warned("") == []


def test_two_classes_with_one_name_are_told_of_the_later_file() -> None:
    for other in ("schema:Deal", "law:Deal"):
        problems = found(f"{other} a owl:Class ; rdfs:subClassOf kg:Claim .")
        assert [(p.code, str(p.place)) for p in problems] == [("class-same-name", "more.ttl")]


def test_a_property_of_a_namespace_without_declarations_needs_none() -> None:
    assert found(prop("sh:class kg:Deal ; sh:disjoint foaf:maker", "sh:path law:seller ;")) == []


def test_companions_of_dates_need_no_declaration() -> None:
    pair = "sh:path kg:startEarliest ; sh:lessThan kg:endAsWritten ;"
    assert found(prop("sh:severity sh:Violation", pair)) == []


def test_a_published_class_may_have_the_name_of_an_own_one_above_which_it_stands() -> None:
    assert found("", ONTOLOGY + "org:Company a owl:Class . kg:Company rdfs:subClassOf org:Company .") == []


def test_all_faults_are_told_at_once_with_their_files() -> None:
    problems = found(prop("sh:minCounts 1 ; sh:in ( 1 ) ; kg:key 3"))
    assert [p.code for p in problems] == ["shape-in", "shape-key-not-boolean", "shape-unknown-term"]
    assert {str(p.place) for p in problems} == {"more.ttl"}


def test_every_problem_has_a_text_and_the_values_that_it_shows() -> None:
    told = {expected["code"] for _, expected in (*FAULTS.values(), *WARNINGS.values())}
    assert told | {"class-same-name"} == set(MESSAGES)
    for turtle, _ in (*FAULTS.values(), *WARNINGS.values()):
        for problem in (*found(turtle), *warned(turtle)):
            entry = MESSAGES[problem.code]
            hint = entry.get("near" if problem.args["near"] else "hint", entry.get("hint", {}))
            texts = [entry["en"], entry["ko"], *hint.values()]
            assert problem.allowed or not any("{allowed}" in text for text in texts), problem.code
            assert problem.args["near"] or not any("{near}" in text for text in texts), problem.code
            shown = {n for t in texts for _, n, _, _ in string.Formatter().parse(t) if n}
            assert shown <= {*problem.args, "allowed"}, problem.code


def test_the_terms_are_shacls_own() -> None:
    theirs = {t.split("#")[1] for t in map(str, dir(RDFLIB_SH)) if t.startswith(str(RDFLIB_SH))}
    # rdflib can't list terms that are Python keywords or methods of its own.
    assert TERMS - theirs == {"and", "class", "in", "not", "or"} & (TERMS - theirs)
    assert not {"rule", "target", "function", "js", "values", "expression"} & TERMS


def test_the_projects_own_shapes_have_no_problem() -> None:
    graph = read([builtin("ontology"), builtin("shapes")])
    assert [(str(p.place), p.code, p.args) for p in lint(graph.files, value_types.VALUE_TYPES)] == []
