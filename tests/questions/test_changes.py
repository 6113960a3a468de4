"""``changes`` says what differs between two states of the journal: loaded, replaced, retracted, unchanged."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.errors import KgError
from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://data.example.org/"
ENTITIES = [
    {"type": "NewsArticle", "id": "wire", "name": "The wire", "published": "2025-03-01"},
    {"type": "Company", "id": "softbank", "name": "SoftBank"},
    {"type": "Company", "id": "openai", "name": "OpenAI"},
    {"type": "Company", "id": "arm", "name": "Arm"},
]
PLANNED = {
    "type": "Investment",
    "id": "one",
    "investor": "softbank",
    "investee": "openai",
    "amount": "USD 15bn-25bn",
    "status": "planned",
    "evidence": {"paragraph": 3, "quote": "15 to 25 billion dollars"},
}
DONE = PLANNED | {
    "amount": "USD 20bn",
    "status": "actual",
    "evidence": {"paragraph": 3, "quote": "20 billion"},
}
GONE = {"type": "Investment", "id": "two", "investor": "softbank", "investee": "arm", "status": "actual"}
SAME = GONE | {"id": "same", "investee": "openai"}
NEW = GONE | {"id": "three", "investee": "softbank", "investor": "arm"}
KG = "https://w3id.org/kg-loader/ontology#"
INVESTMENT = f"{KG}Investment"


def header(dataset: str) -> dict[str, Any]:
    return {"ids": "shared", "dataset": dataset, "language": "en", "defaults": {"source": "wire"}}


@pytest.fixture
def project(tmp_path: Path) -> kg.Project:
    return kg.init(tmp_path / "news", base=BASE, language="en")


def load(project: kg.Project, *records: dict[str, Any], dataset: str = "news") -> None:
    report = project.load([header(dataset), *records])
    assert report.conforms, report.findings


def changes(project: kg.Project, **span: str) -> list[tuple[Any, ...]]:
    """What changed, as (change, thing, parties, property, was, is), IRIs by their last part."""
    rows = project.query("changes", seconds=30, **span)
    keys = ("change", "thing", "parties", "property", "was", "is")
    return [tuple(_last(row[key]) for key in keys) for row in rows]


def _last(value: object) -> object:
    if not isinstance(value, str) or "://" not in value:
        return value
    return " ".join(part.rpartition("#")[2].rpartition("/")[2] for part in value.split(" "))


def test_a_first_load_adds_each_thing_once(project: kg.Project) -> None:
    load(project, *ENTITIES, PLANNED)
    assert changes(project) == [
        ("added", "wire", None, None, None, None),
        ("added", "one", "openai softbank", None, None, None),
        ("added", "arm", None, None, None, None),
        ("added", "openai", None, None, None, None),
        ("added", "softbank", None, None, None, None),
    ]
    types = {row["thing"]: row["type"] for row in project.query("changes")}
    assert types[f"{BASE}investment/news/one"] == INVESTMENT
    assert types[f"{BASE}organization/arm"] == f"{KG}Company {KG}Organization"


def test_a_replaced_dataset_tells_what_was_and_what_is(project: kg.Project) -> None:
    load(project, *ENTITIES, PLANNED, GONE, SAME)
    renamed = [e | {"name": "Arm Holdings"} if e["id"] == "arm" else e for e in ENTITIES]
    load(project, *renamed, DONE, SAME, NEW)
    assert changes(project) == [
        ("removed", "one", "openai softbank", "exact", "15 to 25 billion dollars", None),
        ("removed", "one", "openai softbank", "paragraph", 3, None),
        ("added", "one", "openai softbank", "exact", None, "20 billion"),
        ("added", "one", "openai softbank", "paragraph", None, 3),
        ("changed", "one", "openai softbank", "status", "planned", "actual"),
        ("removed", "one", "openai softbank", "maxValue", 25_000_000_000, None),
        ("removed", "one", "openai softbank", "minValue", 15_000_000_000, None),
        ("added", "one", "openai softbank", "value", None, 20_000_000_000),
        ("changed", "one", "openai softbank", "asWritten", "USD 15bn-25bn", "USD 20bn"),
        ("added", "three", "arm softbank", None, None, None),
        ("removed", "two", "arm softbank", None, None, None),
        ("changed", "arm", None, "prefLabel", "Arm", "Arm Holdings"),
    ]


def test_what_is_retracted_is_removed(project: kg.Project) -> None:
    load(project, *ENTITIES, SAME)
    load(project, ENTITIES[0], NEW, dataset="more")
    project.retract("more")
    assert changes(project) == [
        ("removed", "wire", None, None, None, None),
        ("removed", "three", "arm softbank", None, None, None),
    ]
    assert {row["dataset"] for row in project.query("changes")} == {f"{BASE}dataset/more"}


def test_an_unchanged_file_leaves_the_last_change_the_last(project: kg.Project) -> None:
    load(project, *ENTITIES, SAME)
    load(project, *ENTITIES, SAME, NEW)
    told = changes(project)
    load(project, *ENTITIES, SAME, NEW)
    assert changes(project) == told == [("added", "three", "arm softbank", None, None, None)]


def test_a_span_is_compared_from_its_first_state_to_its_last(project: kg.Project) -> None:
    load(project, *ENTITIES, SAME)  # 3
    load(project, *ENTITIES, SAME, NEW)  # 5
    load(project, *ENTITIES, NEW)  # 7
    load(project, ENTITIES[0], GONE, dataset="more")  # 9
    assert [row[:2] for row in changes(project, since="3", until="7")] == [
        ("removed", "same"),
        ("added", "three"),
    ]
    assert changes(project, since="5", until="5") == []
    assert [row[:2] for row in changes(project, until="5")] == [("added", "three")]
    assert [row[:2] for row in changes(project, since="5", dataset="news")] == [("removed", "same")]
    assert [row[:2] for row in changes(project, since="5", dataset="more")] == [
        ("added", "wire"),
        ("added", "two"),
    ]


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"since": "9"}, "changes-number"),
        ({"until": "0"}, "changes-number"),
        ({"since": "5", "until": "3"}, "changes-order"),
        ({"since": "x"}, "query-integer"),
        ({"since": "-1"}, "query-integer"),
        ({"dataset": "nws"}, "store-dataset-unknown"),
    ],
)
def test_a_span_that_is_not_there_is_refused(project: kg.Project, span: dict[str, str], code: str) -> None:
    load(project, *ENTITIES, SAME)
    load(project, *ENTITIES, NEW)
    with pytest.raises(KgError) as caught:
        changes(project, **span)
    assert caught.value.code == code


def test_a_version_that_is_no_more_is_said(project: kg.Project) -> None:
    load(project, *ENTITIES, SAME)
    load(project, *ENTITIES, NEW)
    load(project, *ENTITIES, NEW, GONE)
    shutil.rmtree(project.folder / ".kg/archive/news/000001")
    assert [row[:2] for row in changes(project)] == [("added", "two")]
    with pytest.raises(KgError) as caught:
        changes(project, since="3")
    assert caught.value.code == "store-version-pruned"
    assert "000001" in str(caught.value)


def test_only_lines_that_differ_are_handed_over(project: kg.Project) -> None:
    """What is compared is bounded by the difference, however much stays."""
    many = [{"type": "Company", "id": f"c{n}", "name": f"Company {n}"} for n in range(300)]
    load(project, *ENTITIES, *many, SAME)
    load(project, *ENTITIES, *many, SAME | {"status": "planned"})
    assert changes(project) == [("changed", "same", "openai softbank", "status", "actual", "planned")]


def test_status_lists_the_changes(project: kg.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    load(project, *ENTITIES, SAME)
    load(project, *ENTITIES, NEW)
    project.retract("news")
    monkeypatch.chdir(project.folder)
    told = json.loads(run(["status", "--format", "json"]).stdout)["changes"]
    assert [(step["number"], step["version"], step["replaces"]) for step in told] == [
        (3, "000001", None),
        (5, "000002", "000001"),
        (7, None, "000002"),
    ]
    lines = run(["status", "--lang", "ko"]).stdout.decode().splitlines()
    assert [line.rpartition(",")[0] for line in lines[-3:]] == [
        "변경 3: news 적재",
        "변경 5: news 다시 적재",
        "변경 7: news 철회",
    ]


def test_the_command_says_it_in_words(project: kg.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    load(project, *ENTITIES, GONE)
    load(project, *ENTITIES, GONE | {"status": "planned"})
    monkeypatch.chdir(project.folder)
    said = run(["query", "changes", "--dataset", "news", "--lang", "en"]).stdout.decode().splitlines()
    assert said[0].split() == ["change", "type", "thing", "parties", "property", "was", "is", "dataset"]
    assert said[2].split() == [
        *("changed", "investment", "investment/news/two", "Arm,", "SoftBank"),
        *("status", "actual", "planned", "dataset/news"),
    ]
    refused = run(["query", "changes", "--data", "x.ttl"])
    assert refused.exit_code == 2
    assert "changes-data" in refused.stderr
