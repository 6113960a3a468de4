"""FIRE is read whole by its example mapping, and answers as its source does.

The books balance, what is quarantined is of the kinds that are listed here and nothing else, and questions get
from the graph what a direct count over the source gives.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.examples.foreign import Loaded, by_id

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def fire(root: Path, shared: Path) -> Loaded:
    return Loaded(root, "fire", [shared / "data" / "fire" / "fire_dev.json"], together=False)


@pytest.fixture(scope="module")
def fire_pairs(shared: Path) -> dict[str, set[tuple[str, str]]]:
    pairs: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in json.loads((shared / "data" / "fire" / "fire_dev.json").read_text("utf-8")):
        for relation in row["relations"]:
            head, tail = row["entities"][relation["head"]], row["entities"][relation["tail"]]
            pairs[relation["type"]].add((head["text"], tail["text"]))
            pairs[f"{relation['type']} {head['type']} {tail['type']}"].add((head["text"], tail["text"]))
    return pairs


def test_fire_is_read_whole(fire: Loaded) -> None:
    assert fire.books() == (454, 355, 99)
    assert fire.codes == {}


FIRE_CLAIMS = {
    "Subsidiaryof": ("Ownership", "owned", "owner"),
    "Sector": ("Operation", "operator", "sector"),
    "Productof": ("Production", "product", "producer"),
}
"""Relation -> the claim that it becomes, and the fields of its head and its tail."""


@pytest.mark.parametrize("relation", FIRE_CLAIMS)
def test_fire_relations(fire: Loaded, fire_pairs: dict[str, set[tuple[str, str]]], relation: str) -> None:
    claim, head, tail = FIRE_CLAIMS[relation]
    asked = by_id(fire.ask(f"SELECT ?a ?b {{ ?c a kg:{claim} ; kg:{head} ?a ; kg:{tail} ?b }}"))
    assert asked == {(h.strip(), t.strip()) for h, t in fire_pairs[relation]}
    assert len(asked) > 20


def test_fire_takeovers(fire: Loaded, fire_pairs: dict[str, set[tuple[str, str]]]) -> None:
    expected = fire_pairs["ActionBuy Company Company"] | fire_pairs["ActionBuy Company BusinessUnit"]
    assert by_id(fire.ask("SELECT ?a ?b { ?c a kg:Acquisition ; kg:acquirer ?a ; kg:target ?b }")) == expected
