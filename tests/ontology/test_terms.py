"""Terms that are not ours are spelt as their vocabularies spell them.

``ontology/reused/<prefix>.txt`` lists the terms of each reused vocabulary: those of W3C Web
Annotation from its recommendation, all others from the closed namespaces of rdflib.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg.model
from kg.rdf import KG, PREFIXES, SH, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
REUSED = ROOT / "ontology" / "reused"
OWN = ("kg", "shape")
DATA = ("https://w3id.org/kg-loader/ontology", "https://spdx.org/licenses/")
"""IRIs in the files that are no terms of a vocabulary."""


def known() -> dict[str, set[str]]:
    return {path.stem: set(path.read_text("utf-8").splitlines()) for path in REUSED.glob("*.txt")}


def iris(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term.value
            elif isinstance(term, ox.Literal):
                yield term.datatype.value


def misspelt(quads: Iterable[ox.Quad]) -> set[str]:
    lists = known()
    found = set()
    for iri in iris(quads):
        prefix = next((p for p, namespace in PREFIXES.items() if iri.startswith(namespace)), None)
        if prefix in OWN or iri.startswith(DATA):
            continue
        if prefix is None or iri.removeprefix(PREFIXES[prefix]) not in lists[prefix]:
            found.add(iri)
    return found


def test_every_reused_term_exists(triples: list[ox.Quad]) -> None:
    assert misspelt(triples) == set()


@pytest.mark.parametrize(
    "planted",
    [
        "<https://schema.org/Organisation>",
        "<http://schema.org/Organization>",
        "<http://www.w3.org/ns/org#Organisation>",
        "<http://purl.org/dc/elements/1.1/title>",
    ],
)
def test_a_misspelt_term_is_caught(planted: str) -> None:
    turtle = f"<{KG}Thing> <http://www.w3.org/2000/01/rdf-schema#subClassOf> {planted} ."
    assert misspelt(ox.parse(turtle, format=ox.RdfFormat.TURTLE)) == {planted.strip("<>")}


def test_the_lists_are_sorted_and_each_belongs_to_a_prefix() -> None:
    for path in REUSED.glob("*.txt"):
        terms = path.read_text("utf-8").splitlines()
        assert terms == sorted(set(terms)), path.name
    assert {path.stem for path in REUSED.glob("*.txt")} == set(PREFIXES) - set(OWN)


def test_queries_of_constraints_use_terms_that_exist(triples: list[ox.Quad]) -> None:
    lists = known()
    declared = {q.subject.value for q in triples if isinstance(q.subject, ox.NamedNode)}
    declared |= kg.model.load().labels.keys()  # companions of dates too
    queries = [
        q.object.value
        for q in triples
        if q.predicate.value == f"{SH}select" and isinstance(q.object, ox.Literal)
    ]
    assert queries
    for query in queries:
        for prefix, name in re.findall(r"\b([a-z]+):(\w+)", query):
            assert KG + name in declared if prefix == "kg" else name in lists[prefix], f"{prefix}:{name}"


def test_patterns_of_identifiers_are_regular_expressions(triples: list[ox.Quad]) -> None:
    patterns = [
        q.object.value
        for q in triples
        if q.predicate.value == f"{XSD}pattern" and isinstance(q.object, ox.Literal)
    ]
    assert patterns
    for pattern in patterns:
        re.compile(pattern)
