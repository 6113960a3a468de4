"""The records of a dataset that were not taken, one JSON object a line; kept while there are any."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import Place, Problem
from kg.store import aside
from kg.store.journal import Journal
from kg.store.state import replay

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.store.layout import Layout

WAITING: Final = "waiting"
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class NotTaken:
    """How many records are kept, by their state."""

    quarantined: int = 0
    waiting: int = 0


def lines(path: Path) -> list[bytes]:
    """What is kept, without ends of lines."""
    return [line for line in path.read_bytes().split(b"\n") if line.strip()] if path.exists() else []


def count(path: Path) -> NotTaken:
    """How many records are kept; a line that somebody has edited out of shape counts as quarantined."""
    states = [_state(line) for line in lines(path)]
    return NotTaken(len(states) - states.count(WAITING), states.count(WAITING))


def _state(line: bytes) -> object:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry.get("state") if isinstance(entry, dict) else None


def distrusted(layout: Layout, datasets: Iterable[str]) -> list[Problem]:
    """The files that are not what the journal says was written, or are not there; of those that it knows."""
    found: list[Problem] = []
    for _ in range(_TRIES):  # a load may be writing them
        waiting = aside.waiting(layout, Journal.read(layout.journal).entries)
        digests = {name: aside.digest_of(layout.quarantine(name), waiting) for name in datasets}
        noted = replay(Journal.read(layout.journal).entries).not_taken
        wrong = [name for name, digest in digests.items() if noted.get(name, digest) != digest]
        found = [_distrusted(layout.quarantine(name), name) for name in wrong]
        if not found:
            break
    return found


def _distrusted(path: Path, dataset: str) -> Problem:
    args = {"dataset": dataset, "file": str(path)}
    return Problem("quarantine-distrusted", args=args, severity="warning", place=Place(str(path)))
