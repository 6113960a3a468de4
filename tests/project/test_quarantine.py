"""The records that a load did not take: kept with their reasons, replaced at each load, gone when all is well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run

HEADER = '{"ids": "shared", "dataset": "news", "language": "en", "defaults": {"source": "wire"}}\n'
WIRE = '{"type": "NewsArticle", "id": "wire", "published": "2025-03-01"}\n'
GOOD = '{"type": "Company", "id": "good", "name": "Good"}\n'
BAD = '{"type": "Company", "id": "bad", "name": "Bad", "website": "no IRI", "colour": 1.50}\n'
RESTS = '{"type": "Founding", "id": "f", "founded": "bad", "date": "2015-12-11"}\n'
BROKEN = b'{"type": "Company", "id": "x", "name": "\xff"\n'
TWICE = '{"type": "Company", "id": "twice", "id": "again", "name": "Twice"}\n'
FILE = Path(".kg/quarantine/news.jsonl")


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--language", "en"]).exit_code == 0


def load(*records: str | bytes, options: tuple[str, ...] = ()) -> int:
    whole = b"".join(r if isinstance(r, bytes) else r.encode() for r in (HEADER, WIRE, *records))
    Path("news.jsonl").write_bytes(whole)
    return run(["load", "news.jsonl", *options]).exit_code


def kept() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def reasons(entry: dict[str, Any]) -> list[tuple[str, str]]:
    return [(reason["code"], reason["pointer"]) for reason in entry["reasons"]]


def test_each_record_has_its_place_its_state_and_all_its_reasons() -> None:
    assert load(GOOD, BAD, RESTS, BROKEN, TWICE) == 1
    bad, rests, broken, twice = kept()
    assert (bad["file"], bad["line"], bad["state"]) == ("news.jsonl", 4, "quarantined")
    assert bad["record"] == json.loads(BAD)
    assert reasons(bad) == [("url-expected", "/website"), ("unknown-field", "/colour")]
    assert bad["reasons"][1]["column"] == BAD.index('"colour"') + 1
    assert set(bad["reasons"][1]["message"]) == {"en", "ko"}
    assert (rests["line"], rests["state"], reasons(rests)) == (5, "waiting", [("waits", "/founded")])
    assert rests["reasons"][0]["others"] == [{"file": "news.jsonl", "line": 4}]
    assert (broken["record"].encode("utf-8", "surrogateescape") + b"\n", reasons(broken)) == (
        BROKEN,
        [("not-utf-8", "")],
    )
    assert (twice["record"] + "\n", reasons(twice)) == (TWICE, [("duplicate-key", "/id")])


def test_numbers_are_kept_as_they_are() -> None:
    load(BAD.replace("1.50", "1.50000000000000000000000001"))
    assert '"colour": 1.50000000000000000000000001}' in FILE.read_text("utf-8")


def test_records_of_a_document_on_one_line_have_each_their_own_reasons() -> None:
    facts = ", ".join(r.strip() for r in (WIRE, BAD, GOOD, BAD.replace('"bad"', '"worse"')))
    Path("news.jsonl").write_text(f'{{"dataset": "news", "language": "en", "facts": [{facts}]}}', "utf-8")
    assert run(["load", "news.jsonl"]).exit_code == 1
    first, second = kept()
    assert reasons(first) == reasons(second) == [("url-expected", "/website"), ("unknown-field", "/colour")]
    assert {reason["record"] for reason in second["reasons"]} == {"worse"}


def test_a_wrong_header_is_a_reason_of_every_record_and_told_of_none_but_these() -> None:
    Path("news.jsonl").write_text('{"dataset": "news", "idz": "own"}\n' + GOOD + WIRE, "utf-8")
    assert run(["load", "news.jsonl"]).exit_code == 1
    assert [reasons(entry) for entry in kept()] == [[("header-wrong", "")]] * 2


def test_each_load_replaces_it_and_it_goes_when_there_is_nothing_to_keep() -> None:
    load(GOOD, BAD)
    load(GOOD, RESTS)
    assert [reasons(entry) for entry in kept()] == [[("reference-unknown", "/founded")]]
    assert load(GOOD) == 0
    assert not FILE.exists()
    load(BAD)
    assert run(["load", "news.jsonl"]).exit_code == 1, "unchanged, and as wrong as it was"
    assert FILE.exists()
    assert run(["retract", "news"]).exit_code == 0
    assert not FILE.exists()


@pytest.mark.parametrize("option", ["--dry-run", "--strict"])
def test_what_changes_nothing_keeps_nothing(option: str) -> None:
    assert load(BAD, options=(option,)) == 1
    assert not FILE.exists()


def test_status_counts_them() -> None:
    load(GOOD, BAD, RESTS)
    (row,) = json.loads(run(["status", "--format", "json"]).stdout)["datasets"]
    assert (row["quarantined"], row["waiting"]) == (1, 1)
    assert Path(row["quarantine"]).samefile(FILE)
    said = run(["status"]).stdout.decode()
    assert "1 quarantined, 1 waiting" in said
    assert "격리 1건, 대기 1건" in run(["status", "--lang", "ko"]).stdout.decode()
    FILE.write_text("somebody was here\n\n[]\n", "utf-8")
    (row,) = json.loads(run(["status", "--format", "json"]).stdout)["datasets"]
    assert (row["quarantined"], row["waiting"]) == (2, 0)
    load(GOOD)
    (row,) = json.loads(run(["status", "--format", "json"]).stdout)["datasets"]
    assert (row["quarantined"], row["waiting"], row["quarantine"]) == (0, 0, None)


def test_loaded_again_a_file_with_records_that_are_not_taken_says_the_same() -> None:
    assert load(GOOD, BAD, RESTS) == 1
    first = json.loads(run(["load", "news.jsonl", "--format", "json"]).stdout)
    again = json.loads(run(["load", "news.jsonl", "--format", "json"]).stdout)
    assert again == first
    assert (again["conforms"], again["books"]["quarantined"], again["books"]["waiting"]) == (False, 1, 1)
    assert load(GOOD) == 0
    assert "unchanged" in run(["load", "news.jsonl"]).stderr


def test_the_field_that_was_meant_is_none_that_is_there_already() -> None:
    deal = {"type": "Acquisition", "id": "d", "acquirer": "good", "acquired": "good", "status": "planned"}
    load(GOOD, json.dumps(deal) + "\n")
    (unknown,) = (r for entry in kept() for r in entry["reasons"] if r["code"] == "unknown-field")
    assert "acquirer?" not in str(unknown["hint"])


def test_whom_a_title_names_is_to_be_described_without_it() -> None:
    load(GOOD, '{"type": "Position", "id": "p", "organization": "good", "holder": "정현기 회장"}\n')
    (unknown,) = (r for entry in kept() for r in entry["reasons"] if r["code"] == "reference-unknown")
    assert '"name": "정현기"' in str(unknown["hint"])
