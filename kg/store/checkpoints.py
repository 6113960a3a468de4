"""Copies of the embedded store for readers, one after each commit; the newest two are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.store.durable import make_folder, remove, rename

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.embedded import Embedded

KEPT: Final = 2


def numbers(folder: Path) -> list[int]:
    """The checkpoints that there are, oldest first."""
    return sorted(int(p.name) for p in folder.iterdir() if p.name.isdigit()) if folder.is_dir() else []


def make(folder: Path, number: int, embedded: Embedded) -> Path:
    """Make the checkpoint of a commit, and take the oldest ones away.

    On Unix a reader that has an old one open keeps its files until it closes them.
    """
    make_folder(folder)
    part, whole = folder / f"{number}.part", folder / str(number)
    remove(part)
    remove(whole)
    embedded.backup(part)
    rename(part, whole)
    prune(folder)
    return whole


def prune(folder: Path) -> None:
    """Keep the newest, and nothing that is unfinished."""
    for number in numbers(folder)[:-KEPT]:
        remove(folder / str(number))
    for path in folder.glob("*.part"):
        remove(path)
