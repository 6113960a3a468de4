"""Engines run where they can be stopped: in a process with a limit on time and memory.

The limits grow with the data, far above what the slowest engine takes for it, so only shapes
or patterns that never come to an end meet them. One worker serves one check after another.
"""

from __future__ import annotations

import atexit
import json
import os
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from kg.apart import EndedError, TookTooLongError, Worker
from kg.errors import EngineError
from kg.validation.result import Result

if TYPE_CHECKING:
    from pathlib import Path

MODULE: Final = "kg.validation.worker"
SECONDS: Final = 60
BYTES_A_SECOND: Final = 100_000
"""About 750 triples; the slowest engine checks ten times as many."""
MEMORY: Final = 3 << 30
MEMORY_FOR_A_BYTE: Final = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What one check may take: seconds, and bytes of memory; 0 is no limit."""

    seconds: float
    memory: int


def limits(size: int, seconds: float = 0) -> Limits:
    """The limits for a data graph of ``size`` bytes; ``seconds`` other than 0 are the user's own."""
    return Limits(seconds or SECONDS + size / BYTES_A_SECOND, MEMORY + size * MEMORY_FOR_A_BYTE)


class _Engines:
    """The worker of this process, and what it has been told."""

    def __init__(self) -> None:
        self.worker: Worker | None = None
        self.shapes = ""
        self.process = 0
        self.one_at_a_time = Lock()

    def start(self) -> Worker:
        """The worker, started now if there is none; one that a fork has left behind is its parent's."""
        if self.worker is None or self.worker.over or self.process != os.getpid():
            if self.worker is not None and self.process != os.getpid():
                self.worker.leave()
            self.worker, self.shapes, self.process = Worker(MODULE), "", os.getpid()
        return self.worker

    def stop(self) -> None:
        """End the worker."""
        if self.worker is not None and self.process == os.getpid() and not self.worker.over:
            self.worker.close()


_ENGINES: Final = _Engines()
atexit.register(_ENGINES.stop)


def make_ready() -> None:
    """Let the worker come up while something else is done."""
    with _ENGINES.one_at_a_time:
        _ENGINES.start()


def stop() -> None:
    """End the worker now, not only when this process ends."""
    with _ENGINES.one_at_a_time:
        _ENGINES.stop()


def check(engine: str, shapes: str, data: Path, allowed: Limits) -> list[Result]:
    """What an engine finds in an N-Triples file, as ``Checker.check`` gives it.

    Raises ``EngineError``: what the engine says, or that it was stopped or crashed.
    """
    with _ENGINES.one_at_a_time:
        worker = _ENGINES.start()
        known = shapes == _ENGINES.shapes
        request = {
            "engine": engine,
            "shapes": "" if known else shapes,
            "data": str(data),
            "memory": allowed.memory,
        }
        try:
            worker.say(request)
            _ENGINES.shapes = shapes
            return _results(worker, allowed.seconds)
        except TookTooLongError:
            raise EngineError("engine-timeout", engine=engine, seconds=f"{allowed.seconds:.0f}") from None
        except EndedError as ended:
            if ended.no_memory:
                raise EngineError(
                    "engine-memory", engine=engine, megabytes=f"{allowed.memory >> 20:,}"
                ) from None
            raise EngineError("engine-crashed", engine=engine, words=ended.words) from None
        except EngineError:  # the engine's own words, after which it can be asked again
            raise
        except BaseException:  # an answer is left half-read: nobody may ask again
            worker.close()
            raise


def _results(worker: Worker, seconds: float) -> list[Result]:
    found = []
    while True:
        line, waited = worker.line(seconds)
        seconds -= waited
        said = json.loads(line)
        if "result" in said:
            found.append(Result(*said["result"]))
        elif "error" in said:
            args = {k: tuple(v) if isinstance(v, list) else v for k, v in said["args"].items()}
            raise EngineError(said["error"], **args)
        else:
            return found
