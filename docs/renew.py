"""Write the pages that are made from the model, the messages and the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kg import model
from kg.schema import pages

DOCS = Path(__file__).parent
COMMANDS = (
    *("", "backup", "convert", "diff", "doctor", "explain", "export", "init", "load", "map", "prune", "push"),
    *("quarantine", "quarantine show", "quarantine export", "quarantine drop", "query"),
    *("read", "rebuild", "resolve", "restore", "retract", "schema", "status", "validate"),
)


def commands() -> str:
    """What ``--help`` prints of every command."""
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    text = "# Commands\n\nWhat `--help` prints.\n"
    for command in COMMANDS:
        asked = [sys.executable, "-c", "from kg.cli import main; main()", *command.split(), "--help"]
        done = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment)
        lines = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
        text += f"\n## kg {command}".rstrip() + f"\n\n```text\n{lines}\n```\n"
    return text


def made() -> dict[str, str]:
    """File name -> text of every page that is made."""
    built_in = model.load()
    return {
        "commands.md": commands(),
        "messages.md": pages.messages(built_in),
        "reference.md": pages.reference(built_in),
    }


if __name__ == "__main__":
    for name, text in made().items():
        (DOCS / name).write_text(text, "utf-8")
