"""``kg query`` and ``kg explain`` from a shell's side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Outcome, run

ROOT = Path(__file__).parents[2]
DATA = ["--data", str(ROOT / "examples/stargate/stargate.ttl")]


def asked(*words: str, stdin: bytes = b"") -> Outcome:
    return run(["query", *DATA, *words], stdin)


def test_a_named_query_takes_its_options_wherever_they_stand() -> None:
    first = asked("investments", "--into", "stargate", "--format", "csv")
    assert first.exit_code == 0
    assert asked("--format", "csv", "investments", "--into=stargate").stdout == first.stdout
    assert first.stdout.decode().count("\n") == 4


@pytest.mark.parametrize("form", ["argument", "file", "stdin"])
def test_sparql_comes_from_an_argument_a_file_or_stdin(form: str, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(?x) AS ?n) WHERE { ?x a kg:Person }"
    (tmp_path / "people.rq").write_text(sparql, "utf-8")
    word = {"argument": sparql, "file": str(tmp_path / "people.rq"), "stdin": "-"}[form]
    done = asked(word, "--format", "json", stdin=sparql.encode())
    (row,) = json.loads(done.stdout)["results"]["bindings"]
    assert row["n"]["value"] == "5"


def test_alone_it_lists_all_queries_in_the_language() -> None:
    english, korean = run(["query"]), run(["--lang", "ko", "query"])
    assert "Who met whom, when, where and for how long?" in english.stdout.decode()
    assert "누가 누구를 언제 어디서 얼마 동안 만났는가?" in korean.stdout.decode()


def test_help_of_a_query_lists_its_options() -> None:
    done = asked("investments", "--help")
    assert done.exit_code == 0
    assert "--into" in done.stdout.decode()
    assert "what the money goes into" in done.stdout.decode()
    assert "--timeout" in run(["query", "--help"]).stdout.decode()


@pytest.mark.parametrize(
    ("words", "code", "near"),
    [
        (["investmens"], "query-unknown", "investments"),
        (["investments", "--int", "x"], "query-option", "--into"),
        (["investments", "--into", "Stargat"], "query-nothing", "Stargate"),
        (["investments", "--status", "planed"], "query-concept", "planned"),
        (["ASK { ?s ?p ?o }", "--into", "x"], "query-words", "--into"),
        (["SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], "query-service", "SERVICE"),
        (["DROP ALL"], "query-update", "DROP"),
        (["roles", "--format", "xml"], "query-format", "table"),
        (["none.rq"], "query-unreadable", "none.rq"),
        (["SELEC ?x { ?x a kg:Person }"], "query-keyword", "SELECT"),
        (["SELECT ?x { ?x a kg:Person } ODER BY ?x"], "query-keyword", "(1:30)"),
        (["SELECT (CUONT(?x) AS ?n) { ?x a kg:Person }"], "query-keyword", "COUNT"),
        (["SELECT ?x { ?x a shema:Person }"], "query-prefix", "schema"),
        (["SELECT ?x { ?x a foo:Person }"], "query-prefix", "PREFIX foo: <"),
        (["SELECT ?x { ?x a kg:Person"], "query-syntax-end", "to its end, 1:27"),
        (["SELECT ?x { ?x a "], "query-syntax-end", "to its end, 1:18"),
        (["SELECT ?x WHERE WHERE { ?x a ?y }"], "query-syntax-at", "beyond 1:17: “WHERE { ?x a ?y }”"),
        (["SELECT ?x { ?x a kg:Person }\n  LIMIT ten\n"], "query-syntax-at", "beyond 2:9: “ten”"),
        (["SELECT ?x { ?x a } }"], "query-syntax-end", "to its end, "),
        (["SELECT ?x\n{ ?x kg:a ?b ?c }"], "query-syntax-end", "to its end, 2:18"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_near(words: list[str], code: str, near: str) -> None:
    done = asked(*words)
    assert done.exit_code == 2
    assert f"error[{code}]" in done.stderr
    assert near in done.stderr
    assert done.stdout == b""


def test_without_a_project_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["query", "roles"], ["explain", "softbank"]):
        done = run(command)
        assert done.exit_code == 2
        assert "kg init" in done.stderr


def test_triples_are_turtle_and_every_other_format() -> None:
    sparql = "CONSTRUCT { ?x kg:says ?m } WHERE { ?x a kg:Request ; kg:says ?m }"
    turtle = asked(sparql).stdout.decode()
    assert "<request/stargate/ask-samsung>\n    kg:says <matter/" in turtle
    assert asked(sparql, "--format", "ntriples").stdout.decode().count(" .\n") == 1
    assert "table" in asked(sparql, "--format", "table").stderr


def test_a_table_says_when_there_is_nothing() -> None:
    done = asked("contradictions")
    assert (done.exit_code, done.stdout, done.stderr) == (0, b"", "no results\n")


def test_a_query_is_stopped_in_time() -> None:
    done = asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.4")
    assert done.exit_code == 2
    assert "error[query-timeout]" in done.stderr


def test_users_queries_stand_in_kg_toml(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('format = 1\n[model]\nqueries = ["q"]\n', "utf-8")
    (tmp_path / "q").mkdir()
    (tmp_path / "q/people.rq").write_text(
        "# summary@en: Who is there?\n# column who@en: Person\nSELECT ?who { ?who a <http://xmlns.com/foaf/0.1/Person> }"
        " ORDER BY ?who",
        "utf-8",
    )
    done = run(["query", "people", "--project", str(tmp_path), *DATA])
    assert done.stdout.decode().splitlines()[0].strip() == "Person"
    assert "Sam Altman" in done.stdout.decode()


def test_explain_speaks_both_languages() -> None:
    english = run(["explain", "sb-openai", *DATA])
    assert english.stdout.decode().startswith("SoftBank Group plans to invest")
    korean = run(["explain", "sb-openai", *DATA, "--lang", "ko"])
    assert korean.stdout.decode().startswith("소프트뱅크그룹은 오픈AI에")


def test_what_a_default_leaves_out_is_said_and_can_be_had() -> None:
    none = asked("investments", "--from", "samsung-electronics")
    assert none.stdout == b""
    assert "left out by default: 1;" in none.stderr
    assert "--status any --certainty any" in none.stderr
    every = asked("investments", "--from", "samsung-electronics", "--status", "any", "--format", "csv")
    assert "ontology#requested," in every.stdout.decode()
    assert every.stderr == ""
    assert "left out" not in asked("investments", "--status", "planned").stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "by default: actual and planned"), ("ko", "기본값: 실현과 계획")]
)
def test_help_says_what_is_left_out_by_default(lang: str, said: str) -> None:
    assert said in run(["query", *DATA, "--lang", lang, "investments", "--help"]).stdout.decode()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_limit_cuts_the_rows_and_says_so(form: str) -> None:
    whole, cut = (
        asked("investments", "--format", form),
        asked("investments", "--format", form, "--limit", "2"),
    )
    assert len(whole.stdout.splitlines()) == len(cut.stdout.splitlines()) + 2
    assert "cut off by `--limit` after 2" in cut.stderr
    assert "cut off" not in asked("investments", "--format", form, "--limit", "4").stderr
    if form == "json":
        assert len(json.loads(cut.stdout)["results"]["bindings"]) == 2


def test_a_limit_is_none_for_triples() -> None:
    done = asked("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }", "--limit", "2")
    assert done.exit_code == 2
    assert "query-limit-graph" in done.stderr


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT ?x { ?x kg:statuss ?y }", "kg:statuss"),
        ("PREFIX g: <https://w3id.org/kg-loader/ontology#> ASK { ?x g:investr ?y }", "kg:investor"),
        ("SELECT ?x { ?x <https://w3id.org/kg-loader/ontology#zzzqqq> ?y }", "kg:zzzqqq"),
    ],
)
def test_where_nothing_is_found_a_term_that_does_not_exist_is_said(sparql: str, said: str) -> None:
    done = asked(sparql)
    assert done.exit_code == 0
    assert "the model has no kg:" in done.stderr
    assert said in done.stderr


def test_terms_that_exist_are_not_said() -> None:
    assert "the model" not in asked('SELECT ?x { ?x kg:status kg:denied ; kg:dateEarliest "1"@ko }').stderr
    assert "the model" not in asked("SELECT ?x { ?x a kg:Person OPTIONAL { ?x kg:statuss ?y } }").stderr


def test_a_query_of_ones_own_that_cannot_be_read_is_said_as_plainly(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "kg.toml").write_text('format = 1\n[model]\nqueries = ["q"]\n', "utf-8")
    (tmp_path / "q/people.rq").write_text(
        "# summary@en: Who is there?\nSELECT ?x { ?x a my:Person }", "utf-8"
    )
    done = asked("people", "--project", str(tmp_path))
    assert (done.exit_code, "error[query-prefix]" in done.stderr, "my:" in done.stderr) == (2, True, True)
