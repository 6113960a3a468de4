"""Shapes as users write them: a check of the change agrees with one of the whole, or is known not to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf import RDF, XSD
from kg.validation.view import sight
from tests.validation.test_change import EX, agree

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Model
    from kg.validation.change import Triple

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "8"))
NODES = [f"<{EX}n{n}>" for n in range(4)]
LITERALS = ['"x"', '"y"', '"x"@en', *(f'"{n}"^^<{XSD}integer>' for n in (1, 2))]
TRIPLES = st.one_of(
    st.tuples(
        st.sampled_from(NODES),
        st.just(f"{RDF}type"),
        st.sampled_from([f"<{EX}{name}>" for name in ("Supplier", "Contract")]),
    ),
    st.tuples(st.sampled_from(NODES), st.sampled_from([f"{EX}{n}" for n in "pqr"]), st.sampled_from(NODES)),
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from([f"{EX}code", f"{EX}from", f"{EX}to"]),
        st.sampled_from(LITERALS),
    ),
)
GRAPHS = st.sets(TRIPLES, max_size=16)
PREFIXES = 'ex:O sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex.example/"^^xsd:anyURI ] .'

CORE = {
    "a code that only one has": "sh:property [ sh:path ( ex:code [ sh:inversePath ex:code ] ) ; sh:maxCount 1 ]",
    "all that lead to it": """sh:property [
        sh:path ( [ sh:inversePath ex:p ] [ sh:zeroOrMorePath [ sh:inversePath ex:q ] ] ) ; sh:class ex:Contract ]""",
    "some of those that name it": """sh:property [ sh:path [ sh:inversePath ex:p ] ;
        sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 2 ;
        sh:qualifiedValueShape [ sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:class ex:Supplier ] ] ]""",
    "some apart from others": """
        sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ;
            sh:qualifiedValueShape [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ] ;
        sh:property [ sh:path ex:r ; sh:qualifiedMinCount 1 ;
            sh:qualifiedValueShape [ sh:property [ sh:path ex:code ; sh:minCount 1 ] ] ]""",
    "closed": "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] , [ sh:path ex:code ]",
    "closed where it leads": "sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:node [ sh:closed true ] ]",
    "equal along a way": "sh:property [ sh:path ( ex:p ex:q ) ; sh:equals ex:r ]",
    "none in both": "sh:property [ sh:path [ sh:alternativePath ( ( ex:p ex:code ) ex:from ) ] ; sh:disjoint ex:code ]",
    "an order where it leads": """sh:property [ sh:path ( ex:p ex:q ) ;
        sh:node [ sh:property [ sh:path ex:from ; sh:lessThan ex:to ] ] ]""",
    "others within others": """sh:node [ sh:property [ sh:path ex:p ; sh:node
        [ sh:property [ sh:path ex:q ; sh:node [ sh:property [ sh:path ex:code ; sh:minCount 1 ] ] ] ] ] ]""",
    "one of two": """sh:xone ( [ sh:property [ sh:path ( ex:p ex:code ) ; sh:minCount 1 ] ]
        [ sh:not [ sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:minCount 1 ] ] ] )""",
    "a certain value at the end": 'sh:property [ sh:path ( ex:p ex:q ex:code ) ; sh:hasValue "x" ]',
    "a language once": "sh:property [ sh:path ( ex:p ex:code ) ; sh:uniqueLang true ; sh:nodeKind sh:Literal ]",
}
TARGETS = {
    "class": "sh:targetClass ex:Supplier",
    "subjects": "sh:targetSubjectsOf ex:r",
    "objects": "sh:targetObjectsOf ex:q",
    "texts": "sh:targetObjectsOf ex:code",
}


def compare(shapes: Model) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(GRAPHS, st.sets(TRIPLES, max_size=3), st.integers(0, 3))
    def property_(before: set[Triple], came: set[Triple], kept: int) -> None:
        gone = set(sorted(before)[kept :: kept + 2])
        agree(shapes, before, (before - gone) | came)

    property_()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", CORE)
def test_core(kind: str, target: str, model: Callable[[str, str], Model]) -> None:
    compare(model(f"ex:S a sh:NodeShape ; {TARGETS[target]} ; {CORE[kind]} .", ""))


QUERIES = {
    "a code that only one has": "$this ex:code ?c . ?other ex:code ?c . FILTER (?other != $this)",
    "nobody has a contract with it": "$this ex:p ?x . FILTER NOT EXISTS { ?c a ex:Contract ; ex:q $this }",
    "what others lack": "$this ex:p ?x . FILTER NOT EXISTS { ?x ex:q ?y . FILTER NOT EXISTS { ?y ex:r ?z } }",
    "two ways that mean two things": (
        "{ $this ex:p ?x . ?x ex:q ?v } UNION { ?x ex:q ?y . ?y ex:r $this . $this ex:code ?v }"
    ),
    "on from either of two": "{ $this ex:p ?x } UNION { ?x ex:q $this } ?x ex:r ?y . ?y ex:code ?c",
    "two that are not": (
        "$this ex:code ?c FILTER NOT EXISTS { $this ex:p ?x } FILTER NOT EXISTS { ?x ex:q ?y . ?y ex:r $this }"
    ),
    "what may be": "OPTIONAL { $this ex:p ?x } ?x ex:q ?y . ?y ex:r $this",
    "a sum": "$this ex:p+ ?x . ?x ex:from ?n . FILTER (xsd:integer(?n) > 1 && STRLEN(STR(?x)) > 3)",
    "any way back": "?x (ex:p|^ex:q)* $this . ?x ex:code ?c . FILTER (?c = 'x')",
    "what it has of anything": "$this ?path ?x . ?x ?other ?y . ?y a ex:Contract",
}


def sparql(query: str, target: str = "sh:targetClass ex:Supplier") -> str:
    return (
        f"ex:S a sh:NodeShape ; {target} ; sh:severity sh:Warning ; sh:sparql ex:Q ."
        f"ex:Q a sh:SPARQLConstraint ; sh:prefixes ex:O ; sh:select '''SELECT $this {{ {query} }}''' ."
        + PREFIXES.replace(
            " .", ' , [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#"^^xsd:anyURI ] .'
        )
    )


@pytest.mark.parametrize("kind", QUERIES)
def test_queries(kind: str, model: Callable[[str, str], Model]) -> None:
    compare(model(sparql(QUERIES[kind]), ""))


def test_a_query_along_the_path_of_its_shape(model: Callable[[str, str], Model]) -> None:
    compare(
        model(
            "ex:S a sh:PropertyShape ; sh:targetClass ex:Supplier ; sh:path [ sh:inversePath ex:p ] ; sh:sparql ex:Q ."
            "ex:Q a sh:SPARQLConstraint ; sh:prefixes ex:O ;"
            "    sh:select 'SELECT $this ?value { $this $PATH ?value . ?value ex:q ?x . ?x ex:r ?y }' ."
            + PREFIXES,
            "",
        )
    )


def triples(*said: str) -> set[Triple]:
    """Such as ``"n1 p n2"``; a class, or a text, stands as such."""
    found = set()
    for subject, name, object_ in (one.split() for one in said):
        property_ = f"{RDF}type" if name == "a" else EX + name
        found.add((f"<{EX}{subject}>", property_, object_ if object_ in LITERALS else f"<{EX}{object_}>"))
    return found


def test_a_variable_of_one_branch_is_not_that_of_the_other(model: Callable[[str, str], Model]) -> None:
    before = triples("n0 a Supplier", 'n0 code "x"', "n1 q n2")
    shapes = model(sparql(QUERIES["two ways that mean two things"]), "")
    assert f"<{EX}n0>" in agree(shapes, before, before | triples("n2 r n0"))


def test_a_variable_of_what_may_not_be_is_not_that_of_another(model: Callable[[str, str], Model]) -> None:
    before = triples("n0 a Supplier", 'n0 code "x"', "n1 q n2")
    shapes = model(sparql(QUERIES["two that are not"]), "")
    assert f"<{EX}n0>" in agree(shapes, before, before | triples("n2 r n0"))


WHOLE = {
    "a target by a query": (
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ;"
        "sh:target [ a sh:SPARQLTarget ; sh:prefixes ex:O ; sh:select 'SELECT ?this { ?x ex:q ?this }' ] ."
        + PREFIXES
    ),
    "a constraint of their own kind": (
        "ex:S a sh:NodeShape ; sh:targetClass ex:Supplier ; ex:most 3 ."
        "ex:Most a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ; sh:validator ex:V ."
        "ex:V a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER NOT EXISTS { ?a ?b $most } }' ."
    ),
    "one of their own kind within": (
        "ex:S a sh:NodeShape ; sh:targetClass ex:Supplier ; sh:property [ sh:path ex:p ; sh:node [ ex:most 3 ] ] ."
        "ex:Most a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ; sh:validator ex:V ."
        "ex:V a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER NOT EXISTS { ?a ?b $most } }' ."
    ),
    "a shape within itself": (
        "ex:S a sh:NodeShape ; sh:targetClass ex:Supplier ; sh:property [ sh:path ex:p ; sh:node ex:S ] ."
    ),
    "a function of their own": sparql("$this ex:p ?x . FILTER (ex:known(?x))"),
    "others that have nothing to do with it": sparql(
        "$this ex:p ?x . FILTER NOT EXISTS { ?c a ex:Contract }"
    ),
    "two that are equal by value": sparql(
        "$this ex:from ?n . ?other ex:from ?m . FILTER (?n = ?m && ?other != $this)"
    ),
    "a count in a query within": sparql(
        "{ SELECT $this (COUNT(?x) AS ?n) { $this ex:p ?x } GROUP BY $this }"
    ),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_for_which_only_the_whole_will_do(kind: str, model: Callable[[str, str], Model]) -> None:
    assert sight(model(WHOLE[kind], "").shapes).beyond == (f"{EX}S",)
