"""Every file of the data directory is damaged in turn: it is noticed, said plainly, and mended.

``KG_DAMAGE=all`` (``make damage``) is the long form: each file in each of four ways, where the short one takes
one or a few of each kind and goes through the ways from kind to kind.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.store.checkup import checkup
from kg.store.layout import Layout
from tests.project.whole import exported, facts, kg, made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.errors import Problem

WAYS: dict[str, Callable[[bytes], bytes | None]] = {
    "flipped": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda _data: b"",
    "removed": lambda _data: None,
}
HARMLESS = re.compile(
    r"lock|names(-journal)?|push/.*\.lock|store/(LOG.*|LOCK|IDENTITY|OPTIONS-\d+|\d+\.log)"
    r"|checkpoints/\d+/(LOG.*|LOCK|IDENTITY)"
)
"""Nothing is read from these, or they are made anew; or, of the engine's own, nothing that is not elsewhere too."""
ENGINE = re.compile(r"(store|checkpoints/\d+)/.*")
COMMANDS = (["status"], ["quarantine"], ["query", "changes"], ["export"], ["resolve"])
ASKING = (
    ["query", "SELECT ?s ?p ?o { ?s ?p ?o }"],
    ["query", "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"],
    ["query", "SELECT ?s { ?s a ?c FILTER NOT EXISTS { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 40) } }"],
    ["export", "--view", "simple"],
    ["explain", "https://x.example/investment/a/i1"],
)
"""What reads the engine's tables: by one order and by others, and where it would pass over what it can't read."""
A_FEW = 1
LONG = os.environ.get("KG_DAMAGE") == "all"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("whole") / "p")


@pytest.fixture(scope="module")
def graph(project: Path) -> bytes:
    return exported(project)


@pytest.fixture(scope="module")
def answers(project: Path) -> list[bytes]:
    done = [kg(project, *command) for command in ASKING]
    assert [outcome.exit_code for outcome in done] == [0] * len(ASKING)
    return [outcome.stdout for outcome in done]


def names(project: Path) -> list[str]:
    files = (path for path in (project / ".kg").rglob("*") if path.is_file())
    return sorted(path.relative_to(project / ".kg").as_posix() for path in files)


def damaged(project: Path, to: Path, name: str, way: str) -> bool:
    """A copy of the project with a damaged file; whether that makes a difference."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(project, to)
    path = to / ".kg" / name
    data = path.read_bytes()
    if not data and way != "removed":
        return False
    new = WAYS[way](data)
    path.unlink()
    if new is not None:
        path.write_bytes(new)
    return True


def found(folder: Path) -> list[Problem]:
    return [p for p in checkup(Layout(folder)).problems if p.code != "doctor-push-begun"]


def plain(stderr: str) -> bool:
    return "Traceback" not in stderr and "error[internal]" not in stderr


def kind(name: str) -> str:
    return re.sub(r"/[ab]/|\d+|[0-9a-f]{16,}", "#", name)


def cases(project: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    kinds = Counter[str]()
    for name in filter(wanted, names(project)):
        kinds[kind(name)] += 1
        if LONG:
            yield from ((name, way) for way in WAYS)
        elif kinds[kind(name)] <= A_FEW:
            yield name, list(WAYS)[len(kinds) % len(WAYS)]


def mended(folder: Path, name: str, graph: bytes) -> None:
    """What the messages say to do leads to the same bytes."""
    done = kg(folder, "rebuild")
    assert plain(done.stderr), done.stderr
    if done.exit_code:
        assert done.exit_code == 4
        dataset = name.split("/")[1]
        assert f"damaged or missing: {dataset}\n" in done.stderr
        assert facts(folder, dataset).removeprefix(str(folder)) in done.stderr or "manifest" in name
        again = kg(folder, "load", facts(folder, dataset))
        assert plain(again.stderr)
        assert again.exit_code in {0, 1}, again.stderr
        done = kg(folder, "rebuild")
        assert done.exit_code == 0, done.stderr
    assert exported(folder) == graph


def test_the_project_is_well_and_has_every_kind_of_file(project: Path) -> None:
    assert found(project) == []
    tops = {name.split("/")[0] for name in names(project)}
    wanted = "archive checkpoints corrections journal journal.copy judged lock names push quarantine store"
    assert tops == set(wanted.split())
    assert len([n for n in names(project) if n.endswith("manifest.json")]) == 5


def test_all_but_the_engines_files(project: Path, graph: bytes, tmp_path: Path) -> None:
    kinds: set[str] = set()
    for name, way in cases(project, lambda name: not ENGINE.fullmatch(name)):
        folder = tmp_path / "p"
        if not damaged(project, folder, name, way):
            continue
        problems = found(folder)
        if not HARMLESS.fullmatch(name):
            assert any(name in str(p.place) for p in problems), (name, way, problems)
        told = kg(folder, "doctor")
        assert plain(told.stderr + told.stdout.decode())
        severities = {p.severity for p in checkup(Layout(folder)).problems}
        assert told.exit_code == (4 if "error" in severities else int("warning" in severities))
        for command in () if kind(name) in kinds and not LONG else COMMANDS:
            done = kg(folder, *command)
            assert plain(done.stderr), (name, way, command, done.stderr)
            assert done.exit_code in {0, 4}, (name, way, command, done.stderr)
        kinds.add(kind(name))
        mended(folder, name, graph)


def test_the_engines_files(project: Path, graph: bytes, answers: list[bytes], tmp_path: Path) -> None:
    for name, way in cases(project, lambda name: bool(ENGINE.fullmatch(name))):
        folder = tmp_path / "p"
        if not damaged(project, folder, name, way):
            continue
        problems = found(folder)
        if HARMLESS.fullmatch(name):
            assert not problems or name.endswith(".log"), (name, way, problems)
        else:
            assert problems, (name, way)
            assert any(p.severity == "error" or name.endswith(".digests") for p in problems), (name, way)
        for command, right in zip(ASKING, answers, strict=True):
            done = kg(folder, *command)
            assert plain(done.stderr), (name, way, done.stderr)
            assert done.exit_code == 4 or (done.exit_code, done.stdout) == (0, right), (
                (name, way),
                command,
                done.stderr,
            )
        if problems or LONG:
            mended(folder, name, graph)
            assert not found(folder), (name, way)


@pytest.mark.parametrize("dataset", ["a", "b"])
def test_a_damaged_manifest_of_what_is_loaded_is_mended_by_a_load(
    dataset: str, project: Path, graph: bytes, tmp_path: Path
) -> None:
    *_, newest = (n for n in names(project) if re.fullmatch(rf"archive/{dataset}/\d+/manifest\.json", n))
    assert damaged(project, tmp_path / "p", newest, "flipped")
    assert "doctor-dataset" in {p.code for p in found(tmp_path / "p")}
    mended(tmp_path / "p", newest, graph)
