"""One writer at a time: a second one is told who writes, at once; a dead one holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.errors import STORE_OR_SERVER, StoreError
from kg.messages import text
from kg.store import Store
from tests.store.graphs import big, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys, pathlib
from kg.store import Store
store = Store.open(pathlib.Path(sys.argv[1]), write=True)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path, root: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the store of ``tmp_path`` open for writing."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_writes(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    for _ in range(2):
        with pytest.raises(StoreError) as said:
            Store.open(tmp_path, write=True)
        assert said.value.exit_code == STORE_OR_SERVER
        assert said.value.code == "store-locked"
        for language in ("en", "ko"):
            shown = text(said.value.code, said.value.args_shown, language)
            assert str(other.pid) in shown
            assert "-c" in shown


def test_the_lock_dies_with_its_holder(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    with Store.open(tmp_path, write=True) as store:
        load(store, "a", big(3))


def test_a_writer_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True), pytest.raises(StoreError) as said:
        Store.open(tmp_path, write=True)
    assert said.value.args_shown["pid"] == os.getpid()
    Store.open(tmp_path, write=True).close()


def test_a_holder_that_is_not_known_is_no_excuse(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        store.layout.holder.unlink()
        with pytest.raises(StoreError) as said:
            Store.open(tmp_path, write=True)
    assert said.value.code == "store-locked-by-someone"


def test_readers_need_no_lock(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    with Store.open(tmp_path, write=False) as store:
        assert store.datasets() == []
    assert other.poll() is None
