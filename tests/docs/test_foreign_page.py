"""The page on foreign data, done as a new user does it: its files are written, its commands are run, and say what it says."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import yaml

from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def test_the_page_works_as_it_is_written(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (root / "docs" / "foreign.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    said = {}
    for indent, kind, name, block in BLOCK.findall(page):
        text = "\n".join(line.removeprefix(indent) for line in block.split("\n"))
        if name:
            (tmp_path / name).write_text(text, "utf-8")
        elif kind == "sh":
            for line in text.strip().splitlines():
                outcome = run(shlex.split(line)[1:])
                said[line] = outcome.stdout.decode() + outcome.stderr
                assert outcome.exit_code == 0, (line, said[line])
        else:
            yaml.safe_load(text)
    loaded = said["kg load deals.csv --mapping deals.yaml"]
    for sentence in re.findall(r"`((?:rows|read) \d[^`]+)`", page):
        assert sentence in loaded
    assert "Beacon Robotics" in said["kg query investments"]
    assert (tmp_path / "investments.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    drafted = (tmp_path / "drafted.yaml").read_text("utf-8")
    assert "type: Investment" in drafted
    assert "row 2" in said["kg map --check deals.yaml deals.csv --rows 2"]


def test_the_message_of_the_page_is_the_one_that_is_given(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (root / "docs" / "foreign.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    for indent, _, name, block in BLOCK.findall(page):
        if name:
            lines = "\n".join(line.removeprefix(indent) for line in block.split("\n"))
            (tmp_path / name).write_text(lines.replace("undisclosed,,", "5 EUR,USD,"), "utf-8")
    outcome = run(["validate", "deals.csv", "--mapping", "deals.yaml", "--lang", "en"])
    shown = re.search(r"^    (deals\.csv:4: .*\n.*\n.*)\n", page, re.MULTILINE)
    assert shown is not None
    expected = [line.removeprefix("    ") for line in shown[1].split("\n")]
    assert [line for line in outcome.stdout.decode().split("\n") if line in expected] == expected
