"""The pages that are made are as the model, the messages and the commands make them now."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from kg.cli.app import app

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("renew", ROOT / "docs/renew.py")
assert SPEC is not None
assert SPEC.loader is not None
renew = importlib.util.module_from_spec(SPEC)
sys.modules["renew"] = renew
SPEC.loader.exec_module(renew)

NAMES = [command.name for command in app.registered_commands] + [
    group.name for group in app.registered_groups
]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    pages: dict[str, str] = renew.made()
    return pages


def test_pages_are_in_step(made: dict[str, str]) -> None:
    for name, text in made.items():
        assert (ROOT / "docs" / name).read_text("utf-8") == text, f"{name} is old: run `make docs`"


def test_every_command_has_a_page(made: dict[str, str]) -> None:
    for name in NAMES:
        assert f"\n## kg {name}\n" in made["commands.md"]


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in NAMES:
        assert f"kg {name}" in readme


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
