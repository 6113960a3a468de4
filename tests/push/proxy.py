"""A proxy before a real server, which does to requests what networks, gateways and bad servers do to them."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FAULTS: Final = (
    *("drop", "drop the answer", "cut the request", "cut the answer", "delay", "late", "repeat", "lie"),
    *("429", "500", "502", "503", "504", "500 and do it", "502 and do it", "504 and do it"),
)
_HOP: Final = {"connection", "transfer-encoding", "keep-alive"}


@dataclass
class Proxy:
    """Stands before the server at ``upstream``; spoils ``left`` requests, ``often`` in a hundred.

    ``bodies`` are those of requests that write, ``done`` counts the faults by name.
    """

    upstream: int
    seed: int = 0
    left: int = 0
    often: int = 50
    port: int = 0
    bodies: list[bytes] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FAULTS, 0))
    _late: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bytes(self) -> int:
        return sum(map(len, self.bodies))

    def fault(self) -> str:
        with self._lock:
            if not self.left or self._random.randrange(100) >= self.often:
                return ""
            self.left -= 1
            # those that were least seen come first, so that each has its turn
            fewest = min(self.done.values())
            name = self._random.choice([n for n, seen in self.done.items() if seen <= fewest + 2])
            self.done[name] += 1
            return name

    def settle(self) -> None:
        """Wait for what is under way to the server although nobody waits for its answer."""
        while self._late:
            self._late.pop().join(30)

    def forward(self, asked: Asked) -> Answered:
        upstream = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        with contextlib.closing(upstream):
            upstream.request(asked.method, asked.path, asked.body, asked.headers)
            answer = upstream.getresponse()
            headers = [(k, v) for k, v in answer.getheaders() if k.lower() not in _HOP]
            return Answered(answer.status, headers, answer.read())

    def cut(self, asked: Asked) -> None:
        """Send half of the request to the server, and go."""
        upstream = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        with contextlib.closing(upstream):
            upstream.putrequest(asked.method, asked.path, skip_host=True, skip_accept_encoding=True)
            for name, value in asked.headers.items():
                upstream.putheader(name, value)
            upstream.endheaders(asked.body[: len(asked.body) // 2])

    def later(self, asked: Asked) -> None:
        """Send the request when who asked has given up, and perhaps asked again."""

        def send() -> None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.forward(asked)

        thread = threading.Timer(0.05, send)
        self._late.append(thread)
        thread.start()


@dataclass
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def writes(self) -> bool:
        return self.method == "PUT" or (
            "query=" not in self.body[:6].decode("latin-1") and self.method == "POST"
        )


@dataclass
class Answered:
    """An answer."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


def _answer(proxy: Proxy, asked: Asked) -> tuple[Answered | None, bool]:
    """What is answered, if anything, and whether only half of it."""
    fault = proxy.fault()
    if fault == "drop":
        return None, False
    if fault == "late":
        proxy.later(asked)
        return None, False
    if fault == "cut the request":
        proxy.cut(asked)
        return None, False
    if fault == "lie":
        return (Answered(204) if asked.writes else Answered(200, [], b"<html>Welcome!</html>")), False
    if fault.isdigit():
        after = [("Retry-After", "1")] if fault in {"429", "503"} else []
        return Answered(int(fault), after, b"<html>busy</html>"), False
    answered = proxy.forward(asked)
    if fault == "repeat":
        answered = proxy.forward(asked)
    if fault == "delay":
        threading.Event().wait(0.05)
    if fault.endswith("and do it"):
        return Answered(int(fault[:3]), [], b"<html>gateway</html>"), False
    return (None if fault == "drop the answer" else answered), fault == "cut the answer"


@contextlib.contextmanager
def before(upstream: int, *, seed: int = 0, left: int = 0) -> Iterator[Proxy]:
    """A proxy before the server on that port."""
    proxy = Proxy(upstream, seed, left)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.command, self.path, dict(self.headers), body)
            if asked.writes:
                proxy.bodies.append(body)
            with contextlib.suppress(ConnectionError):  # who asked may have gone
                answered, half = _answer(proxy, asked)
                self.close_connection |= answered is None or half
                if answered is not None:
                    self._say(answered, half=half)

        def _say(self, answered: Answered, *, half: bool) -> None:
            self.send_response_only(answered.status)
            for name, value in answered.headers:
                if name.lower() != "content-length":
                    self.send_header(name, value)
            if answered.status != http.HTTPStatus.NO_CONTENT:
                self.send_header("Content-Length", str(len(answered.body) + (half and not answered.body)))
            self.end_headers()
            self.wfile.write(answered.body[: len(answered.body) // 2] if half else answered.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        proxy.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield proxy
        finally:
            proxy.settle()
            listening.shutdown()
            thread.join()
