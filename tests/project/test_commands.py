"""The commands of a project, one after another, as they are typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import run

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "examples/stargate/facts.jsonl"
OTHER = """{"ids": "shared", "language": "en", "defaults": {"source": "wire"}}
{"type": "NewsArticle", "id": "wire", "published": "2025-03-01"}
{"type": "Founding", "id": "f", "founded": "OpenAI", "date": "2015-12-11"}
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--base", "https://kg.example/", "--language", "ko"]).exit_code == 0
    shutil.copy(FACTS, "stargate.jsonl")
    assert run(["load", "stargate.jsonl"]).exit_code == 0


def test_an_export_is_what_convert_writes() -> None:
    outcome = run(["export"])
    assert outcome.stdout == (ROOT / "examples/stargate/stargate.ttl").read_bytes()
    assert run(["export", "stargate"]).stdout == outcome.stdout


def test_a_file_is_loaded_once_and_replaced_by_the_difference() -> None:
    assert "unchanged" in run(["load", "stargate.jsonl"]).stderr
    text = Path("stargate.jsonl").read_text("utf-8")
    Path("stargate.jsonl").write_text(text.replace("최대 400억달러", "최대 300억달러"), "utf-8")
    assert "1 record;" not in run(["load", "stargate.jsonl"]).stderr
    assert '"30000000000"' in run(["export"]).stdout.decode()
    shutil.copy(FACTS, "stargate.jsonl")
    run(["load", "stargate.jsonl"])
    assert run(["export"]).stdout == (ROOT / "examples/stargate/stargate.ttl").read_bytes()


def test_what_is_taken_out_leaves_what_was_before_and_a_rebuild_changes_nothing() -> None:
    before = run(["export"]).stdout
    Path("more.jsonl").write_text(OTHER, "utf-8")
    assert run(["load", "more.jsonl"]).exit_code == 0
    both = run(["export"]).stdout
    assert both != before
    assert run(["rebuild"]).exit_code == 0
    assert run(["export"]).stdout == both
    assert run(["retract", "more"]).exit_code == 0
    assert run(["export"]).stdout == before
    assert run(["retract", "more"]).exit_code == 2


def test_dry_run_and_strict_change_nothing() -> None:
    Path("more.jsonl").write_text(OTHER + '{"type": "Founding", "founded": "nobody"}\n', "utf-8")
    for option in ("--dry-run", "--strict"):
        assert run(["load", "more.jsonl", option]).exit_code == 1
        assert [
            row["name"] for row in json.loads(run(["status", "--format", "json"]).stdout)["datasets"]
        ] == ["stargate"]
    assert run(["load", "more.jsonl"]).exit_code == 1
    assert len(json.loads(run(["status", "--format", "json"]).stdout)["datasets"]) == 2


def test_a_folder_is_all_its_facts_files() -> None:
    Path("folder").mkdir()
    Path("folder/a.jsonl").write_text(OTHER, "utf-8")
    Path("folder/notes.txt").write_text("no facts", "utf-8")
    assert run(["load", "folder"]).exit_code == 0
    assert {row["name"] for row in json.loads(run(["status", "--format", "json"]).stdout)["datasets"]} == {
        "a",
        "stargate",
    }


def test_the_simple_view_has_direct_edges_and_none_of_what_is_presumed() -> None:
    outcome = run(["export", "--view", "simple"])
    assert outcome.exit_code == 0, outcome.stderr
    view = outcome.stdout.decode()
    assert "kg:plansToInvestIn <organization/openai>" in view
    samsung = view.split("<organization/samsung-electronics>\n")[1].split("\n\n")[0]
    assert "Invest" not in samsung
    assert run(["export", "--view", "simpel"]).exit_code == 2


def test_the_store_is_validated_as_a_whole() -> None:
    outcome = run(["validate", "--store"])
    assert outcome.exit_code == 0
    said = outcome.stdout.decode()
    assert "nodes checked" in said
    assert "with the store" in said
    assert run(["validate"]).exit_code == 2


def test_outside_a_project_it_says_how_to_make_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = str(tmp_path_factory.mktemp("elsewhere"))
    outcome = run(["load", "stargate.jsonl", "--project", elsewhere])
    assert outcome.exit_code == 2
    assert "kg.toml" in outcome.stderr
    assert run(["init"]).exit_code == 2


def test_a_format_has_the_same_option_everywhere() -> None:
    assert run(["export", "--format", "nt"]).stdout == run(["export", "--to", "ntriples"]).stdout
    assert run(["convert", "stargate.jsonl", "--format", "ttl"]).stdout == run(["export"]).stdout


def test_a_dataset_of_a_name_that_none_can_have_is_an_error_of_the_command() -> None:
    done = run(["load", "stargate.jsonl", "--dataset", "a/b", "--lang", "en"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 2)
    assert done.stderr.startswith("error[option-dataset]: --dataset: “a/b”")
    assert b"a/b" not in run(["status"]).stdout


def test_a_project_on_the_base_of_the_example_says_so() -> None:
    assert "begin with https://kg.example/" in run(["init", "other", "--lang", "en"]).stderr
    done = run(["init", "mine", "--base", "https://data.example.org/", "--lang", "en"])
    assert "begin with" not in done.stderr


def test_rdf_is_not_loaded_as_facts() -> None:
    Path("graph.ttl").write_bytes(run(["export"]).stdout)
    before = run(["status"]).stdout
    done = run(["load", "graph.ttl", "--lang", "en"])
    assert (done.exit_code, done.stderr.startswith("error[facts-rdf]: graph.ttl: this is Turtle")) == (
        2,
        True,
    )
    assert run(["status"]).stdout == before


def test_validation_says_that_it_did_not_look_at_what_is_loaded() -> None:
    Path("more.jsonl").write_text(OTHER, "utf-8")
    done = run(["validate", "more.jsonl", "--lang", "en"])
    assert (done.exit_code, "`kg load --dry-run` checks facts together with it" in done.stderr) == (1, True)
    assert run(["load", "more.jsonl", "--dry-run"]).exit_code == 0
    assert "--dry-run" not in run(["validate", "stargate.jsonl", "--lang", "en"]).stderr


def test_what_the_store_has_is_told_in_one_pair_of_brackets() -> None:
    Path("more.jsonl").write_text(
        OTHER.replace('"founded": "OpenAI"', '"founded": "chosun-2025-02-04"'), "utf-8"
    )
    said = run(["load", "more.jsonl", "--lang", "en"]).stderr
    assert "error[reference-class]" in said
    assert " (store), which does not fit here" in said


def test_no_command_is_described_by_half_a_sentence() -> None:
    assert "..." not in run(["--help"]).stdout.decode().partition("Commands:")[2]
