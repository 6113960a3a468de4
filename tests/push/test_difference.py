"""Pushes of a project: only what has changed goes over, what was cut off goes on, and others' changes stay."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kg.errors import ServerError, StoreError
from kg.push import Pushed, push
from kg.push.http import Client
from kg.push.mark import PREDICATE, SUBJECT
from kg.store import Store
from tests.push import proxy
from tests.push.test_faults import held, lines_of, through
from tests.store.graphs import Claim, Dataset, Entity, big, default_graph, load

if TYPE_CHECKING:
    from pathlib import Path

    from kg.push import Target
    from tests.push.servers import Running

EXTRA = '<https://data.example.org/s> <https://data.example.org/p> "somebody else\'s"'


@pytest.fixture
def target(server: Running, graph: str) -> Target:
    """A new graph on each of the servers, by batches of 60 triples."""
    found = server.target(graph)
    return replace(found, server=replace(found.server, batch=60))


def pushed(target: Target, project: Path, **options: object) -> Pushed:
    with Store.open(project, write=False) as store:
        return push(target, partial(lines_of, store), store=store, **options)  # type: ignore[arg-type]


def cut_off(target: Target, project: Path) -> None:
    """A push of a difference that is killed after two batches."""

    class Killed(BaseException):
        pass

    def kill(stage: str, count: int, _total: int) -> None:
        if stage == "sending" and count >= 120:
            raise Killed

    with pytest.raises(Killed):
        pushed(target, project, progress=kill)


def loaded(project: Path, **datasets: Dataset) -> list[str]:
    with Store.open(project, write=True) as store:
        for name, dataset in datasets.items():
            load(store, name, dataset)
    return sorted(default_graph(datasets))


def update(target: Target, text: str) -> None:
    with Client(target) as client:
        headers = {"Content-Type": "application/sparql-update"}
        client.ask("POST", target.update, body=text.encode(), headers=headers, wanted=(200, 204))


def mark_of(target: Target) -> set[str]:
    """The marks in the graph, read by a query."""
    with Client(target) as client:
        query = f"SELECT ?o WHERE {{ GRAPH <{target.graph}> {{ {SUBJECT} {PREDICATE} ?o }} }}"
        accept = {"Accept": "application/sparql-results+json"}
        answer = client.ask("POST", target.query, body={"query": query}, headers=accept).json()
        return {row["o"]["value"] for row in answer["results"]["bindings"]}


def test_whole_then_the_difference_then_nothing(target: Target, tmp_path: Path) -> None:
    first = loaded(tmp_path, a=big(40))
    done = pushed(target, tmp_path)
    assert (done.way, done.added, done.found, done.verified) == ("store", len(first), len(first), "full")
    second = loaded(tmp_path, a=big(42, changed=3))
    done = pushed(target, tmp_path)
    assert (done.way, done.removed, done.verified) == ("difference", len(set(first) - set(second)), "counts")
    assert done.added == len(set(second) - set(first))
    assert held(target) == second
    done = pushed(target, tmp_path)
    assert (done.way, done.added, done.removed, done.bytes) == ("nothing", 0, 0, 0)
    assert len(mark_of(target)) == 1
    assert pushed(target, tmp_path, verify="full").verified == "full"


def test_datasets_come_change_and_go(target: Target, tmp_path: Path) -> None:
    """An entity that two datasets describe, and evidence that two claims share."""
    a = Dataset(
        (Claim(1, 1, 5, (0, 1)), Claim(2, 1, 6, (1,)), *big(30).claims[3:]), (Entity(1, {"en": 1, "ko": 0}),)
    )
    b = Dataset((Claim(1, 2, 5, (0,)),), (Entity(1, {"en": 2}), Entity(2, {"en": 3}, part=1)))
    loaded(tmp_path, a=a)
    pushed(target, tmp_path)
    for datasets in (
        {"a": a, "b": b},
        {"a": replace(a, claims=a.claims[1:]), "b": b},
        {"a": a, "b": replace(b, entities=b.entities[1:])},
        {"a": a, "b": b},
    ):
        wanted = loaded(tmp_path, **datasets)
        assert pushed(target, tmp_path).way == "difference"
        assert held(target) == wanted
    with Store.open(tmp_path, write=True) as store:
        store.retract("b")
    assert pushed(target, tmp_path).way == "difference"
    assert held(target) == sorted(default_graph({"a": a}))


def test_what_is_more_than_the_whole_is_sent_whole(target: Target, tmp_path: Path) -> None:
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    wanted = loaded(tmp_path, a=Dataset(big(60).claims[41:]))
    assert pushed(target, tmp_path).way == "store"
    assert held(target) == wanted


def test_what_virtuoso_would_ruin_in_an_update_is_sent_whole(
    virtuoso: Running, graph: str, tmp_path: Path
) -> None:
    target = virtuoso.target(graph)
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    large = Entity(5, {"en": 1}, part=2**63 + 5)
    loaded(tmp_path, a=replace(big(40), entities=(large,)))
    done = pushed(target, tmp_path)
    assert (done.way, done.verified, done.rewritten) == ("store", "full", 1)


def test_a_difference_that_is_refused_is_sent_whole(oxigraph: Running, graph: str, tmp_path: Path) -> None:
    target = oxigraph.target(graph)
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    wanted = loaded(tmp_path, a=big(41))
    assert pushed(replace(target, update=target.query), tmp_path).way == "store"
    assert held(target) == wanted


def test_a_server_with_one_url_only(target: Target, tmp_path: Path) -> None:
    """Without updates each push is whole, but one that would change nothing; without the other, none is."""
    loaded(tmp_path, a=big(40))
    for one in (
        replace(target, update="", server=replace(target.server, whole=True)),
        replace(target, store=""),
    ):
        first = pushed(one, tmp_path, force=True)
        assert pushed(one, tmp_path).way == "nothing"
        assert first.way == ("store" if one.store else "update")
        assert held(one) == sorted(default_graph({"a": big(40)}))


@pytest.mark.parametrize(
    "change",
    [
        f"INSERT DATA {{ GRAPH <G> {{ {EXTRA} }} }}",
        f"DELETE WHERE {{ GRAPH <G> {{ {SUBJECT} ?p ?o }} }}",
        "DELETE WHERE { GRAPH <G> { ?s <https://w3id.org/kg-loader/ontology#investor> ?o } }",
        f"CLEAR GRAPH <G> ; INSERT DATA {{ GRAPH <G> {{ {EXTRA} }} }}",
    ],
)
def test_somebody_elses_change_is_not_overwritten(target: Target, tmp_path: Path, change: str) -> None:
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    update(target, change.replace("<G>", f"<{target.graph}>"))
    theirs = held(target)
    wanted = theirs
    for dataset in (big(40), big(40, changed=1)):
        wanted = loaded(tmp_path, a=dataset)
        with pytest.raises(ServerError) as caught:
            pushed(target, tmp_path)
        assert caught.value.code == "push-changed"
        assert held(target) == theirs
    assert pushed(target, tmp_path, force=True).way == "store"
    assert held(target) == wanted


def test_somebody_elses_change_that_keeps_the_count_is_seen_by_contents(
    target: Target, tmp_path: Path
) -> None:
    lines = loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    at = f"GRAPH <{target.graph}>"
    update(target, f"DELETE DATA {{ {at} {{ {lines[0]} }} }} ; INSERT DATA {{ {at} {{ {EXTRA} }} }}")
    assert pushed(target, tmp_path).way == "nothing"
    with pytest.raises(ServerError) as caught:
        pushed(target, tmp_path, verify="full")
    assert caught.value.code == "push-differs"
    pushed(target, tmp_path, force=True)
    assert held(target) == lines


@pytest.mark.parametrize("text", ['" }} ; CLEAR ALL ; #', '] 9\\" } ; CLEAR ALL ; #', "x\\n9"])
def test_what_somebody_else_wrote_into_the_mark_does_nothing(
    oxigraph: Running, graph: str, tmp_path: Path, text: str
) -> None:
    target, other = oxigraph.target(graph), oxigraph.target(graph + "/other")
    push(other, lambda: [f"{EXTRA} ."])
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    (said,) = mark_of(target)
    text = text.replace('"', '\\"') if text[0] == '"' else text
    becoming = f'{SUBJECT} {PREDICATE} "becoming {said} {text}"'
    update(target, f"INSERT DATA {{ GRAPH <{target.graph}> {{ {becoming} }} }}")
    loaded(tmp_path, a=big(40, changed=1))
    with pytest.raises(ServerError, match="somebody else"):
        pushed(target, tmp_path)
    pushed(target, tmp_path, force=True)
    assert held(other) == [f"{EXTRA} ."]


def test_a_batch_that_arrives_late_is_put_right(target: Target, tmp_path: Path) -> None:
    """Its mark stays behind, although the push was done and is known to be."""
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    (said,) = mark_of(target)
    late = f'{SUBJECT} {PREDICATE} "becoming {said} 60"'
    update(target, f"INSERT DATA {{ GRAPH <{target.graph}> {{ {late} }} }}")
    assert pushed(target, tmp_path).way == "difference"
    assert mark_of(target) == {said}


def test_somebody_elses_graph_is_not_overwritten(target: Target, tmp_path: Path) -> None:
    update(target, f"INSERT DATA {{ GRAPH <{target.graph}> {{ {EXTRA} }} }}")
    wanted = loaded(tmp_path, a=big(3))
    for project in (False, True):
        with pytest.raises(ServerError) as caught:
            pushed(target, tmp_path) if project else push(target, lambda: wanted)
        assert caught.value.code == "push-foreign"
    pushed(target, tmp_path, force=True)
    assert held(target) == wanted


def test_another_projects_push_is_somebody_elses(target: Target, tmp_path: Path) -> None:
    loaded(tmp_path / "one", a=big(40))
    loaded(tmp_path / "two", a=big(41))
    pushed(target, tmp_path / "one")
    with pytest.raises(ServerError) as caught:
        pushed(target, tmp_path / "two")
    assert caught.value.code == "push-foreign"
    pushed(target, tmp_path / "two", force=True)
    with pytest.raises(ServerError) as caught:
        pushed(target, tmp_path / "one")
    assert caught.value.code == "push-changed"


@pytest.mark.parametrize("lost", ["removed", "damaged"])
def test_without_its_ledger_the_mark_says_where_the_graph_is(
    target: Target, tmp_path: Path, lost: str
) -> None:
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    wanted = loaded(tmp_path, a=big(40, changed=1))
    (ledger,) = (tmp_path / ".kg/push").glob("*.journal")
    ledger.unlink() if lost == "removed" else ledger.write_bytes(b"{}\n{}\n")
    assert pushed(target, tmp_path).way == "difference"
    assert held(target) == wanted


def test_a_version_that_is_not_kept_any_more_is_no_fault(target: Target, tmp_path: Path) -> None:
    loaded(tmp_path, a=big(40))
    pushed(target, tmp_path)
    wanted = loaded(tmp_path, a=big(40, changed=1))
    (tmp_path / ".kg/archive/a/000001/triples.nt.zst").unlink()
    assert pushed(target, tmp_path).way == "store"
    assert held(target) == wanted


def test_a_push_that_was_cut_goes_on_where_it_was(target: Target, server: Running, tmp_path: Path) -> None:
    loaded(tmp_path, a=big(100))
    pushed(target, tmp_path)
    loaded(tmp_path, a=big(100, changed=99))
    cut_off(target, tmp_path)
    # what has come since goes over when that is through
    wanted = loaded(tmp_path, a=big(101, changed=99))
    (ledger,) = (tmp_path / ".kg/push").glob("*.journal")
    with proxy.before(server.port) as proxied:
        proxied_target = through(target, proxied)
        for file in (ledger, ledger.with_suffix(".patch")):
            file.rename(file.with_name(proxied_target.key + file.suffix))
        done = pushed(proxied_target, tmp_path)
    assert (done.way, done.resumed) == ("difference", True)
    assert held(target) == wanted
    assert len(mark_of(target)) == 1
    sent = b"\n".join(proxied.bodies).split(b"\n")
    assert len([line for line in sent if line.endswith(b" .") and b"urn:x-kg" not in line]) < 100


def test_readers_see_the_old_or_the_new_graph(oxigraph: Running, graph: str, tmp_path: Path) -> None:
    """After every request the graph holds the old triples or the new ones."""
    target = oxigraph.target(graph)
    target = replace(target, server=replace(target.server, batch=20))
    old = loaded(tmp_path, a=big(100))
    pushed(target, tmp_path)
    new = loaded(tmp_path, a=big(100, changed=50))
    seen: list[list[str]] = []
    assert pushed(target, tmp_path, progress=lambda *_: seen.append(held(target))).way == "difference"
    assert len(seen) > 4
    assert all(lines in (old, new) for lines in seen)
    assert held(target) == new
    with Client(target) as client:
        query = {"query": "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"}
        answer = client.ask("POST", target.query, body=query, headers={"Accept": "text/csv"}).text
    assert "urn:x-kg" not in answer


def test_one_push_at_a_time(target: Target, tmp_path: Path) -> None:
    loaded(tmp_path, a=big(3))
    with Store.open(tmp_path, write=False) as store, store.ledger(target.key):
        with pytest.raises(StoreError) as caught:
            pushed(target, tmp_path)
        assert caught.value.code == "push-under-way"


def test_one_percent_changed_is_about_one_percent_sent(server: Running, graph: str, tmp_path: Path) -> None:
    direct = server.target(graph)
    with proxy.before(server.port) as proxied:
        target = through(direct, proxied)
        loaded(tmp_path, a=big(3000))
        pushed(target, tmp_path)
        whole = proxied.bytes
        proxied.bodies.clear()
        loaded(tmp_path, a=big(3000, changed=30))
        pushed(target, tmp_path)
        assert 0 < proxied.bytes < whole / 100
        proxied.bodies.clear()
        pushed(target, tmp_path)
        assert not proxied.bodies
