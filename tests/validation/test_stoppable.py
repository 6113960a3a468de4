"""Engines run where they can be stopped, and a new check begins where nothing is left of the last one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import EngineError
from kg.validation import stoppable
from kg.validation.check import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model.types import Model

EX = "http://ex.example/"
SHAPES = """
ex:A-shape a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:name .
ex:name a sh:PropertyShape ; sh:path ex:p ; sh:pattern "^(a+)+$" ; sh:severity sh:Violation .
"""
TYPE = f"<{EX}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{EX}A> ."
GOOD = [TYPE, f'<{EX}a> <{EX}p> "aaa" .']
ENDLESS = [TYPE, f'<{EX}a> <{EX}p> "{"a" * 40}!" .']


@pytest.fixture
def shapes(model: Callable[[str, str], Model]) -> Model:
    return model(SHAPES, "")


def test_a_pattern_that_never_ends_is_stopped_and_the_next_check_runs(shapes: Model) -> None:
    start = time.monotonic()
    with pytest.raises(EngineError) as caught:
        check(shapes, ENDLESS, {f"{EX}A"}, "pyshacl", seconds=1.5)
    assert (caught.value.code, caught.value.args_shown["seconds"]) == ("engine-timeout", "2")
    assert time.monotonic() - start < 20
    assert check(shapes, GOOD, {f"{EX}A"}, "pyshacl").results == ()


def test_the_default_engine_takes_the_same_pattern_in_no_time(shapes: Model) -> None:
    (found,) = check(shapes, ENDLESS, {f"{EX}A"}, "shacl", seconds=5).results
    assert found.component == "Pattern"


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="the system holds no process to a limit")
def test_an_engine_that_wants_more_memory_than_allowed_is_stopped(
    shapes: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stoppable, "MEMORY", 200 << 20)
    monkeypatch.setattr(stoppable, "MEMORY_FOR_A_BYTE", 0)
    many = [f'<{EX}n{n}> <{EX}p> "{"a" * 900}" .' for n in range(200_000)]
    with pytest.raises(EngineError) as caught:
        check(shapes, [TYPE, *many], {f"{EX}A"}, "pyshacl")
    assert (caught.value.code, caught.value.args_shown["megabytes"]) == ("engine-memory", "200")
    monkeypatch.undo()
    assert check(shapes, GOOD, {f"{EX}A"}, "pyshacl").results == ()


def test_an_engine_that_crashes_is_said_to_have_crashed(shapes: Model) -> None:
    check(shapes, GOOD, {f"{EX}A"})
    worker = stoppable._ENGINES.start()  # noqa: SLF001 - what a crash of machine code does
    threading.Timer(0.5, os.kill, (worker.pid, signal.SIGKILL)).start()
    with pytest.raises(EngineError) as caught:
        check(shapes, ENDLESS, {f"{EX}A"}, "pyshacl", seconds=30)
    assert (caught.value.code, caught.value.args_shown["words"]) == ("engine-crashed", "SIGKILL")
    assert check(shapes, GOOD, {f"{EX}A"}).results == ()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_a_worker_does_not_outlive_who_started_it(tmp_path: Path) -> None:
    said = tmp_path / "pid"
    script = (
        "import os, pathlib, sys, time\n"
        "from kg.validation import stoppable\n"
        "stoppable.make_ready()\n"
        f"pathlib.Path({str(said)!r}).write_text(str(stoppable._ENGINES.worker.pid))\n"
        "time.sleep(0.2)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[2])
    worker = int(said.read_text())
    for _ in range(200):
        if not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2]:
            return
        time.sleep(0.05)
    raise AssertionError(worker)


def test_shapes_are_sent_once_and_the_last_ones_hold(model: Callable[[str, str], Model]) -> None:
    strict = model(SHAPES.replace("^(a+)+$", "^b$"), "")
    loose = model(SHAPES, "")
    for _ in range(2):
        assert check(loose, GOOD, {f"{EX}A"}).results == ()
        assert len(check(strict, GOOD, {f"{EX}A"}).results) == 1
        assert len(check(strict, GOOD, {f"{EX}A"}).results) == 1
