"""Re-DocRED is read whole by its example mapping, and answers as its source does.

The books balance, what is quarantined is of the kinds that are listed here and nothing else, and questions get
from the graph what a direct count over the source gives.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.examples.foreign import Loaded, by_id, quarantined

UNREAD = 5
"""Dates that are spoilt in the data."""

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def redocred(root: Path, shared: Path) -> Loaded:
    return Loaded(root, "redocred", [shared / "data" / "redocred" / "dev_revised_200.json"], together=False)


@pytest.fixture(scope="module")
def redocred_labels(shared: Path) -> list[tuple[str, str, str, str, str, str]]:
    """(property, id of head, id of tail, type of head, type of tail, first name of tail)."""
    found = []
    for row in json.loads((shared / "data" / "redocred" / "dev_revised_200.json").read_text("utf-8")):
        for label in row["labels"]:
            head, tail = row["vertexSet"][label["h"]], row["vertexSet"][label["t"]]
            ids = f"{row['title']}/{label['h']}", f"{row['title']}/{label['t']}"
            found.append((label["r"], *ids, head[0]["type"], tail[0]["type"], tail[0]["name"]))
    return found


def test_redocred_is_read_whole(redocred: Loaded) -> None:
    assert redocred.books() == (200, 200, 0)
    # dates of birth that the tokens spoil (“1952-”, “15 October 18934 April 1953”) are kept as they are written
    assert not redocred.codes
    told = [f.problem for f in redocred.outcome.findings if f.problem.code.startswith("date-")]
    assert {problem.severity for problem in told} == {"warning"}
    assert len(told) == UNREAD


def test_redocred_nationalities(redocred: Loaded, redocred_labels: list[tuple[str, ...]]) -> None:
    expected = {(h, t) for r, h, t, a, b, _ in redocred_labels if r == "P27" and (a, b) == ("PER", "LOC")}
    asked = by_id(
        redocred.ask(
            "SELECT ?a ?b { ?c a kg:Location ; kg:relation kg:nationalityLocation ; kg:located ?a ; kg:place ?b }"
        )
    )
    gone = quarantined(redocred)
    assert asked == {pair for pair in expected if not gone & set(pair)}
    assert len(expected) > 200


def test_redocred_siblings_and_parents(redocred: Loaded, redocred_labels: list[tuple[str, ...]]) -> None:
    family = {"P26", "P40", "P22", "P25", "P3373"}
    expected = {
        frozenset((h, t)) for r, h, t, a, b, _ in redocred_labels if r in family and (a, b) == ("PER", "PER")
    }
    asked = by_id(
        redocred.ask(
            "SELECT ?a ?b { ?c a kg:Relationship ; kg:relation kg:familyRelationship ; kg:party ?a , ?b FILTER (?a != ?b) }"
        )
    )
    gone = quarantined(redocred)
    assert {frozenset(pair) for pair in asked} == {pair for pair in expected if not gone & pair}


def test_redocred_births(redocred: Loaded, redocred_labels: list[tuple[str, ...]]) -> None:
    """Of those whose date has one year: spans such as “1903–1952” are bounds, and no date."""
    years: defaultdict[str, set[str]] = defaultdict(set)
    for r, h, _, a, b, name in redocred_labels:
        if r == "P569" and (a, b) == ("PER", "TIME"):
            years[h].update(re.findall(r"\b[0-9]{4}\b", name))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person, date in by_id(redocred.ask("SELECT ?p ?date { ?p schema:birthDate ?date }")):
        found[person].add(date[:4])
    expected = {person: said for person, said in years.items() if len(said) == 1}
    read = {person: said for person, said in found.items() if len(years[person]) == 1}
    assert read.items() <= expected.items()
    assert len(expected) - len(read) <= UNREAD
    assert len(found) > 50
