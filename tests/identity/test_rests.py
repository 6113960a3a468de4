"""No accepted fact rests on what only a quarantined record says."""

from __future__ import annotations

from typing import Any

import pytest

import kg

SHARED = {"ids": "shared", "dataset": "d", "language": "en", "defaults": {"source": "s"}}
SEOUL = {"type": "Place", "id": "seoul", "name": "Seoul"}
BAD_NAME = {"en": "Tokyo", "ko": {}}
BASE: list[dict[str, Any]] = [
    {"type": "NewsArticle", "id": "s", "published": "2025-02-04"},
    {"type": "Person", "id": "h", "name": "H"},
]
VISIT = {"type": "Visit", "id": "v", "visitor": "h", "place": "Tokyo"}


def books(*records: dict[str, Any], header: dict[str, Any] = SHARED) -> tuple[int, int, int]:
    """(accepted, quarantined, waiting), without the base."""
    said = kg.validate([header, *BASE, *records]).books
    return said.accepted - len(BASE), said.quarantined, said.waiting


def test_a_fact_waits_for_the_record_that_alone_gives_the_name() -> None:
    bad = {"type": "Place", "id": "seoul", "name": BAD_NAME}
    assert books(SEOUL, bad, VISIT) == (1, 1, 1)
    assert books(bad, SEOUL, VISIT) == (1, 1, 1)
    assert books(SEOUL, bad, {**VISIT, "place": "Seoul"}) == (2, 1, 0)


def test_a_name_that_a_good_record_gives_too_is_enough() -> None:
    good = {"type": "Place", "id": "seoul", "name": ["Seoul", "Tokyo"]}
    assert books(good, {"type": "Place", "id": "seoul", "name": BAD_NAME}, VISIT) == (2, 1, 0)


def test_it_is_said_which_record_is_waited_for() -> None:
    report = kg.validate([SHARED, *BASE, SEOUL, {"type": "Place", "id": "seoul", "name": BAD_NAME}, VISIT])
    [waits] = [f for f in report.findings if f.problem.code == "waits"]
    assert waits.problem.pointer == "/place"
    assert [str(p) for p in waits.problem.others] == [
        str(f.place) for f in report.findings if f.problem.severity == "error"
    ]


def test_what_rests_on_what_waits_waits_as_well() -> None:
    claim = {"type": "Statement", "id": "t", "speaker": "h", "text": "x", "event": "e"}
    event = {"type": "Event", "id": "e", "name": "E", "place": "Tokyo"}
    assert books(SEOUL, {"type": "Place", "id": "seoul", "name": BAD_NAME}, event, claim) == (1, 1, 2)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_record_with_only_a_name_rests_on_the_record_that_says_whose_name_it_is(position: int) -> None:
    bad = {"type": "Place", "id": "seoul", "name": BAD_NAME}
    records: list[dict[str, Any]] = [SEOUL, bad]
    records.insert(position, {"type": "Place", "name": "Tokyo", "description": "big"})
    assert books(*records) == (1, 1, 1)
    # and what names it by that name rests on both
    assert books(*records, VISIT) == (1, 1, 2)


def test_an_id_that_only_a_quarantined_record_gives_to_an_identifier() -> None:
    good = {"type": "Company", "id": "a", "name": "A", "identifier": {"wikidata": "Q1"}}
    bad = {"type": "Company", "id": "b", "name": "A", "identifier": {"wikidata": "Q1"}, "colour": 1}
    for reference in ("b", {"type": "Company", "id": "b"}):
        claim = {"type": "Founding", "id": "f", "founded": reference, "founder": "h", "status": "actual"}
        assert books(good, bad, claim) == (1, 1, 1)
        assert books(good, bad, {**claim, "founded": "a"}) == (2, 1, 0)


def test_evidence_from_a_document_that_is_known_by_such_a_name() -> None:
    article = {"type": "NewsArticle", "id": "n", "name": "Good", "published": "2025-01-01"}
    bad = {"type": "NewsArticle", "id": "n", "name": {"en": "Tokyo", "ko": {}}}
    claim = {
        "type": "Visit",
        "id": "v",
        "visitor": "h",
        "place": "seoul",
        "evidence": {"quote": "x", "source": "Tokyo"},
    }
    assert books(SEOUL, article, bad, claim) == (2, 1, 1)
    assert books(SEOUL, article, bad, {**claim, "evidence": {"quote": "x", "source": "Good"}}) == (3, 1, 0)


def test_evidence_from_a_quarantined_document() -> None:
    bad = {"type": "NewsArticle", "id": "n", "published": "2025-01-01", "colour": 1}
    claim = {
        "type": "Visit",
        "id": "v",
        "visitor": "h",
        "place": "seoul",
        "evidence": {"quote": "x", "source": "n"},
    }
    assert books(SEOUL, bad, claim) == (1, 1, 1)


@pytest.mark.parametrize("order", [1, -1])
def test_a_relative_date_rests_on_the_record_that_says_when_the_source_was_published(order: int) -> None:
    described: list[dict[str, Any]] = [
        {"type": "NewsArticle", "id": "n", "title": "T"},
        {"type": "NewsArticle", "id": "n", "title": "T", "published": "2025-01-01", "colour": 1},
    ]
    claim = {"type": "Visit", "id": "v", "visitor": "h", "place": "seoul", "source": "n", "date": "yesterday"}
    assert books(SEOUL, *described[::order], claim) == (2, 1, 1)
    assert books(SEOUL, *described[::order], {**claim, "date": "2025-01-01"}) == (3, 1, 0)


def test_a_date_of_an_entity_rests_on_the_source_that_it_was_counted_from() -> None:
    header = {**SHARED, "defaults": {"source": "n"}}
    bad = {"type": "NewsArticle", "id": "n", "published": "2025-01-01", "colour": 1}
    person = {"type": "Person", "id": "p", "name": "P", "birthDate": "last year"}
    assert books(bad, person, header=header) == (0, 1, 1)
    assert books(bad, {**person, "birthDate": "1970"}, header=header) == (1, 1, 0)


@pytest.mark.parametrize(
    "published", ["2025-02-04", ["2025-02-04"], {"value": "2025-02-04"}, "2025년 2월 4일"]
)
def test_a_date_counts_from_the_publication_however_that_is_written(published: object) -> None:
    graph = kg.convert(
        [
            SHARED,
            BASE[1],
            SEOUL,
            {"type": "NewsArticle", "id": "s", "published": published},
            {**VISIT, "place": "seoul", "date": "yesterday"},
        ]
    )
    assert graph.report.conforms
    assert '"2025-02-03"' in graph.serialize("ntriples")


def test_no_date_counts_from_a_time_that_is_no_day() -> None:
    for published in ("2025-02", "2025-02-04/2026-02-04", "어제"):
        report = kg.validate(
            [
                SHARED,
                BASE[1],
                SEOUL,
                {"type": "NewsArticle", "id": "s", "published": published},
                {**VISIT, "place": "seoul", "date": "yesterday"},
            ]
        )
        assert "date-needs-reference" in {f.problem.code for f in report.findings}
