"""The ways by which a graph gets to a server.

``put``: whole, by the Graph Store Protocol. ``change``: by updates, in one request if the server can take it;
else in batches that are gathered in two graphs beside it and applied by one update, where an update is
one step for who reads; else in batches one after another, while the graph says that it is on its way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from kg.errors import ServerError
from kg.push import mark
from kg.push.http import NT
from kg.push.readback import count, store_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.push.http import Client
    from kg.push.mark import Mark
    from kg.push.patch import Patch
    from kg.push.spool import Spool
    from kg.push.target import Target

    Told = Callable[[int], None]
    """Hears how many lines the server has taken."""

_DONE: Final = (200, 201, 202, 204)
NO_STORE: Final = frozenset({404, 405, 501})
"""What a server without the Graph Store Protocol answers to PUT."""

_TOO_LARGE: Final = 413
_TOO_MUCH: Final = re.compile(r"memory exhausted|\bSR578\b")
"""What Virtuoso says of an update that is too long."""

_BACKSLASH: Final = re.compile(r"\\\\([uU]?)|\\[^\\]")
"""An escape; the letter after an escaped backslash, if it is one of two."""


def put(client: Client, spool: Spool, told: Told, *, empty: bool) -> None:
    """Make the graph hold what ``spool`` holds and nothing else; ``empty``: it holds nothing now.

    Raises ``ServerError`` if the server refuses or is lost.
    """
    target = client.target
    url = store_url(target)
    if empty and target.server.fast:
        url += f"&{target.server.fast}"
    spool.sent = lambda at: told(spool.triples * at // max(len(spool), 1))
    client.sign_in(url)
    if not target.server.whole and target.update:
        _may_write(client)
    client.ask("PUT", url, body=spool or b"", headers={"Content-Type": NT}, wanted=_DONE)


def _may_write(client: Client) -> None:
    """Delete what is not there: Virtuoso empties a graph by the PUT of someone whom it then refuses."""
    nothing = "<urn:x-kg:nothing> <urn:x-kg:nothing> <urn:x-kg:nothing> ."
    _ask(client, [_data("DELETE", client.target.graph, [nothing])])


def change(client: Client, patch: Patch, new: Mark, at: int, told: Told, *, clear: bool = False) -> None:
    """Take out and put in what ``patch`` says, from its line ``at`` on; it ends with the ``new`` mark.

    ``clear``: all that was there before it goes. Doing any of it twice does no harm. Raises ``ServerError``
    if the server refuses or is lost.
    """
    server = client.target.server
    emptied = [f"CLEAR SILENT {_named(client.target.graph)}"] if clear else []
    if patch.is_small(server) and _at_once(client, patch, emptied):
        told(len(patch))
    elif server.one_step:
        _staged(client, patch, emptied, at, told)
    else:
        _one_by_one(client, patch, emptied, new, at, told)


def _at_once(client: Client, patch: Patch, emptied: list[str]) -> bool:
    """Send all in one request; whether that was not too much."""
    try:
        for gone, came in patch.batches(client.target.server):
            _ask(client, emptied + _both(client.target.graph, gone, came))
    except ServerError as error:
        if not _too_much(error):
            raise
        return False
    return True


def _one_by_one(client: Client, patch: Patch, emptied: list[str], new: Mark, at: int, told: Told) -> None:
    """Each batch takes out the mark of the one before: so one that was not done leaves a mark."""
    graph = client.target.graph
    if not at:
        _ask(client, [*emptied, _data("INSERT", graph, _reached(new, 0))])

    def take(gone: list[str], came: list[str], at: int) -> None:
        there = at + len(gone) + len(came)
        reached = _reached(new, there) if there < len(patch) else []
        _ask(client, _both(graph, gone + _reached(new, at), came + reached))
        told(there)

    _in_batches(client, patch, at, take)


def _reached(new: Mark, at: int) -> list[str]:
    return [mark.line_of(f"{mark.becoming(new.text)} {at}")]


def _staged(client: Client, patch: Patch, emptied: list[str], at: int, told: Told) -> None:
    """Gather in two graphs what goes and what comes; apply it in one step when all is there."""
    graph = client.target.graph
    out, into = beside(client.target)
    dropped = [f"DROP SILENT GRAPH <{one}>" for one in (out, into)]

    def take(gone: list[str], came: list[str], at: int) -> None:
        _ask(client, [_data("INSERT", one, lines) for one, lines in ((out, gone), (into, came)) if lines])
        told(at + len(gone) + len(came))

    there = (0, 0)
    for start in (at, 0, 0):
        if not start:
            _ask(client, dropped)
        _in_batches(client, patch, start, take)
        there = count(client, out), count(client, into)
        if there == (patch.gone, patch.came):
            break
    else:
        where = {"server": client.target.shown, "graph": client.target.graph_shown}
        raise ServerError("push-count", sent=len(patch), found=sum(there), **where)
    _ask(client, [*emptied, _copied("DELETE", graph, out), _copied("INSERT", graph, into), *dropped])


def _in_batches(
    client: Client, patch: Patch, at: int, take: Callable[[list[str], list[str], int], None]
) -> None:
    """Have batches taken from line ``at`` on; what is too much for the server is halved."""
    server = client.target.server
    while at < len(patch):
        gone: list[str] = []
        came: list[str] = []
        try:
            for gone, came in patch.batches(server, at):
                take(gone, came, at)
                at += len(gone) + len(came)
        except ServerError as error:
            size = len(gone) + len(came)
            if size == 1 or not _too_much(error):
                raise
            server = replace(server, batch=size // 2)


def _too_much(error: ServerError) -> bool:
    args = error.args_shown
    return args.get("status") == _TOO_LARGE or bool(_TOO_MUCH.search(str(args.get("said", ""))))


def beside(target: Target) -> tuple[str, str]:
    """The graphs in which what goes and what comes is gathered."""
    digest = blake2b(target.graph.encode(), digest_size=8).hexdigest()
    return f"urn:x-kg:going:{digest}", f"urn:x-kg:coming:{digest}"


def _named(graph: str) -> str:
    return f"GRAPH <{graph}>" if graph else "DEFAULT"


def _in(graph: str, inner: str) -> str:
    return f"{{ GRAPH <{graph}> {{\n{inner}\n}} }}" if graph else f"{{\n{inner}\n}}"


def _data(verb: str, graph: str, lines: Iterable[str]) -> str:
    inner = "\n".join(map(as_sparql, lines))
    return f"{verb} DATA {_in(graph, inner)}"


def _both(graph: str, gone: list[str], came: list[str]) -> list[str]:
    return [_data(verb, graph, lines) for verb, lines in (("DELETE", gone), ("INSERT", came)) if lines]


def _copied(verb: str, graph: str, source: str) -> str:
    return f"{verb} {_in(graph, '?s ?p ?o')} WHERE {{ GRAPH <{source}> {{ ?s ?p ?o }} }}"


def _ask(client: Client, operations: list[str]) -> None:
    target = client.target
    update = " ;\n".join(operations)
    if target.server.form:
        client.ask("POST", target.update, body={"update": update}, wanted=_DONE)
    else:
        headers = {"Content-Type": "application/sparql-update"}
        client.ask("POST", target.update, body=update.encode(), headers=headers, wanted=_DONE)


def as_sparql(line: str) -> str:
    r"""A line of N-Triples for INSERT DATA.

    SPARQL replaces ``\uXXXX`` before it reads anything else (section 19.2), and some servers don't see
    that the backslash in ``\\u0041`` is itself escaped.

    >>> as_sparql(r'<a:s> <a:p> "C:\\users" .')
    '<a:s> <a:p> "C:\\\\\\u0075sers" .'
    """
    return _BACKSLASH.sub(_letter_escaped, line) if "\\\\" in line else line


def _letter_escaped(match: re.Match[str]) -> str:
    return f"\\\\\\u{ord(match[1]):04X}" if match[1] else match[0]
