"""Named queries: their heads, and what is given for their parameters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import model, query
from kg.errors import UsageError
from kg.messages import LANGUAGES
from kg.query.ask import Setting, ask, ask_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query.named import Named

EXAMPLE = query.Asked(data=(Path(__file__).parents[2] / "examples/stargate/stargate.ttl",))
BASE = "https://kg.example/"
QUERIES = query.load()


@pytest.fixture(scope="module")
def session() -> Iterator[query.Session]:
    with query.Session(EXAMPLE) as opened:
        yield opened


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.rq"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_of_ours_says_all_in_both_languages(session: query.Session, name: str) -> None:
    q = QUERIES[name]
    assert set(q.summaries) == set(LANGUAGES)
    assert all(set(p.descriptions) == set(LANGUAGES) for p in q.params)
    assert "ORDER BY" in q.sparql
    variables = session.ask(q.sparql).variables
    shown = [v for v in variables if not v.startswith("_")]
    assert set(shown) == set(q.columns), "every column has a heading, and every heading a column"
    assert {f"_{name}" for name in q.inner} <= set(variables)
    assert q.subject in {*variables, ""}
    assert all(re.search("[가-힣]", labels["ko"]) for labels in q.columns.values())


def fault(folder: Path, text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        query.read(written(folder, text))
    return caught.value


HEAD = "# summary@en: x\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("SELECT * { }", "query-head-summary", 1),
        (HEAD + "# parm into: text\n", "query-head-key", 2),
        (HEAD + "# param into: txet\n", "query-head-type", 2),
        (HEAD + "# param into: reference\n", "query-head-classes", 2),
        (HEAD + "# param into: text Person\n", "query-head-classes", 2),
        (HEAD + "# param kind: concept Status Role\n", "query-head-classes", 2),
        (HEAD + "# param into@en: first\n# param into: text\n", "query-head-order", 2),
        (HEAD + "# summary@fr: y\n", "query-head-language", 2),
        (HEAD + "#\n# param into: text\n# param into: date\nSELECT ?_into {}", "query-head", 4),
        (HEAD + "# column a: lists\n", "query-head-type", 2),
        (HEAD + "# word total: 합계\n", "query-head", 2),
        (HEAD + "# param into: text\nSELECT ?into { }", "query-head-unused", 1),
        (HEAD + "# param into: text\nSELECT ?_into { FILTER(!bound( ?_into )) }", "query-head-bound", 1),
        (HEAD + "# param into: text\nSELECT ?_into { BIND( ?_into AS ?x) }", "query-head-bound", 1),
        (HEAD + "# only into: ?x ?y ?_into\n# param into: text\nSELECT ?x { }", "query-head-order", 2),
        (HEAD + "# param into: text\n# only into@en: ?x ?y ?_into\nSELECT ?x { }", "query-head", 3),
        (HEAD + "# param into: text\n# only into: ?x ?y ?_into\nSELECT ?x { }", "query-head-subject", 1),
        (HEAD + "SELECT ?x ?y { VALUES ?x { UNDEF } }", "query-head-subject", 1),
    ],
)
def test_a_fault_in_a_head_says_where(tmp_path: Path, text: str, code: str, line: int) -> None:
    error = fault(tmp_path, text)
    assert error.code == code
    assert f"mine.rq:{line}:" in str(error)


def test_prose_in_a_head_is_prose(tmp_path: Path) -> None:
    q = query.read(written(tmp_path, "# Note: this is prose.\n# summary@en: x\n\n# more\nASK { }"))
    assert q.summaries == {"en": "x"}


def test_a_users_query_replaces_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "roles.rq").write_text("# summary@en: mine\nASK { }", "utf-8")
    assert query.load((tmp_path,))["roles"].summaries["en"] == "mine"
    with pytest.raises(UsageError):
        query.load((tmp_path / "none",))


def one_param(folder: Path, declared: str) -> Named:
    text = f"# summary@en: x\n# param p: {declared}\nSELECT ?_p {{ }}"
    return query.read(written(folder, text))


def bound(session: query.Session, folder: Path, declared: str, value: str) -> str | None:
    answer, _ = ask_named(session, one_param(folder, declared), {"p": value}, Setting(model.load(), BASE))
    return next(answer.rows)[0]


XSD = "http://www.w3.org/2001/XMLSchema#"
KG = "https://w3id.org/kg-loader/ontology#"


@pytest.mark.parametrize(
    ("declared", "value", "term"),
    [
        ("text", 'a "b" } DROP ALL', '"a \\"b\\" } DROP ALL"'),
        ("integer", "-7", f'"-7"^^<{XSD}integer>'),
        ("date", "2025-02-04", f'"2025-02-04"^^<{XSD}date>'),
        ("language", "KO", '"ko"'),
        ("concept Status", "planned", f"<{KG}planned>"),
        ("concept Status", "계획", f"<{KG}planned>"),
        ("concept Status", "agreed", f"<{KG}planned>"),
        ("concept Role", "CEO", f"<{KG}chiefExecutive>"),
        ("reference Organization", "stargate", f"<{BASE}organization/stargate>"),
        ("reference Project", "Stargate", f"<{BASE}project/stargate-project>"),
        ("reference Party", "stargate", f"<{BASE}organization/stargate>"),
        ("reference Organization", "㈜삼성전자", f"<{BASE}organization/samsung-electronics>"),
        ("reference Organization", "SoftBank Group Corp.", f"<{BASE}organization/softbank>"),
        ("reference Person", f"{BASE}person/sam-altman", f"<{BASE}person/sam-altman>"),
        ("reference Claim", "sb-total", f"<{BASE}investment/stargate/sb-total>"),
        ("reference Claim", "investment/stargate/sb-total", f"<{BASE}investment/stargate/sb-total>"),
        ("reference Party", "organization/softbank", f"<{BASE}organization/softbank>"),
    ],
)
def test_what_is_given_becomes_a_term(
    session: query.Session, tmp_path: Path, declared: str, value: str, term: str
) -> None:
    assert bound(session, tmp_path, declared, value) == term


@pytest.mark.parametrize(
    ("declared", "value", "code", "said"),
    [
        ("integer", "7.5", "query-integer", "7.5"),
        ("date", "2025-02-30", "query-date", "2025-02-30"),
        ("date", "yesterday", "query-date", "yesterday"),
        ("language", "?", "query-language", "?"),
        ("concept Status", "planed", "query-concept", "planed"),
        ("reference Organization", "삼성", "query-ambiguous", "samsung-group"),
        ("reference Organization", "Softbnk", "query-nothing", "Softbnk"),
        ("reference Person", "softbank", "query-nothing", "softbank"),
        ("reference Person", "a senior Samsung official", "query-nothing", "official"),
        ("reference Nonsense", "x", "query-class", "Nonsense"),
        ("concept Nonsense", "x", "query-class", "Nonsense"),
    ],
)
def test_what_can_not_be_given_is_said(
    session: query.Session, tmp_path: Path, declared: str, value: str, code: str, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        bound(session, tmp_path, declared, value)
    assert caught.value.code == code
    assert said in str(caught.value)


def test_the_nearest_names_are_told(session: query.Session, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        bound(session, tmp_path, "reference Organization", "Softbnk")
    near = caught.value.args_shown["near"]
    assert isinstance(near, tuple)
    assert "SoftBank" in near


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--int", "x"], "query-option"),
        (["--into"], "query-option-value"),
        (["--into", "a", "--into", "b"], "query-option-twice"),
        (["stargate"], "query-argument"),
    ],
)
def test_options_that_do_not_fit_are_said(words: list[str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        query.given(QUERIES["investments"], words)
    assert caught.value.code == code


def test_a_query_that_needs_something_says_so_and_takes_it_without_its_option() -> None:
    with pytest.raises(UsageError) as caught:
        query.given(QUERIES["about"], [])
    assert caught.value.code == "query-option-missing"
    assert query.given(QUERIES["about"], ["softbank"]) == {"entity": "softbank"}


def test_a_language_that_is_not_given_is_the_readers(session: query.Session, tmp_path: Path) -> None:
    setting = Setting(model.load(), BASE, "ko")
    answer, view = ask(session, one_param(tmp_path, "language"), [], setting)
    assert list(answer.rows) == [('"ko"',)]
    assert view.hidden == {"_p"}
