"""The whole way of a fact, in Python: what is accepted, what is told, and what never changes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg import config, model, pipeline
from kg.errors import UsageError
from kg.reading import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Fact = dict[str, Any]

HEADER: Fact = {"ids": "shared", "dataset": "d", "language": "en", "defaults": {"source": "doc"}}
DOC: Fact = {"type": "NewsArticle", "id": "doc", "published": "2025-02-04"}
SOFTBANK: Fact = {"type": "Company", "id": "softbank", "name": "SoftBank"}
OPENAI: Fact = {"type": "Company", "id": "openai", "name": "OpenAI"}
INVESTMENT: Fact = {
    "type": "Investment",
    "id": "i",
    "investor": "softbank",
    "investee": "openai",
    "status": "planned",
}


def facts(*records: Fact) -> list[Fact]:
    return [HEADER, DOC, SOFTBANK, OPENAI, *records]


def codes(report: kg.Report) -> list[tuple[str, str]]:
    return [(f.problem.code, f.problem.pointer) for f in report.findings]


def triples(records: Iterable[Fact]) -> list[str]:
    return list(kg.convert(list(records)).triples())


def test_a_good_record_is_not_blamed_for_what_a_bad_one_says_of_the_same_thing() -> None:
    good = {"type": "Document", "name": "Report", "published": "2025-01-01"}
    bad = {"type": "Document", "name": "Report", "published": "2025-02-02", "colour": "red"}
    report = kg.validate([{"language": "en"}, good, bad])
    assert (report.books.accepted, report.books.quarantined) == (1, 1)


def test_the_result_is_what_would_have_come_out_without_the_records_that_are_out() -> None:
    bad_company = {"type": "Company", "id": "bad", "name": "Bad", "website": "not an IRI"}
    waiting = {**INVESTMENT, "id": "w", "investee": "bad"}
    with_bad = triples(facts(INVESTMENT, bad_company, waiting))
    assert with_bad == triples(facts(INVESTMENT))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_records_changes_nothing(seed: int) -> None:
    more: list[Fact] = [
        INVESTMENT,
        {**INVESTMENT, "evidence": {"paragraph": 3}},
        {**INVESTMENT, "id": "j", "investee": {"type": "Company", "name": "DeepSeek"}},
        {**INVESTMENT, "id": "k", "investee": "deepseek", "part": ["i", "j"]},
        {"type": "Company", "name": "DeepSeek", "description": "of China"},
        {**INVESTMENT, "id": "same"},
        {**INVESTMENT, "id": "same", "status": "actual"},
    ]
    shuffled = [DOC, SOFTBANK, OPENAI, *more]
    random.Random(seed).shuffle(shuffled)
    assert triples([HEADER, *shuffled]) == triples(facts(*more))


def test_a_mention_does_not_rename() -> None:
    mention = {**INVESTMENT, "investee": {"type": "Company", "id": "openai", "name": "Aardvark"}}
    lines = triples(facts(mention))
    assert any('prefLabel> "OpenAI"@en' in line for line in lines)
    assert any('altLabel> "Aardvark"@en' in line for line in lines)


def test_all_that_is_wrong_with_a_record_is_told_at_once_and_nothing_twice() -> None:
    report = kg.validate(
        facts(
            {"type": "Investment", "investor": "nobody", "amount": "$5 EUR", "staus": "planned", "share": 120}
        )
    )
    assert codes(report) == [
        ("money-two-currencies", "/amount"),
        ("missing-field", "/investee"),
        ("reference-unknown", "/investor"),
        ("too-large", "/share"),
        ("unknown-field", "/staus"),
    ]


def test_a_missing_bound_is_missing() -> None:
    lines = triples(facts({**INVESTMENT, "amount": "150억달러 이상"}))
    assert any("minValue" in line for line in lines)
    assert not any("maxValue" in line or "schema.org/value>" in line for line in lines)


def test_two_files_that_would_be_one_dataset_are_refused(tmp_path: Path) -> None:
    names = []
    for folder, stem in (("a", "Facts"), ("b", "facts")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / f"{stem}.jsonl"
        path.write_text('{"type": "Company", "id": "x", "name": "X"}\n', "utf-8")
        names.append(str(path))
    with pytest.raises(UsageError, match="dataset"):
        pipeline.run(model.load(), config.Config(), [read_source(name) for name in names])


def test_numbers_stay_exact_in_every_form() -> None:
    for written in ("0.1", 0.1):
        lines = triples(facts({**INVESTMENT, "amount": {"value": written, "currency": "USD"}}))
        assert any('"0.1"^^' in line for line in lines)


def test_the_graph_can_be_had_in_every_form() -> None:
    graph = kg.convert(facts(INVESTMENT))
    assert graph.report.conforms
    assert len(graph.to_rdflib()) == len(list(graph.triples()))
    for form in ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"):
        assert "openai" in graph.serialize(form)
