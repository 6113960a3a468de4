"""``kg rebuild --remap``: the archived records under today's model, as if their files were loaded anew."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from kg import model
from kg.store import Store
from tests.command import Outcome, run
from tests.conftest import ROOT

MODEL = ROOT / "tests/cases/own-class"
HEADER = '{"ids": "shared", "language": "en", "defaults": {"source": "article"}}\n'
ARTICLE = '{"type": "NewsArticle", "id": "article", "name": "The article", "published": "2025-02-04"}\n'
PARTIES = (
    '{"type": "Company", "id": "acme", "name": "Acme"}\n'
    '{"type": "Company", "id": "beta", "name": "Beta"}\n'
    '{"type": "Company", "id": "gamma", "name": "Acme Group"}\n'
)
FULL = (
    '{"type": "LegalAction", "id": "l1", "claimant": "acme", "opponent": "beta", "damages": "$5 million"}\n'
)
ALONE = '{"type": "LegalAction", "id": "l2", "claimant": "acme", "damages": "$6 million", "lodged": "2024"}\n'
POOR = '{"type": "LegalAction", "id": "l3", "claimant": "beta", "opponent": "acme"}\n'
TOTAL = (
    '{"type": "Investment", "id": "i1", "investor": "acme", "investee": "beta", "status": "planned"}\n'
    '{"type": "Investment", "id": "i2", "investor": "acme", "investee": "beta", "status": "planned", "part": ["i1"]}\n'
)
FILES = {
    "laws.jsonl": HEADER + ARTICLE + PARTIES + FULL + ALONE + POOR,
    "deals.jsonl": HEADER + ARTICLE + PARTIES + TOTAL,
}


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    made(Path())
    assert run(["load", *FILES]).exit_code == 1, "ALONE has no opponent"


def made(folder: Path) -> None:
    """A project of the model, and its files."""
    folder.mkdir(exist_ok=True)
    for name in ("kg.toml", "ontology.ttl", "shapes.ttl"):
        shutil.copy(MODEL / name, folder)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    model.load.cache_clear()


def changed(folder: Path) -> None:
    """Another model: an opponent may be missing, damages may not, and what is not said to be is planned."""
    shapes = (folder / "shapes.ttl").read_text("utf-8")
    opponent, damages = (
        "law:opponent ;\n    sh:class kg:Party ;\n",
        "law:damages ;\n    sh:node shape:Money ;\n",
    )
    for old, new in (
        (f"{opponent}    sh:minCount 1 ;\n", opponent),
        (damages, f"{damages}    sh:minCount 1 ;\n"),
        ("sh:defaultValue kg:actual", "sh:defaultValue kg:planned"),
    ):
        assert old in shapes
        shapes = shapes.replace(old, new)
    (folder / "shapes.ttl").write_text(shapes, "utf-8")
    model.load.cache_clear()


def remap(*options: str) -> Outcome:
    return run(["rebuild", "--remap", *options])


def exported(*options: str) -> bytes:
    done = run(["export", *options])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def fresh() -> bytes:
    """What a project of today's model would export, into which the files were loaded anew."""
    made(Path("fresh"))
    changed(Path("fresh"))
    run(["load", *(f"fresh/{name}" for name in FILES), "--project", "fresh"])
    return exported("--project", "fresh")


def status() -> dict[str, Any]:
    found = json.loads(run(["status", "--format", "json"]).stdout)
    return {dataset["name"]: dataset["stale"] for dataset in found["datasets"]}


def kept(dataset: str) -> list[tuple[int, str, str]]:
    path = Path(f".kg/quarantine/{dataset}.jsonl")
    found = map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else ()
    return [(entry["line"], entry["state"], entry["reasons"][0]["code"]) for entry in found]


def test_what_was_mapped_with_another_model_is_known() -> None:
    assert status() == {"deals": None, "laws": None}
    assert "nothing to do" in remap().stderr
    changed(Path())
    assert status() == {"deals": ["model"], "laws": ["model"]}
    shown = run(["status"]).stdout.decode()
    assert shown.count("mapped with other ontology or shapes: kg rebuild --remap") == 2
    assert "settings" not in shown
    settings = Path("kg.toml")
    settings.write_text(settings.read_text("utf-8").replace('["en"]', '["ko"]'), "utf-8")
    assert status()["laws"] == ["model", "settings"]


def test_the_difference_is_shown_and_nothing_changed_without_yes() -> None:
    changed(Path())
    before, journal = exported(), Path(".kg/journal").read_bytes()
    done = remap()
    assert done.exit_code == 1, "a record would not be taken"
    shown = done.stdout.decode()
    assert "laws@1 → laws@2\nfacts: 1 added, 1 removed, 1 changed" in shown
    assert "deals@1 → deals@2\nnothing differs" in shown
    assert "      status: actual → planned" in shown
    assert "nothing was changed; with --yes it is done" in done.stderr
    assert "laws.jsonl:8: error[missing-field]" in done.stderr
    assert (exported(), Path(".kg/journal").read_bytes()) == (before, journal)
    assert kept("laws") == [(7, "quarantined", "missing-field")]


def test_a_program_is_told_what_differs() -> None:
    nothing = json.loads(remap("--format", "json").stdout)
    assert (nothing["stale"], nothing["done"], nothing["differences"]) == ([], [], [])
    changed(Path())
    before = exported()
    would = json.loads(remap("--format", "json").stdout)
    assert would["stale"] == [{"dataset": name, "by": ["model"]} for name in ("deals", "laws")]
    assert (would["done"], exported()) == ([], before)
    assert {each["new"]: each["counts"]["changed"] for each in would["differences"]} == {
        "deals@2": 0,
        "laws@2": 1,
    }
    assert [(found["code"], found["line"]) for found in would["findings"]] == [("missing-field", 8)]
    done = json.loads(remap("--yes", "--format", "json").stdout)
    assert done["done"] == ["deals", "laws"]
    assert {key: done[key] for key in ("books", "findings")} == {
        key: would[key] for key in ("books", "findings")
    }
    assert exported() == fresh()


def test_a_program_is_told_of_a_rebuild() -> None:
    shutil.rmtree(".kg/store")
    done = run(["rebuild", "--format", "json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["datasets"]) == (0, 2)
    assert "store-made-anew" in {notice["code"] for notice in told["notices"]}
    assert run(["rebuild", "--format", "xml"]).exit_code == 2


def test_it_is_as_if_the_files_were_loaded_anew() -> None:
    for name in FILES:
        Path(name).unlink()
    changed(Path())
    done = remap("--yes")
    assert done.exit_code == 1, "a record has no damages"
    assert "read 13 = accepted 8 + duplicate 4 + quarantined 1 + waiting 0" in done.stderr
    assert exported() == fresh()
    assert kept("laws") == [(8, "quarantined", "missing-field")]
    assert status() == {"deals": None, "laws": None}
    assert "nothing to do" in remap("--yes").stderr
    made(Path())
    changed(Path())
    assert "deals.jsonl: unchanged since it was loaded" in run(["load", *FILES]).stderr
    assert exported() == exported("--project", "fresh")


def test_a_model_that_is_back_brings_back_what_it_was() -> None:
    before = exported()
    changed(Path())
    remap("--yes")
    made(Path())
    remap("--yes")
    assert exported() == before
    assert kept("laws") == [(7, "quarantined", "missing-field")]


def test_what_was_corrected_and_taken_back_stays_so() -> None:
    assert run(["retract", "--fact", "l1"]).exit_code == 0
    Path("fix.jsonl").write_text(ALONE.replace('"acme"', '"acme", "opponent": "beta"'), "utf-8")
    assert run(["load", "fix.jsonl", "--replay", "laws"]).exit_code == 0
    changed(Path())
    remap("--yes")
    assert b"legalaction/l2" in exported() or b"legalaction/laws/l2" in exported()
    assert b"law:opponent <organization/beta>" in exported()
    assert [code for _, _, code in kept("laws")] == ["retracted", "missing-field"]


def test_what_does_not_conform_any_more_is_quarantined() -> None:
    made(Path())
    changed(Path())
    text = Path("shapes.ttl").read_text("utf-8")
    claimant = "law:claimant ;\n    sh:class kg:"
    Path("shapes.ttl").write_text(text.replace(f"{claimant}Party", f"{claimant}Person"), "utf-8")
    model.load.cache_clear()
    done = remap("--yes")
    assert done.exit_code == 1
    assert len(kept("laws")) == 3, "no claimant is a person"
    assert b"LegalAction" not in exported()


def test_other_judgements_are_followed() -> None:
    done = run(["resolve", "--same", "acme", "gamma"])
    assert done.exit_code == 0, done.stderr
    stale = {name for name, by in status().items() if by}
    before = exported()
    remap("--yes")
    assert status() == {"deals": None, "laws": None}
    assert stale == {"deals", "laws"}
    assert exported() == before, "what a judgement makes does not depend on when it was given"


@pytest.mark.parametrize(("name", "which"), [("prepared", 1), ("committed", 1), ("committed", 2)])
def test_killed_in_the_middle_each_dataset_is_old_or_new_and_it_is_finished(name: str, which: int) -> None:
    old = {dataset: exported(dataset) for dataset in ("deals", "laws")}
    changed(Path())
    reached: list[str] = []

    def step(now: str) -> None:
        reached.append(now)
        if reached.count(name) == which and now == name:
            raise KeyboardInterrupt

    opened = Store.open

    class Stopping(Store):
        @staticmethod
        def open(folder: Path, *, write: bool, mend: bool = False, step: Any = step) -> Store:
            return opened(folder, write=write, mend=mend, step=step)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.Store", Stopping)
        remap("--yes")
    assert reached.count(name) == which, "it was killed"
    run(["status"])
    between = {dataset: exported(dataset) for dataset in old}
    remap("--yes")
    new = {dataset: exported(dataset) for dataset in old}
    assert all(between[dataset] in {old[dataset], new[dataset]} for dataset in old)
    assert exported() == fresh()
    assert kept("laws") == [(8, "quarantined", "missing-field")]


def test_iris_of_two_bases_never_come_together() -> None:
    settings = Path("kg.toml").read_text("utf-8")
    graph = run(["export"]).stdout
    Path("kg.toml").write_text(re.sub(r'base = ".*"', 'base = "https://other.example/"', settings), "utf-8")
    for arguments in (["load", "deals.jsonl"], ["load", *FILES], ["rebuild", "--remap", "--yes"]):
        refused = run(arguments)
        assert (refused.exit_code, "error[base-changed]" in refused.stderr) == (2, True)
    looked_at = run(["doctor"])
    assert (looked_at.exit_code, looked_at.stdout.count(b"warning[base-changed]")) == (1, 2)
    Path("kg.toml").write_text(settings, "utf-8")
    assert run(["export"]).stdout == graph
    assert run(["doctor"]).exit_code == 0
    Path("kg.toml").write_text(re.sub(r'base = ".*"', 'base = "https://other.example/"', settings), "utf-8")
    for name in ("laws", "deals"):
        assert run(["retract", name]).exit_code == 0
    assert run(["load", "deals.jsonl"]).exit_code == 0
    assert run(["doctor"]).exit_code == 0
    assert b"https://other.example/" in run(["export"]).stdout
