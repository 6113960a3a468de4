"""Judgements are a change: only what they touch is checked, and what the whole would say is found."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import UsageError
from kg.identity.clusters import clusters
from kg.identity.judgements import Judgement, Judgements, pair_of
from kg.pipeline import judging
from kg.rdf import TYPE
from kg.store import Store
from kg.validation.check import check
from tests.deal import DOC, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.types import Model
    from kg.project import Project
    from kg.store.blocks import Block

BASE = "https://x.example/"
EXAMPLES = int(os.environ.get("KG_EXAMPLES", "15"))
Key = tuple[str, str, str]


def project(folder: Path, records: Iterable[dict[str, Any]], settings: str = "") -> Project:
    (folder / "kg.toml").write_text(f'format = 1\nbase = "{BASE}"\n{settings}', "utf-8")
    file = folder / "facts.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in (HEADER, DOC, *records)), "utf-8")
    found = kg.open(folder)
    found.load(file)
    return found


def same(*pairs: tuple[str, str]) -> Judgements:
    named = [pair_of(*(BASE + name for name in pair)) for pair in pairs]
    return Judgements({pair: Judgement("same", pair, "kim", "seen") for pair in named})


def refusals(this: Project, judgements: Judgements) -> list[str]:
    with Store.open(this.folder, write=True) as store:
        given_ = judging.give(store, this.model, this.folder, judgements)
    return [str(f) for f in given_.findings]


def places(count: int) -> list[dict[str, Any]]:
    """Each in the next, the last in none."""
    found = [{"type": "Place", "id": f"p{n}", "name": {"en": f"P {n}"}} for n in range(count)]
    return [{**p, "locatedIn": f"p{n + 1}"} if n + 1 < count else p for n, p in enumerate(found)]


def test_a_circle_that_closes_far_from_where_it_was_judged_is_seen(tmp_path: Path) -> None:
    this = project(tmp_path, places(7))
    refused = refusals(this, same(("place/p0", "place/p6")))
    assert len(refused) == 6, "each of the places would lie in itself"
    assert all("itself" in said for said in refused)
    assert refusals(this, same(("place/p0", "place/p1"))) != []


def test_what_is_wrong_already_is_not_what_a_judgement_breaks(tmp_path: Path) -> None:
    kim = {"type": "Person", "id": "kim", "name": {"en": "Kim"}, "birthDate": "1990", "deathDate": "1980"}
    lee = {"type": "Person", "id": "lee", "name": {"en": "Lee"}}
    this = project(tmp_path, [kim, lee])
    with Store.open(this.folder, write=False) as store:
        assert "kim" in {row.iri.rpartition("/")[2] for row in store.entities()}, "it is only a warning"
    assert refusals(this, same(("person/kim", "person/lee"))) == []
    assert refusals(this, Judgements()) == [], "neither when they are parted"


SHAPE_OF_ANYTHING = """
@prefix ex: <http://ex.example/> . @prefix kg: <https://w3id.org/kg-loader/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Most a sh:NodeShape ; sh:targetClass kg:Investment ; sh:severity sh:Violation ; sh:sparql ex:Most-query .
ex:Most-query a sh:SPARQLConstraint ; sh:prefixes ex:O ; sh:message "two deals with itself"@en , "둘"@ko ; sh:select
    "SELECT $this (kg:investor AS ?path) (?d AS ?value) { $this kg:status ?s . ?d kg:investor ?a ; kg:investee ?a }" .
ex:O sh:declare [ sh:prefix "kg" ; sh:namespace "https://w3id.org/kg-loader/ontology#"^^xsd:anyURI ] .
"""


def test_with_a_shape_that_may_look_anywhere_the_whole_is_checked(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(SHAPE_OF_ANYTHING, "utf-8")
    companies = [{"type": "Company", "id": n, "name": {"en": n.title()}} for n in ("acme", "beta", "gamma")]
    deals = [
        {"type": "Investment", "id": f"i{n}", "investor": "acme", "investee": other, "status": "actual"}
        for n, other in enumerate(("beta", "gamma"))
    ]
    this = project(tmp_path, [*companies, *deals], '[model]\nshapes = ["own.ttl"]\n')
    refused = refusals(this, same(("organization/acme", "organization/beta")))
    of_anything = [said for said in refused if "two deals" in said]
    assert len(of_anything) == 2, "the deal with gamma has nothing to do with beta, and is found"


@pytest.mark.parametrize("again", [False, True])
def test_a_load_is_held_against_the_judgements_that_hold(tmp_path: Path, *, again: bool) -> None:
    companies = [{"type": "Company", "id": n, "name": {"en": n.title()}} for n in ("acme", "beta")]
    this = project(tmp_path, companies)
    assert refusals(this, same(("organization/acme", "organization/beta"))) == []
    deal = {"type": "Investment", "investor": "acme", "investee": "beta", "status": "actual"}
    other = tmp_path / "deals.jsonl"
    if again:
        other.write_text(f"{json.dumps(HEADER)}\n", "utf-8")
        assert this.load(other).conforms
    other.write_text(f"{json.dumps(HEADER)}\n{json.dumps(deal)}\n", "utf-8")
    report = this.load(other)
    (refused,) = (f for f in report.findings if f.problem.severity == "error")
    assert refused.problem.code == "change-breaks"
    assert "both" in str(refused)


PEOPLE = st.builds(
    lambda n, born, died: (
        {"type": "Person", "id": f"p{n}", "name": {"en": f"Person {n}"}}
        | ({"birthDate": str(born)} if born else {})
        | ({"deathDate": str(died)} if died else {})
    ),
    st.integers(0, 2),
    st.sampled_from((0, 1950, 1970)),
    st.sampled_from((0, 1960, 1980)),
)
COMPANIES = [{"type": "Company", "id": f"c{n}", "name": {"en": f"Company {n}"}} for n in range(3)]
DEALS = st.builds(
    lambda n, a, b, least, parts: (
        {"type": "Investment", "id": f"i{n}", "investor": f"c{a}", "investee": f"c{b}", "status": "actual"}
        | {"amount": f"USD {least}"}
        | ({"part": sorted({f"i{p}" for p in parts if p > n})} if any(p > n for p in parts) else {})
    ),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from((1, 5)),
    st.sets(st.integers(0, 3), max_size=2),
)
WITHIN = st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] < p[1])
PLACES = st.builds(
    lambda n, m: {"type": "Place", "id": f"p{n}", "name": {"en": f"P {n}"}, "locatedIn": f"p{m}"},
    st.integers(0, 3),
    st.just(4),
) | WITHIN.map(
    lambda p: {"type": "Place", "id": f"p{p[0]}", "name": {"en": f"P {p[0]}"}, "locatedIn": f"p{p[1]}"}
)
COPIES = WITHIN.map(
    lambda p: {"type": "NewsArticle", "id": f"d{p[0]}", "published": f"202{p[0]}", "copyOf": f"d{p[1]}"}
)
LAST: list[dict[str, Any]] = [
    {"type": "Place", "id": "p4", "name": {"en": "P 4"}},
    {"type": "NewsArticle", "id": "d4", "published": "2024"},
]
RECORDS = st.lists(st.one_of(PEOPLE, DEALS, PLACES, COPIES), max_size=10)
KINDS = {"person": "p", "organization": "c", "place": "p", "document": "d"}
PAIRS = st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 4), st.integers(0, 4)).filter(
    lambda t: t[1] != t[2]
)
JUDGED = st.lists(st.lists(PAIRS, max_size=3), min_size=1, max_size=3)


def unique(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One record for each id of a type."""
    yield from {(r["type"], r["id"]): r for r in records}.values()


def whole(model: Model, graph: Iterable[Block]) -> set[Key]:
    """What a check of a whole graph refuses."""
    lines = sorted({line for _, lines in graph for line in lines})
    classes = {line.split(" ")[2][1:-1] for line in lines if line.split(" ")[1] == TYPE}
    found = check(model, lines, classes & {*model.by_iri, *model.targets}).results
    return {
        (r.focus, r.path, r.shape)
        for r in found
        if r.severity == "Violation" or (r.severity == "Warning" and r.component.startswith("LessThan"))
    }


@settings(max_examples=EXAMPLES, deadline=None)
@given(RECORDS, JUDGED)
def test_judging_breaks_what_a_check_of_the_whole_finds(
    records: list[dict[str, Any]], judged: list[list[tuple[str, int, int]]]
) -> None:
    with TemporaryDirectory() as name:
        this = project(Path(name), [*COMPANIES, *LAST, *unique(records)])
        for pairs in judged:
            judgements = same(*((f"{k}/{KINDS[k]}{a}", f"{k}/{KINDS[k]}{b}") for k, a, b in pairs))
            with Store.open(this.folder, write=True) as store:
                old, new = store.clusters(), clusters(judgements)
                then, now = (whole(this.model, graph) for graph in store.judging(judgements))
                known = {(f"<{c.of(f[1:-1])}>", *rest) for f, *rest in now for c in (old, new)}
                expected = {k for k in then if (f"<{old.of(k[0][1:-1])}>", *k[1:]) not in known}
                moved = store.touched(judgements)
                broken = judging.broken(store, this.model, judgements, moved)
                found = {(f.result.focus, f.result.path, f.result.shape) for f in broken if f.result}
                assert found == expected
                if not broken:
                    store.judge(judgements, moved)


def test_a_contradiction_is_still_refused(tmp_path: Path) -> None:
    this = project(tmp_path, COMPANIES)
    pair = pair_of(f"{BASE}organization/c0", f"{BASE}organization/c2")
    chain = same(("organization/c0", "organization/c1"), ("organization/c1", "organization/c2"))
    with pytest.raises(UsageError):
        refusals(this, chain.given(Judgement("different", pair, "kim", "seen")))
