"""Backups: which files a project has besides its store, and a file that is checked before it has its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, StoreError, UsageError
from kg.store import Store
from kg.store.backup import backup, restore, verify
from kg.store.durable import PART, remove, said, sync_folder
from kg.store.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from kg.config import Config
    from kg.store.backup import Taken


def beside(folder: Path, config: Config) -> list[Path]:
    """The model's files and the mappings that kg.toml names and that lie in the project's folder.

    None of them is a file with a secret that a target names.
    """
    secret = {target.auth_file.resolve() for target in config.targets.values() if target.auth_file}
    inside = folder.resolve()
    found = set()
    for path in _named(config):
        real = path.resolve()
        if real.is_file() and real not in secret and real.is_relative_to(inside):
            name = Path(os.path.normpath(path.absolute()))
            if name.is_relative_to(folder.absolute()):
                found.add(folder / name.relative_to(folder.absolute()))
    return sorted(found)


def _named(config: Config) -> Iterator[Path]:
    for paths, end in (((*config.ontology, *config.shapes), "*.ttl"), (config.queries, "*.rq")):
        for path in paths:
            yield from path.glob(end) if path.is_dir() else (path,)
    yield from config.mappings.values()
    yield from config.vocabulary


def write(folder: Path, config: Config, out: BinaryIO) -> Taken:
    """Write the backup of a project to a stream."""
    layout = Layout(folder)
    with said(layout.data):
        return backup(layout, beside(folder, config), out)


def write_file(folder: Path, config: Config, file: Path) -> Taken:
    """Write the backup of a project to a file, which is read back before it has its name."""
    if file.resolve().is_relative_to(Layout(folder).data.resolve()):
        raise UsageError("backup-inside", file=str(file))
    part = file.with_name(file.name + PART)
    try:
        with said(file):
            with part.open("wb") as out:
                taken = write(folder, config, out)
                out.flush()
                os.fsync(out.fileno())
            try:
                verify(part)
            except InputError as error:
                raise StoreError("store-damaged", file=str(part), reason=str(error)) from error
            part.replace(file)
            sync_folder(file.absolute().parent)
    finally:
        remove(part)
    return taken


def read(file: Path, folder: Path, told: Callable[[int], None]) -> tuple[int, int]:
    """Restore a backup into an empty folder and make its store; (files, datasets)."""
    try:
        stream = file.open("rb")
    except OSError as error:
        raise InputError("file-unreadable", file=str(file), reason=error.strerror) from error
    with stream, said(folder):
        count = restore(stream, str(file), file.stat().st_size, folder, told)
    with Store.open(folder, write=True) as store:
        return count, len(store.names)
