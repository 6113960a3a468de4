"""The commands of README.md, done as a new user does them: in its order, in an empty folder, with its facts."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

COMMAND = re.compile(r"^    kg (.*?)(?: +# .*)?$", re.MULTILINE)
NEEDS_A_SERVER = "push"
DEALS = "Company,Investor,Amount,Date\nOpenAI,SoftBank,$40bn,2025-03\n"


def commands(page: str) -> list[list[str]]:
    """The words of each command, in order; what stands for any query is one."""
    told = [shlex.split(line) for line in COMMAND.findall(page)]
    return [
        [word.replace("SELECT ...", "SELECT * { ?s ?p ?o }") for word in words]
        for words in told
        if words[0] != NEEDS_A_SERVER
    ]


def test_each_command_works(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (root / "README.md").read_text("utf-8")
    piece = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert piece is not None
    (tmp_path / "facts.jsonl").write_text(piece[1], "utf-8")
    (tmp_path / "deals.csv").write_text(DEALS, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    done = set()
    for words in commands(page):
        end = words.index(">") if ">" in words else len(words)
        outcome = run(words[:end])
        assert outcome.exit_code == 0, (words, outcome.stderr)
        for name in words[end + 1 :]:
            (tmp_path / name).write_bytes(outcome.stdout)
        done.add(words[0])
        if words[0] in {"query", "explain"} and "openai" in str(words):
            assert b"SoftBank" in outcome.stdout
    assert {"validate", "convert", "map", "load", "doctor", "status"} <= done
