"""The wheel alone does the main job: built, installed into an empty environment, run from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

# Nothing of the test run's own environment may leak into the empty one.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "KG_"))}

pytestmark = pytest.mark.xdist_group("wheel")


def run(*command: str | Path, cwd: Path) -> str:
    """The stdout of a command that must succeed."""
    done = subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own."""

    wheel: Path
    bin: Path
    elsewhere: Path
    """A folder outside the repository."""

    def kg(self, *arguments: str) -> str:
        return run(self.bin / "kg", *arguments, cwd=self.elsewhere)


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    pip = (folder / "venv/bin/python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--require-hashes", "-r", root / "requirements/run.txt", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(wheel, folder / "venv/bin", elsewhere)


def test_the_wheel_carries_the_model_and_its_types(root: Path, installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    for folder, pattern in (("ontology", "*.ttl"), ("shapes", "*.ttl"), ("queries", "*")):
        expected = {f"kg/{folder}/{p.name}" for p in (root / folder).glob(pattern) if p.is_file()}
        assert expected
        assert expected <= names
    expected = {f"kg/messages.d/{p.name}" for p in (root / "kg/messages.d").glob("*.toml")}
    assert expected | {"kg/py.typed"} <= names


def test_the_wheel_holds_nothing_at_top_level_but_the_package(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert {n.split("/")[0] for n in names if ".dist-info/" not in n} == {"kg"}


def test_the_locked_requirements_satisfy_the_metadata(installed: Installed) -> None:
    assert "No broken requirements" in run(
        installed.bin / "python", "-m", "pip", "check", cwd=installed.elsewhere
    )


def test_kg_is_imported_from_the_environment(root: Path, installed: Installed) -> None:
    where = run(installed.bin / "python", "-c", "import kg; print(kg.__file__)", cwd=installed.elsewhere)
    assert Path(where.strip()).is_relative_to(installed.bin.parent)
    assert not Path(where.strip()).is_relative_to(root)


def test_help_names_the_commands(installed: Installed) -> None:
    shown = installed.kg("--help")
    assert all(command in shown for command in ("validate", "convert", "schema"))


def test_schema_of_a_class(installed: Installed) -> None:
    assert '"investor"' in installed.kg("schema", "Investment")


def test_convert_a_facts_file_from_another_folder(root: Path, installed: Installed) -> None:
    shutil.copy(root / "examples/stargate/facts.jsonl", installed.elsewhere / "facts.jsonl")
    turtle = installed.kg("convert", "facts.jsonl")
    assert "a kg:Investment" in turtle
    assert "_:" not in turtle
