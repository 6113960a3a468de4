"""Write the pages that are made from the model, the messages and the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kg import model
from kg.cli.app import app
from kg.schema import pages

DOCS = Path(__file__).parent


def names() -> list[str]:
    """The commands, by name, those within a group after it; "" for ``kg`` itself."""
    found = {str(command.name): [str(command.name)] for command in app.registered_commands}
    for group in app.registered_groups:
        inside = group.typer_instance.registered_commands if group.typer_instance else []
        within = [f"{group.name} {command.name}" for command in inside]
        found[str(group.name)] = [str(group.name), *within]
    return ["", *(name for key in sorted(found) for name in found[key])]


def commands() -> str:
    """What ``--help`` prints of every command."""
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    text = "# Commands\n\nWhat `--help` prints.\n"
    for command in names():
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
