"""The bytes of an input, which can be gone through again and again.

A regular file is opened anew for each pass. Anything else (standard input, a pipe, a stream)
is copied to a temporary file first.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDIN: Final = "-"
CHUNK: Final = 256 * 1024
_IN_MEMORY: Final = 16 * 1024 * 1024
BOM: Final = b"\xef\xbb\xbf"
_ENCODINGS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_PACKED: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Content:
    """An input: its name as shown, and its file or its spooled copy."""

    name: str
    path: Path | None
    spool: IO[bytes] | None
    state: tuple[int, ...] = ()
    """What must not change between passes: device, inode, size, time of change."""

    def chunks(self, size: int = CHUNK, *, raw: bool = False) -> Iterator[bytes]:
        """The bytes from the start, without the byte order mark of UTF-8 unless ``raw``.

        Raises ``InputError`` if the file can't be read or has changed since it was opened.
        """
        first = not raw
        for chunk in self._from_path(size) if self.path else self._from_spool(size):
            yield chunk.removeprefix(BOM) if first else chunk
            first = False

    def whole(self, limit: int) -> bytes:
        """All bytes; raises ``InputError`` if there are more than ``limit``."""
        parts = []
        room = limit
        for chunk in self.chunks():
            room -= len(chunk)
            if room < 0:
                raise InputError("document-too-large", file=self.name, limit=limit // 2**20)
            parts.append(chunk)
        return b"".join(parts)

    def _from_path(self, size: int) -> Iterator[bytes]:
        assert self.path is not None  # noqa: S101 - for mypy; chunks() has asked
        try:
            with self.path.open("rb", buffering=0) as file:
                if _state(os.fstat(file.fileno())) != self.state:
                    raise InputError("file-changed", file=self.name)
                while chunk := file.read(size):
                    yield chunk
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def _from_spool(self, size: int) -> Iterator[bytes]:
        assert self.spool is not None  # noqa: S101 - as above
        position = 0
        while True:
            self.spool.seek(position)  # several passes may be under way
            chunk = self.spool.read(size)
            if not chunk:
                return
            position += len(chunk)
            yield chunk


def open_content(
    source: str | os.PathLike[str] | IO[bytes], name: str = "", *, any_encoding: bool = False
) -> Content:
    """The content of a path, of ``-`` (standard input) or of a binary stream.

    Raises ``InputError`` for what can't be read at all, compressed files included, and UTF-16 unless
    the text may have ``any_encoding``.
    """
    if isinstance(source, str | os.PathLike):
        shown = name or os.fspath(source).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        content = _from_stdin(shown) if os.fspath(source) == STDIN else _from_path(Path(source), shown)
    else:
        content = _spooled(source, name or STDIN)
    head = next(content.chunks(), b"")[:64]
    if not any_encoding:
        _refuse_encodings(content, head)
    _refuse_packed(content, head)
    return content


def _from_stdin(name: str) -> Content:
    if sys.stdin is None:  # closed before Python began
        raise InputError("file-unreadable", file=name, reason="standard input is closed")
    return _spooled(sys.stdin.buffer, name)


def _from_path(path: Path, name: str) -> Content:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputError("file-is-folder", file=name)
        if not stat.S_ISREG(found.st_mode):
            with path.open("rb") as stream:
                return _spooled(stream, name)
    except FileNotFoundError as error:
        raise InputError("file-missing", file=name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(name, error) from error
    return Content(name, path, None, _state(found))


def _spooled(stream: IO[bytes], name: str) -> Content:
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the content
    try:
        while chunk := stream.read(CHUNK):
            spool.write(chunk)
    except OSError as error:
        spool.close()
        raise _unreadable(name, error) from error
    except TypeError as error:
        spool.close()
        raise TypeError("a stream of facts is read as bytes: open it with mode 'rb'") from error
    content = Content(name, None, spool)
    weakref.finalize(content, spool.close)
    return content


def _state(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _unreadable(name: str, error: OSError | ValueError) -> InputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError("file-unreadable", file=name, reason=reason)


def _refuse_packed(content: Content, head: bytes) -> None:
    for mark, packing in _PACKED:
        if head.startswith(mark):
            raise InputError("file-compressed", file=content.name, packing=packing)


def _refuse_encodings(content: Content, head: bytes) -> None:
    for mark, encoding in _ENCODINGS:
        if head.startswith(mark):
            raise InputError("file-not-utf-8", file=content.name, encoding=encoding)
    # Without a mark: ASCII brackets and quotation marks in UTF-16 alternate with NULs.
    if len(head) > 1 and (head[:2].strip(b"\0") != head[:2]) and head.count(0) * 3 > len(head):
        raise InputError("file-not-utf-8", file=content.name, encoding="UTF-16")
