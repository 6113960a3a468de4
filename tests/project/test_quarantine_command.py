"""``kg quarantine``: causes and who waits for them, records in full, export to be corrected, dropping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.project.test_quarantine import BAD, BROKEN, FILE, GOOD, HEADER, RESTS, TWICE, load


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--language", "en"]).exit_code == 0


def told(*arguments: str) -> Any:
    done = run(["quarantine", *arguments, "--format", "json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_it_lists_causes_and_how_many_wait_for_each() -> None:
    load(GOOD, BAD, BAD.replace('"bad"', '"worse"'), RESTS, BROKEN)
    (news,) = told()["datasets"]
    assert (news["dataset"], news["quarantined"], news["waiting"]) == ("news", 3, 1)
    assert [tuple(cause.values()) for cause in news["causes"]] == [
        ("unknown-field", "/?", 2, 1),
        ("url-expected", "/website", 2, 1),
        ("not-utf-8", "", 1, 0),
    ]
    said = run(["quarantine"]).stdout.decode().splitlines()
    assert said[0] == "news: 3 quarantined, 1 waiting"
    assert said[1] == "    2  unknown-field /?, 1 wait for these"
    assert "격리 3건, 대기 1건" in run(["quarantine", "--lang", "ko"]).stdout.decode()


def test_who_waits_for_one_that_waits_waits_for_the_cause() -> None:
    part = RESTS.replace('"f"', '"g"').replace("}\n", ', "part": "f"}\n')
    load(GOOD, BAD, RESTS, part.replace('"bad"', '"good"'))
    (news,) = told()["datasets"]
    assert news["waiting"] == 2
    assert {cause["waiting"] for cause in news["causes"]} == {2}


def test_nothing_in_quarantine() -> None:
    load(GOOD)
    assert run(["quarantine"]).stdout == b"every record was taken\n"
    assert told() == {"datasets": []}
    assert told("show", "news") == {"count": 0, "records": []}
    for arguments in (("export", "news"), ("drop", "news", "--yes")):
        done = run(["quarantine", *arguments])
        assert (done.exit_code, "error[quarantine-empty]" in done.stderr) == (2, True)


def test_it_shows_records_as_the_load_told_them() -> None:
    load(GOOD, BAD, RESTS, BROKEN, TWICE)
    said = run(["quarantine", "show"]).stdout.decode()
    assert "news.jsonl:4, quarantined:\n    " + BAD in said
    assert (
        'error[url-expected] /website: “no IRI” is not the address of a page\n    "website": "no IRI"\n'
        in said
    )
    assert "    hint: write it like “https://www.example.com/page”" in said
    assert "news.jsonl:5, waiting:" in said
    assert "웹 주소가 아닙니다" in run(["quarantine", "show", "--lang", "ko"]).stdout.decode()


def test_records_are_chosen_by_code_and_limited() -> None:
    load(GOOD, BAD, RESTS, BROKEN, TWICE)
    assert [r["line"] for r in told("show", "news", "--code", "waits")["records"]] == [5]
    some = told("show", "--limit", "1")
    assert (some["count"], len(some["records"])) == (4, 1)
    assert "and 3 more" in run(["quarantine", "show", "--limit", "1"]).stdout.decode()
    done = run(["quarantine", "show", "--code", "url"])
    assert done.exit_code == 2
    assert "the reasons are: duplicate-key, not-utf-8, unknown-field, url-expected, waits" in done.stderr


def test_it_exports_facts_with_their_header_and_the_reasons_beside_them() -> None:
    load(GOOD, BAD, RESTS, BROKEN, TWICE)
    assert run(["quarantine", "export", "news", "-o", "fix.jsonl"]).exit_code == 0
    header, *records = Path("fix.jsonl").read_bytes().splitlines(keepends=True)
    dataset = json.loads(HEADER)
    del dataset["dataset"]
    assert json.loads(header) == dataset
    assert records == [BAD.encode(), BROKEN, TWICE.encode()], "what waits needs no correction"
    why = [json.loads(line) for line in Path("fix.jsonl.reasons").read_text("utf-8").splitlines()]
    assert [(one["line"], one["was"]["line"], one["reasons"][0]["code"]) for one in why] == [
        (2, 4, "url-expected"),
        (3, 6, "not-utf-8"),
        (4, 7, "duplicate-key"),
    ]
    assert run(["validate", "fix.jsonl"]).exit_code == 1
    only = run(["quarantine", "export", "news", "--code", "not-utf-8"])
    assert only.stdout.endswith(b"}}\n" + BROKEN)


def test_what_was_taken_back_is_in_quarantine_and_not_to_be_corrected() -> None:
    load(GOOD)
    assert run(["retract", "--fact", "good", "--dataset", "news"]).exit_code == 0
    done = run(["quarantine", "export", "news", "-o", "back.jsonl"])
    assert (done.exit_code, "1 record was taken back, 0 wait for others" in done.stderr) == (2, True)
    assert run(["quarantine", "export", "news", "-o", "back.jsonl", "--code", "retracted"]).exit_code == 0
    again = run(["load", "back.jsonl", "--replay", "news"])
    assert "1 record that had been taken back is taken again" in again.stderr
    assert "corrected records in the place of" not in again.stderr


def test_dropping_asks_and_forgets() -> None:
    load(GOOD, BAD, RESTS, BROKEN)
    asked = run(["quarantine", "drop", "news"])
    assert (asked.exit_code, "3 records would be forgotten" in asked.stderr) == (2, True)
    assert run(["quarantine", "drop", "news", "--code", "not-utf-8", "--yes"]).exit_code == 0
    assert [r["line"] for r in told("show")["records"]] == [4, 5]
    assert run(["quarantine", "drop", "news", "--yes"]).exit_code == 0
    assert not FILE.exists()


def test_what_somebody_has_edited_is_shown_and_no_error() -> None:
    load(GOOD, BAD)
    FILE.write_text(
        'somebody was here\n\n[]\n{"record": {"a": 1.50}}\n{"reasons": [3], "line": "x"}\n', "utf-8"
    )
    (news,) = told()["datasets"]
    assert (news["quarantined"], news["causes"]) == (4, [])
    assert [r["record"] for r in told("show")["records"]] == ["somebody was here", "[]", {"a": 1.5}, None]
    assert run(["quarantine", "show"]).exit_code == 0
    assert run(["quarantine", "export", "news"]).stdout.splitlines()[1:] == [
        b"somebody was here",
        b"[]",
        b'{"a": 1.50}',
        b"null",
    ]


def test_a_dataset_that_is_not_there_is_said_with_the_nearest() -> None:
    load(GOOD)
    for arguments in (("show", "newz"), ("export", "newz"), ("drop", "newz", "--yes")):
        done = run(["quarantine", *arguments])
        assert "store-dataset-unknown" in done.stderr
        assert "news" in done.stderr
