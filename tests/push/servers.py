"""Real SPARQL servers, started from nothing on a free port of this machine, and stopped or killed again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from kg.config import Config
from kg.push import find_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.push import Target

PASSWORD = "c4nary-s3cret/ä"  # noqa: S105 - of servers that live as long as a test
"""A password that must never be seen anywhere; with characters that are written otherwise in a URL."""
INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
DefaultGraph = http://example.org/default
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 600
"""
USERS = f"""
DB.DBA.USER_CREATE ('loader', '{PASSWORD}');
GRANT SPARQL_UPDATE TO "loader";
GRANT SPARQL_SELECT TO "loader";
DB.DBA.USER_CREATE ('reader', '{PASSWORD}');
GRANT SPARQL_SELECT TO "reader";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 1);
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('loader', 7);
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('reader', 1);
set password "dba" "dbatest";
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Running:
    """A server of a kind in a folder; ``user`` may write to it."""

    kind: str
    folder: Path
    port: int = field(default_factory=free_port)
    user: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = (self.folder / "out.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                self._command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        ready = {"oxigraph": "/", "virtuoso": "/sparql"}[self.kind]
        until = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, (self.folder / "out.log").read_text()
            try:
                if requests.get(self.url + ready, timeout=5).status_code == 200:
                    return
            except requests.ConnectionError:
                pass
            assert time.monotonic() < until, "not ready in a minute"
            time.sleep(0.05)

    def _command(self) -> list[str]:
        if self.kind == "oxigraph":
            place = ["--location", str(self.folder / "data"), "--bind", f"127.0.0.1:{self.port}"]
            return [str(Path(sys.executable).with_name("oxigraph")), "serve", *place]
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        return ["virtuoso-t", "-f", "-c", str(self.folder / "virtuoso.ini")]

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def target(self, graph: str = "", url: str = "") -> Target:
        """What a user gets who gives the URL, and the password of one who may write."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            return find_target(url or self.url, Config(), graph)

    @property
    def environment(self) -> dict[str, str]:
        return {"KG_PUSH_USER": self.user, "KG_PUSH_PASSWORD": PASSWORD} if self.user else {}


def oxigraph(folder: Path) -> Iterator[Running]:
    if not Path(sys.executable).with_name("oxigraph").is_file():
        pytest.skip("needs Oxigraph's server")
    yield from _run(Running("oxigraph", folder))


def virtuoso(folder: Path) -> Iterator[Running]:
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        pytest.skip("needs Virtuoso")
    server = Running("virtuoso", folder, user="loader")
    sql = free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, port=server.port, sql=sql), "utf-8")
    yield from _run(server, sql)


def _run(server: Running, sql: int = 0) -> Iterator[Running]:
    server.start()
    try:
        if sql:
            said = subprocess.run(
                ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "CHARSET=UTF-8"],
                input=USERS.encode(),
                capture_output=True,
                check=True,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
            )
            assert b"*** Error" not in said.stdout + said.stderr, said
        yield server
    finally:
        server.stop()
