"""What is sent, gone through once into a temporary file: counted, no repetitions, no blank nodes."""

from __future__ import annotations

import itertools
import tempfile
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Final, Self

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

_TELL_EVERY: Final = 1 << 20


def digest(line: str) -> bytes:
    """16 bytes that stand for a line."""
    return blake2b(line.encode(), digest_size=16).digest()


def checked(line: str) -> str:
    """The line, if it may be sent.

    Raises ``UsageError`` for a blank node, which would be another one after every push, and
    ``ValueError`` for what is no line of N-Triples.
    """
    subject, predicate, rest = line.split(" ", 2)
    if subject[:2] == "_:" or rest[:2] == "_:":
        raise UsageError("push-blank-node", received=line)
    if subject[0] + predicate[0] != "<<" or not rest.endswith(" .") or "\n" in line:
        raise ValueError(f"not a line of N-Triples: {line!r}")
    return line


class Spool:
    """N-Triples in a temporary file, which can be sent as a body as often as needed.

    ``digests`` are those of its lines: about 0.1 GB for a million triples, and all that is held in memory.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Go through ``lines`` (canonical N-Triples, no line ends) once.

        Raises what ``checked`` does.
        """
        self.digests: set[bytes] = set()
        self._size = self._content = 0
        self.sent: Callable[[int], None] = _nobody
        self._file = tempfile.TemporaryFile(prefix="kg-push-")  # noqa: SIM115 - closed by __exit__
        try:
            self._fill(lines)
        except BaseException:
            self._file.close()
            raise

    def _fill(self, lines: Iterable[str]) -> None:
        for line in lines:
            key = digest(checked(line))
            if key in self.digests:
                continue
            self.digests.add(key)
            self._size += self._file.write(f"{line}\n".encode())
        self._content = self._size
        self._file.seek(0)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Delete the file."""
        self._file.close()

    @property
    def triples(self) -> int:
        """How many distinct triples there are."""
        return len(self.digests)

    @property
    def revision(self) -> str:
        """What names the lines, in whatever order they came: 32 digits."""
        return sha256(b"".join(sorted(self.digests))).hexdigest()[:32]

    def end_with(self, line: str) -> None:
        """Have a body that ends with one more line, which is none of ``lines``."""
        self._file.seek(self._content)
        self._file.truncate()
        self._size = self._content + self._file.write(f"{line}\n".encode())
        self._file.seek(0)

    def lines(self) -> Iterator[str]:
        """The distinct lines, in the order they came."""
        self._file.seek(0)
        for line in itertools.islice(self._file, self.triples):
            yield line[:-1].decode()

    def __len__(self) -> int:
        """Bytes."""
        return self._size

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; tells ``sent`` now and then how many are gone."""
        piece = self._file.read(size)
        at = self._file.tell()
        if at // _TELL_EVERY != (at - len(piece)) // _TELL_EVERY:
            self.sent(at)
        return piece

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place: requests does, when it has to send again."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._file.tell()


def _nobody(_sent: int) -> None:
    """Nobody wants to know."""
