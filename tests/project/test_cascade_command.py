"""``--cascade`` of commands: what is taken out of which dataset, and why, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.store import Store
from tests.command import run
from tests.deal import ACME, BETA, DEAL, DOC, HEADER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text('format = 1\nbase = "https://x.example/"\n', "utf-8")
    written(tmp_path, "a", [DOC, ACME])
    written(tmp_path, "b", [DOC, BETA, DEAL])
    for name in "ab":
        assert run(["load", f"{name}.jsonl", "--lang", "en"]).exit_code == 0
    return tmp_path


def written(folder: Path, name: str, records: list[Any]) -> None:
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in (HEADER, *records)), "utf-8")


def test_a_load_says_what_it_would_take_out_and_then_takes_it_out(project: Path) -> None:
    written(project, "a", [DOC])
    load = ["load", "a.jsonl", "--lang", "en"]
    assert "--cascade" in run(load).stderr, "how to go on is said"
    would = run([*load, "--cascade", "--dry-run"])
    line = (
        "1 record {}taken out, 1 that can't stand any more and 0 that wait for such; {} "
        "read 3 = accepted 2 + duplicate 0 + quarantined 1 + waiting 0"
    )
    assert would.exit_code == 0
    assert "dataset b: " + line.format("would be ", "then") in would.stderr
    assert "accepted 3" not in run(["quarantine", "--lang", "en"]).stdout.decode()
    done = run([*load, "--cascade"])
    assert done.exit_code == 0
    assert "b.jsonl:4: warning[taken-out] /investor: taken out of dataset b" in done.stderr
    assert "dataset b: " + line.format("", "now") in done.stderr
    shown = run(["quarantine", "show", "b", "--code", "taken-out-by", "--lang", "en"]).stdout.decode()
    assert "it was loaded, and was taken out by the load of “a”" in shown


def test_a_program_and_a_reader_of_korean_are_told_too(project: Path) -> None:
    written(project, "a", [DOC])
    done = run(["load", "a.jsonl", "--cascade", "--dry-run", "--format", "json", "--lang", "ko"])
    (said,) = json.loads(done.stdout)["findings"]
    assert (said["code"], said["severity"], said["line"]) == ("taken-out", "warning", 4)
    assert "레코드 1건이 빠지게 됩니다" in done.stderr


def test_a_retraction_and_a_judgement_take_out_what_they_break(project: Path) -> None:
    del project
    same = ["resolve", "--same", "acme", "beta", "--by", "kim", "--lang", "en"]
    assert run(same).exit_code == 1
    judged = run([*same, "--cascade"])
    assert judged.exit_code == 0
    assert "dataset b: 1 record taken out" in judged.stderr
    assert run(["resolve", "--withdraw", "acme", "beta"]).exit_code == 0
    assert run(["load", "--replay", "b"]).exit_code == 0
    assert run(["retract", "a"]).exit_code == 1
    retracted = run(["retract", "a", "--cascade", "--lang", "en"])
    assert retracted.exit_code == 0
    assert "dataset b: 1 record taken out" in retracted.stderr
    assert "dataset a is taken out" in retracted.stderr
    shown = run(["quarantine", "show", "b", "--lang", "en"]).stdout.decode()
    assert "taken out by the retraction of “a”" in shown


@pytest.mark.parametrize("then", [["rebuild"], ["load", "--replay", "b"], ["status"]])
def test_a_judgement_that_died_once_it_was_committed_holds_whatever_comes_then(
    project: Path, monkeypatch: pytest.MonkeyPatch, then: list[str]
) -> None:
    written(project, "b", [DOC, BETA])
    assert run(["load", "b.jsonl"]).exit_code == 0
    opened = Store.open

    def step(reached: str) -> None:
        if reached == "committed":
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(
            "kg.store.Store.open", staticmethod(lambda folder, **how: opened(folder, **{"step": step, **how}))
        )
        assert run(["resolve", "--same", "acme", "beta", "--by", "kim", "--cascade"]).exit_code == 130
    assert not (project / "judgements.jsonl").exists()
    said = run(["doctor", "--lang", "en"]).stdout.decode()
    assert "warning[doctor-not-brought]" in said
    assert "doctor-judgements" not in said
    assert run(then).exit_code == 0
    if then == ["status"]:  # reads only
        assert run(["rebuild"]).exit_code == 0
    assert '"same"' in (project / "judgements.jsonl").read_text("utf-8")
    assert b"owl:sameAs" in run(["export"]).stdout
    assert run(["doctor", "--lang", "en"]).exit_code == 0
