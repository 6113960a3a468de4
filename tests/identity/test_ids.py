"""One id is one id, however its characters are composed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

import kg

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPOSED = "caf\u00e9-\uac00"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
HEADER = {"ids": "shared", "dataset": "d", "language": "en"}


def codes(*records: Mapping[str, Any]) -> list[str]:
    return sorted(f.problem.code for f in kg.validate([HEADER, *records]).findings)


@pytest.mark.parametrize("ids", [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), (DECOMPOSED, DECOMPOSED)])
def test_two_contents_of_one_id_are_a_conflict(ids: tuple[str, str]) -> None:
    first, second = ids
    entities = [{"type": "Company", "id": first, "name": "A"}, {"type": "Company", "id": second, "name": "B"}]
    assert codes(*entities) == ["id-conflict", "id-conflict"]
    claims = [
        {"type": "Visit", "id": id_, "visitor": who, "place": "seoul", "source": "s"}
        for id_, who in ((first, "a"), (second, "b"))
    ]
    described = [
        {"type": "Person", "id": "a", "name": "A"},
        {"type": "Person", "id": "b", "name": "B"},
        {"type": "Place", "id": "seoul", "name": "Seoul"},
        {"type": "NewsArticle", "id": "s", "published": "2025-02-04"},
    ]
    assert codes(*described, *claims) == ["id-conflict", "id-conflict"]


@pytest.mark.parametrize("written", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("meant", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("form", ["plain", "typed", "in place"])
def test_a_reference_finds_the_id(written: str, meant: str, form: str) -> None:
    part = {
        "plain": meant,
        "typed": {"type": "Place", "id": meant},
        "in place": {"type": "Place", "id": meant, "name": "Seoul"},
    }[form]
    graph = kg.convert(
        [
            HEADER,
            {"type": "Place", "id": written, "name": "Seoul"},
            {"type": "Place", "id": "gangnam", "name": "Gangnam", "locatedIn": part},
        ]
    )
    assert graph.report.conforms
    assert graph.report.books.accepted == 2
    assert graph.serialize("ntriples").count(f"place/{COMPOSED}> .") == 1
