"""What is asked again after a failure, how often, and after which wait.

Every request of a push may be made twice: what is added and removed are triples without blank nodes, and
a graph that is put is put whole. So what may pass is tried again without more ado.
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass: too early, too much, or a fault that the server did not expect either."""
LASTING: Final = re.compile(r"\b(?!40001|S1T00|08)[0-9A-Z]{5} Error [0-9A-Z]{5}\b")
"""What Virtuoso says, with status 500, of what it will refuse again; not of deadlocks and time limits."""
WAIT_AT_MOST: Final = 120
"""Seconds; who asks for more time than that is told to the user."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something is tried, and how long the waits are, in seconds.

    They double from ``first`` to ``longest``; each is cut by a random part of its half, so that many who
    were turned away do not come back at once. ``refused``: whether to knock again where nobody listens.
    """

    tries: int = 6
    first: float = 0.5
    longest: float = 30
    seed: int | None = None
    refused: bool = True

    def waits(self) -> Iterator[float]:
        """The waits between the tries.

        >>> [round(w, 1) for w in Patience(tries=4, seed=1).waits()]
        [0.3, 0.9, 1.8]
        """
        jitter = random.Random(self.seed)  # noqa: S311 - no secret
        for n in range(self.tries - 1):
            yield min(self.longest, self.first * 2**n) * (1 + jitter.random()) / 2


def may_pass(error: ServerError, patience: Patience) -> bool:
    """Whether the same may go well a little later."""
    if error.code == "push-no-answer":
        return patience.refused or error.args_shown.get("connected", True) is True
    if error.code in {"push-timeout", "push-not-sparql"}:
        return True
    said = str(error.args_shown.get("said", ""))
    return (
        error.code == "push-refused"
        and error.args_shown.get("status") in PASSING
        and not LASTING.search(said)
    )


def patiently(
    patience: Patience, seconds: float, ask: Callable[[], T], told: Callable[[float, ServerError], Any]
) -> T:
    """Ask until it goes well, gives up after the last try or twice the ``seconds`` of one.

    ``told`` hears of each wait. Raises the ``ServerError`` of the last try, or ``push-later`` if the server
    asks for more time than anyone would wait.
    """
    over = time.monotonic() + 2 * seconds
    for wait in patience.waits():
        try:
            return ask()
        except ServerError as error:
            asked = error.args_shown.get("after", 0.0)
            if not may_pass(error, patience) or time.monotonic() > over:
                raise
            assert isinstance(asked, float)  # noqa: S101 - put there by ``http``
            if asked > WAIT_AT_MOST:
                raise ServerError("push-later", **error.args_shown | {"after": f"{asked:.0f}"}) from error
            pause = max(wait, asked)
            told(pause, error)
            sleep(pause)
    return ask()


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)
