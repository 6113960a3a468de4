"""What goes wrong on the way: whatever it is, the graph ends as it should, or it is said that it has not.

``KG_FAULTS=500`` (``make faults``) is the long form: so many faults in each row.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError, ServerError
from kg.push import push
from kg.push.http import Client
from kg.push.patience import Patience
from kg.push.readback import contents, count
from kg.store import Store
from tests.push import proxy
from tests.store.graphs import Dataset, big, default_graph, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.push import Target
    from tests.push.proxy import Proxy
    from tests.push.servers import Running

FAULTS = int(os.environ.get("KG_FAULTS", "12"))
WAYS = (
    ("oxigraph", "in one request", 1000),
    ("oxigraph", "beside it", 30),
    ("oxigraph", "by updates only", 30),
    ("virtuoso", "one by one", 30),
    ("virtuoso", "by updates only", 30),
)
"""Server, way, and how many triples fit into a request."""


def through(target: Target, proxied: Proxy) -> Target:
    """The same target, asked by way of the proxy."""
    direct = target.query.rpartition("/")[0]
    urls = {what: getattr(target, what).replace(direct, proxied.url) for what in ("query", "update", "store")}
    return replace(target, **urls, patience=Patience(tries=4, seed=1))


def lines_of(store: Store) -> Iterator[str]:
    return (line for _, block in store.blocks() for line in block)


def held(target: Target) -> list[str]:
    with Client(target) as client:
        return sorted(contents(client, count(client), lambda _: None))


@pytest.mark.parametrize("row", WAYS, ids=[" ".join(row[:2]) for row in WAYS])
def test_the_graph_ends_as_it_should(
    row: tuple[str, str, int], request: pytest.FixtureRequest, tmp_path: Path, graph: str
) -> None:
    kind, way, batch = row
    server: Running = request.getfixturevalue(kind)
    direct = server.target(graph)
    direct = replace(direct, server=replace(direct.server, batch=batch))
    direct = replace(direct, store="") if way == "by updates only" else direct
    rounds = failed = 0
    with proxy.before(server.port, seed=len(way), left=FAULTS) as proxied:
        target = through(direct, proxied)
        while proxied.left or rounds < 3:
            rounds += 1
            # mostly as many triples as before, so that counting alone tells nothing
            dataset = big(100 + (rounds % 4) // 3, changed=rounds * 37 % 100)
            with Store.open(tmp_path, write=True) as store:
                load(store, "a", dataset)
            failed += pushed_at_last(target, direct, tmp_path, dataset)
    sys.stdout.write(f"{rounds + failed} pushes, {failed} of them failed; {proxied.done}\n")
    assert sum(proxied.done.values()) == FAULTS
    assert rounds < 10 + 3 * FAULTS


def pushed_at_last(target: Target, direct: Target, project: Path, dataset: Dataset) -> int:
    """Push until it goes well, and hold the graph against what it should be; how often it did not."""
    wanted = sorted(default_graph({"a": dataset}))
    for failed in range(50):
        try:
            with Store.open(project, write=False) as store:
                done = push(target, partial(lines_of, store), store=store, verify="counts")
        except ServerError as error:
            assert error.exit_code == KgError.exit_code  # noqa: PT017 - also that it is said
            continue
        assert done.found == len(wanted)
        assert held(direct) == wanted
        return failed
    raise AssertionError("it never went well")
