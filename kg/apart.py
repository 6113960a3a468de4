"""A process of its own for what may take too long, eat memory or crash: nothing else is harmed.

The worker is one of our modules, run by ``python -m``. It reads requests from stdin and writes
answers to stdout, one JSON value a line, and ends when stdin does, so it never outlives who
started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WAITING: Final = 4
"""Lines of an answer that wait to be taken; then the worker waits."""
STACK: Final = 64 << 20
"""Bytes that a worker may go down, where the system gives so many; most have 8 MB."""
_NO_MEMORY: Final = ("memory allocation", "bad_alloc", "MemoryError", "Cannot allocate memory")
_FRUGAL: Final = {"MALLOC_ARENA_MAX": "2"}
"""glibc reserves 64 MB of addresses for each thread otherwise, which the memory limit would count."""


class TookTooLongError(Exception):
    """The worker did not answer in time, and was ended."""


class EndedError(Exception):
    """The worker ended in the middle of its work; ``words`` are its last ones."""

    def __init__(self, words: str, *, no_memory: bool) -> None:
        """``no_memory`` tells whether it ended for want of memory."""
        super().__init__(words)
        self.words = words
        self.no_memory = no_memory


class Worker:
    """The side that asks. A worker that took too long or ended is not to be asked again."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Start the module; it comes up while others go on."""
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={**os.environ, **_FRUGAL},
            )
        except BaseException:  # no process or no file more may be opened
            self._errors.close()
            raise
        self._lines: queue.Queue[bytes] = queue.Queue(_WAITING)
        self.over = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process of the worker."""
        return self._process.pid

    def say(self, request: Mapping[str, object]) -> None:
        """Send a request; raises ``EndedError``."""
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - it is a pipe
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def line(self, seconds: float) -> tuple[bytes, float]:
        """The next line of an answer, and how long it was waited for.

        Raises ``TookTooLongError`` after ``seconds``, and ``EndedError``; both end the worker.
        """
        started = time.monotonic()
        try:
            line = self._lines.get(timeout=max(seconds, 0))
        except queue.Empty:
            self.close()
            raise TookTooLongError from None
        if not line.endswith(b"\n"):
            raise self._ended()
        return line, time.monotonic() - started

    def end(self) -> None:
        """End the process, from any thread: who waits for a line is told that it ended."""
        self._process.kill()

    def close(self) -> None:
        """End the worker."""
        self.over = True
        self._process.kill()
        self._process.wait()
        while self._reader.is_alive():  # it may be waiting to hand over a line
            try:
                self._lines.get(timeout=0.01)
            except queue.Empty:
                continue
        self.leave()

    def leave(self) -> None:
        """Close this process's ends alone: after a fork, the worker is the parent's."""
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None and not stream.closed:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - it is a pipe
        for line in stdout:
            self._lines.put(line)
            if self.over:
                return
        self._lines.put(b"")

    def _ended(self) -> EndedError:
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip()
        self.close()
        last = said.splitlines()[-1] if said else _exit(code)
        return EndedError(last, no_memory=any(words in said for words in _NO_MEMORY))


def requests() -> Iterator[str]:
    """The worker's side: the lines of stdin. When stdin ends, so does the process, whatever it is doing."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        yield lines.get()


def limit(memory: int) -> None:
    """Take no more bytes of memory than this (0: no limit), where the system can hold a process to it.

    A process that crashes leaves no core file. Engines that go down with what is nested are given room.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    with contextlib.suppress(ValueError, OSError):  # what is there is enough for all that is let through
        resource.setrlimit(resource.RLIMIT_STACK, (min(STACK, most) if most > 0 else STACK, most))
    if sys.platform != "darwin":  # macOS takes the limit and does not keep it
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (memory or most, most))


def _listen(lines: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)  # even from the middle of something: nobody is there to hear the answer


def _exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
