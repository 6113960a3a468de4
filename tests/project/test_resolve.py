"""``kg resolve``: proposals, judgements, and the graph that follows them, as commands are typed."""

from __future__ import annotations

import json
import re
from itertools import permutations
from pathlib import Path

import pytest

from kg.identity.iris import Iris
from tests.command import Outcome, run

BASE = "https://kg.example/"
A, B, C = (f"{BASE}organization/{name}" for name in ("a/samsung", "b/samsung", "c/samsung"))
HEAD = """{"language": "LANG", "defaults": {"source": "art"}}
{"type": "NewsArticle", "id": "art", "published": "2025-02-04"}
"""
FILES = {
    "a": """{"type": "Company", "id": "samsung", "name": {"en": "Samsung Electronics Co., Ltd."}, "website": "https://www.samsung.com/"}
{"type": "Company", "id": "openai", "name": "OpenAI"}
{"type": "Person", "id": "lee", "name": {"ko": "이재용"}, "birthDate": "1968-06-23"}
{"type": "Place", "id": "kr", "name": "Korea", "identifier": {"iso-3166": "KR"}}
{"type": "Location", "located": "samsung", "place": "kr", "relation": "headquarters"}
{"type": "Investment", "id": "i", "investor": "samsung", "investee": "openai", "amount": "USD 5m", "status": "planned"}
""",
    "b": """{"type": "Company", "id": "samsung", "name": ["㈜삼성전자", "Samsung Electronics"]}
{"type": "Company", "id": "openai", "name": "오픈AI"}
{"type": "Person", "id": "lee", "name": "이재용", "birthDate": "1970-01-01"}
{"type": "Place", "id": "kr", "name": "대한민국", "identifier": {"iso-3166": "KR"}}
{"type": "Location", "located": "samsung", "place": "kr", "relation": "headquarters"}
{"type": "Investment", "investor": "samsung", "investee": "openai", "amount": "USD 7m", "status": "planned"}
""",
    "c": """{"type": "Company", "id": "samsung", "name": "Samsung Elec."}
{"type": "Person", "id": "lee", "name": "Lee Jae-yong"}
{"type": "Investment", "investor": "samsung", "investee": {"type": "Company", "name": "Arm"}, "status": "sought"}
""",
}
SAYS = re.compile(r"<([^>]*)> <https://w3id.org/kg-loader/ontology#says> <([^>]*)>")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project(".")


def project(folder: str) -> None:
    Path(folder).mkdir(exist_ok=True)
    assert run(["init", folder, "--base", BASE, "--language", "en"]).exit_code == 0
    for name, text in FILES.items():
        language = "en" if name == "a" else "ko"
        (Path(folder) / f"{name}.jsonl").write_text(HEAD.replace("LANG", language) + text, "utf-8")


def load(*names: str) -> None:
    assert run(["load", *(f"{name}.jsonl" for name in names)]).exit_code == 0


def exported(form: str = "ntriples") -> str:
    return run(["export", "--to", form]).stdout.decode()


def same(one: str, other: str, verdict: str = "--same") -> Outcome:
    return run(["resolve", verdict, one, other, "--by", "kim", "--reason", "seen", "--lang", "en"])


def judgements() -> str:
    file = Path("judgements.jsonl")
    return file.read_text("utf-8") if file.exists() else ""


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


def test_proposals_come_best_first_with_reasons_and_not_what_differs() -> None:
    load("a", "b", "c")
    found = json.loads(run(["resolve", "--format", "json", "--lang", "en"]).stdout)
    scores = [proposal["score"] for proposal in found["proposals"]]
    assert scores == sorted(scores, reverse=True)
    by_pair = {(p["one"]["iri"], p["other"]["iri"]): p for p in found["proposals"]}
    assert [r["code"] for r in by_pair[A, B]["reasons"]] == ["resolve-name", "resolve-country"]
    assert (f"{BASE}person/a/lee", f"{BASE}person/c/lee") in by_pair
    people = (f"{BASE}person/a/lee", f"{BASE}person/b/lee")
    assert people not in by_pair
    assert [(c["one"]["iri"], c["other"]["iri"]) for c in found["conflicts"]] == [people]
    assert found["conflicts"][0]["reason"]["message"] == "different birth dates: 1968-06-23, 1970-01-01"
    text = run(["resolve", "--limit", "1", "--lang", "ko"]).stdout.decode()
    assert "같은 이름" in text
    assert "1개 표시" in text
    only = json.loads(run(["resolve", "--format", "json", "--class", "Person"]).stdout)
    assert {p["one"]["type"] for p in only["proposals"]} == {"Person"}


def test_proposals_can_be_edited_to_judgements_and_are_not_made_again() -> None:
    load("a", "b", "c")
    lines = run(["resolve", "--format", "jsonl"]).stdout.decode().splitlines()
    Path("todo.jsonl").write_text("\n".join(lines[:2]).replace("unsure", "different"), "utf-8")
    assert run(["resolve", "--judge", "todo.jsonl", "--by", "lim"]).exit_code == 0
    assert len(judgements().splitlines()) == 2
    assert '"by": "lim"' in judgements()
    again = run(["resolve", "--format", "jsonl"]).stdout.decode().splitlines()
    assert again == lines[2:]
    assert (
        run(["resolve", "--judge", "-"], b'{"same": ["Samsung Elec.", "' + A.encode() + b'"]}').exit_code == 0
    )
    assert f'{{"same": ["{A}", "{C}"]' in judgements()


def test_judging_one_by_one() -> None:
    load("a", "b", "c")
    outcome = run(["resolve", "--ask", "--by", "kim", "--limit", "3", "--lang", "en"], b"s\nn\nd\n")
    assert outcome.exit_code == 0
    verdicts = [next(iter(json.loads(line))) for line in judgements().splitlines()]
    assert sorted(verdicts) == ["different", "same"]
    assert "same name" in judgements()


def test_rules_judge_what_the_user_turned_on() -> None:
    load("a", "b", "c")
    assert run(["resolve", "--rules"]).exit_code == 2
    settings = Path("kg.toml").read_text("utf-8")
    rules = '["same name, same country, Company", "same name, Person"]'
    Path("kg.toml").write_text(f"{settings}[identity]\nrules = {rules}\n", "utf-8")
    assert run(["resolve", "--rules"]).exit_code == 0
    assert judgements() == (
        f'{{"same": ["{A}", "{B}"], "by": "rule: same name, same country, Company", '
        '"reason": "same name samsung electronics, same country KR"}\n'
    )
    assert run(["resolve", "--rules"]).exit_code == 0
    assert len(judgements().splitlines()) == 1
    for wrong in ('"same country, Company"', '"same nam, Company"', '"same name, Companie"'):
        Path("kg.toml").write_text(f"{settings}[identity]\nrules = [{wrong}]\n", "utf-8")
        assert run(["resolve", "--rules"]).exit_code == 2


def test_a_merge_is_explained() -> None:
    load("a", "b")
    same(A, B)
    for asked in (A, B, "㈜삼성전자"):
        said = run(["explain", asked, "--lang", "en"]).stdout.decode()
        assert f"one by judgement  {A} = {B} (kim: seen)" in said


def test_what_is_said_to_be_one_need_not_be_of_a_class() -> None:
    load("a", "b")
    assert same(A, B).exit_code == 0
    Path("graph.ttl").write_bytes(run(["export"]).stdout)
    done = run(["validate", "graph.ttl"])
    assert (done.exit_code, "some-unchecked" in done.stdout.decode() + done.stderr) == (0, False)


def test_queries_find_what_is_one_by_the_ids_and_iris_of_each() -> None:
    load("a", "b")
    same(f"{BASE}organization/a/openai", f"{BASE}organization/b/openai")
    for asked in ("OpenAI", "오픈AI", f"{BASE}organization/b/openai"):
        found = json.loads(run(["query", "investments", "--into", asked, "--format", "json"]).stdout)
        assert len(found["results"]["bindings"]) == 2, asked


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "judgement-not-json"),
        ("[]", "judgement-not-object"),
        ('{"same": ["x:a", "x:b"], "different": ["x:a", "x:b"]}', "judgement-keys"),
        ('{"same": ["x:a", "x:b"], "why": "?"}', "judgement-keys"),
        ('{"same": ["x:a"]}', "judgement-pair"),
        ('{"same": ["x:a", "x:a"]}', "judgement-itself"),
        ('{"same": ["x:a", "x:b"], "by": 1}', "judgement-text"),
        ('{"same": ["x:a", "삼성 전자"]}', "judgement-no-iri"),
        ('{"same": ["x:a", "x:b"]}\n{"unsure": ["x:b", "x:a"]}', "judgement-twice"),
        ("<<<<<<< ours", "judgement-not-json"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_with_its_line(line: str, code: str) -> None:
    Path("judgements.jsonl").write_text(f"\n{line}\n", "utf-8")
    outcome = run(["load", "a.jsonl"])
    assert outcome.exit_code == 2
    assert f"error[{code}]" in outcome.stderr
    assert "judgements.jsonl:" in outcome.stderr


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Samsung Electronics", C, "resolve-ambiguous"),
        ("Samsumg Elec.", A, "resolve-unknown"),
        (A, f"{BASE}person/a/lee", "resolve-kinds"),
        (C, "Samsung Elec.", "resolve-itself"),
    ],
)
def test_what_can_not_be_judged_is_said(one: str, other: str, code: str) -> None:
    load("a", "b", "c")
    outcome = same(one, other)
    assert outcome.exit_code == 2
    assert f"error[{code}]" in outcome.stderr
    assert judgements() == ""
