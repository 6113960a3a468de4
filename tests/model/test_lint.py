"""Each fault in shapes or ontology is found, named, and told with its file; sound ones pass."""

from __future__ import annotations

import string
import tomllib
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib.namespace import SH as RDFLIB_SH

from kg.model.files import PACKAGE, builtin, read
from kg.model.lint import lint
from kg.model.lint.terms import TERMS
from kg.rdf import PREFIXES

if TYPE_CHECKING:
    from kg.errors import Problem

PREFIX_LINES = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items())
MESSAGES = tomllib.loads((PACKAGE / "messages.d" / "lint.toml").read_text("utf-8"))
VALUE_TYPES = ["Money", "Date"]

ONTOLOGY = """
kg:Entity a owl:Class . kg:Claim a owl:Class .
kg:Company a owl:Class ; rdfs:subClassOf kg:Entity, org:Organization .
kg:Deal a owl:Class ; rdfs:subClassOf kg:Claim .
kg:BigDeal a owl:Class ; rdfs:subClassOf kg:Deal .
"""
SHAPES = """
shape:Deal a sh:NodeShape ; sh:targetClass kg:Deal ; sh:property shape:Deal-buyer, shape:Deal-amount, shape:Deal-order .
shape:Deal-buyer a sh:PropertyShape ; sh:path kg:buyer ; sh:class kg:Company ; sh:severity sh:Violation ; kg:key false .
shape:Deal-amount a sh:PropertyShape ; sh:path schema:amount ; sh:node shape:Money ; sh:severity sh:Violation ;
  kg:field "sum" .
shape:Deal-order a sh:PropertyShape ; sh:path kg:startEarliest ; sh:lessThanOrEquals kg:endLatest ; sh:severity sh:Warning .
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
    return lint(files, VALUE_TYPES)


def prop(rest: str, path: str = "sh:path kg:more ;") -> str:
    """One more property of a deal."""
    return (
        "shape:Deal sh:property shape:Deal-more . "
        f"shape:Deal-more a sh:PropertyShape ; sh:severity sh:Violation ; {path} {rest} ."
    )


def query(select: str, more: str = "", on_shape: str = "") -> str:
    """One more SPARQL constraint."""
    return (
        f"shape:More a sh:NodeShape ; sh:targetClass kg:Deal ; sh:severity sh:Warning ; {on_shape} "
        f"sh:sparql shape:More-query . shape:More-query a sh:SPARQLConstraint ; {more} sh:select '{select}' ."
    )


GOOD_QUERY = "SELECT $this ?path ?value WHERE { $this ?path ?value }"

FAULTS: dict[str, tuple[str, dict[str, object]]] = {
    "two paths": (prop("sh:path kg:other"), {"code": "shape-two-paths", "paths": ("kg:more", "kg:other")}),
    "no path": (prop("sh:minCount 1", path=""), {"code": "shape-no-path", "shape": "shape:Deal-more"}),
    "a path that is text": (prop("sh:minCount 1", 'sh:path "p" ;'), {"code": "shape-bad-path"}),
    "a path that is nothing": (prop("sh:minCount 1", "sh:path [] ;"), {"code": "shape-bad-path"}),
    "a count on a node shape": ("shape:Date sh:minCount 1 .", {"code": "shape-needs-path"}),
    "a severity that is text": (
        prop('sh:severity "bad"').replace("sh:severity sh:Violation ;", ""),
        {"code": "shape-severity-not-iri", "received": "bad"},
    ),
    "a misspelt predicate": (
        prop("sh:minCounts 1"),
        {"code": "shape-unknown-term", "allowed": ("sh:minCount",)},
    ),
    "a misspelt severity": (
        prop("sh:minCount 1").replace("sh:Violation", "sh:Violaton"),
        {"code": "shape-unknown-term", "received": "sh:Violaton", "allowed": ("sh:Violation",)},
    ),
    "an advanced feature": (
        prop("sh:minCount 1 . shape:Deal sh:rule [ a kg:R ]"),
        {"code": "shape-unknown-term"},
    ),
    "said twice": (prop("sh:minCount 1, 2"), {"code": "shape-said-twice", "term": "sh:minCount"}),
    "a property shape that is not there": (
        "shape:Deal sh:property shape:Deal-sellr .",
        {"code": "shape-missing"},
    ),
    "a shape in a list that is not there": (
        "shape:Deal sh:and ( shape:Nothing ) .",
        {"code": "shape-missing"},
    ),
    "a shape within itself": (
        "shape:Money-currency sh:node shape:Money .",
        {"code": "shape-circle", "circle": "shape:Money → shape:Money-currency → shape:Money"},
    ),
    "a shape within itself through a list": (
        "shape:Deal sh:and ( [ sh:not shape:Deal ] ) .",
        {"code": "shape-circle"},
    ),
    "shapes too deep": (
        "shape:D0 sh:and ( shape:D1 ) . "
        + "".join(f"shape:D{i} sh:not shape:D{i + 1} . " for i in range(1, 48))
        + "shape:D48 sh:nodeKind sh:IRI .",
        {"code": "shape-too-deep", "shape": "shape:D0", "levels": 49},
    ),
    "a list without an end": ("shape:Date sh:and [ rdf:first shape:Money ] .", {"code": "shape-broken-list"}),
    "a list with two members in one": (
        "shape:Date sh:and [ rdf:first shape:Money, shape:Deal ; rdf:rest () ] .",
        {"code": "shape-broken-list"},
    ),
    "a list that is none": ("shape:Date sh:languageIn kg:Company .", {"code": "shape-broken-list"}),
    "a list that never ends": (
        "shape:Date sh:languageIn _:l . _:l rdf:first 'ko' ; rdf:rest _:l .",
        {"code": "shape-cyclic-list", "shape": "shape:Date"},
    ),
    "a bad pattern": (prop("sh:pattern '(a'"), {"code": "shape-bad-pattern"}),
    "an unknown escape": (
        prop(r"sh:pattern 'a\\z'"),
        {"code": "shape-bad-pattern", "reason": r"unknown escape \z"},
    ),
    "an unknown category": (prop(r"sh:pattern '\\p{Hangul}'"), {"code": "shape-bad-pattern"}),
    "a class minus a class": (prop("sh:pattern '[a-z-[aeiou]]'"), {"code": "shape-bad-pattern"}),
    "a pattern with look-around": (prop("sh:pattern '^(?=a)'"), {"code": "shape-pattern-look-around"}),
    "a pattern with a back-reference": (
        prop(r"sh:pattern '(a)\\1'"),
        {"code": "shape-pattern-back-reference"},
    ),
    "a bad pattern of a datatype": (
        "kg:lei a rdfs:Datatype ; owl:withRestrictions ( [ xsd:pattern '[A-Z' ] ) .",
        {"code": "shape-bad-pattern", "shape": "kg:lei"},
    ),
    "flags that are none": (prop("sh:pattern 'a' ; sh:flags 'iz'"), {"code": "shape-bad-flags"}),
    "a property shape without an IRI": (
        "shape:Deal sh:property [ sh:path kg:more ; sh:minCount 1 ] .",
        {"code": "shape-blank", "shape": "shape:Deal", "path": "kg:more"},
    ),
    "a property shape without severity": (
        prop("sh:minCount 1").replace("sh:severity sh:Violation ;", ""),
        {"code": "shape-no-severity", "shape": "shape:Deal-more"},
    ),
    "an enumeration": (prop("sh:in ( 1 2 )"), {"code": "shape-in"}),
    "a choice of classes": (
        prop("sh:or ( [ sh:class kg:Deal ] [ sh:class kg:Company ] )"),
        {"code": "shape-or-classes"},
    ),
    "a class that is not there": (
        prop("sh:class kg:Compny"),
        {"code": "shape-unknown-class", "allowed": ("kg:Company",)},
    ),
    "a value type that is none": (
        prop("sh:node shape:Other . shape:Other a sh:NodeShape"),
        {"code": "shape-unknown-value-type", "received": "shape:Other"},
    ),
    "a target that is not there": (
        "shape:X a sh:NodeShape ; sh:targetClass kg:BgDeal .",
        {"code": "shape-unknown-target", "allowed": ("kg:BigDeal",)},
    ),
    "an annotation that is none": (
        prop("kg:label 'x'"),
        {"code": "shape-unknown-annotation", "received": "kg:label"},
    ),
    "a key that is text": (prop("kg:key 'false'"), {"code": "shape-key-not-boolean"}),
    "a field name with a space": (
        prop("sh:class kg:Deal ; kg:field 'a b'"),
        {"code": "shape-bad-field-name"},
    ),
    "a field called type": (prop("sh:class kg:Deal ; kg:field 'type'"), {"code": "shape-bad-field-name"}),
    "a field name with two properties": (
        prop("sh:class kg:Deal", "sh:path schema:buyer ;"),
        {"code": "field-two-paths", "received": "buyer", "paths": ("kg:buyer", "schema:buyer")},
    ),
    "a SPARQL constraint beside others": (
        query(GOOD_QUERY, on_shape="sh:nodeKind sh:IRI ;"),
        {"code": "sparql-not-alone"},
    ),
    "two SPARQL constraints": (
        query(GOOD_QUERY) + "shape:More sh:sparql shape:Selling-query .",
        {"code": "sparql-not-alone"},
    ),
    "a SPARQL constraint on a blank shape": (
        query(GOOD_QUERY).replace("shape:More a", "[] a"),
        {"code": "sparql-not-alone"},
    ),
    "a severity on the constraint": (
        query(GOOD_QUERY, more="sh:severity sh:Info ;"),
        {"code": "sparql-severity"},
    ),
    "no severity on its shape": (
        query(GOOD_QUERY).replace("sh:severity sh:Warning ;", ""),
        {"code": "shape-no-severity", "shape": "shape:More"},
    ),
    "no query": (query(GOOD_QUERY).replace("sh:select", "sh:ask"), {"code": "sparql-no-query"}),
    "a query that can't be read": (query("SELECT $this WHERE {"), {"code": "sparql-syntax"}),
    "a query with a prefix that is not declared": (
        query("SELECT $this ?path ?value WHERE { $this x:y ?value }"),
        {"code": "sparql-syntax"},
    ),
    "no ?path": (
        query("SELECT $this ?value WHERE { $this ?path ?value }"),
        {"code": "sparql-projection", "received": "?path"},
    ),
    "SERVICE": (
        query("SELECT $this ?path ?value WHERE { SERVICE <http://x.example/> { $this ?path ?value } }"),
        {"code": "sparql-forbidden", "received": "SERVICE"},
    ),
    "MINUS": (
        query("SELECT $this ?path ?value WHERE { $this ?path ?value MINUS { ?a ?b 1 } }"),
        {"code": "sparql-forbidden", "received": "MINUS"},
    ),
}


def test_sound_shapes_have_no_problem() -> None:
    assert found("") == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_once_and_named(fault: str) -> None:
    turtle, expected = FAULTS[fault]
    problems = found(turtle)
    assert [p.code for p in problems] == [expected["code"]]
    problem = problems[0]
    told = {**problem.args, "code": problem.code, "allowed": problem.allowed[:1]}
    assert {key: told[key] for key in expected} == expected
    assert str(problem.place) in {"ontology.ttl", "shapes.ttl", "more.ttl"}


def test_two_classes_with_one_name() -> None:
    problems = found("", ONTOLOGY + "schema:Deal a owl:Class ; rdfs:subClassOf kg:Claim .")
    assert [(p.code, p.args["classes"]) for p in problems] == [
        ("class-same-name", ("schema:Deal", "kg:Deal"))
    ] or [p.code for p in problems] == ["class-same-name"]


def test_a_published_class_may_have_the_name_of_an_own_one_above_which_it_stands() -> None:
    assert found("", ONTOLOGY + "org:Company a owl:Class . kg:Company rdfs:subClassOf org:Company .") == []


def test_all_faults_are_told_at_once_with_their_files() -> None:
    problems = found(prop("sh:minCounts 1 ; sh:in ( 1 ) ; kg:key 3"))
    assert [p.code for p in problems] == ["shape-in", "shape-key-not-boolean", "shape-unknown-term"]
    assert {str(p.place) for p in problems} == {"more.ttl"}


def test_every_problem_has_a_text_and_the_values_that_it_shows() -> None:
    assert {expected["code"] for _, expected in FAULTS.values()} | {"class-same-name"} == set(MESSAGES)
    for turtle, _ in FAULTS.values():
        for problem in found(turtle):
            entry = MESSAGES[problem.code]
            texts = [entry["en"], entry["ko"], *entry.get("hint", {}).values()]
            shown = {n for t in texts for _, n, _, _ in string.Formatter().parse(t) if n}
            assert shown <= {*problem.args, "allowed"}, problem.code


def test_the_terms_are_shacls_own() -> None:
    theirs = {t.split("#")[1] for t in map(str, dir(RDFLIB_SH)) if t.startswith(str(RDFLIB_SH))}
    # rdflib can't list terms that are Python keywords or methods of its own.
    assert TERMS - theirs == {"and", "class", "in", "not", "or"} & (TERMS - theirs)
    assert not {"rule", "target", "function", "js", "values", "expression"} & TERMS


def test_the_projects_own_shapes_have_no_problem() -> None:
    graph = read([builtin("ontology"), builtin("shapes")])
    value_types = ["Money", "Date", "Duration", "Names", "Text", "Identifier", "Evidence"]
    assert [(str(p.place), p.code, p.args) for p in lint(graph.files, value_types)] == []
