"""A project in Python: load, validate with the store, ask, take out, and a graph for rdflib."""

from __future__ import annotations

import importlib.util
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import UsageError

FACTS = Path(__file__).parents[2] / "examples/stargate/facts.jsonl"
HEADER: dict[str, Any] = {
    "ids": "shared",
    "dataset": "more",
    "language": "en",
    "defaults": {"source": "wire"},
}
WIRE = {"type": "NewsArticle", "id": "wire", "published": "2025-03-01"}
CLAIM = {
    "type": "Investment",
    "id": "more",
    "investor": "소프트뱅크",
    "investee": "OpenAI",
    "amount": "$30 billion",
    "status": "planned",
}


@pytest.fixture
def project(tmp_path: Path) -> kg.Project:
    made = kg.init(tmp_path / "news", base="https://data.example.org/", language="ko")
    assert made.load(FACTS).conforms
    return made


def test_facts_may_refer_to_what_the_store_knows(project: kg.Project) -> None:
    report = project.load([HEADER, WIRE, CLAIM])
    assert report.conforms
    assert report.books.accepted == 2
    rows = project.query(
        "SELECT ?who WHERE { <https://data.example.org/investment/more/more> kg:investor ?who }"
    )
    assert list(rows) == [{"who": "https://data.example.org/organization/softbank"}]


def test_validation_knows_the_store_and_changes_nothing(project: kg.Project) -> None:
    assert project.validate([HEADER, WIRE, CLAIM]).conforms
    assert not kg.validate([HEADER, WIRE, CLAIM]).conforms
    assert not project.query(
        "SELECT ?c WHERE { ?c dcterms:isPartOf <https://data.example.org/dataset/more> }"
    )


def test_named_queries_give_rows_with_exact_numbers(project: kg.Project) -> None:
    rows = project.query("investments", into="stargate")
    assert {row["high"] for row in rows} == {None, Decimal(500_000_000_000)}
    assert len(rows) == 3


def test_loading_again_changes_nothing_and_retracting_brings_back_what_was(project: kg.Project) -> None:
    def lines() -> set[str]:
        return {" ".join(term.n3() for term in triple) for triple in project.to_rdflib()}

    before = lines()
    assert project.load(FACTS).books.read == 0
    project.load([HEADER, WIRE, CLAIM, {"type": "Company", "id": "openai", "name": {"en": "Open AI Inc"}}])
    assert lines() != before
    project.retract("more")
    assert lines() == before


def test_bytes_depend_on_what_is_loaded_and_not_on_the_order(tmp_path: Path) -> None:
    one = [
        {**HEADER, "dataset": "one"},
        WIRE,
        {"type": "Company", "id": "x", "name": {"en": "B", "ko": "가"}},
    ]
    two = [{**HEADER, "dataset": "two"}, WIRE, {"type": "Company", "id": "x", "name": {"en": "A"}}]
    graphs = []
    for number, order in enumerate(((one, two), (two, one))):
        project = kg.init(tmp_path / str(number))
        for facts in order:
            project.load(facts)
        graphs.append(sorted(" ".join(t.n3() for t in triple) for triple in project.to_rdflib()))
    assert graphs[0] == graphs[1]


def test_a_graph_of_rdflib_is_checked(project: kg.Project) -> None:
    assert kg.validate_graph(project.to_rdflib()).conforms


def test_rows_as_data_frames(project: kg.Project) -> None:
    rows = project.query("SELECT (1 AS ?one) WHERE {}")
    for library, made in (("pandas", rows.to_pandas), ("polars", rows.to_polars)):
        if importlib.util.find_spec(library) is None:
            with pytest.raises(ImportError, match=library):
                made()
        else:
            assert list(made().columns) == ["one"]


def test_no_project_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        kg.open(tmp_path)
    kg.init(tmp_path)
    with pytest.raises(UsageError, match=r"there is a kg\.toml in .* already"):
        kg.init(tmp_path)
    assert kg.open(tmp_path).folder == tmp_path


def test_no_parameter_of_a_query_is_passed_over(project: kg.Project) -> None:
    with pytest.raises(UsageError, match="no option --int"):
        project.query("investments", int="openai")
    with pytest.raises(UsageError, match="the query holders needs --on"):
        project.query("holders")
    with pytest.raises(UsageError, match="only named queries have options"):
        project.query("SELECT * { ?a ?b ?c }", into="openai")


def test_one_record_is_no_list_of_records() -> None:
    record: Any = {"type": "Company", "id": "a", "name": "A"}
    with pytest.raises(TypeError, match="put the one record into a list"):
        kg.validate(record)


def test_all_that_is_public_can_be_completed() -> None:
    assert set(kg.__all__) <= set(dir(kg))
