"""How the tests of attacks have a project and hear all that is said."""

from __future__ import annotations

from pathlib import Path

from tests.command import run

COMPANY = '{"type": "Company", "id": "a", "name": "A"}\n'


def project(**files: str) -> None:
    """A project here, with files."""
    Path("kg.toml").write_text('format = 1\nbase = "https://data.example.org/"\n', "utf-8")
    for name, text in files.items():
        Path(name.replace("_", ".")).write_text(text, "utf-8")


def told(*arguments: str) -> tuple[int, str]:
    """The exit code and all that is said, which is never a traceback or a fault of kg itself."""
    outcome = run([*arguments, "--lang", "en"])
    said = outcome.stderr + outcome.stdout.decode()
    assert "Traceback" not in said
    assert "error[internal]" not in said
    return outcome.exit_code, said
