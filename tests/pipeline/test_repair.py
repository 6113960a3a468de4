"""What can only mean one thing is taken for it, if that is wanted: told, noted in the graph, undone by leaving it out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import model
from kg.errors import Place
from kg.mapping.repair import Repairer
from kg.reading.record import Record
from tests.command import Outcome, run

MODEL = model.load()
REPAIRER = Repairer(MODEL)
CLAIM: dict[str, Any] = {
    "type": "Fundraising",
    "id": "f",
    "fundraiser": "a",
    "status": "planned",
    "source": "s",
}


def taken(data: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The data as they are taken, and (code, pointer) of every repair."""
    found = REPAIRER.record(Record(0, Place("f", 1, 1), data, json.dumps(data).encode()))
    return found.data, [(p.code, p.pointer) for p in found.repairs]


@pytest.mark.parametrize(
    ("written", "wanted", "code", "pointer"),
    [
        ({"type": "company"}, {"type": "Company"}, "repaired-type", "/type"),
        ({"type": "news article"}, {"type": "NewsArticle"}, "repaired-type", "/type"),
        ({"type": "기업"}, {"type": "Company"}, "repaired-type", "/type"),
        ({"Type": "Company"}, {"type": "Company"}, "repaired-field", "/type"),
        ({"type": "Company", "Name": "A"}, {"type": "Company", "name": "A"}, "repaired-field", "/name"),
        ({"type": "Company", "ID": "a"}, {"type": "Company", "id": "a"}, "repaired-field", "/id"),
        ({**CLAIM, "attributed_to": "a"}, {**CLAIM, "attributedTo": "a"}, "repaired-field", "/attributedTo"),
        ({**CLAIM, "status": "PLANNED"}, CLAIM, "repaired-concept", "/status"),
        ({**CLAIM, "status": " Planned "}, CLAIM, "repaired-concept", "/status"),
        ({**CLAIM, "unknown": ["Amount"]}, {**CLAIM, "unknown": ["amount"]}, "repaired-field", "/unknown/0"),
        (
            {**CLAIM, "amount": {"value": 1, "currency": "usd"}},
            {**CLAIM, "amount": {"value": 1, "currency": "USD"}},
            "repaired-code",
            "/amount/currency",
        ),
        (
            {**CLAIM, "evidence": [{"Quote": "x"}]},
            {**CLAIM, "evidence": [{"quote": "x"}]},
            "repaired-key",
            "/evidence/0/quote",
        ),
        (
            {"type": "Person", "id": "p", "unnamed": "True"},
            {"type": "Person", "id": "p", "unnamed": True},
            "repaired-truth",
            "/unnamed",
        ),
        ({**CLAIM, "date": "2025–2–4"}, {**CLAIM, "date": "2025-02-04"}, "repaired-date", "/date"),
        ({**CLAIM, "date": "2025 02 04"}, {**CLAIM, "date": "2025-02-04"}, "repaired-date", "/date"),
        (
            {**CLAIM, "fundraiser": {"type": "company", "name": "A"}},
            {**CLAIM, "fundraiser": {"type": "Company", "name": "A"}},
            "repaired-type",
            "/fundraiser/type",
        ),
    ],
)
def test_what_can_only_mean_one_thing(
    written: dict[str, Any], wanted: dict[str, Any], code: str, pointer: str
) -> None:
    assert taken(written) == (wanted, [(code, pointer)])
    assert taken(wanted) == (wanted, [])


@pytest.mark.parametrize(
    "data",
    [
        {"type": "Compny"},
        {"type": "Company", "Name": "A", "NAME": "B"},
        {"type": "Company", "name": "A", "Name": "B"},
        {**CLAIM, "status": "plannd"},
        {**CLAIM, "status": "agreed"},
        {**CLAIM, "date": "04.02.2025"},
        {**CLAIM, "date": "2025.2.4"},
        {**CLAIM, "date": "last year"},
        {**CLAIM, "amount": {"value": 1, "currency": "us"}},
        {**CLAIM, "amount": "usd 5m"},
        {"type": "Person", "id": "p", "unnamed": "yes"},
        {"type": 7},
        {"id": "a"},
        {},
    ],
)
def test_what_is_right_or_can_mean_two_things_stays(data: dict[str, Any]) -> None:
    assert taken(data) == (data, [])


KEYS = st.sampled_from(
    [
        "type",
        "Type",
        "TYPE",
        "id",
        "ID",
        "Name",
        "name",
        "status",
        "Status",
        "amount",
        "Amount",
        "fundraiser",
        "Evidence",
        "date",
        "unnamed",
        "Unnamed",
        "x",
        "진행 상태",
        "이름",
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        [
            "company",
            "Company",
            "Fundraising",
            "fundraising",
            "PLANNED",
            "usd",
            "true",
            "2025–2–4",
            "",
            1,
            None,
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS | st.sampled_from(["Currency", "Quote"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_a_second_time_nothing_is_repaired(data: dict[str, Any]) -> None:
    before = json.dumps(data)
    once, repairs = taken(data)
    assert json.dumps(data) == before
    assert taken(once) == (once, [])
    assert (once == data) == (not repairs)


FACTS: list[dict[str, Any]] = [
    {"ids": "shared", "defaults": {"source": "s"}},
    {"type": "company", "Name": "A", "id": "a"},
    {"type": "NewsArticle", "id": "s"},
    {
        "type": "Fundraising",
        "id": "f",
        "fundraiser": "A",
        "Status": "Planned",
        "Amount": {"Value": "x", "currency": "usd"},
    },
    {"type": "Fundraising", "id": "g", "fundraiser": "A", "Status": "Planned"},
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f.jsonl").write_text("".join(json.dumps(record) + "\n" for record in FACTS), "utf-8")


def kg(command: str, *options: str) -> Outcome:
    return run([command, "f.jsonl", "--lang", "en", *options])


def test_each_repair_is_told_where_it_was_written() -> None:
    data = json.loads(kg("validate", "--repair", "--format", "json").stdout)
    lines = Path("f.jsonl").read_text("utf-8").splitlines()
    found = {(f["line"], f["code"], f["pointer"]): f for f in data["findings"]}
    assert data["books"]["accepted"] == 3
    assert found[2, "repaired-field", "/name"]["message"] == "the field “Name” was taken for name"
    written = {"/name": '"Name"', "/status": '"Status"', "/amount": '"Amount"', "/amount/value": '"Value"'}
    for (line, _, pointer), finding in found.items():
        if pointer in written:
            assert lines[line - 1][finding["column"] - 1 :].startswith(written[pointer])
    wrong = next(f for f in data["findings"] if f["severity"] == "error")
    assert wrong["pointer"] == "/amount/value"


def test_the_graph_notes_what_was_written() -> None:
    graph = kg("convert", "--repair").stdout.decode()
    assert '"/name: \\"Name\\" → \\"name\\""' in graph
    assert 'skos:changeNote "/status: \\"Planned\\" → \\"planned\\"" ,' in graph
    assert "changeNote" not in kg("convert").stdout.decode()


def test_a_repair_does_not_name_a_claim() -> None:
    right = {"type": "Fundraising", "fundraiser": "A", "status": "planned"}
    wrong = {"type": "fundraising", "fundraiser": "A", "status": "PLANNED"}

    def named(record: dict[str, Any]) -> list[str]:
        Path("f.jsonl").write_text("".join(json.dumps(r) + "\n" for r in [*FACTS[:3], record]), "utf-8")
        graph = kg("convert", "--repair").stdout.decode()
        return [line for line in graph.splitlines() if line.startswith("<fundraising/")]

    assert named(right) == named(wrong) != []


def test_without_it_nothing_is_repaired() -> None:
    assert run(["init"]).exit_code == 0
    assert "accepted 3" in kg("load", "--repair").stderr
    assert "nothing changed" in kg("load", "--repair").stderr
    assert "accepted 1 " in kg("load").stderr
    assert "accepted 3" in kg("load", "--repair").stderr


def test_what_is_quarantined_is_as_it_was_written() -> None:
    run(["init"])
    kg("load", "--repair")
    kept = "".join(p.read_text("utf-8") for p in sorted(Path(".kg/quarantine").rglob("*")) if p.is_file())
    assert '"Amount": {"Value": "x"' in kept


def test_a_rule_can_refuse_a_repair() -> None:
    run(["init"])
    with Path("kg.toml").open("a", encoding="utf-8") as out:
        out.write('[rules."repaired-type"]\nseverity = "error"\n')
    outcome = kg("validate", "--repair")
    assert outcome.exit_code == 1
    assert "error[repaired-type] /type" in outcome.stdout.decode()
