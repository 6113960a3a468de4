"""The servers, one of each kind for all tests of a worker."""

from __future__ import annotations

import http.server
import itertools
import threading
from typing import TYPE_CHECKING

import pytest

from kg.push import patience
from tests.push import servers
from tests.push.scripted import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.push.servers import Running

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test waits, or sees the passwords, the proxies or the project of who runs it."""
    monkeypatch.setattr(patience, "sleep", lambda _seconds: None)
    monkeypatch.setenv("NETRC", "/dev/null")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from servers.oxigraph(tmp_path_factory.mktemp("oxigraph"))


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from servers.virtuoso(tmp_path_factory.mktemp("virtuoso"))


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Running:
    """Each of the servers in turn."""
    running: Running = request.getfixturevalue(request.param)
    return running


@pytest.fixture
def graph() -> str:
    """A graph that no other test writes to."""
    return f"https://data.example.org/그래프/{next(_numbers)}"


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """A server that says what the test tells it to."""
    made = Scripted()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), made.handler()) as listening:
        made.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield made
        finally:
            listening.shutdown()
            thread.join()
