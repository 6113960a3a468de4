"""Everything imported and compiled once, so that a child need not, and nothing that has threads."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import typer

import kg
from kg import model
from kg.cli import app
from kg.validation import stoppable, worker
from tests.crash.project import FILES, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.validation.result import Result
    from kg.validation.stoppable import Limits

APART = ("renew", "__main__")


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Warm while the context lasts. Engines run in the process that asks, since theirs would start from nothing."""
    _import_all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stoppable, "check", _checked_here)
        patch.setattr(stoppable, "make_ready", lambda: None)
        patch.setattr(app, "app", typer.main.get_command(app.app))
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            patch.setenv(name, "C.UTF-8")
        patch.setenv("NETRC", "/dev/null")
        model.load((), (), ("en",))
        kg.convert([{**HEADER, "language": "en"}, *FILES["a"]])
        patch.chdir(folder)
        stoppable.stop()
        others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
        assert others == [], "a child would not have these threads"
        yield


def _checked_here(engine: str, shapes: str, data: Path, _allowed: Limits) -> list[Result]:
    return list(worker._checker(engine, shapes).check(data))  # noqa: SLF001 - what the worker itself does


def _import_all() -> None:
    for found in pkgutil.walk_packages(kg.__path__, "kg."):
        if not found.name.endswith(APART):
            importlib.import_module(found.name)
    for name in ("zstandard", "pyoxigraph", "filelock", "requests", "getpass"):
        importlib.import_module(name)
