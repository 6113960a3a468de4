"""Writing output so that nobody ever finds half of it."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@contextmanager
def opened(name: str, inputs: Collection[str]) -> Iterator[BinaryIO]:
    """A stream to ``name``: ``-`` is stdout; a file is replaced when all is written, and only then."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(name))
    if any(Path(i).exists() and target.exists() and target.samefile(i) for i in inputs if i != "-"):
        raise UsageError("output-is-input", received=name)
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as out:
                yield out
            return
        with _replacing(target) as out:
            yield out
    except OSError as error:
        raise UsageError("output", received=name, reason=error.strerror or str(error)) from error


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A new file beside ``target`` that takes its place; it is gone if anything goes wrong."""
    handle, part = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(part).chmod(mode)
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
