"""The records of a dataset that were not taken, one JSON object a line; kept while there are any.

What comes with a change of the dataset lies beside it until the change is committed, so that both are the
old ones or both the new ones.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.store.durable import remove, rename, sync_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WAITING: Final = "waiting"
NEXT: Final = ".next"
"""Ends the name of what is to be kept when a change is committed; an empty file says that there is nothing."""


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


def lay_beside(path: Path, lines: Iterable[bytes]) -> str | None:
    """Write, durably, what ``settle`` will have take the place of what is kept; gives its digest.

    None if there is nothing now and will be nothing.
    """
    rest = iter(lines)
    first = next(rest, None)
    if first is None and not path.exists():
        return None
    digest = hashlib.sha256()

    def written() -> Iterator[bytes]:
        for line in chain(() if first is None else (first,), rest):
            digest.update(line)
            yield line

    write_file(_next(path), written())
    return digest.hexdigest()


def settle(path: Path, digest: str) -> None:
    """Have what was laid beside take the place of what is kept, if that is not done yet.

    What lies there for another change than the one that knows the ``digest`` goes.
    """
    new = _next(path)
    if not new.exists():
        return
    data = new.read_bytes()
    if data and hashlib.sha256(data).hexdigest() == digest:
        rename(new, path)
        return
    if not data and hashlib.sha256(data).hexdigest() == digest:
        remove(path)
        sync_folder(path.parent)
    remove(new)


def _next(path: Path) -> Path:
    return path.with_name(path.name + NEXT)


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
