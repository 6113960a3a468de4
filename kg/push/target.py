"""Where a graph is pushed to: endpoints, graph, and how to sign in."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.push.capabilities import UNKNOWN, Server
from kg.push.http import ANSWER_WITHIN
from kg.push.patience import Patience
from kg.push.secrets import Secret, find_secret, redacted
from kg.rdf import is_iri

if TYPE_CHECKING:
    from kg.config import Config


@dataclass(frozen=True, slots=True)
class Target:
    """A graph on a server.

    ``graph`` is an IRI, or "" for the default graph. ``store`` is the URL of the Graph Store Protocol, or "".
    ``auth`` is ``none``, ``basic``, ``digest``, ``bearer``, or "" for what the server asks for. An answer is
    waited for ``seconds``.
    """

    query: str
    update: str = ""
    store: str = ""
    graph: str = ""
    auth: str = ""
    name: str = ""
    server: Server = UNKNOWN
    version: str = ""
    seconds: float = ANSWER_WITHIN
    secret: Secret = field(default=Secret(), repr=False)
    patience: Patience = field(default=Patience())

    @property
    def key(self) -> str:
        """What tells the graph from others in the names of files."""
        place = f"{redacted(self.store or self.update)} {self.graph}"
        return blake2b(place.encode(), digest_size=8).hexdigest()

    @property
    def shown(self) -> str:
        """The server and the place, for messages."""
        return f"{self.version or self.server.name} ({redacted(self.store or self.update)})"

    @property
    def message(self) -> tuple[str, dict[str, object]]:
        """The sentence that says what was taken: a code of the messages and its arguments."""
        urls = {what: redacted(getattr(self, what)) or "-" for what in ("query", "update", "store")}
        name = self.version or self.server.name
        code = "push-target" if self.server.tried else "push-target-untried"
        return code, {"server": name, "graph": self.graph_shown, **urls}

    @property
    def graph_shown(self) -> dict[str, str]:
        """The graph, for messages."""
        if self.graph:
            return {"en": f"<{self.graph}>", "ko": f"<{self.graph}>"}
        return {"en": "the default graph", "ko": "기본 그래프"}


def find_target(named: str, config: Config, graph: str | None = None, seconds: float | None = None) -> Target:
    """The target of that name in ``kg.toml``, or the one that a URL leads to, asked.

    ``graph`` takes the place of the target's graph, ``seconds`` of its time limit. Raises ``UsageError`` for
    a name that is not there, a URL that can't be one, an IRI that is none, a server that wants a graph
    named; ``ServerError`` if nobody answers.
    """
    from kg.push.guess import guessed, recognized_at  # noqa: PLC0415 - they need targets

    if graph and not is_iri(graph):
        raise UsageError("push-graph", received=graph)
    if "://" in named:
        check_url(named)
        target = guessed(named, find_secret("", named), seconds or ANSWER_WITHIN)
    else:
        configured = _configured(named, config)
        target = recognized_at(replace(configured, seconds=seconds or configured.seconds))
    if graph is not None:
        target = replace(target, graph=graph)
    if not target.graph and target.server.default_graph == "none":
        raise UsageError("push-needs-graph", server=target.server.name)
    return target


def check_url(url: str) -> None:
    """Raise ``UsageError`` for what can't be asked, or holds a password."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
        parts = urlsplit("")
    if "@" in url:  # anywhere, since passwords that were pasted in may hold a slash
        raise UsageError("push-url-secret", received=redacted(url))
    if not usable or parts.fragment or any(c.isspace() for c in url):
        raise UsageError("push-url", received=redacted(url))


def _configured(name: str, config: Config) -> Target:
    settings = config.targets.get(name)
    if settings is None:
        known = tuple(config.targets)
        near = tuple(difflib.get_close_matches(name, known, 3, 0.5)) or known
        raise UsageError("push-target-unknown" if known else "push-no-targets", received=name, allowed=near)
    for url in filter(None, (settings.query, settings.update, settings.store)):
        check_url(url)
    secret = Secret()
    if settings.auth != "none":
        secret = find_secret(name, settings.store or settings.update, settings.auth_user, settings.auth_file)
    return Target(
        query=settings.query,
        update=settings.update,
        store=settings.store,
        graph=settings.graph,
        auth=settings.auth,
        name=name,
        seconds=settings.timeout or ANSWER_WITHIN,
        secret=secret,
    )
