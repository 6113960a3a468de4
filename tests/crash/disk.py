"""A disk that forgets what was not synced: what there would be after a loss of power at any instant.

Of a file there is what it held at its last ``fsync``, of a folder the names that it had at its own; of the
rest nothing, or any part of it, as it happens. Every ``fsync`` of Python is seen, whoever calls it. The
embedded engine's own are not: it syncs its files and its folder whenever it opens, flushes, bulk-loads or
makes a copy of itself (as ``strace`` shows), so then its folder counts as synced as a whole.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.store.embedded import Embedded

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Names = dict[str, int]
    Held = dict[str, bytes]

LOG: Final = ".log"
"""Ends the name of the engine's log, of which any beginning may be there."""
CURRENT: Final = "CURRENT"
"""Is in each folder of the engine."""


class Disk:
    """What is safe of a folder, followed by this process; ``told`` hears of each thing that is synced."""

    def __init__(self, root: Path, told: Callable[[str], None]) -> None:
        """From now on; all that is there is safe."""
        self._told = told
        self._files: dict[int, bytes] = {}
        self._folders: dict[int, Names] = {}
        self._engines: dict[int, Held] = {}
        self._tables: dict[int, bytes] = {}
        self._held: dict[int, int] = {}
        """Open, so that no other file is given the number of one that was removed."""
        self._root = root
        self._all_safe(root)
        self._sync = os.fsync
        os.fsync = self._synced  # type: ignore[assignment]
        for name in ("__init__", "flush", "bulk"):
            self._follow(name)
        backup = Embedded.backup

        def backing(embedded: Embedded, folder: Path) -> None:
            backup(embedded, folder)
            self._all_safe(folder)
            self._told("engine backup")

        Embedded.backup = backing  # type: ignore[method-assign,assignment]

    def _follow(self, name: str) -> None:
        once = getattr(Embedded, name)

        def followed(embedded: Embedded, *args: Any, **more: Any) -> None:
            once(embedded, *args, **more)
            if name == "__init__":
                embedded.place = args[0]  # type: ignore[attr-defined]
            self._all_safe(embedded.place)  # type: ignore[attr-defined]
            self._told(f"engine {name.strip('_')}")

        setattr(Embedded, name, followed)

    def _synced(self, file: int) -> None:
        self._sync(file)
        path = Path(f"/proc/self/fd/{file}").readlink()
        if path.is_relative_to(self._root):
            self._safe(path)
            self._told(f"sync {path.name if path.suffix else 'a folder' if path.is_dir() else 'a file'}")

    def _all_safe(self, path: Path) -> None:
        self._safe(path)
        if path.is_dir() and not _is_engine(path):
            for inside in path.iterdir():
                self._all_safe(inside)

    def _safe(self, path: Path) -> None:
        number = path.stat().st_ino
        if number not in self._held:
            self._held[number] = os.open(path, os.O_RDONLY)
        if _is_engine(path):
            self._engines[number] = self._engine(path)
        elif path.is_dir():
            self._folders[number] = _names(path)
        else:
            self._files[number] = path.read_bytes()

    def _engine(self, path: Path) -> Held:
        """The files of the engine, which works on in threads of its own: as they are at one instant."""
        while True:
            names = _names(path)
            try:
                held = {name: self._read(path / name, number) for name, number in names.items()}
                whole = all((path / name).stat().st_size == len(data) for name, data in held.items())
            except FileNotFoundError:
                continue
            if whole and _names(path) == names:
                return held

    def _read(self, path: Path, number: int) -> bytes:
        if path.suffix != ".sst":
            return path.read_bytes()
        if number not in self._tables or not self._tables[number]:
            self._tables[number] = path.read_bytes()
            self._held.setdefault(number, os.open(path, os.O_RDONLY))
        return self._tables[number]

    def lose_power(self, target: Path, chance: Random, *, keep: float) -> None:
        """Write to ``target`` what there would be now; each thing not synced is kept with a chance."""
        self._put_folder(self._root, self._root.stat().st_ino, target, chance, keep)

    def _put_folder(self, path: Path, number: int, target: Path, chance: Random, keep: float) -> None:
        target.mkdir()
        kept = chance.random() < keep
        if number in self._engines:
            self._put_engine(path if kept and _mode(path, number) else None, number, target, chance)
            return
        names = self._folders.get(number, {})
        if kept and path.is_dir() and path.stat().st_ino == number:
            names = _names(path)
        for name, inside in names.items():
            here = path / name
            mode = _mode(here, inside)
            if inside in self._folders or inside in self._engines or (mode and stat.S_ISDIR(mode)):
                self._put_folder(here, inside, target / name, chance, keep)
            else:
                (target / name).write_bytes(self._contents(here, inside, mode, chance, keep))

    def _put_engine(self, path: Path | None, number: int, target: Path, chance: Random) -> None:
        held = self._engine(path) if path is not None else self._engines[number]
        for name, data in held.items():
            safe = len(self._engines[number].get(name, b""))
            cut = path is not None and name.endswith(LOG) and len(data) > safe
            (target / name).write_bytes(data[: chance.randint(safe, len(data))] if cut else data)

    def _contents(self, path: Path, number: int, mode: int, chance: Random, keep: float) -> bytes:
        safe = self._files.get(number, b"")
        if chance.random() >= keep or not mode:
            return safe
        try:
            now = path.read_bytes()
        except OSError:  # another thread has put something else there meanwhile
            return safe
        if now == safe:
            return safe
        if now.startswith(safe) and chance.random() < 0.5:
            return now[: chance.randint(len(safe), len(now))]
        return now


def _is_engine(path: Path) -> bool:
    return (path / CURRENT).is_file()


def _names(folder: Path) -> Names:
    with os.scandir(folder) as entries:
        return {entry.name: entry.inode() for entry in entries}


def _mode(path: Path, number: int) -> int:
    """The kind of what is at a path now; 0 if that is something else than the one with the number."""
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_mode if found.st_ino == number else 0
