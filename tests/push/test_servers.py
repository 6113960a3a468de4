"""Pushes to real servers: what is there afterwards is what was sent, or it is said that it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import ServerError, UsageError
from kg.push import Pushed, push
from kg.push.capabilities import SERVERS
from kg.push.http import Client
from kg.push.readback import contents, count
from kg.push.secrets import Secret
from kg.rdf import XSD
from kg.rdf_io import read_rdf
from tests.command import run
from tests.push import servers
from tests.push.servers import PASSWORD, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.push import Target

HERE = Path(__file__).parent
STARGATE = HERE.parents[1] / "examples/stargate/stargate.ttl"
NASTY = (HERE / "nasty.nt").read_text("utf-8").split("\n")[:-1]
"""Escapes, languages, numbers, dates, IRIs in Hangul and percent-encoded: what servers stumble over."""
LONG = f'<https://data.example.org/long> <https://data.example.org/p> "{"긴 글 " * 20_000}"@ko .'
A = [
    f'<https://data.example.org/s{i}> <https://data.example.org/p{i % 7}> "v{i}"@en .' for i in range(50_000)
]


def held(target: Target) -> set[str]:
    with Client(target) as client:
        return set(contents(client, count(client), lambda _: None))


def pushed(target: Target, lines: list[str], **options: object) -> Pushed:
    return push(target, lambda: lines, **options)  # type: ignore[arg-type]


@pytest.fixture(params=["store", "update"])
def target(request: pytest.FixtureRequest, server: Running, graph: str) -> Target:
    """A new graph on each of the servers, by each of the ways."""
    found = server.target(graph)
    return found if request.param == "store" else replace(found, store="")


def test_the_example_is_there_as_it_was_sent(target: Target) -> None:
    lines = list(read_rdf(STARGATE).lines)
    done = pushed(target, lines)
    assert (done.triples, done.found, done.before, done.verified) == (len(lines), len(lines), 0, "full")
    assert done.rewritten == 0
    assert held(target) == set(lines)


def test_what_servers_stumble_over_arrives(server: Running, graph: str) -> None:
    done = pushed(server.target(graph), [*NASTY, LONG])
    assert done.found == len(NASTY) + 1
    assert done.rewritten == {"oxigraph": 6, "virtuoso": 10}[server.kind]


def test_what_servers_stumble_over_arrives_by_updates(server: Running, graph: str) -> None:
    # Virtuoso can't take durations with months and integers beyond 64 bits by INSERT DATA
    can_not = ("onthDuration>", "#duration>") if server.kind == "virtuoso" else ("nothing",)
    big = ('"9223372036854775808"^^', '"123456789012345678901234567890"^^')
    lines = [n for n in NASTY if not any(c in n for c in can_not)]
    if server.kind == "virtuoso":
        lines = [n for n in lines if not any(b in n for b in big)]
    assert pushed(replace(server.target(graph), store=""), lines).found == len(lines)


def test_an_integer_that_virtuoso_ruins_is_noticed(virtuoso: Running, graph: str) -> None:
    line = (
        f'<https://data.example.org/s> <https://data.example.org/p> "9223372036854775808"^^<{XSD}integer> .'
    )
    with pytest.raises(ServerError) as caught:
        pushed(replace(virtuoso.target(graph), store=""), [line])
    assert caught.value.code == "push-differs"
    assert "9223372036854775808" in str(caught.value)


def test_a_value_that_virtuoso_changes_is_noticed(virtuoso: Running, graph: str) -> None:
    line = f'<https://data.example.org/s> <https://data.example.org/p> "abc"^^<{XSD}integer> .'
    with pytest.raises(ServerError, match="not what was sent"):
        pushed(virtuoso.target(graph), [line])


def test_literals_that_are_one_to_a_server_count_once(server: Running, graph: str) -> None:
    say = f'<https://data.example.org/s> <https://data.example.org/p> "{{}}"^^<{XSD}decimal> .'
    done = pushed(server.target(graph), [say.format(v) for v in ("1.5", "1.50", "+1.5", "2.0", "02")])
    assert (done.triples, done.found) == (5, 2)


def test_fifty_thousand_triples_then_a_change_then_nothing(target: Target) -> None:
    told: list[tuple[str, int]] = []
    done = pushed(target, A, progress=lambda stage, n, _total: told.append((stage, n)))
    assert (done.found, done.rewritten) == (50_000, 0)
    assert {stage for stage, _ in told} == {"sending", "reading-back"}
    changed = [*A[:100], *A[200:], *NASTY[:3]]
    again = pushed(target, changed)
    assert (again.before, again.found) == (50_000, 49_903)
    assert held(target) == set(changed)
    assert pushed(target, []).found == 0
    assert held(target) == set()


def test_other_graphs_stay_as_they_are(target: Target) -> None:
    other = replace(target, graph=target.graph + "/other")
    pushed(other, NASTY[:5])
    pushed(target, A[:10])
    pushed(target, A[5:10])
    assert pushed(other, NASTY[:5]).before == 5


def test_the_default_graph_where_there_is_one(oxigraph: Running, graph: str) -> None:
    target = oxigraph.target()
    for way in (target, replace(target, store="")):
        pushed(oxigraph.target(graph), A[:10])
        pushed(way, NASTY)
        assert pushed(way, A[3:5]).found == 2
        assert held(way) == set(A[3:5])
        assert held(oxigraph.target(graph)) == set(A[:10])


def test_virtuoso_wants_a_graph_named(virtuoso: Running) -> None:
    with pytest.raises(UsageError) as caught:
        virtuoso.target("")
    assert caught.value.code == "push-needs-graph"


def test_repetitions_are_sent_once(server: Running, graph: str) -> None:
    assert pushed(server.target(graph), [*A[:10], *A[5:10]]).triples == 10


def test_a_blank_node_is_refused_before_anything_is_sent(server: Running, graph: str) -> None:
    target = server.target(graph)
    pushed(target, A[:3])
    for blank in (
        '_:b <https://data.example.org/p> "x" .',
        "<https://data.example.org/s> <https://data.example.org/p> _:b .",
    ):
        with pytest.raises(UsageError, match="blank node"):
            pushed(target, [*A, blank])
    assert held(target) == set(A[:3])


def test_counts_only(server: Running, graph: str) -> None:
    assert pushed(server.target(graph), A[:100], verify="counts").verified == "counts"


def test_a_wrong_password(virtuoso: Running, graph: str) -> None:
    target = virtuoso.target(graph)
    pushed(target, A[:3])
    wrong = replace(target, secret=replace(target.secret, word="wr0ng"))
    for way in (wrong, replace(wrong, store=""), replace(wrong, query=f"{virtuoso.url}/sparql")):
        with pytest.raises(ServerError) as caught:
            pushed(way, A[:5])
        assert caught.value.code == "push-wrong-secret"
        assert "wr0ng" not in str(caught.value)
    assert held(target) == set(A[:3])


def test_no_password(virtuoso: Running, graph: str) -> None:
    with pytest.raises(ServerError) as caught:
        pushed(replace(virtuoso.target(graph), secret=Secret()), A[:5])
    assert caught.value.code == "push-sign-in"


def test_no_rights(virtuoso: Running, graph: str) -> None:
    """Virtuoso empties the graph before it refuses the PUT of a reader: so that is not tried."""
    target = virtuoso.target(graph)
    pushed(target, A[:3])
    reader = replace(target, secret=replace(target.secret, user="reader"))
    for way in (reader, replace(reader, store="")):
        with pytest.raises(ServerError) as caught:
            pushed(way, A[:5])
        assert caught.value.code in {"push-no-rights", "push-failed"}
        assert held(target) == set(A[:3])


@pytest.fixture(params=["oxigraph", "virtuoso"])
def mortal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """A server of one test, which may kill it."""
    yield from getattr(servers, request.param)(tmp_path)


@pytest.mark.parametrize("way", ["store", "update"])
def test_a_server_that_dies_in_the_middle_and_comes_back(mortal: Running, graph: str, way: str) -> None:
    target = mortal.target(graph)
    target = target if way == "store" else replace(target, store="")
    pushed(target, A[:10])

    def kill(stage: str, _count: int, _total: int) -> None:
        if stage == "sending":
            mortal.kill()

    with pytest.raises(ServerError) as caught:
        pushed(target, A, progress=kill)
    assert caught.value.code == "push-cut"
    assert caught.value.exit_code == 4
    assert "an unknown number of" in str(caught.value)
    mortal.start()
    assert pushed(target, A[5:100], force=True).found == 95
    assert held(target) == set(A[5:100])


def test_the_command(server: Running, graph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    done = run(["push", server.url, "--graph", graph, "--data", str(STARGATE)])
    assert (done.exit_code, done.stdout) == (0, b"")
    assert f"graph: <{graph}>" in done.stderr
    assert "read back: the same" in done.stderr
    assert "example" not in done.stderr.replace("example.org", "")
    counted = run(["push", server.url, "--graph", graph, "--data", str(STARGATE), "--verify", "counts"])
    assert counted.exit_code == 0
    assert "as the last push has left it" in counted.stderr
    assert PASSWORD not in done.stderr + counted.stderr


def test_a_server_is_recognized_by_any_of_its_urls(server: Running, graph: str) -> None:
    whole = server.target(graph)
    for url in (server.url, server.url + "/", whole.query, whole.update, whole.store):
        one = server.target(graph, url)
        assert (one.query, one.update, one.store) == (whole.query, whole.update, whole.store), url
        assert one.server == next(row for row in SERVERS if row.name.lower() == server.kind)
        assert one.server.tried
        assert one.version.startswith(f"{one.server.name} 0")
