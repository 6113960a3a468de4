"""What records said and became, kept on disk until it is known which of them stay."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from kg.mapping.draft import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BUFFER = 1 << 20


class Kept(NamedTuple):
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
        return tuple([self.keep_text(block.root, block.text.encode()) for block in blocks])

    def keep_text(self, root: str, data: bytes) -> Kept:
        """Write any bytes at the end."""
        kept = Kept(root, self._end, len(data))
        self._end += len(data)
        self._file.write(data)
        return kept

    def block(self, kept: Kept) -> Block:
        """Read one block."""
        return Block(kept.root, self.text(kept).decode())

    def text(self, kept: Kept) -> bytes:
        """Read what was kept, as it was written."""
        return self._read(kept.offset, kept.length)

    def texts(self, several: Iterable[Kept]) -> Iterator[bytes]:
        """The bytes of what was kept, in order; neighbours are read together, in pieces of bounded size."""
        start = end = 0
        for _, offset, length in several:
            if offset != end or end - start >= BUFFER:
                if end > start:
                    yield self._read(start, end - start)
                start = offset
            end = offset + length
        if end > start:
            yield self._read(start, end - start)

    def _read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        found: bytes = self._file.read(length)
        return found
