"""Mapped blocks kept on disk until it is known which of them stay."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from kg.mapping.draft import Block

if TYPE_CHECKING:
    from collections.abc import Iterable

BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a block lies in the spool."""

    root: str
    offset: int
    length: int


class Spool:
    """A temporary file of blocks; it is gone when closed."""

    def __init__(self) -> None:
        """Open an empty spool."""
        self._file = TemporaryFile(prefix="kg-", buffering=BUFFER)  # noqa: SIM115 - closed by close()
        self._end = 0

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def keep(self, blocks: Iterable[Block]) -> tuple[Kept, ...]:
        """Write blocks at the end."""
        kept = []
        for block in blocks:
            data = block.text.encode()
            self._file.write(data)
            kept.append(Kept(block.root, self._end, len(data)))
            self._end += len(data)
        return tuple(kept)

    def block(self, kept: Kept) -> Block:
        """Read one block."""
        self._file.seek(kept.offset)
        return Block(kept.root, self._file.read(kept.length).decode())
