"""GLEIF is read whole by its example mapping, and answers as its source does.

The books balance, what is quarantined is of the kinds that are listed here and nothing else, and questions get
from the graph what a direct count over the source gives.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

from tests.examples.foreign import Loaded, json_files


@pytest.fixture(scope="module")
def gleif_files(shared: Path) -> list[Path]:
    api = shared / "data" / "gleif" / "api"
    parts = ("lei_records", "relationships", "reporting_exceptions", "isins")
    return [path for part in parts for path in json_files(api / part)]


@pytest.fixture(scope="module")
def gleif(root: Path, gleif_files: list[Path]) -> Loaded:
    return Loaded(root, "gleif", gleif_files, together=True)


def gleif_rows(files: list[Path], kind: str) -> Iterator[dict[str, Any]]:
    for path in files:
        data = json.loads(path.read_text("utf-8"))["data"]
        for row in data if isinstance(data, list) else [data] if data else []:
            if row["type"] == kind:
                yield row["attributes"]


def test_gleif_is_read_whole(gleif: Loaded) -> None:
    assert gleif.books() == (345, 345, 0)
    # relationships of 44 subsidiaries of which no record is among the files
    assert gleif.codes == {"reference-unknown": 44}


def test_gleif_names(gleif: Loaded, gleif_files: list[Path]) -> None:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in gleif_rows(gleif_files, "lei-records"):
        entity = row["entity"]
        every = [entity["legalName"], *entity["otherNames"], *entity["transliteratedOtherNames"]]
        names[row["lei"]].update(name["name"].strip() for name in every)
    asked = gleif.ask(
        "SELECT ?lei ?name { ?e skos:prefLabel|skos:altLabel ?name . FILTER (CONTAINS(STR(?e), '/lei:'))"
        " BIND (STRAFTER(STR(?e), '/lei:') AS ?lei) }"
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for lei, name in asked:
        found[lei].add(name)
    assert len(found) == 94
    assert found == names
    assert any(re.search("[一-龥]", name) for said in found.values() for name in said)


def test_gleif_countries_of_registration(gleif: Loaded, gleif_files: list[Path]) -> None:
    rows = gleif_rows(gleif_files, "lei-records")
    expected = {(row["lei"], row["entity"]["legalAddress"]["country"]) for row in rows}
    asked = gleif.ask(
        "SELECT ?lei ?place { ?c a kg:Location ; kg:relation kg:registeredLocation ; kg:located ?e ; kg:place ?place ."
        " BIND (STRAFTER(STR(?e), '/lei:') AS ?lei) }"
    )
    assert asked == expected


def test_gleif_parents(gleif: Loaded, gleif_files: list[Path]) -> None:
    known = {row["lei"] for row in gleif_rows(gleif_files, "lei-records")}
    expected = set()
    for row in gleif_rows(gleif_files, "relationship-records"):
        told = row["relationship"]
        ends = told["endNode"]["id"], told["startNode"]["id"]
        if known.issuperset(ends):
            kind = "parent" if told["type"] == "IS_DIRECTLY_CONSOLIDATED_BY" else "ultimateParent"
            since = next(p["startDate"][:10] for p in told["periods"] if p["type"] == "RELATIONSHIP_PERIOD")
            expected.add((*ends, f"{kind}Ownership", since))
    asked = gleif.ask(
        "SELECT ?owner ?owned ?kind ?since { ?c a kg:Ownership ; kg:owner ?a ; kg:owned ?b ; kg:relation ?kind ;"
        " schema:startDate ?since . BIND (STRAFTER(STR(?a), '/lei:') AS ?owner)"
        " BIND (STRAFTER(STR(?b), '/lei:') AS ?owned) }"
    )
    assert asked == expected
    assert len(expected) == 77
