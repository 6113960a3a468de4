"""Facts and RDF checked beside a graph on a server: as a check of the whole would, and by asking for a part."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Config
from kg.errors import KgError, ServerError, UsageError
from kg.pipeline import served as checking
from kg.push import around, find_target, served
from kg.rdf import KG, SCHEMA, TYPE
from kg.rdf_io import RdfInput
from kg.validation import graph as whole
from tests.push.scripted import JSON, Said
from tests.validation.test_change import EX, MODEL, TRIPLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from kg.model.types import Model
    from kg.pipeline import Outcome
    from kg.push import Target
    from kg.validation.change import Triple
    from tests.push.scripted import Heard, Scripted
    from tests.push.servers import Running

from tests.push.beside import INVERSE, SLOW, put, shaped


def lines(triples: Iterable[Triple]) -> list[str]:
    return [f"{s} <{p}> {o} ." for s, p, o in sorted(triples)]


def beside(target: Target, new: Collection[str], model: Model = MODEL) -> Outcome:
    graphs = {"new.nt": RdfInput(tuple(new))}
    with served(target) as there:
        return checking.validate(model, Config(), [], graphs, there, "shacl", lambda _s, _c: None)


def found(findings: Iterable[Any], nodes: Collection[str] | None = None) -> set[Any]:
    return {f.result for f in findings if f.result and (nodes is None or f.result.focus in nodes)}


def agree(target: Target, before: Collection[str], new: Collection[str], model: Model = MODEL) -> Outcome:
    """Check that what is found beside the graph is what is found in the whole."""
    put(target, before)
    told = beside(target, new, model)
    own = {line.partition(" ")[0] for line in new}
    union = found(whole.validate(model, {"all": sorted({*before, *new})}).findings)
    was = found(whole.validate(model, {"all": list(before)}).findings) if before else set()
    assert found(told.findings, own) == {r for r in union if r.focus in own}
    elsewhere = found(f for f in told.findings if f.problem.code == "endpoint-breaks")
    assert elsewhere == {r for r in union - was if r.focus not in own}
    return told


@SLOW
@given(st.sets(TRIPLES, max_size=40), st.sets(TRIPLES, min_size=1, max_size=6))
def test_what_is_found_is_what_a_check_of_the_whole_finds(
    server: Running, graph: str, before: set[Triple], new: set[Triple]
) -> None:
    agree(server.target(graph), lines(before), lines(new))


HELD = [f"<{EX}n{n}> <{KG}investee> <{EX}n0> ." for n in range(1, 30)]
NEW = [f"<{EX}n0> {TYPE} <{KG}Company> ."]
ANYWHERE = """
    s:Any a sh:NodeShape ; sh:targetClass kg:Company ; sh:severity sh:Violation ;
        sh:sparql [ sh:message "Somebody invests."@en ; sh:select '''
            SELECT $this ?path ?value WHERE {
                BIND (<https://w3id.org/kg-loader/ontology#investee> AS ?path)
                { SELECT $this ?value WHERE { ?value <https://w3id.org/kg-loader/ontology#investee> $this } }
            } ''' ] .
"""
"""A query within a query: where it looks is not told from it."""


def test_what_points_to_the_new_is_asked_for_too(server: Running, graph: str, tmp_path: Path) -> None:
    model = shaped(tmp_path, INVERSE)
    told = agree(server.target(graph), HELD, NEW, model)
    assert "https://s.example/into" in {r.shape for r in found(told.findings)}


def test_the_whole_is_read_where_a_shape_may_look_anywhere_and_that_is_said(
    oxigraph: Running, graph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, target = shaped(tmp_path, ANYWHERE), oxigraph.target(graph)
    told = agree(target, HELD, NEW, model)
    said = {f.problem.code: f.message("en") for f in told.findings}
    assert "(29 triples)" in said["endpoint-whole"]
    assert "https://s.example/Any" in said["endpoint-whole"]
    monkeypatch.setattr(checking, "WHOLE_AT_MOST", 28)
    with pytest.raises(UsageError, match="29 triples, more than 28"):
        beside(target, NEW, model)


def test_the_whole_is_read_where_blank_nodes_are_touched(oxigraph: Running, graph: str) -> None:
    target = oxigraph.target(graph)
    held = [
        f"<{EX}i> {TYPE} <{KG}Investment> .",
        f"<{EX}i> <{SCHEMA}amount> _:b .",
        f"_:b {TYPE} <{SCHEMA}MonetaryAmount> .",
    ]
    put(target, held)
    told = beside(target, [f'<{EX}i> <{KG}note> "new" .'])
    assert "endpoint-blank" in {f.problem.code for f in told.findings}
    assert "missing-field" in {f.problem.code for f in told.findings}


def test_what_is_asked_for_grows_with_the_change_and_not_with_the_graph(
    oxigraph: Running, graph: str
) -> None:
    target = oxigraph.target(graph)
    said = []
    for size in (10, 2000):
        put(target, [f"<{EX}c{n}> {TYPE} <{KG}Company> ." for n in range(size)])
        told = beside(target, [f"<{EX}i> <{KG}investor> <{EX}c1> .", f"<{EX}i> {TYPE} <{KG}Investment> ."])
        said.append({f.problem.code: f.message("en") for f in told.findings}["endpoint-asked"])
    assert said[0] == said[1]
    assert "1 triples" in said[0]


def test_an_answer_that_a_server_cuts_off_is_asked_for_in_pieces(virtuoso: Running, graph: str) -> None:
    """Virtuoso gives 10,000 rows at most, and says nothing."""
    held = [f"<{EX}i{n}> <{KG}investee> <{EX}n0> ." for n in range(12_000)]
    put(virtuoso.target(graph), held)
    with served(virtuoso.target(graph)) as there:
        assert len(set(there.pointing([f"<{EX}n0>"], [""]))) == len(held)
        assert there.triples == len(held)


def answers(count: int, contents: str) -> Any:
    def answer(heard: Heard) -> Said | None:
        if "COUNT" in heard.query:
            rows = [{"n": {"type": "literal", "value": str(count)}}]
            body = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": rows}})
            return Said(body=body, headers={"Content-Type": JSON})
        return Said(body=contents) if "CONSTRUCT" in heard.query else None

    return answer


def ask(scripted: Scripted) -> Any:
    with served(find_target(scripted.url, Config(), "https://g.example/")) as there:
        return list(there.about([f"<{EX}a>", f"<{EX}b>"]))


A = f'<{EX}a> <{EX}p> "1" .\n'


@pytest.mark.parametrize(
    ("count", "contents", "code"),
    [
        (1, f'<{EX}other> <{EX}p> "1" .\n', "endpoint-not-asked"),
        (3, A, "endpoint-count"),
        (1, A + A.replace("1", "2"), "endpoint-count"),
        (1, "<html>", "push-not-rdf"),
        (10**30, A, "endpoint-too-much"),
    ],
)
def test_a_server_that_lies_is_told_so(scripted: Scripted, count: int, contents: str, code: str) -> None:
    scripted.answer = answers(count, contents)
    with pytest.raises(KgError) as raised:
        ask(scripted)
    assert raised.value.code == code


def test_an_answer_that_does_not_end_is_not_read_to_its_end(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(around, "ANSWER_BYTES", 10_000)
    scripted.answer = answers(1, f'<{EX}a> <{EX}p> "{"x" * 1_000_000}" .\n')
    with pytest.raises(ServerError, match="larger than 10000 bytes"):
        ask(scripted)


def test_an_answer_that_stops_in_the_middle_is_waited_for_as_long_as_the_target_says(
    scripted: Scripted,
) -> None:
    released = threading.Event()

    def answer(heard: Heard) -> Said | None:
        if "CONSTRUCT" in heard.query:
            return Said(body=A[:9], headers={"Content-Length": "1000"}, then=released)
        return answers(1, A)(heard)  # type: ignore[no-any-return]

    scripted.answer = answer
    target = find_target(scripted.url, Config(), "https://g.example/", 0.5)
    try:
        with served(target) as there, pytest.raises(ServerError, match=r"no answer within 0\.5 seconds"):
            list(there.about([f"<{EX}a>"]))
    finally:
        released.set()


def test_what_a_server_calls_a_node_is_no_part_of_a_query_unless_it_is_an_iri(scripted: Scripted) -> None:
    with served(find_target(scripted.url, Config(), "https://g.example/")) as there:
        scripted.heard.clear()
        assert list(there.about([f"<{EX}a> }} ; DROP ALL ; {{", "_:b", '"text"'])) == []
    assert scripted.heard == []
