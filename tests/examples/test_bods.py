"""BODS is read whole by its example mapping, and answers as its source does.

The books balance, what is quarantined is of the kinds that are listed here and nothing else, and questions get
from the graph what a direct count over the source gives.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg import config, model, pipeline
from kg.reading.foreign import read_foreign, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

from tests.examples.foreign import Loaded, json_files


@pytest.fixture(scope="module")
def bods_files(shared: Path) -> list[Path]:
    return json_files(shared / "data" / "bods" / "examples")


@pytest.fixture(scope="module")
def bods(root: Path, bods_files: list[Path]) -> Loaded:
    return Loaded(root, "bods", bods_files, together=False)


def latest(files: Iterable[Path], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The last statement of each record of each file: its file, and what it says."""
    for path in files:
        said: dict[str, dict[str, Any]] = {}
        for row in json.loads(path.read_text("utf-8")):
            other = said.get(row["recordId"])
            if other is None or row["statementDate"] >= other["statementDate"]:
                said[row["recordId"]] = row
        yield from ((path.stem, row) for row in said.values() if row["recordType"] == kind)


def test_bods_is_read_whole(bods: Loaded) -> None:
    assert bods.books() == (119, 95, 24)
    # a nomination arrangement sits on a board, and a position is held by a person
    assert bods.codes == {"reference-class": 1}


def test_bods_persons(bods: Loaded, bods_files: list[Path]) -> None:
    expected = set()
    for _, row in latest(bods_files, "person"):
        for name in row["recordDetails"].get("names", []):
            if name.get("fullName"):
                expected.add((row["recordId"], name["fullName"]))
    asked = bods.ask(
        "SELECT ?p ?name { ?p a kg:Person ; skos:prefLabel|skos:altLabel ?name FILTER NOT EXISTS { ?p kg:unnamed true } }"
    )
    assert asked == expected
    assert len({record for record, _ in expected}) > 15


def test_bods_shares(bods: Loaded, bods_files: list[Path]) -> None:
    expected = set()
    for stem, row in latest(bods_files, "relationship"):
        details = row["recordDetails"]
        for interest in details.get("interests", []):
            exact = interest.get("share", {}).get("exact")
            if exact is not None and interest.get("type") == "shareholding":
                expected.add((stem, details["interestedParty"], details["subject"], str(exact)))
    asked = bods.ask(
        "SELECT ?file ?owner ?owned ?share { ?c a kg:Ownership ; kg:owner ?owner ; kg:owned ?owned ; kg:share ?share ;"
        " kg:relation kg:shareholderOwnership ; dcterms:isPartOf ?file }"
    )
    assert asked == expected
    assert len(expected) > 20


def test_bods_ranges_of_shares(bods: Loaded, bods_files: list[Path]) -> None:
    expected = set()
    for _, row in latest(bods_files, "relationship"):
        for interest in row["recordDetails"].get("interests", []):
            share = interest.get("share", {})
            if "exclusiveMaximum" in share:
                low = "AtLeast" if "minimum" in share else "MoreThan"
                least = share.get("minimum", share.get("exclusiveMinimum"))
                expected.add(
                    (row["recordDetails"]["subject"], low, str(least), str(share["exclusiveMaximum"]))
                )
    asked = bods.ask(
        "SELECT ?owned ?low ?least ?most { ?c kg:owned ?owned ; kg:shareLessThan ?most ; kg:shareAtLeast|kg:shareMoreThan ?least ."
        " BIND (IF(EXISTS { ?c kg:shareAtLeast ?least }, 'AtLeast', 'MoreThan') AS ?low) }"
    )
    assert asked == expected
    assert expected


def test_bods_nationalities(bods: Loaded, bods_files: list[Path]) -> None:
    expected = {
        (row["recordId"], nation["code"])
        for _, row in latest(bods_files, "person")
        for nation in row["recordDetails"].get("nationalities", [])
    }
    asked = bods.ask(
        "SELECT ?p ?place { ?c a kg:Location ; kg:relation kg:nationalityLocation ; kg:located ?p ; kg:place ?place }"
    )
    assert asked == expected
    assert expected


@pytest.mark.parametrize("name", ["valid_statements", "invalid_statements"])
def test_bods_statements_one_by_one(root: Path, shared: Path, tmp_path: Path, name: str) -> None:
    """Each line is a publication of its own; none may crash, and what is valid and whole must be accepted."""
    compiled = model.load()
    how = read_mapping(str(root / "examples" / "bods" / "mapping.yaml"))
    sources, whole = [], set()
    lines = (shared / "data" / "bods" / f"{name}.jsonl").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        path = tmp_path / f"s{number:03}.jsonl"
        path.write_text(line + "\n", "utf-8")
        sources.append(read_foreign(str(path), how, compiled))
        statements = json.loads(line)["statements"]
        if all(s.get("recordType") in {"entity", "person"} for s in statements if isinstance(s, dict)):
            whole.add(str(path))
    with pipeline.run(compiled, config.Config(), sources) as run:
        books, rows = run.outcome.books, run.outcome.rows
        wrong = {f.place.file for f in run.outcome.findings if f.problem.severity == "error"}
    assert books is not None
    assert rows is not None
    assert books.balanced
    assert rows.rows == rows.used + rows.filtered
    if name == "valid_statements":
        assert not wrong & whole
        assert len(whole) == 94
