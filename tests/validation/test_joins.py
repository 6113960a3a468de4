"""SPARQL constraints that join nodes: asked once, with the results that asking for each node gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import load
from kg.validation.check import check
from kg.validation.joins import is_join, joins

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Model
    from kg.validation.result import Result

EX = "http://ex.example/"
KG = "https://w3id.org/kg-loader/ontology#"
SCHEMA = "https://schema.org/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
TOTAL = "https://w3id.org/kg-loader/shapes#Claim-total"
NUMBER = "<http://www.w3.org/2001/XMLSchema#decimal>"

ASKED_ONCE = [
    "SELECT $this ?path ?value { $this ex:part ?p . ?p ex:amount ?value . FILTER (?value > 1) }",
    "SELECT $this { ?this ex:part/ex:amount ?value OPTIONAL { ?value ex:p ?x } FILTER (!BOUND(?x)) }",
    "SELECT $this ?v { $this ex:v ?v . ?p ex:of $this ; ex:n ?n } GROUP BY $this ?v HAVING (SUM(?n) > ?v)",
    "SELECT $this ?value { $this ex:key ?value . ?other ex:key ?value . FILTER (?other != $this) }",
]
ASKED_FOR_EACH = {
    "only of the node itself": "SELECT $this ?value { $this ex:p ?value . FILTER (?value > 1) }",
    "any property": "SELECT $this { $this ex:part ?p . ?p ?path ?value }",
    "any property, further on": "SELECT $this { $this ex:part ?p ; ?path ?value . ?p ex:q 1 }",
    "a choice": "SELECT $this { $this ex:p ?x . ?x ex:q 1 . { $this ex:a ?y } UNION { ?z ex:b ?y } }",
    "counted over all": "SELECT $this (COUNT(?p) AS ?value) { $this ex:part ?p . ?p ex:q 1 }",
    "counted, but not for each node": "SELECT $this { $this ex:p ?x . ?x ex:q ?y } GROUP BY ?x HAVING (SUM(?y) > 1)",
    "cut": "SELECT $this { $this ex:part ?p . ?p ex:q 1 } LIMIT 1",
    "a query within": "SELECT $this { $this ex:p ?x . ?x ex:q 1 . { SELECT ?x { ?x ex:a ?b } } }",
    "not from the node": "SELECT $this { ?x ex:q ?y . OPTIONAL { $this ex:p ?x } }",
    "a made value": "SELECT $this { $this ex:p ?x . ?x ex:q ?y . BIND (?y AS ?value) }",
    "a graph": "SELECT $this { GRAPH ?g { $this ex:p ?x . ?x ex:q ?y } }",
}


@pytest.mark.parametrize("query", ASKED_ONCE)
def test_a_query_that_goes_on_to_other_nodes_is_asked_once(query: str) -> None:
    assert is_join(query)


@pytest.mark.parametrize("kind", ASKED_FOR_EACH)
def test_what_might_ask_something_else_stays_with_the_engine(kind: str) -> None:
    assert not is_join(ASKED_FOR_EACH[kind])


def test_keywords_in_texts_and_comments_are_none() -> None:
    assert is_join('SELECT $this { $this ex:p ?x . ?x ex:q "a UNION { LIMIT 1" . } # UNION')


def test_the_rules_about_totals_and_circles_are_joins() -> None:
    model = load((), ())
    found, rest = joins(model.shapes)
    names = [j.shape.rpartition("#")[2] for j in found]
    assert names == ["Claim-total", "Document-circle", "Group-circle", "Place-circle"]
    assert len(model.shapes.splitlines()) - len(rest.splitlines()) == len(names)


def claim(name: str, status: str, money: tuple[str, str | None, str | None, bool]) -> list[str]:
    currency, low, high, about = money
    amount = f"<{EX}{name}#amount>"
    lines = [
        f"<{EX}{name}> {A} <{KG}Investment> .",
        f"<{EX}{name}> <{KG}status> <{KG}{status}> .",
        f"<{EX}{name}> <{SCHEMA}amount> {amount} .",
        f'{amount} <{SCHEMA}currency> "{currency}" .',
    ]
    if low is not None and low == high:
        lines.append(f'{amount} <{SCHEMA}value> "{low}"^^{NUMBER} .')
    else:
        ends = (("minValue", low), ("maxValue", high))
        lines += [f'{amount} <{SCHEMA}{key}> "{n}"^^{NUMBER} .' for key, n in ends if n is not None]
    if about:
        lines.append(f'{amount} <{KG}approximate> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .')
    return lines


def of_totals(results: tuple[Result, ...]) -> list[tuple[Result, dict[str, str]]]:
    return [(r, dict(r.messages)) for r in results if r.shape == TOTAL]


NUMBERS = st.sampled_from([None, "1", "2", "3", "5", "8"])
MONEY = st.tuples(st.sampled_from(["USD", "KRW"]), NUMBERS, NUMBERS, st.booleans())
CLAIMS = st.tuples(st.sampled_from(["actual", "planned", "cancelled", "denied"]), MONEY)


@settings(max_examples=25, deadline=None)
@given(
    claims=st.lists(CLAIMS, min_size=2, max_size=6),
    parts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
)
def test_asked_once_or_for_each_node_the_results_are_the_same(
    claims: list[tuple[str, tuple[str, str | None, str | None, bool]]], parts: list[tuple[int, int]]
) -> None:
    data = [line for n, (status, money) in enumerate(claims) for line in claim(f"c{n}", status, money)]
    data += [
        f"<{EX}c{a % len(claims)}> <http://purl.org/dc/terms/hasPart> <{EX}c{b % len(claims)}> ."
        for a, b in sorted(set(parts))
    ]
    model = load((), ())
    classes = {f"{KG}Investment"}
    once = of_totals(check(model, data, classes, "shacl").results)
    assert once == of_totals(check(model, data, classes, "turbo").results)


SHAPES = """
ex:Key a sh:NodeShape ; sh:targetClass ex:A ; sh:severity sh:Warning ; sh:sparql ex:Key-query .
ex:Key-query a sh:SPARQLConstraint ; sh:message "{?value} is the key of {$this} and {?other}"@en ;
  sh:select '''SELECT $this (<http://ex.example/key> AS ?path) ?value ?other {
    $this <http://ex.example/key> ?value . ?other <http://ex.example/key> ?value FILTER (?other != $this) }''' .
"""


def keys(count: int) -> list[str]:
    return [
        line
        for n in range(count)
        for line in (f"<{EX}n{n}> {A} <{EX}B> .", f'<{EX}n{n}> <{EX}key> "k{n if n > 1 else 0}" .')
    ]


def test_a_key_that_two_nodes_have_is_found_by_class_with_a_filled_message(
    model: Callable[[str, str], Model], engine_name: str
) -> None:
    shapes = model(SHAPES, "ex:B rdfs:subClassOf ex:A .")
    found = check(shapes, keys(4), {f"{EX}B"}, engine_name).results
    assert [(r.focus, r.path, r.value) for r in found] == [
        (f"<{EX}n0>", f"{EX}key", '"k0"'),
        (f"<{EX}n1>", f"{EX}key", '"k0"'),
    ]
    assert found[0].messages["en"] == f"k0 is the key of {EX}n0 and {EX}n1"


def test_a_key_that_nodes_share_is_a_join(model: Callable[[str, str], Model]) -> None:
    found, _ = joins(model(SHAPES, "").shapes)
    assert [join.shape for join in found] == [f"{EX}Key"]
