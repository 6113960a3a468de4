"""Hostile numbers: many of one name, many names of one, many faults. Nothing grows with their product."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg import model
from kg.errors import Unreadable
from kg.identity.entities import Registrar, settle_all
from kg.identity.index import Index
from kg.identity.iris import Iris
from kg.reading import from_records
from tests.steps import steps

if TYPE_CHECKING:
    from collections.abc import Callable

MODEL = model.load((), ())


def registered(records: list[dict[str, Any]]) -> Index:
    """The index of some records."""
    index = Index(MODEL)
    source = from_records([{"ids": "shared", "dataset": "d", "language": "en"}, *records])
    registrar = Registrar(index, source.header, Iris("https://kg.example/"))
    for record in source:
        registrar.see(record)
    settle_all([registrar])
    return index


def company(n: int, name: object = "Acme", **more: object) -> dict[str, Any]:
    return {"type": "Company", "id": f"c{n}", "name": name, **more}


def of_one_name(n: int) -> list[dict[str, Any]]:
    return [company(i) for i in range(n)]


def of_many_names(n: int) -> list[dict[str, Any]]:
    return [company(0, f"Alias {i}") for i in range(n)]


def of_one_id(n: int) -> list[dict[str, Any]]:
    return [company(0, f"A{i}", identifier={"wikidata": f"Q{i + 1}"}) for i in range(n)]


def only_named(n: int) -> list[dict[str, Any]]:
    return [*of_one_name(n), *({"type": "Company", "name": "Acme"} for _ in range(n))]


def referring(n: int) -> list[dict[str, Any]]:
    return [*of_one_name(n), *({"type": "Founding", "founded": "Acme", "founder": f"x{i}"} for i in range(n))]


def typed(n: int) -> list[dict[str, Any]]:
    wrong = [{"type": "Company", "id": f"no{i}"} for i in range(n)]
    return [*of_one_name(n), *({"type": "Founding", "founded": w, "founder": w} for w in wrong)]


@pytest.mark.parametrize("records", [of_one_name, of_many_names, of_one_id, only_named])
def test_the_index_grows_with_the_records(records: Callable[[int], list[dict[str, Any]]]) -> None:
    small, large = (steps(partial(registered, records(n))) for n in (100, 400))
    assert large <= 5 * small


@pytest.mark.parametrize("records", [of_one_name, of_many_names, of_one_id])
def test_faults_cost_no_more_in_a_larger_index(records: Callable[[int], list[dict[str, Any]]]) -> None:
    class_ = MODEL.classes["Company"]

    def refuse(index: Index) -> None:
        for ask in (
            lambda: index.typed("c-none", class_, "d"),
            lambda: index.typed("c-none", class_, "other"),
            lambda: index.resolve("Acme", class_.iri, "d"),
            lambda: index.resolve("c0", MODEL.classes["Place"].iri, "d"),
            lambda: index.resolve("Acne", class_.iri, "d"),
        ):
            with suppress(Unreadable):
                ask()

    small, large = (registered(records(n)) for n in (100, 400))
    refuse(small)
    refuse(large)
    assert steps(partial(refuse, large)) <= steps(partial(refuse, small)) + 100


@pytest.mark.parametrize("records", [of_one_name, of_many_names, of_one_id, only_named, referring, typed])
def test_findings_are_as_long_as_the_records_are_many(records: Callable[[int], list[dict[str, Any]]]) -> None:
    small, large = (told(records(n)) for n in (20, 80))
    assert large <= 5 * small + 2000


def told(records: list[dict[str, Any]]) -> int:
    """The length of all that is said of records."""
    findings = kg.validate(records).findings
    return sum(len(f.message("en")) + len(f.hint("en")) + len(f.problem.allowed) for f in findings)


def resting(n: int) -> list[dict[str, Any]]:
    article = {"type": "NewsArticle", "id": "s", "published": "2025-02-04"}
    bad = [company(0, {"en": "N", "ko": {}}) for _ in range(n)]
    founding = {"type": "Founding", "founded": "N", "source": "s", "status": "actual"}
    return [article, company(0), *bad, *({**founding, "id": f"f{i}"} for i in range(n))]


@pytest.mark.parametrize("records", [resting, referring, typed, only_named, of_many_names])
def test_a_run_grows_with_the_records(records: Callable[[int], list[dict[str, Any]]]) -> None:
    kg.validate(records(1))
    small, large = (steps(partial(kg.validate, records(n))) for n in (50, 400))
    assert large <= 10 * small


def test_of_many_candidates_a_few_are_named_and_the_others_counted() -> None:
    founding = {"type": "Founding", "id": "f", "founded": "Acme", "status": "actual"}
    for n, codes in ((5, "reference-ambiguous"), (12, "reference-ambiguous-many")):
        findings = kg.validate([*of_one_name(n), founding]).findings
        [problem] = [f.problem for f in findings if f.problem.pointer == "/founded"]
        assert problem.code == codes
        candidates = problem.args["candidates"]
        assert isinstance(candidates, tuple)
        assert len(candidates) == len(problem.others) == len(problem.allowed) == 5
        assert problem.args.get("more", 0) == n - 5


def test_all_names_of_an_entity_are_found_once() -> None:
    index = registered([*of_many_names(50), *of_many_names(50)])
    [entry] = index.by_iri.values()
    assert list(entry.all_names()) == [f"Alias {i}" for i in range(50)]
    assert all(
        len(same) == 1 for table in (index.by_name, index.by_anchor, index.by_id) for same in table.values()
    )


def test_a_reference_that_is_longer_than_a_name_is_refused() -> None:
    long = "A" * 1000
    records = [company(0, long), {"type": "Founding", "id": "f", "founded": long + "B", "status": "actual"}]
    assert "text-too-long" in {f.problem.code for f in kg.validate(records).findings}
