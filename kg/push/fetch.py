"""The graph of a server, read whole: for who checks it or compares it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.push import readback
from kg.push.http import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.push.target import Target


@contextmanager
def fetched(target: Target) -> Iterator[Iterator[str]]:
    """The N-Triples lines of a target's graph, in any order; blank nodes as the server calls them.

    Raises ``ServerError`` if the server does not give them.
    """
    with Client(target) as client:
        yield readback.contents(client, readback.count(client), lambda _count: None)
