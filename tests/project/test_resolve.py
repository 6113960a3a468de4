"""``kg resolve``: proposals, judgements, and the graph that follows them, as commands are typed."""

from __future__ import annotations

import json
import re
from itertools import permutations
from pathlib import Path

import pytest

from kg.identity.iris import Iris
from tests.command import run
from tests.project.judged import BASE, HEAD, A, B, C, exported, judgements, load, project, same

SAYS = re.compile(r"<([^>]*)> <https://w3id.org/kg-loader/ontology#says> <([^>]*)>")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project(".")


def test_what_is_judged_one_is_one_in_the_graph_and_taken_back_it_is_as_it_was() -> None:
    load("a", "b")
    before, trig = exported(), exported("trig")
    assert same(A, B).exit_code == 0
    assert judgements() == f'{{"same": ["{A}", "{B}"], "by": "kim", "reason": "seen"}}\n'
    after = exported()
    assert f"<{B}> <http://www.w3.org/2002/07/owl#sameAs> <{A}> ." in after
    assert after.count(f"<{B}>") == 1
    assert {claim for claim, _ in SAYS.findall(after)} == {claim for claim, _ in SAYS.findall(before)}
    assert run(["resolve", "--withdraw", B, A]).exit_code == 0
    assert (exported(), exported("trig"), judgements()) == (before, trig, "")
    assert not Path("judgements.jsonl").exists()


def test_claims_of_one_matter_corroborate_each_other_once_their_parties_are_one() -> None:
    load("a", "b")
    assert len({matter for claim, matter in SAYS.findall(exported()) if "/investment/" in claim}) == 2
    assert same(A, B).exit_code == 0
    assert len({matter for claim, matter in SAYS.findall(exported()) if "/investment/" in claim}) == 2
    assert same(f"{BASE}organization/a/openai", f"{BASE}organization/b/openai").exit_code == 0
    matters = dict(SAYS.findall(exported()))
    assert len({matter for claim, matter in matters.items() if "/investment/" in claim}) == 1
    # as if it had been written of the companies by which the graph knows them
    kg = "https://w3id.org/kg-loader/ontology#"
    parties = [f"<{kg}investee> <{BASE}organization/a/openai>", f"<{kg}investor> <{A}>"]
    assert matters[f"{BASE}investment/a/i"] == Iris(BASE).matter([f"<{kg}Investment>", *parties])


def test_no_order_of_loads_and_judgements_gives_another_graph() -> None:
    steps = ("a", "b", "judge", "c")
    wanted = ""
    for number, order in enumerate(permutations(steps)):
        folder = f"p{number}"
        project(folder)
        for step in order:
            if step == "judge":
                (Path(folder) / "judgements.jsonl").write_text(
                    f'{{"same": ["{B}", "{C}"]}}\n{{"same": ["{A}", "{B}"]}}\n', "utf-8"
                )
            else:
                assert run(["load", f"{folder}/{step}.jsonl", "--project", folder]).exit_code == 0
        if order[-1] == "judge":
            assert run(["rebuild", "--project", folder]).exit_code == 0
        found = run(["export", "--to", "ntriples", "--project", folder]).stdout.decode()
        assert found == (wanted or found), order
        wanted = found
    assert f"<{C}> <http://www.w3.org/2002/07/owl#sameAs> <{A}> ." in wanted


def test_a_copy_of_judgements_that_is_lost_is_mended_by_a_rebuild() -> None:
    load("a", "b")
    same(A, B)
    graph = exported()
    for copy in Path(".kg/judged").iterdir():
        copy.write_text("{}", "utf-8")
    assert "store-damaged" in run(["export", "--lang", "en"]).stderr
    assert run(["rebuild"]).exit_code == 0
    assert exported() == graph


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("b", "USD 7m", "USD 8m"),
        ("b", '"㈜삼성전자", "Samsung Electronics"', '"삼성전자"'),
        (
            "b",
            '{"type": "Company", "id": "openai", "name": "오픈AI"}',
            '{"type": "Company", "id": "openai", "name": "OpenAI"}',
        ),
        ("a", '"website": "https://www.samsung.com/"', '"description": {"en": "It makes phones."}'),
        ("c", '"Arm"}, "status": "sought"', '"Arm"}, "status": "planned"'),
    ],
)
def test_a_file_that_changes_after_judgements_gives_what_a_fresh_project_gives(
    name: str, old: str, new: str
) -> None:
    load("a", "b", "c")
    for one, other in ((A, B), (B, C)):
        assert same(one, other).exit_code == 0
    assert same(f"{BASE}organization/a/openai", f"{BASE}organization/b/openai").exit_code == 0
    file = Path(f"{name}.jsonl")
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    load(name)
    project("fresh")
    (Path("fresh") / file).write_text(file.read_text("utf-8"), "utf-8")
    (Path("fresh") / "judgements.jsonl").write_text(judgements(), "utf-8")
    outcome = run(["load", "--project", "fresh", *(f"fresh/{n}.jsonl" for n in "abc")])
    assert outcome.exit_code == 0, outcome.stderr
    assert run(["export", "--to", "ntriples", "--project", "fresh"]).stdout.decode() == exported()
    graph = exported()
    assert run(["rebuild"]).exit_code == 0
    assert exported() == graph


def test_documents_that_are_one_are_so_in_evidence_too() -> None:
    quoted = '{"paragraph": 1, "quote": "yes"}'
    for name in ("d", "e"):
        claims = "".join(
            f'{{"type": "Statement", "id": "s{n}", "speaker": {{"type": "Company", "name": "Acme{n}"}}, "text": "Yes.", "evidence": {quoted}}}\n'
            for n in range(2)
        )
        Path(f"{name}.jsonl").write_text(HEAD.replace("LANG", "en") + claims, "utf-8")
    load("d", "e")
    before = exported()
    one, other = f"{BASE}document/d/art", f"{BASE}document/e/art"
    assert before.count(f"<http://purl.org/dc/terms/source> <{other}> .") == 3
    assert same(one, other).exit_code == 0
    joined = exported()
    assert f"<http://purl.org/dc/terms/source> <{other}> ." not in joined
    query = "SELECT (COUNT(*) AS ?n) { ?s <http://purl.org/dc/terms/source> <" + one + "> }"
    assert b'"6"' in run(["query", query, "--format", "json"]).stdout.replace(b"&quot;", b'"')
    assert run(["rebuild"]).exit_code == 0
    assert exported() == joined
    assert b'"6"' in run(["query", query, "--format", "json"]).stdout
    assert run(["resolve", "--withdraw", one, other]).exit_code == 0
    assert exported() == before
    assert b'"3"' in run(["query", query, "--format", "json"]).stdout


def test_facts_may_name_what_is_known_by_another_iri() -> None:
    load("a", "b")
    same(A, B)
    facts = f'{{"type": "Statement", "id": "s", "speaker": "{B}", "text": "Yes."}}\n'
    Path("d.jsonl").write_text(HEAD.replace("LANG", "en") + facts, "utf-8")
    load("d")
    assert f"statement/d/s> <https://w3id.org/kg-loader/ontology#speaker> <{A}> ." in exported()


def test_a_contradiction_is_refused_and_names_the_chain() -> None:
    load("a", "b", "c")
    assert same(A, B).exit_code == same(B, C).exit_code == 0
    held, graph = judgements(), exported()
    outcome = same(A, C, "--different")
    assert outcome.exit_code == 2
    assert f"{A} = {B} (kim: seen), {B} = {C} (kim: seen)" in outcome.stderr
    assert (judgements(), exported()) == (held, graph)
    outcome = same(A, B, "--different")
    assert outcome.exit_code == 2
    assert "--withdraw" in outcome.stderr


def test_two_with_birth_dates_that_can_not_both_be_right_are_not_joined() -> None:
    load("a", "b")
    graph = exported()
    one, other = f"{BASE}person/a/lee", f"{BASE}person/b/lee"
    outcome = same(one, other)
    assert outcome.exit_code == 1
    assert one in outcome.stderr
    assert other in outcome.stderr
    assert (judgements(), exported()) == ("", graph)
    Path("judgements.jsonl").write_text(f'{{"same": ["{one}", "{other}"]}}\n', "utf-8")
    outcome = run(["load", "c.jsonl"])
    assert outcome.exit_code == 2
    assert "judgements-break" in outcome.stderr


def test_two_identifiers_of_what_is_judged_one_are_told() -> None:
    for name, code in (("d", "00126380"), ("e", "00164742")):
        record = f'{{"type": "Company", "name": "Acme", "identifier": {{"dart": "{code}"}}}}\n'
        Path(f"{name}.jsonl").write_text(HEAD.replace("LANG", "en") + record, "utf-8")
    load("d", "e")
    assert json.loads(run(["resolve", "--format", "json"]).stdout)["proposals"] == []
    outcome = same(f"{BASE}organization/dart:00126380", f"{BASE}organization/dart:00164742")
    assert outcome.exit_code == 0
    assert "warning[judgement-identifiers]" in outcome.stderr
    assert "dart: 00126380, 00164742" in outcome.stderr
    assert "organization/dart:00164742" in outcome.stderr


def test_a_load_is_checked_with_what_others_say_of_what_is_one() -> None:
    load("a", "c")
    assert same(f"{BASE}person/a/lee", f"{BASE}person/c/lee").exit_code == 0
    facts = Path("c.jsonl").read_text("utf-8")
    Path("c.jsonl").write_text(
        facts.replace('"Lee Jae-yong"', '"Lee Jae-yong", "birthDate": "1970-01-01"'), "utf-8"
    )
    outcome = run(["load", "c.jsonl", "--lang", "en"])
    assert "1970-01-01" in outcome.stderr
    assert "1968-06-23" in outcome.stderr


def test_a_name_of_what_is_one_is_not_ambiguous() -> None:
    load("a", "b")
    facts = HEAD.replace("LANG", "en") + (
        '{"type": "Statement", "id": "s", "speaker": "Samsung Electronics", "text": "Yes."}\n'
    )
    Path("d.jsonl").write_text(facts, "utf-8")
    assert "reference-ambiguous" in run(["load", "d.jsonl"]).stderr
    assert same(A, B).exit_code == 0
    outcome = run(["load", "d.jsonl"])
    assert outcome.exit_code == 0, outcome.stderr
    assert f"<{BASE}statement/d/s> <https://w3id.org/kg-loader/ontology#speaker> <{A}> ." in exported()
