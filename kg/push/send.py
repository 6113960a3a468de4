"""Sends a graph: whole by the Graph Store Protocol, or by updates in batches that the server can take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from kg.errors import ServerError
from kg.push.http import NT
from kg.push.readback import store_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.push.http import Client
    from kg.push.spool import Spool
    from kg.push.target import Target

_DONE: Final = (200, 201, 202, 204)
_NO_STORE: Final = frozenset({404, 405, 501})
"""What a server without the Graph Store Protocol answers to PUT."""

_BACKSLASH: Final = re.compile(r"\\\\([uU]?)|\\[^\\]")
"""An escape; the letter after an escaped backslash, if it is one of two."""

Way = Literal["store", "update"]


def send(client: Client, spool: Spool, told: Callable[[int], None]) -> Way:
    """Make the graph hold what ``spool`` holds and nothing else, and say by which way.

    ``told`` hears how many triples are gone. Raises ``ServerError`` if the server refuses or is lost; what
    the graph holds then is for the caller to find out.
    """
    target = client.target
    if target.store:
        try:
            _put(client, spool, told)
        except ServerError as error:
            if not target.update or error.args_shown.get("status") not in _NO_STORE:
                raise
        else:
            return "store"
    _update(client, spool, told)
    return "update"


def _put(client: Client, spool: Spool, told: Callable[[int], None]) -> None:
    url = store_url(client.target)
    spool.sent = lambda at: told(spool.triples * at // max(len(spool), 1))
    client.sign_in(url)
    if not client.target.server.whole and client.target.update:
        _may_write(client)
    spool.seek(0)
    client.ask("PUT", url, body=spool or b"", headers={"Content-Type": NT}, wanted=_DONE)


def _may_write(client: Client) -> None:
    """Delete what is not there: Virtuoso empties a graph by the PUT of someone whom it then refuses."""
    at = f"GRAPH <{client.target.graph}> " if client.target.graph else ""
    triple = "<urn:x-kg:nothing> <urn:x-kg:nothing> <urn:x-kg:nothing>"
    _ask(client, f"DELETE DATA {{ {at}{{ {triple} }} }}" if at else f"DELETE DATA {{ {triple} }}")


def _update(client: Client, spool: Spool, told: Callable[[int], None]) -> None:
    target = client.target
    graph = f"GRAPH <{target.graph}>" if target.graph else "DEFAULT"
    _ask(client, f"CLEAR SILENT {graph}")
    before, after = (f"{graph} {{", "}") if target.graph else ("", "")
    gone = 0
    for batch in batches(spool.lines(), target):
        _ask(client, "\n".join(("INSERT DATA {", before, *map(as_sparql, batch), after, "}")))
        gone += len(batch)
        told(gone)


def _ask(client: Client, update: str) -> None:
    target = client.target
    if target.server.form:
        client.ask("POST", target.update, body={"update": update}, wanted=_DONE)
    else:
        headers = {"Content-Type": "application/sparql-update"}
        client.ask("POST", target.update, body=update.encode(), headers=headers, wanted=_DONE)


def batches(lines: Iterator[str], target: Target) -> Iterator[list[str]]:
    """The lines in lists as long and as large as the server can take; one too large goes alone."""
    batch: list[str] = []
    size = 0
    for line in lines:
        more = len(line.encode())
        if batch and (len(batch) >= target.server.batch or size + more > target.server.batch_bytes):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += more
    if batch:
        yield batch


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
