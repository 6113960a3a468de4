"""What a graph on a server holds: how many triples, and which."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar, cast

from kg.errors import ServerError
from kg.push import mark
from kg.push.http import JSON, NT
from kg.push.mark import Seen
from kg.push.secrets import redacted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import requests

    from kg.push.http import Client
    from kg.push.target import Target

T = TypeVar("T")
TOO_MANY: Final = 1000
"""So many lines more than were counted are read; that is enough to see that it is not what was counted."""
_NIL: Final = "FROM <http://www.openrdf.org/schema/sesame#nil> "
_ABSENT: Final = 404
_OK: Final = 200
_PAGE: Final = 10_000
_SMALLEST_PAGE: Final = 100
_SERVER_FAILED: Final = 500


def store_url(target: Target) -> str:
    """The URL of the graph in the Graph Store Protocol (section 4.2)."""
    from urllib.parse import quote  # noqa: PLC0415 - only when a server is spoken to

    mark = "&" if "?" in target.store else "?"
    graph = f"graph={quote(target.graph, safe='')}" if target.graph else "default"
    return f"{target.store}{mark}{graph}"


def look(client: Client) -> Seen:
    """Count the triples of the graph, and read its marks.

    Raises ``ServerError`` if the answer is not one.
    """
    form, pattern = _pattern(client.target, f"{mark.SUBJECT} {mark.PREDICATE} ?o")
    query = f"SELECT ?o {form}WHERE {pattern}"
    marks = _answered(client, query, lambda rows: frozenset(str(row["o"]["value"]) for row in rows))
    return Seen(count(client) - len(marks), marks)


def count(client: Client, graph: str | None = None) -> int:
    """The number of triples in the target's graph, or in the one that is named; marks included.

    Raises ``ServerError`` if the answer is not one.
    """
    target = client.target if graph is None else replace(client.target, graph=graph)
    form, pattern = _pattern(target)
    query = f"SELECT (COUNT(?s) AS ?n) {form}WHERE {pattern}"
    return _answered(client, query, lambda rows: int(rows[0]["n"]["value"]))


def count_of(client: Client, triple: str) -> int:
    """How many solutions a pattern over ``?s ?p ?o`` has in the target's graph."""
    form, pattern = _pattern(client.target, triple)
    query = f"SELECT (COUNT(?s) AS ?n) {form}WHERE {pattern}"
    return _answered(client, query, lambda rows: int(rows[0]["n"]["value"]))


def lines_of(client: Client, triple: str, most: int, *, page: tuple[int, int] | None = None) -> Iterator[str]:
    """The lines of its solutions, of ``most`` bytes in all; of a ``page`` (how many, after how many) only."""
    url = client.target.query
    form, pattern = _pattern(client.target, triple)
    cut = " LIMIT {} OFFSET {}".format(*page) if page else ""
    query = {"query": f"CONSTRUCT {{ ?s ?p ?o }} {form}WHERE {pattern}{cut}"}
    response = client.ask("POST", url, body=query, headers={"Accept": NT}, stream=True)
    return _lines(client, url, response, most)


def _answered(client: Client, query: str, read: Callable[[Any], T]) -> T:
    """What ``read`` makes of the rows that a query has."""
    url = client.target.query

    def understood(response: requests.Response) -> T:
        try:
            return read(response.json()["results"]["bindings"])
        except (ValueError, LookupError, TypeError) as error:
            raise ServerError("push-not-sparql", url=redacted(url)) from error

    return client.read("POST", url, understood, body={"query": query}, headers={"Accept": JSON})


def contents(client: Client, triples: int, told: Callable[[int], None]) -> Iterator[str]:
    """The lines of the graph, which has so many ``triples`` and marks; canonical N-Triples, in any order.

    The marks are left out. Read by the Graph Store Protocol where there is one, else by CONSTRUCT; by pages
    if the server gives up on the whole or cuts it off. ``told`` hears how many were read.
    """
    lines = (line for line in _everything(client, triples, told) if not line.startswith(mark.START))
    return islice(lines, triples + TOO_MANY)


def _everything(client: Client, triples: int, told: Callable[[int], None]) -> Iterator[str]:
    got = 0
    try:
        for line in _whole(client):
            got += 1
            if not got % _PAGE:
                told(got)
            yield line
    except ServerError as error:
        status = error.args_shown.get("status")
        if got or not isinstance(status, int) or status < _SERVER_FAILED:
            raise
    if got < triples:
        yield from _pages(client, triples, told)


def _whole(client: Client) -> Iterator[str]:
    target = client.target
    accept = {"Accept": NT}
    if target.store:
        url = store_url(target)
        response = client.ask("GET", url, headers=accept, wanted=(_OK, _ABSENT), stream=True)
        if response.status_code == _ABSENT:
            response.close()
            return
    else:
        url = target.query
        form, pattern = _pattern(target)
        query = {"query": f"CONSTRUCT {{ ?s ?p ?o }} {form}WHERE {pattern}"}
        response = client.ask("POST", url, body=query, headers=accept, stream=True)
    yield from _lines(client, url, response)


def _pages(client: Client, triples: int, told: Callable[[int], None]) -> Iterator[str]:
    """Pages of a graph that nobody changes; what an unsteady order left out would be told as missing."""
    form, pattern = _pattern(client.target)
    size, at = _PAGE, 0
    url = client.target.query
    while at < triples:
        text = f"CONSTRUCT {{ ?s ?p ?o }} {form}WHERE {pattern} LIMIT {size} OFFSET {at}"
        try:
            response = client.ask("POST", url, body={"query": text}, headers={"Accept": NT}, stream=True)
        except ServerError:
            if size <= _SMALLEST_PAGE:
                raise
            size //= 4
            continue
        page = list(_lines(client, url, response))
        yield from page
        told(at)
        if not page:
            return
        at += len(page)


def _lines(client: Client, url: str, response: requests.Response, most: int = 0) -> Iterator[str]:
    import pyoxigraph as ox  # noqa: PLC0415 - only when a server is spoken to

    from kg.push.answer import Answer  # noqa: PLC0415 - as above

    source = Answer(client, url, response, most)
    try:
        for triple in ox.parse(cast("IO[bytes]", source), ox.RdfFormat.N_TRIPLES, lenient=True):
            yield f"{triple.subject} {triple.predicate} {triple.object} ."
    except SyntaxError as error:
        raise ServerError("push-not-rdf", url=redacted(url), said=str(error)) from error
    finally:
        source.close()


def _pattern(target: Target, triple: str = "?s ?p ?o") -> tuple[str, str]:
    if target.graph:
        return "", f"{{ GRAPH <{target.graph}> {{ {triple} }} }}"
    return _NIL if target.server.default_graph == "nil" else "", f"{{ {triple} }}"
