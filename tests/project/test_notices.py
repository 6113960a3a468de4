"""What was found and mended on opening a store is said by every command, on stderr and in JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import kg
from kg.store import Store
from tests.command import run
from tests.store.graphs import big
from tests.store.graphs import load as load_graph

FACTS = Path(__file__).parents[2] / "examples/stargate/facts.jsonl"
PENDING = {"en": "is under way or has been interrupted", "ko": "변경이 중단되었습니다"}
REDONE = {"en": "had been interrupted; it has been finished", "ko": "지금 마무리했습니다"}


class Killed(BaseException):
    """Ends a change where a test wants it to end."""


def leave_pending() -> None:
    def stop(step: str) -> None:
        if step == "prepared":
            raise Killed

    with Store.open(Path(), write=True, step=stop) as store, pytest.raises(Killed):
        load_graph(store, "cut", big(5))


@pytest.fixture(autouse=True)
def _pending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FACTS, "stargate.jsonl")
    assert run(["init", "--base", "https://kg.example/", "--language", "ko"]).exit_code == 0
    assert run(["load", "stargate.jsonl"]).exit_code == 0
    leave_pending()


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["export", "-o", "graph.ttl"],
        ["query", "roles"],
        ["explain", "softbank"],
        ["validate", "--store"],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_who_reads_is_told_that_a_change_is_not_done(command: list[str], language: str) -> None:
    done = run([*command, "--lang", language])
    assert done.exit_code == 0
    assert PENDING[language] in done.stderr
    assert "info[store-pending]" in done.stderr
    assert "cut" in done.stderr


@pytest.mark.parametrize(
    "command", [["load", "stargate.jsonl"], ["retract", "stargate"], ["rebuild"]], ids=lambda c: c[0]
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_who_writes_is_told_what_was_finished(command: list[str], language: str) -> None:
    done = run([*command, "--lang", language])
    assert REDONE[language] in done.stderr
    assert "info[store-redone]" in done.stderr
    assert "store-" not in run(["status"]).stderr


def test_a_reader_that_has_to_open_it_for_writing_first_says_what_it_mended() -> None:
    shutil.rmtree(".kg/checkpoints")
    assert "info[store-redone]" in run(["status"]).stderr


def test_json_has_them_too() -> None:
    (notice,) = json.loads(run(["status", "--format", "json"]).stdout)["notices"]
    assert (notice["code"], notice["severity"]) == ("store-pending", "info")
    report = json.loads(run(["validate", "--store", "--format", "json"]).stdout)
    assert [f["code"] for f in report["findings"] if f["severity"] == "info"] == ["store-pending"]
    run(["rebuild"])
    assert json.loads(run(["status", "--format", "json"]).stdout)["notices"] == []


def test_a_report_in_python_has_them_too() -> None:
    report = kg.open().load(FACTS)
    assert report.conforms
    assert report.findings[0].problem.code == "store-redone"
