"""FinDKG is read whole by its example mapping, and answers as its source does.

The books balance, what is quarantined is of the kinds that are listed here and nothing else, and questions get
from the graph what a direct count over the source gives.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from tests.examples.foreign import Loaded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def findkg(root: Path, shared: Path) -> Loaded:
    return Loaded(root, "findkg", [shared / "data" / "findkg" / "test_named.csv"], together=False)


@pytest.fixture(scope="module")
def findkg_rows(shared: Path) -> list[tuple[str, str, str, str]]:
    """(subject, relation, object) with the types of both: ``("Uber", "Operate_In", "China", "2>1")``."""
    types: dict[str, str] = {}
    for line in (shared / "data" / "findkg" / "entity2id.txt").read_text("utf-8").splitlines():
        name, _, _, kind = line.split("\t")
        types.setdefault(name, kind)
    with (shared / "data" / "findkg" / "test_named.csv").open(encoding="utf-8", newline="") as file:
        return [
            (r["subject"], r["relation"], r["object"], f"{types[r['subject']]}>{types[r['object']]}")
            for r in csv.DictReader(file)
        ]


def test_findkg_is_read_whole(findkg: Loaded) -> None:
    assert findkg.books() == (10013, 9614, 399)
    # facts about one thing and itself
    assert findkg.codes == {"ownership-self": 17, "too-few-values": 10}


NAMED = "SELECT ?x ?y {{ ?c a kg:{claim} ; kg:{a} ?a ; kg:{b} ?b {more} . ?a skos:prefLabel ?x . ?b skos:prefLabel ?y }}"


def test_findkg_investments(findkg: Loaded, findkg_rows: list[tuple[str, str, str, str]]) -> None:
    party = re.compile("[02567]>[02567]")
    expected = {(s, o) for s, r, o, kinds in findkg_rows if r == "Invests_In" and party.fullmatch(kinds)}
    asked = findkg.ask(NAMED.format(claim="Investment", a="investor", b="investee", more=""))
    assert asked == expected
    assert {investor for investor, investee in asked if investee == "FTX"} >= {
        "Sequoia Capital",
        "Thoma Bravo",
    }


def test_findkg_sectors(findkg: Loaded, findkg_rows: list[tuple[str, str, str, str]]) -> None:
    expected = {
        (s, o) for s, r, o, kinds in findkg_rows if r == "Operate_In" and re.fullmatch("[02567]>11", kinds)
    }
    assert findkg.ask(NAMED.format(claim="Operation", a="operator", b="sector", more="")) == expected
    assert len(expected) > 150


def test_findkg_products(findkg: Loaded, findkg_rows: list[tuple[str, str, str, str]]) -> None:
    expected = {
        (s, o) for s, r, o, kinds in findkg_rows if r == "Produce" and re.fullmatch("[02567]>10", kinds)
    }
    assert findkg.ask(NAMED.format(claim="Production", a="producer", b="product", more="")) == expected
    assert len(expected) > 30
