"""Lines of a graph that come in any order, sorted on the disk: each once, by what they are about."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from typing import IO, TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.blocks import Raw

AT_ONCE: Final = 1 << 24
"""Bytes of lines that are sorted in memory."""
_APART: Final = 1 << 16
"""Bytes between the places that are known by heart."""


class Lines:
    """Lines of N-Triples without blank nodes, by root: what a subject is before its ``#``. To be closed."""

    def __init__(self, lines: Iterable[str], at_once: int = AT_ONCE) -> None:
        """Go through the lines once."""
        self._file: IO[bytes] = _file()
        self._roots: list[bytes] = []
        self._places: list[int] = []
        self.count = 0
        try:
            with ExitStack() as stack:
                self._write(_sorted(lines, at_once, stack))
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the file."""
        self._file.close()

    def raw(self) -> Iterator[Raw]:
        """The lines of each root, by root."""
        return _by_root(self._from(0))

    def about(self, root: str) -> list[str]:
        """The lines of a root."""
        wanted = root.encode()
        # a root that begins where a place is known by heart may have begun before it
        at = max(bisect_right(self._roots, wanted) - 1, 0)
        while at and self._roots[at] == wanted:
            at -= 1
        for found, text in _by_root(self._from(self._places[at] if self._places else 0)):
            if found >= wanted:
                return text.decode().split("\n") if found == wanted else []
        return []

    def _write(self, lines: Iterable[bytes]) -> None:
        before, place, known = b"", 0, -_APART
        for line in lines:
            if line == before:
                continue
            before = line
            if place - known >= _APART:
                self._roots.append(line.partition(b"\t")[0])
                self._places.append(place)
                known = place
            place += self._file.write(line)
            self.count += 1

    def _from(self, place: int) -> Iterator[bytes]:
        while True:
            # others may read in between
            self._file.seek(place)
            found = self._file.readlines(_APART)
            if not found:
                return
            place = self._file.tell()
            yield from found


def _by_root(lines: Iterable[bytes]) -> Iterator[Raw]:
    for root, found in groupby((line[:-1].partition(b"\t") for line in lines), key=lambda parts: parts[0]):
        yield root, b"\n".join([line for _, _, line in found])


def _sorted(lines: Iterable[str], at_once: int, stack: ExitStack) -> Iterable[bytes]:
    """Each line after its root and a tab, which sorts before all that an IRI may hold."""
    files: list[IO[bytes]] = []
    held: list[bytes] = []
    size = 0
    for line in lines:
        root = line[1 : line.index(">")].partition("#")[0]
        held.append(f"{root}\t{line}\n".encode())
        size += len(held[-1])
        if size > at_once:
            held.sort()
            files.append(stack.enter_context(_file()))
            files[-1].writelines(held)
            files[-1].seek(0)
            held, size = [], 0
    held.sort()
    return merge(*files, held) if files else held


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="kg-diff-")
