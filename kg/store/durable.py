"""Files that are on the disk when a function returns, and faults of the disk said plainly."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path

_LONG: Final = 120
PART: Final = ".part"
"""Ends the name of what is still being written."""
GONE: Final = ".gone"
"""Ends the name of a folder that is being removed."""


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; a system that can't open folders keeps them anyway."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def rename(old: Path, new: Path) -> None:
    """Rename within a folder, durably."""
    old.rename(new)
    sync_folder(new.parent)


def write_file(path: Path, pieces: Iterable[bytes], told: Callable[[str], None] | None = None) -> None:
    """Write a file that is there whole or not at all, and the folders above it, durably.

    ``told`` hears its SHA-256 when it is written, before it has its name.
    """
    make_folder(path.parent)
    part = path.with_name(path.name + PART)
    digest = hashlib.sha256()
    with part.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
        file.flush()
        os.fsync(file.fileno())
    if told is not None:
        told(digest.hexdigest())
    part.replace(path)
    sync_folder(path.parent)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; "" if there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def is_corruption(error: Exception) -> bool:
    """Whether the embedded store says that its files are damaged."""
    return type(error) is RuntimeError and str(error).startswith("Corruption")


@contextmanager
def said(path: Path) -> Generator[None]:
    """Turn a fault of the disk or of the embedded store into a ``StoreError`` about ``path``."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = str(error.filename or path)
        raise StoreError("store-disk", file=where, reason=reason(error)) from error
    except RuntimeError as error:
        if not is_corruption(error):
            raise
        raise StoreError("store-corrupt", folder=str(path), reason=str(error)) from error


def reason(error: OSError | RuntimeError) -> str:
    """What the system says; of what the embedded engine says, which repeats long paths, the end.

    >>> reason(OSError("IO error: While appending to file: /" + 200 * "x" + "/LOG: No space left on device"))
    'No space left on device'
    """
    said = getattr(error, "strerror", None) or str(error)
    return said if len(said) < _LONG else said.rpartition(": ")[2]
