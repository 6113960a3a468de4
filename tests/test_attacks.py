"""What an attacker tried: hostile facts, files and settings, each told plainly and harmless."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import kg
import kg.store
from tests.command import run
from tests.hostile import COMPANY, project, told


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_node_that_is_named_like_a_probe_is_refused_and_not_passed_over() -> None:
    Path("p.ttl").write_text(
        "<urn:kg:probe:99> a <https://w3id.org/kg-loader/ontology#Investment> .", "utf-8"
    )
    outcome = run(["validate", "p.ttl"])
    assert outcome.exit_code == 3
    assert "urn:kg:probe:99" in outcome.stderr


def test_a_default_that_describes_its_own_class_ends() -> None:
    header = {"language": "en", "defaults": {"locatedIn": {"type": "Place", "name": "World"}}}
    graph = kg.convert([header, {"type": "Place", "id": "x", "name": "X"}])
    assert graph.report.conforms
    assert graph.serialize().count("containedInPlace") == 1


@pytest.mark.parametrize("field", ["id", "type", "name", "identifier", "unnamed", "published"])
def test_what_says_which_thing_it_is_can_be_no_default(field: str) -> None:
    report = kg.validate([{"defaults": {field: "x"}}, json.loads(COMPANY)])
    assert "default-never" in {f.problem.code for f in report.findings}
    assert report.books.accepted == 0


@pytest.mark.parametrize("form", ["text", "json", "turtle"])
def test_a_lone_surrogate_in_a_key_is_told_in_every_format(form: str) -> None:
    Path("s.jsonl").write_text('{"type": "Company", "id": "c", "name": "N", "bogus\\ud800": "x"}\n', "utf-8")
    outcome = run(["validate", "s.jsonl", "--format", form])
    assert outcome.exit_code == 1
    assert b"internal" not in outcome.stdout
    assert "internal" not in outcome.stderr


def test_no_report_turns_the_line_round() -> None:
    Path("b.jsonl").write_text(
        '{"type": "Company", "id": "c", "name": "N", "x\u202egnp": "\u202ey"}\n', "utf-8"
    )
    for form in ("text", "json"):
        assert "\u202e" not in run(["validate", "b.jsonl", "--format", form]).stdout.decode()


@pytest.mark.parametrize(
    "iri",
    ["http://a@b@c/", "http://x/\ufff9", "http://x/\ue000", "http://x:٣/", "http://x/a#b#c", "http://x/%zz"],
)
def test_an_iri_that_no_store_would_take_is_refused_in_its_record(iri: str) -> None:
    report = kg.validate([json.loads(COMPANY), {"type": "Company", "id": "b", "name": "B", "sameAs": iri}])
    assert (report.books.accepted, report.books.quarantined) == (1, 1)


def test_marks_that_no_iri_may_hold_are_encoded() -> None:
    graph = kg.convert([{"language": "ja"}, {"type": "Person", "name": "葛\U000e0100城"}])
    assert graph.report.conforms
    assert "%F3%A0%84%80" in graph.serialize("ntriples")


def test_a_language_in_the_settings_is_a_language() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    Path("kg.toml").write_text('format = 1\nlanguages = ["en .\\\\n<urn:x> <urn:p> <urn:o> ."]\n', "utf-8")
    assert run(["convert", "f.jsonl"]).exit_code == 2


def test_the_input_is_not_overwritten() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    os.link("f.jsonl", "same.ttl")
    for target in ("f.jsonl", "same.ttl"):
        assert run(["convert", "f.jsonl", "--to", "turtle", "-o", target]).exit_code == 2
    assert Path("f.jsonl").read_text("utf-8") == COMPANY


def test_a_link_is_followed_and_nothing_else_is_touched() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    Path("target.ttl").write_text("old", "utf-8")
    Path("link.ttl").symlink_to("target.ttl")
    Path("link.ttl.part").write_text("mine", "utf-8")
    assert run(["convert", "f.jsonl", "-o", "link.ttl"]).exit_code == 0
    assert Path("link.ttl").is_symlink()
    assert Path("target.ttl").read_text("utf-8").startswith("@base")
    assert Path("link.ttl.part").read_text("utf-8") == "mine"
    assert sorted(p.name for p in Path().iterdir()) == ["f.jsonl", "link.ttl", "link.ttl.part", "target.ttl"]


def test_a_device_stays_a_device() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    assert run(["convert", "f.jsonl", "--to", "turtle", "-o", os.devnull]).exit_code == 0
    assert not Path(os.devnull).is_file()


def records(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"type": "Company", "id": "same", "name": f"N{n}", **fields} for n in range(count)]


def test_many_records_of_one_id_name_a_few_of_each_other() -> None:
    report = kg.validate([{"language": "en"}, *records(300)])
    assert report.books.quarantined == 300
    assert max(len(f.problem.others) for f in report.findings) == 5


def test_of_one_record_a_hundred_faults_are_told_and_the_rest_is_said() -> None:
    evidence = [{"quote": f"q{n}", "confidence": 7} for n in range(500)]
    founding = {
        "type": "Founding",
        "founded": {"type": "Company", "name": "X"},
        "source": "d",
        "evidence": evidence,
    }
    report = kg.validate([{"type": "Report", "id": "d"}, founding])
    codes = [f.problem.code for f in report.findings]
    assert codes.count("too-large") == 100
    assert "more-results" in codes
    assert report.books.quarantined == 1


def test_a_chain_of_records_that_rest_on_each_other_ends_after_a_few_runs() -> None:
    chain = [
        {
            "type": "Place",
            "id": f"p{n}",
            "locatedIn": {"type": "Place", "id": f"p{n + 1}", "name": f"P{n + 1}"},
        }
        for n in range(60)
    ]
    report = kg.validate([{"language": "en"}, *chain])
    assert report.books.accepted == 0
    assert report.books.balanced


def test_deep_nesting_is_told_wherever_it_stands() -> None:
    deep = "[" * 100_000
    project(f_jsonl=COMPANY, d_jsonl='{"type": "Company", "id": "x", "name": ' + deep + "\n", d_json=deep)
    Path("d.csv").write_text("name\nA\n", "utf-8")
    Path("d.yaml").write_text(deep, "utf-8")
    assert told("load", "d.jsonl")[0] == 1
    assert told("validate", "d.json")[0] in {1, 3}
    assert told("validate", "d.csv", "--mapping", "d.yaml")[0] == 2
    Path("judgements.jsonl").write_text(deep + "\n", "utf-8")
    assert told("load", "f.jsonl")[0] == 2
    Path("kg.toml").write_text(f"format = 1\nx = {deep}", "utf-8")
    assert told("load", "f.jsonl")[0] == 2


@pytest.mark.parametrize(
    "amount",
    ['{"min": 1e999999999, "currency": "USD"}', '{"min": 1e-999999999, "currency": "USD"}']
    + [f'"USD {number}"' for number in ("9" * 100_000, "1e99999999", "9 quadrillion trillion")],
)
def test_huge_numbers_cost_their_record_only(amount: str) -> None:
    fact = (
        '{"type": "Fundraising", "organization": "a", "status": "actual", "source": "d", "amount": '
        + amount
        + "}"
    )
    Path("n.jsonl").write_text('{"type": "Report", "id": "d"}\n' + COMPANY + fact + "\n", "utf-8")
    code, said = told("validate", "n.jsonl", "--format", "json")
    assert code in {0, 1}
    assert json.loads(said[said.index("{") :])["books"]["read"] == 3


@pytest.mark.parametrize("name", ["..", "../../x", "a/b", "x" * 300, "*" * 200, "삼" * 66, "CON", "lock"])
def test_the_name_of_a_dataset_leads_nowhere_else(name: str) -> None:
    project(f_jsonl=json.dumps({"dataset": name}) + "\n" + COMPANY)
    assert told("load", "f.jsonl")[0] in {0, 1}
    assert sorted(p.name for p in Path().iterdir()) == [".kg", "f.jsonl", "kg.toml"]
    assert {p.parent.name for p in Path(".kg").rglob("manifest.json")} <= {"000001"}


def test_the_iris_of_judgements_are_iris() -> None:
    evil = "https://x/> <urn:p> <urn:o> .\n<https://y/"
    project(f_jsonl=COMPANY)
    Path("judgements.jsonl").write_text(json.dumps({"same": [evil, "https://y/z"]}) + "\n", "utf-8")
    code, said = told("load", "f.jsonl")
    assert (code, "judgement-no-iri" in said) == (2, True)


def test_who_holds_the_lock_does_not_tell_what_urls_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    monkeypatch.setattr("sys.argv", ["kg", "push", "http://h/sparql?key=c4nary"])
    with kg.store.Store.open(Path.cwd(), write=True):
        held = Path(".kg/lock.json").read_text("utf-8")
    assert ("push" in held, "c4nary" in held) == (True, False)


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(A1)"])
def test_no_cell_of_a_query_is_a_formula(name: str) -> None:
    project(f_jsonl=json.dumps({"type": "Company", "id": "a", "name": {"en": name}}) + "\n")
    assert told("load", "f.jsonl")[0] == 0
    asked = "SELECT ?n { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }"
    outcome = run(["query", asked, "--format", "csv"])
    cell = outcome.stdout.decode("utf-8-sig").splitlines()[1].strip('"')
    assert cell == f"'{name}"
