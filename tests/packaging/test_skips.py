"""With KG_CI set, nothing is skipped for want of something: CI must have it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TESTS = """
import pytest

def test_in_the_middle():
    pytest.skip("needs ../shared")

@pytest.mark.skipif(True, reason="needs Debian's jing")
def test_marked():
    pass

def test_for_another_reason():
    pytest.skip("only on Windows")
"""
WHOLE_FILE = """
import pytest

pytest.skip("needs ../shared", allow_module_level=True)
"""


@pytest.mark.parametrize(
    ("variable", "expected"), [({}, "4 skipped"), ({"KG_CI": "1"}, "1 failed, 1 skipped, 2 errors")]
)
def test_skips(root: Path, tmp_path: Path, variable: dict[str, str], expected: str) -> None:
    shutil.copy(root / "tests/conftest.py", tmp_path)
    (tmp_path / "test_one.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "test_two.py").write_text(WHOLE_FILE, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "PYTEST"))}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--continue-on-collection-errors",
            "-p",
            "no:cacheprovider",
            ".",
        ],
        cwd=tmp_path,
        env=environment | variable,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1].startswith(expected), done.stdout
    assert (done.returncode == 0) == (not variable)
