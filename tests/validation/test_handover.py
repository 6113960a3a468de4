"""What the default engine can't do is found in the shapes, and another engine takes over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from kg.messages import text
from kg.validation.check import check, choose
from kg.validation.handover import FEATURES, beyond_default

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Model

PROPERTY = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:P . ex:P sh:path ex:p ; "
QUERY = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql ex:Q . ex:Q a sh:SPARQLConstraint ; "
BEYOND = {
    "look-around": PROPERTY + "sh:pattern '^(?=a)b' .",
    "back-reference": PROPERTY + r"sh:pattern '(a)\\1' .",
    "year-datatype": PROPERTY + "sh:datatype xsd:gYearMonth .",
    "year-order": PROPERTY + "sh:minInclusive '2024'^^xsd:gYear .",
    "sparql-graph": QUERY + "sh:select 'SELECT $this { GRAPH ?g { $this ?path ?value } }' .",
    "sparql-made-value": QUERY + "sh:select 'SELECT $this ?value { $this ex:p ?x BIND(?x + 1 AS ?value) }' .",
    "sparql-subselect": QUERY + "sh:select 'SELECT $this { $this ?x ?y { SELECT ?o { ?o ?b ?c } } }' .",
    "sparql-deactivated": QUERY + "sh:deactivated true ; sh:select 'SELECT $this { $this ?path ?value }' .",
    "owl-class-target": "ex:A a owl:Class, sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p ; sh:maxCount 0 .",
}
WITHIN = [
    PROPERTY + r"sh:pattern '^(?:a)\\\\1$' ; sh:datatype xsd:date ; sh:minInclusive 1 .",
    QUERY + "sh:select 'SELECT $this ?graph (ex:p AS ?path) { $this ex:graph ?graph } # GRAPH AS ?value' .",
    QUERY + "sh:deactivated false ; sh:select 'SELECT $this { ?a ?b \"GRAPH\" }' .",
    QUERY + "sh:select 'SELECT $this { $this ?x ?select { SELECT $this ?o { $this ?b ?o } } }' .",
    "ex:A a owl:Class, rdfs:Class, sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p ; sh:maxCount 0 .",
]


@pytest.mark.parametrize("feature", BEYOND)
def test_a_feature_is_found(feature: str, n_triples: Callable[[str], str]) -> None:
    assert beyond_default(n_triples(BEYOND[feature])) == (f"engine-hand-over-{feature}",)


def test_every_feature_has_an_example_and_a_text() -> None:
    assert [f.code.removeprefix("engine-hand-over-") for f in FEATURES] == list(BEYOND)
    for feature in FEATURES:
        for language in ("en", "ko"):
            assert "pyshacl" in text(feature.code, {"engine": "shacl", "heir": "pyshacl"}, language)


@pytest.mark.parametrize("shapes", WITHIN)
def test_what_only_looks_like_one_is_not(shapes: str, n_triples: Callable[[str], str]) -> None:
    assert beyond_default(n_triples(shapes)) == ()


def test_another_engine_takes_over_and_it_is_said(model: Callable[[str, str], Model]) -> None:
    shapes = PROPERTY + "sh:pattern '^(?=a)b' ."
    data = ['<http://ex.example/a> <http://ex.example/p> "ab" .']
    checked = check(model(shapes, "ex:B rdfs:subClassOf ex:A ."), data, {"http://ex.example/B"})
    assert checked.engine == "turbo"
    assert [n.code for n in checked.notes] == ["engine-hand-over-look-around"]


@pytest.mark.parametrize(("missing", "heir"), [({"pyshacl_turbo"}, "pyshacl"), (set(), "turbo")])
def test_the_reference_takes_over_where_the_extra_is_not_installed(
    missing: set[str], heir: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in {"shacl", *missing}:
        monkeypatch.setitem(sys.modules, library, None)
    engine, notes = choose("shacl", "")
    assert (engine, [n.code for n in notes]) == (heir, ["engine-hand-over-not-installed"])


def test_an_engine_that_was_asked_for_by_name_is_used(n_triples: Callable[[str], str]) -> None:
    assert choose("pyshacl", n_triples(BEYOND["look-around"])) == ("pyshacl", ())
