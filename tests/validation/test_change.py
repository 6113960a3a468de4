"""The check of a change finds for what it touches what a check of the whole would have found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity.clusters import clusters
from kg.identity.judgements import Judgement, Judgements, pair_of
from kg.model import load
from kg.rdf import RDF, XSD
from kg.store.around import triples as as_triples
from kg.store.together import Together
from kg.validation.change import surroundings, touched
from kg.validation.check import check
from kg.validation.patterns import patterns
from kg.validation.view import sight

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from kg.model.types import Model
    from kg.validation.change import Triple
    from kg.validation.result import Result

KG = "https://w3id.org/kg-loader/ontology#"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
EX = "http://ex.example/"
TYPE = f"{RDF}type"
EXAMPLES = int(os.environ.get("KG_EXAMPLES", "60"))


class Whole:
    """A graph in memory."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = sorted(set(triples))

    def about(self, nodes: Collection[str]) -> list[Triple]:
        return [t for t in self.triples if t[0] in set(nodes)]

    def pointing(self, nodes: Collection[str], properties: Collection[str]) -> list[Triple]:
        return [t for t in self.triples if t[2] in set(nodes) and ("" in properties or t[1] in properties)]


def results(model: Model, triples: Iterable[Triple]) -> set[Result]:
    found = sorted(set(triples))
    classes = {o[1:-1] for _, p, o in found if p == TYPE}
    return set(check(model, [f"{s} <{p}> {o} ." for s, p, o in found], classes).results)


def agree(model: Model, before: set[Triple], after: set[Triple]) -> set[str]:
    """Check that results of the whole follow from those before and those of the change; what it touched."""
    seen = sight(model.shapes)
    assert not seen.beyond
    graph = Whole(after)
    nodes = touched(before ^ after, seen, graph)
    changed = {r for r in results(model, surroundings(nodes, seen, graph)) if r.focus in nodes}
    kept = {r for r in results(model, before) if r.focus not in nodes}
    assert kept | changed == results(model, after)
    return nodes


MODEL = load((), ())
NODES = [f"<{EX}n{n}>" for n in range(7)]
CLASSES = [
    "Company",
    "Project",
    "Person",
    "Place",
    "NewsArticle",
    "Group",
    "Investment",
    "Position",
    "Location",
]
TYPES = [f"<{KG}{name}>" for name in CLASSES] + [f"<{SCHEMA}MonetaryAmount>"]
LINKS = [
    *(
        f"{KG}{n}"
        for n in ("investor", "investee", "copyOf", "of", "place", "attributedTo", "event", "holder")
    ),
    *(f"{DCTERMS}{n}" for n in ("source", "hasPart", "isPartOf")),
    *(f"{SCHEMA}{n}" for n in ("amount", "containedInPlace")),
]
STATUS = [f"<{KG}{n}>" for n in ("actual", "planned", "cancelled")]
DAYS = [f'"{day}"^^<{XSD}date>' for day in ("2024-01-01", "2025-01-01", "2026-01-01")]
SUMS = [f'"{n}"^^<{XSD}decimal>' for n in (1, 2, 5)]
SAID = [
    *((f"{KG}status", o) for o in STATUS),
    *(
        (f"{KG}{n}", o)
        for n in ("dateEarliest", "dateLatest", "publishedLatest", "publishedEarliest")
        for o in DAYS
    ),
    *((f"{SCHEMA}{n}", o) for n in ("value", "minValue", "maxValue") for o in SUMS),
    (f"{SCHEMA}currency", '"USD"'),
    (f"{SCHEMA}currency", '"KRW"'),
    (f"{KG}certainty", f"<{KG}stated>"),
    (f"{KG}unknown", f"<{SCHEMA}amount>"),
    (f"{KG}approximate", f'"true"^^<{XSD}boolean>'),
    ("http://www.w3.org/2004/02/skos/core#prefLabel", '"a"@en'),
]
TRIPLES = st.one_of(
    st.tuples(st.sampled_from(NODES), st.just(TYPE), st.sampled_from(TYPES)),
    st.tuples(st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from(NODES)),
    st.builds(lambda s, po: (s, *po), st.sampled_from(NODES), st.sampled_from(SAID)),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sets(TRIPLES, max_size=40), st.sets(TRIPLES, max_size=4), st.randoms(use_true_random=False))
def test_the_shapes_that_come_with_the_package(
    before: set[Triple], came: set[Triple], choose: object
) -> None:
    gone = set(choose.sample(sorted(before), min(len(before), 3)))  # type: ignore[attr-defined]
    agree(MODEL, before, (before - gone) | came)


PAIRS = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1])
JUDGED = st.sets(PAIRS, max_size=3)


def judged(pairs: Iterable[tuple[str, str]], triples: Iterable[Triple]) -> set[Triple]:
    """A graph with each pair one: named by the other, and said to be it."""
    same = [Judgement("same", pair_of(one[1:-1], other[1:-1]), "kim", "seen") for one, other in pairs]
    together = Together(clusters(Judgements({found.pair: found for found in same})))
    lines = set(together.lines(f"{s} <{p}> {o} ." for s, p, o in triples))
    for canonical, members in together.clusters.members.items():
        lines.update(together.links(canonical, members))
    return set(as_triples(lines))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sets(TRIPLES, max_size=40), JUDGED, JUDGED)
def test_judgements_with_the_shapes_that_come_with_the_package(
    said: set[Triple], before: set[tuple[str, str]], after: set[tuple[str, str]]
) -> None:
    agree(MODEL, judged(before, said), judged(after, said))


CHAIN = [
    (f"<{EX}total>", TYPE, f"<{KG}Investment>"),
    (f"<{EX}total>", f"{DCTERMS}hasPart", f"<{EX}part>"),
    (f"<{EX}total>", f"{SCHEMA}amount", f"<{EX}total#amount>"),
    (f"<{EX}total#amount>", f"{SCHEMA}currency", '"USD"'),
    (f"<{EX}total#amount>", f"{SCHEMA}value", f'"5"^^<{XSD}decimal>'),
    (f"<{EX}part>", f"{KG}status", f"<{KG}planned>"),
    (f"<{EX}part>", f"{SCHEMA}amount", f"<{EX}part#amount>"),
    (f"<{EX}part#amount>", f"{SCHEMA}currency", '"USD"'),
]


def test_an_amount_two_steps_on_is_a_change_of_the_total() -> None:
    more = (f"<{EX}part#amount>", f"{SCHEMA}value", f'"9"^^<{XSD}decimal>')
    nodes = agree(MODEL, set(CHAIN), {*CHAIN, more})
    assert f"<{EX}total>" in nodes


def test_a_name_is_not_seen_from_elsewhere() -> None:
    company = f"<{EX}company>"
    deals = [(f"<{EX}deal{n}>", f"{KG}investor", company) for n in range(50)]
    before = {(company, TYPE, f"<{KG}Company>"), *deals}
    name = (company, "http://www.w3.org/2004/02/skos/core#prefLabel", '"a"@en')
    assert agree(MODEL, before, {*before, name}) == {company}


def test_a_class_that_goes_is_seen_by_all_who_name_the_node() -> None:
    company = f"<{EX}company>"
    deals = [(f"<{EX}deal{n}>", f"{KG}investor", company) for n in range(3)]
    class_ = (company, TYPE, f"<{KG}Company>")
    assert agree(MODEL, {class_, *deals}, set(deals)) == {company, *(deal[0] for deal in deals)}


OTHERS = {
    "an inverse path": "sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:maxCount 1 ; sh:class ex:A ]",
    "a sequence": "sh:property [ sh:path ( ex:p ex:q [ sh:inversePath ex:r ] ) ; sh:maxCount 1 ]",
    "a choice": "sh:property [ sh:path [ sh:alternativePath ( ex:p ( ex:q ex:r ) ) ] ; sh:class ex:A ]",
    "any number": "sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:class ex:A ]",
    "at least one": "sh:property [ sh:path ( [ sh:oneOrMorePath ex:p ] ex:q ) ; sh:maxCount 1 ]",
    "one or none": "sh:property [ sh:path ( ex:q [ sh:zeroOrOnePath ex:p ] ) ; sh:class ex:A ]",
    "a shape within": "sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:maxCount 0 ] ] ]",
    "not": "sh:not [ sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ] ]",
    "or": "sh:or ( [ sh:property [ sh:path ex:p ; sh:class ex:A ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
    "equal": "sh:property [ sh:path ( ex:p ex:q ) ; sh:equals ex:r ]",
    "closed": "sh:closed true ; sh:property [ sh:path ex:p ]",
    "closed further on": "sh:property [ sh:path ex:p ; sh:node [ sh:closed true ; sh:property [ sh:path ex:q ] ] ]",
    "a number of some": "sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class ex:A ] ]",
}
TARGETS = {
    "class": "sh:targetClass ex:A",
    "subjects": "sh:targetSubjectsOf ex:p",
    "objects": "sh:targetObjectsOf ex:q",
    "node": "sh:targetNode ex:n1",
}
SMALL = st.one_of(
    st.tuples(st.sampled_from(NODES[:4]), st.just(TYPE), st.sampled_from([f"<{EX}A>", f"<{EX}B>"])),
    st.tuples(
        st.sampled_from(NODES[:4]),
        st.sampled_from([f"{EX}p", f"{EX}q", f"{EX}r"]),
        st.sampled_from(NODES[:4]),
    ),
)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("target", TARGETS)
def test_other_shapes(kind: str, target: str, model: Callable[[str, str], Model]) -> None:
    shapes = model(f"ex:S a sh:NodeShape ; {TARGETS[target]} ; {OTHERS[kind]} .", "")

    @settings(max_examples=max(EXAMPLES // 6, 8), deadline=None)
    @given(st.sets(SMALL, max_size=14), st.sets(SMALL, max_size=14))
    def property_(before: set[Triple], after: set[Triple]) -> None:
        agree(shapes, before, after)

    property_()


QUERIES = {
    "a key": "SELECT $this { $this ex:p ?k . ?other ex:p ?k . FILTER (?other != $this) }",
    "back and forth": "SELECT $this { ?up ex:p $this ; ex:q/ex:r ?value . }",
    "a circle": "SELECT $this ?value { $this ex:p ?value . ?value ex:p* $this }",
    "what is not there": "SELECT $this { $this ex:p ?x . FILTER NOT EXISTS { ?x ex:q ?y . ?y ex:r $this } }",
    "any property": "SELECT $this ?path { $this ?path ?x . ?x ex:q ?y }",
}


@pytest.mark.parametrize("kind", QUERIES)
def test_other_queries(kind: str, model: Callable[[str, str], Model]) -> None:
    shapes = model(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:severity sh:Warning ; sh:sparql ex:Q ."
        "ex:Q a sh:SPARQLConstraint ; sh:prefixes ex:O ; sh:select '" + QUERIES[kind] + "' ."
        'ex:O sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex.example/"^^xsd:anyURI ] .',
        "",
    )

    @settings(max_examples=max(EXAMPLES // 3, 8), deadline=None)
    @given(st.sets(SMALL, max_size=14), st.sets(SMALL, max_size=14))
    def property_(before: set[Triple], after: set[Triple]) -> None:
        agree(shapes, before, after)

    property_()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { GRAPH ?g { $this ex:p ?x } }",
        "SELECT $this { $this ex:p ?x . { SELECT ?x { ?x ex:q ?y } } }",
        "SELECT $this { $this ex:p ?x . VALUES ?x { ex:a } }",
        "SELECT $this { ex:a ex:p ?x . ?x ex:q ?y . FILTER ($this != ?y) }",
        "SELECT $this { $this ex:p [ ex:q ?x ] }",
        "SELECT $this { $this unknown:p ?x }",
        "SELECT $this { $this !ex:p ?x }",
        "SELECT $this { $this ex:p ?x . FILTER (?x > 1 && EXISTS { ?a ex:q ?b }) }",
    ],
)
def test_of_some_queries_it_cannot_be_told_what_they_look_at(
    query: str, model: Callable[[str, str], Model]
) -> None:
    shapes = model(
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql ex:Q ."
        f"ex:Q a sh:SPARQLConstraint ; sh:prefixes ex:O ; sh:select '{query}' ."
        'ex:O sh:declare [ sh:prefix "ex" ; sh:namespace "http://ex.example/"^^xsd:anyURI ] .',
        "",
    )
    assert sight(shapes.shapes).beyond == (f"{EX}S",)


def test_patterns_are_read_as_sparql_means_them() -> None:
    found = patterns(
        """SELECT $this # a comment {
        WHERE { $this a x:C ; x:p "a } b"@en, 'c' ; x:q|^x:r ?v ; . OPTIONAL { ?v (x:s/x:t)+ ?w }
          FILTER (?w > "(" || CONTAINS(STR(?w), ")")) FILTER NOT EXISTS { ?w x:u ?z } BIND (?w AS ?q) }
        GROUP BY $this""",
        {"x": "http://x/"},
    )
    assert found is not None
    assert [(p.subject, p.object) for p in found.patterns] == [("?this", "")] * 3 + [("?this", "?v")]
    assert [[(p.subject, p.object) for p in g.patterns] for g in found.others] == [
        [("?v", "?w")],
        [("?w", "?z")],
    ]
