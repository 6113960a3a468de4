"""Of a value with very many faults some are told and the others counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.errors import Unreadable
from kg.values import nearest
from kg.values.codec import Context
from kg.values.registry import reader
from tests.values.conftest import SCHEMES, a_field

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 1_000
KEYS: dict[str, Any] = {f"bad {i}": "x" for i in range(MANY)}
VALUES: list[tuple[str, Any]] = [
    ("Names", KEYS),
    ("Names", [5] * MANY),
    ("Names", [{"en": [5] * (MANY // 2)}] * 2),
    ("Text", KEYS),
    ("Money", {"value": "1", "currency": "USD", **KEYS}),
    ("Money", {"value": "1", "currency": "USD", "converted": {"value": "1", "currency": "USD", **KEYS}}),
    ("Date", {"value": "2024", **KEYS}),
    ("Evidence", {"quote": "x", **KEYS}),
    ("Identifier", KEYS),
    ("Identifier", [5] * MANY),
    ("Identifier", {"wikidata": [5] * MANY}),
    ("Identifier", {"wikidata": ["x"] * MANY}),
]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_a_hundred_problems_are_told_and_the_others_counted(name: str, value: object) -> None:
    with pytest.raises(Unreadable) as caught:
        reader(a_field(name), SCHEMES)(value, Context())
    *told, last = caught.value.problems
    assert len(told) == 100
    assert (last.code, last.args) == ("more-problems", {"count": MANY - 100})


@pytest.mark.parametrize("name", ["Money", "Date", "Evidence", "Identifier"])
def test_what_was_meant_is_not_looked_up_for_those_that_are_only_counted(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = []
    close = nearest.close

    def counting(word: str, known: Any) -> tuple[str, ...]:
        searches.append(word)
        return close(word, known)

    monkeypatch.setattr(nearest, "close", counting)
    with pytest.raises(Unreadable):
        reader(a_field(name), SCHEMES)(KEYS, Context())
    assert len(searches) <= 102


def records() -> list[tuple[dict[str, Any], int]]:
    """Records, and how many problems they have."""
    company = {"type": "Company", "id": "a", "name": "A"}
    founding = {"type": "Founding", "id": "a", "founded": [f"x{i}" for i in range(MANY)], "status": "actual"}
    return [
        ({**company, "name": KEYS}, MANY),
        ({**company, "name": KEYS, "description": KEYS, "identifier": KEYS}, 3 * MANY),
        ({**company, **KEYS}, MANY),
        (founding, MANY),
    ]


@pytest.mark.parametrize(("record", "count"), records())
def test_the_count_of_a_record_is_that_of_all_its_problems(record: dict[str, Any], count: int) -> None:
    findings = [f.problem for f in kg.validate([record]).findings if f.problem.severity == "error"]
    [more] = [p for p in findings if p.code == "more-problems"]
    assert isinstance(more.args["count"], int)
    assert len(findings) - 1 + more.args["count"] in range(count, count + 3)


def test_a_few_problems_are_all_told(codes: Callable[..., list[tuple[str, str]]]) -> None:
    assert codes("Names", {"no tag": "A", "kr": "B"}) == [
        ("language-tag", "/no tag"),
        ("language-tag", "/kr"),
    ]
