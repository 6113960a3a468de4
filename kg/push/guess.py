"""What a URL leads to, found out by asking it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.errors import ServerError, UsageError
from kg.push.capabilities import SERVERS, UNKNOWN, Server, recognized
from kg.push.http import ANSWER_WITHIN, JSON, Client
from kg.push.patience import Patience
from kg.push.secrets import redacted
from kg.push.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from kg.push.secrets import Secret

_ANY: Final = tuple(status for status in range(200, 600) if status not in {429, 502, 503, 504})
"""What says something about an endpoint; the others come from what stands before it, and may pass."""
_OK: Final = 200
_FAILED: Final = 500
_NOT_THERE: Final = Patience(refused=False)
"""A server that was never reached is more likely misspelt than about to come back."""


def guessed(url: str, secret: Secret, seconds: float = ANSWER_WITHIN) -> Target:
    """The endpoints of the server at ``url``: its root, its dataset or repository, or one of its endpoints.

    The ``Server`` header says which server it is; if it does not, the known paths are tried. Raises
    ``UsageError`` if nothing there answers a query, ``ServerError`` if nobody answers at all.
    """
    at = url.rstrip("/")
    with Client(Target(query=url, seconds=seconds, secret=secret, patience=_NOT_THERE)) as client:
        header = _asked(client, "GET", url).headers.get("Server", "")
        first = recognized(header)
        tried: list[str] = []
        for server in (first,) if first else SERVERS:
            for base in _bases(at, server):
                target = replace(_at(base, server, secret, header if first else ""), seconds=seconds)
                if target.query in tried:
                    continue
                tried.append(target.query)
                if _answers(client, target.query):
                    return target
    raise UsageError("push-no-endpoint", received=redacted(url), tried=tuple(map(redacted, tried)))


def recognized_at(target: Target) -> Target:
    """The same target, with what is known of its server."""
    with Client(replace(target, patience=_NOT_THERE)) as client:
        asked = target.query or target.store
        header = _asked(client, "GET", asked).headers.get("Server", "")
    server = recognized(header)
    return replace(target, server=server or UNKNOWN, version=_version(header) if server else "")


def _bases(at: str, server: Server) -> list[str]:
    """The URL that it would be an endpoint of; itself; the root, where the server has one dataset."""
    paths = filter(None, (server.query, server.update, server.store.rstrip("/")))
    parts = urlsplit(at)
    root = [f"{parts.scheme}://{parts.netloc}"] if server.tried else []
    # Virtuoso answers below its endpoint too, so what is above is asked first.
    return list(dict.fromkeys([*(at.removesuffix(p) for p in paths if at.endswith(p)), at, *root]))


def _at(base: str, server: Server, secret: Secret, header: str) -> Target:
    query = server.private_query if secret and server.private_query else server.query
    return Target(
        query=base + query,
        update=base + server.update,
        store=base + server.store if server.store else "",
        server=server,
        version=_version(header),
        secret=secret,
    )


def _version(header: str) -> str:
    """``Oxigraph 0.5.13`` of ``Oxigraph/0.5.13 …``."""
    return header.partition(" ")[0].replace("/", " ")[:40]


def _asked(client: Client, method: str, url: str, body: Mapping[str, str] | None = None) -> requests.Response:
    """Any answer; one with status 500 only if it is given again: it may come from what stands in between."""

    def once() -> requests.Response:
        return client.ask(method, url, body=body, headers={"Accept": JSON}, wanted=_ANY)

    response = once()
    return response if response.status_code != _FAILED else once()


def _answers(client: Client, query: str) -> bool:
    """Whether a SPARQL query is answered there.

    Raises ``ServerError`` if what is known does not do to sign in.
    """
    try:
        response = _asked(client, "POST", query, {"query": "ASK {}"})
        answer = response.json() if response.status_code == _OK else {}
    except ValueError:
        return False
    except ServerError as error:
        if error.code == "push-wrong-secret":
            raise
        return False
    # Virtuoso answers ASK with a table of one number.
    return isinstance(answer, dict) and "head" in answer and ("boolean" in answer or "results" in answer)
