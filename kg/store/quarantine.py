"""The records of a dataset that were not taken, one JSON object a line; kept while there are any."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.store.durable import remove, sync_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WAITING: Final = "waiting"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """How many records are kept, by their state."""

    quarantined: int = 0
    waiting: int = 0


def keep(path: Path, lines: Iterable[bytes]) -> None:
    """Write the lines in the place of what was kept before, durably; without any the file goes."""
    rest = iter(lines)
    first = next(rest, None)
    if first is not None:
        write_file(path, chain((first,), rest))
    elif path.exists():
        remove(path)
        sync_folder(path.parent)


def write(path: Path, data: bytes) -> None:
    """Have these bytes there; without any the file goes."""
    keep(path, (data,) if data else ())


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
