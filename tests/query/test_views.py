"""The view of simple edges: a property for each status, never from what is unsure, asked for or joint."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]
KG = "https://w3id.org/kg-loader/ontology#"
BASE = "https://kg.example/"
VIEW = (ROOT / "ontology/views/simple.rq").read_text("utf-8")
DECLARED = list(ox.parse(path=str(ROOT / "ontology/views/simple.ttl"), format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def edges() -> set[tuple[str, str, str]]:
    store = ox.Store()
    store.load(path=str(ROOT / "examples/stargate/stargate.ttl"), format=ox.RdfFormat.TURTLE)
    found = store.query(VIEW)
    assert isinstance(found, ox.QueryTriples)
    return {
        (
            t.subject.value.removeprefix(BASE),
            t.predicate.value.removeprefix(KG),
            t.object.value.removeprefix(BASE),
        )
        for t in found
        if isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode)
        and t.predicate.value.startswith(KG)
    }


def test_planned_money_is_an_edge_but_for_the_joint_total(edges: set[tuple[str, str, str]]) -> None:
    assert {e for e in edges if "nvest" in e[1]} == {
        ("organization/softbank", "plansToInvestIn", "organization/openai"),
        ("organization/softbank", "plansToInvestIn", "organization/stargate"),
        ("project/stargate-project", "plansToInvestIn", "organization/stargate"),
    }


def test_nothing_presumed_or_requested_is_an_edge(edges: set[tuple[str, str, str]]) -> None:
    assert not any(
        {"organization/samsung-electronics", "project/stargate-project"} == {e[0], e[2]} for e in edges
    )
    assert ("person/sam-altman", "visited", "place/europe") not in edges
    assert ("person/sam-altman", "visited", "place/korea") in edges
    assert ("person/sam-altman", "met", "group/investors") not in edges


def test_meetings_go_both_ways_and_nobody_meets_themselves(edges: set[tuple[str, str, str]]) -> None:
    met = {e for e in edges if e[1] == "met"}
    assert all((c, b, a) in met and a != c for a, b, c in met)


def test_every_property_of_the_view_is_declared_in_both_languages() -> None:
    used = {KG + name for row in re.findall(r"\(kg:\w+ kg:\w+ \S+ kg:(\w+) \S+\)", VIEW) for name in [row]}
    declared: dict[str, set[tuple[str, str | None]]] = {}
    for quad in DECLARED:
        assert isinstance(quad.subject, ox.NamedNode)
        name = quad.predicate.value.rpartition("#")[2]
        declared.setdefault(quad.subject.value, set()).add((name, getattr(quad.object, "language", None)))
    assert set(declared) == used
    for said in declared.values():
        assert {(p, language) for p in ("label", "definition") for language in ("en", "ko")} <= said


def test_no_property_of_the_view_is_one_of_the_ontology() -> None:
    own = set()
    for file in sorted(ROOT.glob("ontology/*.ttl")):
        own |= {str(q.subject) for q in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)}
    assert not own & {str(q.subject) for q in DECLARED}
