"""A change that would break what another dataset says is refused; so the graph holds after every change."""

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
from kg.pipeline import load as loading
from kg.reading import read_source
from kg.store import Store
from kg.validation import graph
from tests.deal import ACME, BETA, DEAL, DOC, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.project import Project

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "15"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path)


def made(folder: Path, settings: str = "") -> Project:
    (folder / "kg.toml").write_text(f'format = 1\nbase = "https://x.example/"\n{settings}', "utf-8")
    return kg.open(folder)


def put(project: Project, dataset: str, records: Iterable[dict[str, Any]]) -> kg.Report:
    file = project.folder / f"{dataset}.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in (HEADER, *records)), "utf-8")
    return project.load(file)


def exported(project: Project) -> list[str]:
    with Store.open(project.folder, write=False) as store:
        return sorted(line for _, lines in store.blocks() for line in lines)


def errors(project: Project) -> list[str]:
    """What a check of the whole graph finds."""
    lines = exported(project)
    if not lines:
        return []
    found = graph.validate(project.model, {"graph": lines}).findings
    return [str(f) for f in found if f.problem.severity == "error"]


def codes(report: kg.Report) -> list[str]:
    return [f.problem.code for f in report.findings if f.problem.severity == "error"]


def test_a_retraction_that_leaves_a_claim_without_its_party_is_refused(project: Project) -> None:
    put(project, "a", [DOC, ACME])
    put(project, "b", [BETA, DEAL])
    before = exported(project)
    refused = project.retract("a")
    assert codes(refused) == ["change-breaks"] * 2, "the document and the investor"
    (place, *_) = (f.place for f in refused.findings)
    assert (Path(place.file).name, place.line) == ("b.jsonl", 3)
    assert exported(project) == before
    assert codes(project.retract("b")) == codes(project.retract("a")) == []


def test_a_version_without_what_another_names_is_refused_until_that_is_gone(project: Project) -> None:
    put(project, "a", [DOC, ACME, BETA])
    put(project, "b", [DEAL])
    before = exported(project)
    assert codes(put(project, "a", [DOC, BETA])) == ["change-breaks"]
    assert exported(project) == before
    put(project, "b", [])
    assert codes(put(project, "a", [DOC, BETA])) == []


def test_what_one_file_takes_away_another_of_the_same_load_may_bring(project: Project) -> None:
    put(project, "a", [DOC, ACME, BETA])
    put(project, "b", [DEAL])
    for name, records in (("a", [DOC, BETA]), ("c", [ACME])):
        text = "".join(json.dumps(r) + "\n" for r in (HEADER, *records))
        (project.folder / f"{name}.jsonl").write_text(text, "utf-8")
    sources = [read_source(str(project.folder / f"{name}.jsonl")) for name in ("a", "c")]
    with Store.open(project.folder, write=True) as store:
        report = loading.load(store, project.model, project.config, sources, loading.Options())
    assert report.refused == ()
    assert [loaded.dataset for loaded in report.loaded] == ["c", "a"]
    assert errors(project) == []


def test_a_claim_that_comes_with_its_evidence_breaks_nothing(project: Project) -> None:
    put(project, "a", [DOC, ACME])
    put(project, "b", [DOC, ACME, BETA])
    evidence = {"paragraph": 1, "quote": "Acme invests"}
    report = put(project, "b", [DOC, ACME, BETA, {**DEAL, "evidence": evidence}])
    assert codes(report) == []
    assert "Acme invests" in "".join(exported(project))
    own = {**DOC, "id": "own"}
    assert codes(put(project, "c", [own, ACME, BETA, {**DEAL, "source": "own", "evidence": evidence}])) == []
    assert codes(project.retract("c")) == codes(project.retract("b")) == []
    assert "Acme invests" not in "".join(exported(project))


def test_a_company_that_becomes_a_person_no_longer_fits_where_it_is_named(project: Project) -> None:
    put(project, "a", [DOC, {**ACME, "identifier": {"lei": "5493001KJTIIGC8Y1R12"}}, BETA])
    put(project, "b", [{**DEAL, "investee": "https://x.example/organization/beta"}])
    person = {"type": "Person", "id": "beta", "name": {"en": "Beta"}}
    assert "change-breaks" in codes(put(project, "a", [DOC, ACME, person]))
    assert errors(project) == []


def test_two_datasets_that_differ_about_an_entity_are_told_with_both_values(project: Project) -> None:
    kim = {"type": "Person", "id": "kim", "name": {"en": "Kim"}, "birthDate": "1970-01-01"}
    put(project, "a", [DOC, kim])
    report = put(project, "b", [{**kim, "birthDate": "1971-01-01"}])
    said = [str(f) for f in report.findings if f.problem.code == "too-many-values"]
    assert len(said) == 1
    assert "at most 1, and has 2" in said[0]


NAMES = ["acme", "beta", "gamma"]
COMPANIES = st.sampled_from(NAMES).map(lambda n: {"type": "Company", "id": n, "name": {"en": n.title()}})
DEALS = st.builds(
    lambda n, a, b: {"type": "Investment", "id": f"i{n}", "investor": a, "investee": b, "status": "actual"},
    st.integers(0, 2),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)
RECORDS = st.lists(st.one_of(COMPANIES, DEALS, st.just(DOC)), max_size=6)
CHANGES = st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), RECORDS)), min_size=2, max_size=7)


@settings(max_examples=EXAMPLES, deadline=None)
@given(CHANGES)
def test_after_any_changes_the_whole_graph_holds(
    changes: list[tuple[str, list[dict[str, Any]] | None]],
) -> None:
    with TemporaryDirectory() as name:
        project = made(Path(name))
        loaded: set[str] = set()
        for dataset, records in changes:
            if records is not None:
                report = put(project, dataset, records)
                if "change-breaks" not in codes(report):
                    loaded.add(dataset)
            elif dataset in loaded and not codes(project.retract(dataset)):
                loaded.remove(dataset)
            assert errors(project) == []


UNIQUE = """
@prefix ex: <http://ex.example/> . @prefix kg: <https://w3id.org/kg-loader/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Once a sh:NodeShape ; sh:targetClass kg:Investment ; sh:severity sh:Violation ; sh:sparql ex:Once-query .
ex:Once-query a sh:SPARQLConstraint ; sh:prefixes ex:O ; sh:message "told twice"@en , "두 번"@ko ; sh:select '''
    SELECT $this (<http://www.w3.org/2004/02/skos/core#note> AS ?path) ?value {
        $this <http://www.w3.org/2004/02/skos/core#note> ?value .
        ?other <http://www.w3.org/2004/02/skos/core#note> ?value ; kg:investor ?x .
        FILTER (?other != $this)
    }''' .
ex:O sh:declare [ sh:prefix "kg" ; sh:namespace "https://w3id.org/kg-loader/ontology#"^^xsd:anyURI ] .
"""


def test_what_only_one_may_say_is_looked_for_among_all_that_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(UNIQUE, "utf-8")
    settings_ = 'format = 1\nbase = "https://x.example/"\n[model]\nshapes = ["own.ttl"]\n'
    (tmp_path / "kg.toml").write_text(settings_, "utf-8")
    project = kg.open(tmp_path)
    put(project, "a", [DOC, ACME, BETA, {**DEAL, "note": {"en": "the deal"}}])
    assert codes(put(project, "b", [{**DEAL, "id": "j", "note": {"en": "another"}}])) == []
    report = put(project, "c", [{**DEAL, "id": "k", "note": {"en": "the deal"}}])
    assert codes(report) == ["change-breaks"] * 2, "the deal that is loaded, and the new one"
    assert errors(project) == []
