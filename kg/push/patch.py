"""What is to be changed on a server, written down before it is sent: lines to take out, lines to put in.

The file is an RDF Patch (https://afs.github.io/rdf-patch/): ``D`` or ``A`` and a triple. What was cut off
goes on from it, whatever has become of the store.
"""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from typing import IO, TYPE_CHECKING, Self

from kg.push.spool import checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.push.capabilities import Server


class Patch:
    """Lines to take out and to put in, in a file. ``gone`` and ``came`` count them."""

    def __init__(self, file: IO[bytes]) -> None:
        """Use ``write`` or ``read``."""
        self._file = file
        self.gone = self.came = self.bytes = 0
        self._digest = hashlib.sha256()

    @classmethod
    def write(cls, path: Path | None) -> Patch:
        """An empty patch, in a temporary file if there is no path."""
        return cls(path.open("w+b") if path is not None else tempfile.TemporaryFile(prefix="kg-push-"))

    def add(self, gone: Iterable[str], came: Iterable[str]) -> None:
        """Write more lines; raises ``UsageError`` for a blank node."""
        self.gone += self._put(b"D ", gone)
        self.came += self._put(b"A ", came)

    @classmethod
    def read(cls, path: Path, digest: str) -> Patch | None:
        """The patch that was written; None if it is not that one any more."""
        if not path.is_file():
            return None
        patch = cls(path.open("r+b"))
        for line in patch._file:
            patch._digest.update(line)
            patch.bytes += len(line)
            patch.gone += line.startswith(b"D ")
            patch.came += line.startswith(b"A ")
        if patch.digest == digest:
            return patch
        patch._file.close()
        return None

    def _put(self, kind: bytes, lines: Iterable[str]) -> int:
        count = 0
        for count, line in enumerate(lines, 1):  # noqa: B007 - counted
            text = kind + checked(line).encode() + b"\n"
            self._digest.update(text)
            self.bytes += self._file.write(text)
        return count

    @property
    def digest(self) -> str:
        """What it is known by."""
        return self._digest.hexdigest()

    def __len__(self) -> int:
        """Lines."""
        return self.gone + self.came

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def batches(self, server: Server, at: int = 0) -> Iterator[tuple[list[str], list[str]]]:
        """Lines to take out and to put in, as many and as large as the server can take.

        One that is too large goes alone. The first ``at`` lines are left out.
        """
        self._file.seek(0)
        gone: list[str] = []
        came: list[str] = []
        size = 0
        for line in itertools.islice(self._file, at, None):
            if size and (len(gone) + len(came) >= server.batch or size + len(line) > server.batch_bytes):
                yield gone, came
                gone, came, size = [], [], 0
            (gone if line.startswith(b"D ") else came).append(line[2:-1].decode())
            size += len(line) - 3
        if size:
            yield gone, came

    def is_small(self, server: Server) -> bool:
        """Whether it fits into one request."""
        return len(self) <= server.batch and self.bytes <= server.batch_bytes
