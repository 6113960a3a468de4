"""The table of attacks names tests that are there, and every test of an attack is in it."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| .+ \| .+ \| \[`(\w+)`\]\(([^)]+)\) \|$", re.MULTILINE)
TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
ATTACKS = ("tests/test_attacks.py", "tests/test_attacks_by_files.py", "tests/crash")


def rows() -> set[tuple[Path, str]]:
    """(file, test) of each row."""
    text = (DOCS / "security.md").read_text("utf-8")
    found = {((DOCS / file).resolve(), name) for name, file in ROW.findall(text)}
    lines = [line for line in text.splitlines() if line.startswith("| ") and "what is tried" not in line]
    assert len(found) == len(lines), "two rows with one test, or a row without any"
    return found


def named_in(path: Path) -> set[tuple[Path, str]]:
    files = sorted(path.glob("test_*.py")) if path.is_dir() else [path]
    return {(file.resolve(), name) for file in files for name in TEST.findall(file.read_text("utf-8"))}


def test_every_row_names_a_test_that_is_there() -> None:
    assert not {(file.name, name) for file, name in rows() if (file, name) not in named_in(file)}


def test_every_test_of_an_attack_has_a_row() -> None:
    there = {test for path in ATTACKS for test in named_in(DOCS.parent / path)}
    assert not {name for _, name in there - rows()}
