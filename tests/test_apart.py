"""Tests that want a process of their own are run in one: see tests/crash/conftest.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "crash").glob("test_*.py"))


@pytest.mark.parametrize("file", FILES)
def test_alone(file: str) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", file]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**ours, "KG_ALONE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")
    assert b" passed" in done.stdout
