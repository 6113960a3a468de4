"""The worker: what runs away, eats memory or crashes is ended and said, and nothing else is harmed."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError, KgError, StoreError, UsageError
from kg.query import Asked, Limits, Session

EXAMPLE = Asked(data=(Path(__file__).parents[2] / "examples/stargate/stargate.ttl",))
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def failure(sparql: str, limits: Limits | None = None) -> KgError:
    with Session(EXAMPLE, limits) as session, pytest.raises(KgError) as caught:
        list(session.ask(sparql).rows)
    return caught.value


def test_rows_come_as_terms() -> None:
    with Session(EXAMPLE) as session:
        answer = session.ask("SELECT ?x (1 + 1 AS ?two) ?none { BIND ('오픈AI'@ko AS ?x) }")
        assert answer.variables == ("x", "two", "none")
        assert list(answer.rows) == [('"오픈AI"@ko', '"2"^^<http://www.w3.org/2001/XMLSchema#integer>', None)]
        assert session.ask("ASK { ?s ?p ?o }").boolean
        graph = session.ask("CONSTRUCT { ?s a <x:y> } { ?s a ?c } LIMIT 1")
        assert len(list(graph.triples)) == 1


def test_more_rows_than_one_line_of_the_answer_holds_come_all() -> None:
    with Session(EXAMPLE) as session:
        answer = session.ask("SELECT ?a ?d { ?a a ?b . ?d a ?e } LIMIT 5500")
        assert len(list(answer.rows)) == 5500


def test_a_new_question_ends_the_answer_before() -> None:
    with Session(EXAMPLE) as session:
        before = session.ask("SELECT ?a ?d { ?a a ?b . ?d a ?e } LIMIT 9000")
        next(before.rows)
        assert session.ask("ASK { ?s ?p ?o }").boolean
        assert len(list(session.ask("SELECT ?s { ?s ?p ?o } LIMIT 3").rows)) == 3
        with pytest.raises(RuntimeError):
            list(before.rows)


def test_bindings_are_terms_and_never_text() -> None:
    hostile = '"x\\" } INSERT DATA { <x:a> <x:b> <x:c> } #"'
    with Session(EXAMPLE) as session:
        answer = session.ask("SELECT ?_said { }", {"_said": hostile})
        assert next(answer.rows)[0] == hostile


def test_a_query_that_runs_away_is_stopped() -> None:
    error = failure(RUNAWAY, Limits(seconds=0.3))
    assert (error.code, error.exit_code) == ("query-timeout", 2)


def test_the_worker_is_gone_when_its_time_is_over() -> None:
    with Session(EXAMPLE, Limits(seconds=0.3)) as session:
        with pytest.raises(UsageError):
            session.ask(RUNAWAY)
        with pytest.raises(ProcessLookupError):
            os.kill(session.pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not hold a process to a limit")
def test_a_query_that_eats_memory_is_stopped() -> None:
    sparql = "SELECT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i"
    error = failure(sparql, Limits(seconds=60, memory=400 << 20))
    assert (error.code, error.args_shown["megabytes"]) == ("query-memory", 400)


def test_a_crash_is_said() -> None:
    with Session(EXAMPLE) as session:
        os.kill(session.pid, signal.SIGKILL)
        with pytest.raises(StoreError) as caught:
            session.ask("ASK { ?s ?p ?o }")
    assert (caught.value.code, caught.value.exit_code) == ("query-crashed", 4)
    assert "SIGKILL" in str(caught.value)


def test_a_crash_in_the_middle_of_an_answer_is_said() -> None:
    with Session(EXAMPLE) as session:
        answer = session.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }")
        next(answer.rows)
        os.kill(session.pid, signal.SIGKILL)
        with pytest.raises(StoreError):
            list(answer.rows)


def test_a_worker_ends_with_who_started_it() -> None:
    session = Session(EXAMPLE)
    process = session._worker._process  # noqa: SLF001 - what would happen if this process ended
    assert process.stdin is not None
    asked = {"lists": {}, "unnamed": [], "subject": "", "only": [], "bindings": {}}
    session._request({"do": "ask", "query": RUNAWAY, **asked})  # noqa: SLF001
    time.sleep(1)
    assert process.poll() is None  # amid the query
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    session.close()


def test_the_time_limit_counts_only_the_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0

    def clock() -> float:
        return now

    monkeypatch.setattr("kg.apart.time.monotonic", clock)
    with Session(EXAMPLE, Limits(seconds=5)) as session:
        taken = 0
        for _ in session.ask("SELECT ?a ?d { ?a a ?b . ?d a ?e } LIMIT 9000").rows:
            now += 1000
            taken += 1
    assert taken == 9000


def test_a_store_is_asked_as_it_is_on_disk(tmp_path: Path) -> None:
    ox = pytest.importorskip("pyoxigraph")
    store = ox.Store(str(tmp_path / "store"))
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c")))
    store.flush()
    store.backup(str(tmp_path / "copy"))
    before = sorted((p.name, p.stat().st_size) for p in (tmp_path / "store").iterdir())
    with Session(Asked(store=tmp_path / "copy"), Limits(seconds=1)) as session:
        assert list(session.ask("SELECT ?s ?p ?o { ?s ?p ?o }").rows) == [("<x:a>", "<x:b>", "<x:c>")]
        os.kill(session.pid, signal.SIGKILL)
    assert sorted((p.name, p.stat().st_size) for p in (tmp_path / "store").iterdir()) == before
    with Session(Asked(store=tmp_path / "copy")) as session:
        assert session.ask("ASK { <x:a> <x:b> <x:c> }").boolean


def test_what_can_not_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Session(Asked(store=tmp_path / "none"))
    assert caught.value.code == "query-store"
    (tmp_path / "bad.ttl").write_text("<x:a> nonsense", "utf-8")
    with pytest.raises(InputError) as unreadable:
        Session(Asked(data=(tmp_path / "bad.ttl",)))
    assert "bad.ttl:1" in str(unreadable.value)


@pytest.mark.parametrize(
    "sparql",
    ["SELECT * { ?s ?p }", "SELEC * { }", "", "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", "SELECT ?x { ?s }"],
)
def test_what_is_no_query_is_said(sparql: str) -> None:
    assert failure(sparql).code == "query-syntax"


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o " * 95 + "}" * 95 + " }",
        "SELECT * { ?s ?p ?o FILTER(" + "STR(" * 95 + "?s" + ")" * 95 + " = '') }",
        "SELECT * { ?s ?p ?o FILTER(?s = 1" + " || ?s = 2" * 990 + ") } LIMIT 1",
        "SELECT * { ?s <x:y> ?o" + "".join(f" BIND(1 AS ?b{n})" for n in range(990)) + " }",
        "SELECT * { { ?s <x:y> ?o }" + " UNION { ?s <x:y> ?o }" * 990 + " }",
    ],
)
def test_what_is_let_through_does_not_crash_the_engine(sparql: str) -> None:
    with Session(EXAMPLE, Limits(seconds=60)) as session:
        code = "none"
        try:
            list(session.ask(sparql).rows)
        except KgError as error:
            code = error.code
    assert code in {"none", "query-timeout"}
