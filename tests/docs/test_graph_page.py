"""The page on the graph: its SPARQL is asked, and the triples that it shows are those of the example."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

FACTS = """\
{"defaults": {"source": "n", "status": "planned"}}
{"type": "NewsArticle", "id": "n", "published": "2025-02-04"}
{"type": "Company", "id": "a", "name": "A"}
{"type": "Company", "id": "b", "name": "B"}
{"type": "Company", "id": "c", "name": "C"}
{"type": "Investment", "investor": "a", "investee": "b", "amount": "USD 3bn"}
{"type": "Investment", "investor": "a", "investee": "c", "amount": "at most USD 5bn"}
{"type": "Investment", "investor": "b", "investee": "c", "amount": "$1bn-2bn"}
{"type": "Investment", "investor": "c", "investee": "b", "amount": "KRW 7bn"}
"""


def block(root: Path, kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", (root / "docs/graph.md").read_text("utf-8"), re.DOTALL)
    return str(found)


def asked(query: str, data: Path) -> list[dict[str, str]]:
    outcome = run(["query", query, "--data", str(data), "--format", "json"])
    assert outcome.exit_code == 0, outcome.stderr
    rows = json.loads(outcome.stdout)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def test_the_query_adds_up_the_example(root: Path) -> None:
    (row,) = asked(block(root, "sparql"), root / "examples/stargate/stargate.ttl")
    assert row["currency"] == "USD"
    assert int(row["atLeast"]) > 0
    assert row["withoutLow"] == "0"


def test_the_query_adds_up_where_a_bound_is_missing(root: Path, tmp_path: Path) -> None:
    facts, graph = tmp_path / "f.jsonl", tmp_path / "f.ttl"
    facts.write_text(FACTS, "utf-8")
    assert run(["convert", str(facts), "-o", str(graph)]).exit_code == 0
    rows = sorted(asked(block(root, "sparql"), graph), key=lambda row: row["currency"])
    assert rows == [
        {"currency": "KRW", "atLeast": "7000000000", "claims": "1", "withoutLow": "0"},
        {"currency": "USD", "atLeast": "4000000000", "claims": "3", "withoutLow": "1"},
    ]


def test_the_claim_of_the_page_is_in_the_example(root: Path) -> None:
    written = (root / "examples/stargate/stargate.ttl").read_text("utf-8")
    for line in block(root, "turtle").splitlines()[1:-1]:
        shown = line.partition(" #")[0].strip().rstrip(" ;")
        assert shown.partition("…")[0] in written, shown
