"""``kg resolve``: what it proposes, takes for a judgement and refuses, and how the graph is asked after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.project.judged import BASE, A, B, C, judgements, load, project, same


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project(".")


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
