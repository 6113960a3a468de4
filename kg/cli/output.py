"""Writing output so that nobody ever finds half of it."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from contextlib import AbstractContextManager


class Unheard(Exception):
    """Who read stdout has gone: nothing is wrong, and nothing more need be said."""


def have_streams() -> None:
    """Put something that can't be used where the shell has closed a standard stream.

    Else the next file that is opened would have its number, and be written to by whoever means the stream.
    What is written to stderr is lost: nobody hears.
    """
    for name, flags, mode in (
        ("stdin", os.O_WRONLY, "r"),
        ("stdout", os.O_RDONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


def give_up_stdout() -> None:
    """Keep Python from trying once again at its end."""
    with suppress(OSError, ValueError):  # there may be too many open files
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Stdout:
    """Stdout, whose faults are told from those of everything else that is read or written meanwhile."""

    def __init__(self) -> None:
        self._out = sys.stdout.buffer

    def write(self, data: bytes) -> int:
        try:
            return self._out.write(data)
        except OSError as error:
            raise _fault(error) from error

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        try:
            self._out.flush()
        except OSError as error:
            raise _fault(error) from error


def _fault(error: OSError) -> Exception:
    give_up_stdout()
    if isinstance(error, BrokenPipeError):
        return Unheard()
    return StoreError("broken-output", reason=error.strerror or str(error))


@contextmanager
def opened(name: str, inputs: Collection[str]) -> Iterator[BinaryIO]:
    """A stream to ``name``: ``-`` is stdout; a file is replaced when all is written, and only then.

    Raises ``Unheard`` if nobody reads stdout to its end.
    """
    if name == "-":
        out = cast("BinaryIO", _Stdout())
        yield out
        out.flush()
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


def reported(name: str, inputs: Collection[str]) -> AbstractContextManager[BinaryIO, bool]:
    """The same; what is written within ends where nobody reads any more, and all goes on after it."""
    return cast("AbstractContextManager[BinaryIO, bool]", _reported(name, inputs))


@contextmanager
def _reported(name: str, inputs: Collection[str]) -> Iterator[BinaryIO]:
    with suppress(Unheard), opened(name, inputs) as out:
        yield out


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
