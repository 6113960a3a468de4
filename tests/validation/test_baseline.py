"""A baseline accepts what is known, and shows only what is new."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.command import run

BAD: list[dict[str, Any]] = [
    {"type": "Company", "id": f"c{n}", "name": f"C {n}", "colour": "blue"} for n in range(5)
]
GOOD: dict[str, Any] = {"type": "Company", "id": "good", "name": "Good"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(*BAD)
    outcome = run(["validate", "f.jsonl", "--baseline", "b.json", "--write-baseline", "--lang", "en"])
    assert outcome.exit_code == 0
    assert "b.json accepts 5 findings" in outcome.stderr


def write(*records: dict[str, Any] | str) -> None:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
    Path("f.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def compared() -> tuple[int, int, int, int]:
    """(exit code, new, known, gone)."""
    outcome = run(["validate", "f.jsonl", "--baseline", "b.json", "--format", "json"])
    data = json.loads(outcome.stdout)
    gone = sum(entry["count"] for entry in data["baseline"]["gone"])
    return outcome.exit_code, len(data["findings"]), data["baseline"]["known"], gone


def test_what_is_known_is_not_shown() -> None:
    assert compared() == (0, 0, 5, 0)


def test_lines_may_move_and_records_change_their_order() -> None:
    records = [*BAD, GOOD]
    random.Random(1).shuffle(records)
    write("", *records[:3], "", GOOD | {"id": "good2"}, *records[3:])
    assert compared() == (0, 0, 5, 0)


def test_what_is_new_is_shown() -> None:
    write(*BAD, GOOD | {"colour": "red"})
    assert compared() == (1, 1, 5, 0)


@pytest.mark.parametrize("change", [{"colour": "red"}, {"colour": None, "size": 1}, {"id": "other"}])
def test_another_value_field_or_record_is_new(change: dict[str, Any]) -> None:
    changed = {key: value for key, value in (BAD[0] | change).items() if value is not None}
    write(changed, *BAD[1:])
    assert compared() == (1, 1, 4, 1)


def test_how_often_counts() -> None:
    write(GOOD, *['{"type": "Company", "id": '] * 2)
    run(["validate", "f.jsonl", "--baseline", "b.json", "--write-baseline"])
    assert compared()[1:] == (0, 2, 0)
    write(GOOD, *['{"type": "Company", "id": '] * 3)
    assert compared()[1:] == (1, 2, 0)
    write(GOOD, '{"type": "Company", "id": ')
    assert compared()[1:] == (0, 1, 1)


def test_what_is_gone_is_said() -> None:
    write(*BAD[:3])
    assert compared() == (0, 0, 3, 2)
    said = run(["validate", "f.jsonl", "--baseline", "b.json", "--lang", "en"]).stdout.decode()
    assert "3 found again and not shown, 2 gone" in said
    assert "gone: f.jsonl: unknown-field /colour (c3), 1 time" in said


def test_the_file_is_the_same_whatever_the_order() -> None:
    before = Path("b.json").read_bytes()
    write(GOOD, *reversed(BAD))
    run(["validate", "f.jsonl", "--baseline", "b.json", "--write-baseline"])
    assert Path("b.json").read_bytes() == before
    assert before.count(b"\n") == 7


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "findings": []}',
        "[" * 100_000,
        '{"format": 1, "findings": [1]}',
        '{"format": 1, "findings": [{"count": true}]}',
    ],
)
def test_what_is_no_baseline_is_refused_before_anything_is_done(content: str) -> None:
    Path("b.json").write_text(content, "utf-8")
    outcome = run(["validate", "f.jsonl", "--baseline", "b.json", "--lang", "en"])
    assert (outcome.exit_code, outcome.stdout) == (2, b"")
    assert "b.json" in outcome.stderr


def test_a_baseline_that_is_not_there_is_refused() -> None:
    assert run(["validate", "f.jsonl", "--baseline", "none.json"]).exit_code == 2
    assert run(["validate", "f.jsonl", "--write-baseline"]).exit_code == 2


def test_a_load_has_one_too() -> None:
    run(["init"])
    outcome = run(["load", "f.jsonl", "--baseline", "b.json", "--lang", "en"])
    assert outcome.exit_code == 0
    assert "5 found again" in outcome.stderr
    assert "quarantined 5" in outcome.stderr
