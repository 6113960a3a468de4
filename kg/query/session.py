"""The side that asks: starts the worker, holds it to its time, and says what became of it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, Literal, Self

from kg.errors import InputError, KgError, StoreError, UsageError
from kg.query.tokens import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

Row = tuple[str | None, ...]
"""One solution: terms of N-Triples in the order of the variables; None where nothing is bound."""

_OPEN_WITHIN: Final = 600
"""Seconds for opening what is asked, unless queries may take longer: reading large files is no query."""
_WAITING: Final = 4
"""Lines of an answer that wait to be taken; then the worker waits."""
_NO_MEMORY: Final = ("memory allocation", "bad_alloc", "MemoryError", "Cannot allocate memory")
_FRUGAL: Final = {"MALLOC_ARENA_MAX": "2"}
"""glibc reserves 64 MB of addresses for each thread otherwise, which the memory limit would count."""
_KINDS: Final[dict[str, type[KgError]]] = {"usage": UsageError, "input": InputError, "store": StoreError}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds of waiting for it, and bytes of memory (0: no limit)."""

    seconds: float = 30
    memory: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a checkpoint of the store, or RDF files."""

    store: Path | None = None
    data: tuple[Path, ...] = ()
    change: Path | None = None
    """A file that holds a change (see ``kg.query.changes``), to be asked instead of the store beside it."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a query besides its text."""

    lists: Mapping[str, str] = field(default_factory=dict)
    """The variables whose values are lists, to be sorted, with what stands between their items: a space
    for IRIs, a line feed for texts."""
    unnamed: Sequence[str] = ()
    """The variables whose IRIs are shown as they are, so that nobody need look up names."""
    subject: str = ""
    """The variable that may be narrowed (see ``kg.query.only``)."""
    only: Sequence[tuple[str, Mapping[str, str]]] = ()
    """Queries with their bindings: the subject is narrowed to what all of them find."""


@dataclass(slots=True)
class Answer:
    """What a query gives; rows and triples stream, and can be taken once."""

    form: Literal["select", "ask", "graph"]
    variables: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    boolean: bool = False
    triples: Iterator[str] = field(default_factory=lambda: iter(()))
    """Lines of N-Triples of a CONSTRUCT or DESCRIBE, as they come."""
    names: dict[str, str] = field(default_factory=dict)
    """IRI -> name, of the rows taken so far."""


@dataclass(frozen=True, slots=True)
class Found:
    """The things that a text may mean, as (IRI, name), and the nearest names if there is none."""

    things: tuple[tuple[str, str], ...]
    near: tuple[str, ...] = ()


class Session:
    """One worker, for one question after another; a context manager. A new question ends the answer before.

    The time limit holds for each question and counts only the waiting for the worker. When a question
    ends the worker, the session is over.
    """

    def __init__(self, asked: Asked, limits: Limits | None = None) -> None:
        """Start the worker and let it open what is asked."""
        self._limits = limits or Limits()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "kg.query.worker", str(self._limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **_FRUGAL},
        )
        self._lines: queue.Queue[bytes] = queue.Queue(_WAITING)
        self._over = False
        self._asked = 0
        self._allowed = self._left = self._limits.seconds
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            files = [str(path) for path in asked.data]
            store, change = (str(path) if path else None for path in (asked.store, asked.change))
            self._request({"do": "open", "store": store, "change": change, "data": files})
            self._allowed = self._left = max(self._limits.seconds, _OPEN_WITHIN)
            self._next()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process of the worker."""
        return self._process.pid

    def ask(
        self,
        sparql: str,
        bindings: Mapping[str, str] | None = None,
        *,
        language: str = "",
        base: str = "",
        prefixes: Mapping[str, str] | None = None,
        traits: Traits | None = None,
    ) -> Answer:
        """Ask a SPARQL query; ``bindings`` give variables terms of N-Triples.

        With a ``language``, the names of what is in the rows come with them.

        Raises ``UsageError`` for what is no query, may not run, or takes too much, and ``StoreError`` when
        the worker fails.
        """
        check(sparql)
        request: dict[str, object] = {"do": "ask", "query": sparql, "bindings": dict(bindings or {})}
        traits = traits or Traits()
        request |= {"lists": dict(traits.lists), "unnamed": list(traits.unnamed)}
        request |= {"subject": traits.subject, "only": list(traits.only)}
        request |= {"language": language, "base": base, "prefixes": dict(prefixes or {})}
        self._request(request)
        head = self._next()
        if head["form"] == "ask":
            self._next()
            return Answer("ask", boolean=head["boolean"])
        if head["form"] == "graph":
            return Answer("graph", triples=self._triples(self._asked))
        answer = Answer("select", tuple(head["variables"]))
        answer.rows = self._rows(answer.names, self._asked)
        return answer

    def find(self, text: str, classes: Sequence[str], base: str) -> Found:
        """The things of some classes that an IRI, an id or a name can mean."""
        self._request({"do": "find", "text": text, "classes": list(classes), "base": base})
        said = self._next()
        self._next()
        return Found(tuple((iri, name) for iri, name in said["found"]), tuple(said["near"]))

    def complete(self, start: str, classes: Sequence[str], language: str) -> list[tuple[str, str]]:
        """Ids and names of things of some classes that begin like a text, each with what it means."""
        self._request({"do": "complete", "text": start, "classes": list(classes), "language": language})
        said = self._next()
        self._next()
        return [(word, meaning) for word, meaning in said["found"]]

    def about(self, iris: Sequence[str], *, incoming: bool = False) -> list[str]:
        """The triples of nodes (and those that point at them) as sorted lines of N-Triples."""
        self._request({"do": "about", "iris": list(iris), "incoming": incoming})
        return list(self._triples(self._asked))

    def close(self) -> None:
        """End the worker."""
        self._over = True
        self._process.kill()
        self._process.wait()
        while self._reader.is_alive():  # it may be waiting to hand over a line
            try:
                self._lines.get(timeout=0.01)
            except queue.Empty:
                continue
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None and not stream.closed:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue

    def __enter__(self) -> Self:
        """The session itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        self.close()

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - it is a pipe
        for line in stdout:
            self._lines.put(line)
            if self._over:
                return
        self._lines.put(b"")

    def _request(self, request: Mapping[str, object]) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - it is a pipe
        self._allowed = self._left = self._limits.seconds
        self._asked += 1
        try:
            stdin.write(json.dumps({**request, "number": self._asked}).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise self._crashed() from None

    def _next(self, question: int = 0) -> dict[str, Any]:
        """The next line of the answer to a question (the last one); raises what it says went wrong."""
        if question not in {0, self._asked}:
            raise RuntimeError(
                "another question has been asked since: take an answer before the next question"
            )
        said: dict[str, Any] = {}
        while said.get("to") != self._asked:  # what is left of an answer that nobody took is passed over
            said = json.loads(self._line())
        if "error" in said:
            args = {k: tuple(v) if isinstance(v, list) else v for k, v in said["args"].items()}
            raise _KINDS[said["kind"]](said["error"], **self._memory_said(args, said["error"]))
        return said

    def _line(self) -> bytes:
        started = time.monotonic()
        try:
            line = self._lines.get(timeout=max(self._left, 0))
        except queue.Empty:
            self.close()
            raise UsageError("query-timeout", seconds=f"{self._allowed:g}") from None
        self._left -= time.monotonic() - started
        if not line.endswith(b"\n"):
            raise self._crashed()
        return line

    def _rows(self, names: dict[str, str], question: int) -> Iterator[Row]:
        while "rows" in (said := self._next(question)):
            names.update(said["names"])
            yield from map(tuple, said["rows"])

    def _triples(self, question: int) -> Iterator[str]:
        while "triples" in (said := self._next(question)):
            yield from said["triples"]

    def _memory_said(self, args: dict[str, Any], code: str) -> dict[str, Any]:
        return {**args, "megabytes": self._limits.memory >> 20} if code == "query-memory" else args

    def _crashed(self) -> KgError:
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip()
        self.close()
        if any(words in said for words in _NO_MEMORY):
            return UsageError("query-memory", **self._memory_said({}, "query-memory"))
        last = said.splitlines()[-1] if said else _ended(code)
        return StoreError("query-crashed", reason=last)


def _ended(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
