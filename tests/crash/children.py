"""Children of a process that has everything imported: each does one thing, and may be killed at any instant.

The parent never opens the embedded store, whose threads a child would not have.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLED: Final = -signal.SIGKILL
FAILED: Final = 99
"""The exit code of a child that raised what it should not."""
LONGEST: Final = 60.0
"""Seconds after which a child hangs."""

Told = list[tuple[float, str]]
"""When something was told, in seconds since the child began, and what."""


@dataclass(frozen=True)
class Ended:
    """How a child ended, how long it took, and what it told until then."""

    code: int
    seconds: float
    told: Told

    @property
    def last(self) -> str:
        """What it told last."""
        return self.told[-1][1] if self.told else "before anything"


def run(
    work: Callable[[Callable[[str], None]], int],
    log: Path,
    *,
    kill: Callable[[Told], float | None] = lambda _told: None,
) -> Ended:
    """Have a child do ``work``, which may tell something.

    ``kill`` says, of what was told up to now, how many seconds after the start the child is to be killed.
    """
    here, there = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # what is there is not looked at again, and so stays shared
    start = time.monotonic()
    pid = os.fork()
    if not pid:
        os.close(here)
        _child(work, log, there)
    gc.unfreeze()
    os.close(there)
    told: Told = []
    rest = b""
    sent = False
    try:
        while True:
            at = kill(told)
            now = time.monotonic() - start
            if not sent and at is not None and now >= at:
                os.kill(pid, signal.SIGKILL)
                sent = True
            assert now < LONGEST, f"a child hangs: {told}, {log.read_text('utf-8')}"
            wait = LONGEST - now if at is None or sent else max(at - now, 0)
            if select.select([here], [], [], wait)[0]:
                piece = os.read(here, 1 << 16)
                if not piece:
                    break
                *lines, rest = (rest + piece).split(b"\n")
                told += [(time.monotonic() - start, line.decode()) for line in lines]
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    finally:
        os.close(here)
        _, status = os.waitpid(pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), time.monotonic() - start, told)


def _child(work: Callable[[Callable[[str], None]], int], log: Path, out: int) -> None:
    """What the child does; it never returns."""
    code = FAILED
    try:
        # whoever started the tests may have had them ignored
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(errors, 1)
        os.dup2(errors, 2)
        sys.unraisablehook = sys.__unraisablehook__  # that of pytest imports what may not be there to open
        sys.stdout, sys.stderr = (os.fdopen(os.dup(fd), "w", buffering=1) for fd in (1, 2))
        code = work(lambda what: _tell(out, what))
    except BaseException:  # noqa: BLE001 - it must not come to be a second test run
        with suppress(OSError):
            traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def _tell(out: int, what: str) -> None:
    os.write(out, f"{what}\n".encode())


def answer(work: Callable[[], Any], log: Path) -> Any:
    """What a child gives back, as JSON has it."""
    given: list[str] = []

    def telling(tell: Callable[[str], None]) -> int:
        tell("=" + json.dumps(work()))
        return 0

    ended = run(telling, log)
    given = [what[1:] for _, what in ended.told if what.startswith("=")]
    assert ended.code == 0, f"a child failed: {ended.code}\n{log.read_text('utf-8')}"
    return json.loads(given[-1])
