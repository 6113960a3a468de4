"""A tiny SPARQL server that lies, breaks off or repeats what it hears, as a test tells it."""

from __future__ import annotations

import contextlib
import http.server
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

JSON = "application/sparql-results+json"


@dataclass
class Heard:
    """A request."""

    method: str
    path: str
    body: str
    headers: dict[str, str]

    @property
    def query(self) -> str:
        """The SPARQL query in it, if there is one."""
        return parse_qs(self.body).get("query", [""])[0]


@dataclass
class Said:
    """An answer."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    then: threading.Event | None = None
    """Waited for before the connection ends."""


@dataclass
class Scripted:
    """Answers with ``answer``; what is None there is answered as an honest-looking server would.

    It is empty at first, says that it holds ``count`` triples when something was sent, and keeps kg's mark.
    """

    answer: Callable[[Heard], Said | None] = lambda _heard: None
    count: int = 0
    contents: str = ""
    name: str = "Oxigraph/0.0.0"
    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    mark: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def reply(self, heard: Heard) -> Said:
        self.heard.append(heard)
        said = self.answer(heard)
        if said is not None:
            return said
        if heard.query.startswith("ASK"):
            return Said(body='{"head":{},"boolean":true}', headers={"Content-Type": JSON})
        if heard.query.startswith("SELECT"):
            name, values = "o", [self.mark] if self.mark else []
            if "COUNT" in heard.query:
                name, values = "n", [str(self.count + 1 if self.mark else 0)]
            rows = [{name: {"type": "literal", "value": value}} for value in values]
            body = json.dumps({"head": {"vars": [name]}, "results": {"bindings": rows}})
            return Said(body=body, headers={"Content-Type": JSON})
        for found in re.findall(r'revision> "([0-9a-f]{32} [0-9]+)"', heard.body):
            self.mark = found
        return Said(body=self.contents if heard.method == "GET" else "")

    def handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        scripted = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def version_string(self) -> str:
                return scripted.name

            def do_any(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length).decode()
                said = scripted.reply(Heard(self.command, self.path, body, dict(self.headers)))
                data = said.body.encode()
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(data)), **said.headers}.items():
                    self.send_header(name, value)
                with contextlib.suppress(ConnectionError):  # who asked may have gone
                    self.end_headers()
                    self.wfile.write(data)
                    if said.then:
                        self.wfile.flush()
                        said.then.wait(20)
                # what was promised and does not come
                self.close_connection |= said.headers.get("Content-Length", str(len(data))) != str(len(data))

            do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 - the library's names

            def log_message(self, *_: object) -> None:
                pass

        return Handler
