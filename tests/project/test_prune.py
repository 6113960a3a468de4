"""``kg prune`` takes away what nothing needs, and nothing else, wherever it is cut off."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from kg.store import Store, durable, pruning
from kg.store.checkup import checkup
from kg.store.layout import Layout
from tests.project.whole import exported, investment, kg, made, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("prune") / "p")
    bad = investment(90, status="bad")
    kg(folder, "load", write(folder / "facts/a.jsonl", [*map(investment, range(1, 7)), bad]))
    return folder


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "p")


def versions(project: Path) -> set[str]:
    return {
        path.parent.relative_to(project / ".kg/archive").as_posix()
        for path in project.glob(".kg/archive/*/*/manifest.json")
    }


def pruned(project: Path, *arguments: str) -> Any:
    done = kg(project, "prune", "--format", "json", *arguments)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def problems(project: Path) -> list[str]:
    return [p.code for p in checkup(Layout(project)).problems]


def test_what_is_loaded_and_what_a_push_was_made_of_stays(project: Path) -> None:
    assert versions(project) == {"a/000001", "a/000002", "a/000003", "b/000001", "b/000002", "b/000003"}
    graph = exported(project)
    told = pruned(project, "--dry-run")
    assert len(versions(project)) == 6
    again = pruned(project)
    assert (again["removed"], again["bytes"]) == (told["removed"], told["bytes"])
    assert again["bytes"] > 0
    # the push was of version 2 of a
    assert versions(project) == {"a/000002", "a/000003", "b/000003"}
    assert exported(project) == graph
    assert problems(project) == ["doctor-push-begun"]
    assert pruned(project)["removed"] == []


def test_without_pushes_only_what_is_loaded_stays_or_the_newest(project: Path) -> None:
    shutil.rmtree(project / ".kg/push")
    pruned(project, "--keep", "2")
    assert versions(project) == {"a/000002", "a/000003", "b/000002", "b/000003"}
    assert kg(project, "query", "changes", "--since", "1").exit_code == 0
    pruned(project)
    assert versions(project) == {"a/000003", "b/000003"}


def test_what_needs_a_version_that_is_gone_says_so(project: Path) -> None:
    first = json.loads(kg(project, "status", "--format", "json").stdout)["changes"][0]
    pruned(project)
    done = kg(project, "query", "changes", "--since", str(first["number"]))
    assert (done.exit_code, "version 000001 of “a” is no more in the archive" in done.stderr) == (4, True)


def test_a_ledger_that_can_not_be_read_keeps_everything(project: Path) -> None:
    (ledger,) = project.glob(".kg/push/*.journal")
    ledger.write_bytes(b"spoilt\n")
    before = versions(project)
    pruned(project)
    assert versions(project) == before


def test_leftovers_go_and_what_is_not_ours_stays(project: Path) -> None:
    left = [
        ".kg/store.new/x",
        ".kg/archive/a/000009.part/x",
        ".kg/archive/a/000001.gone/x",
        ".kg/checkpoints/9.part/x",
    ]
    for name in (*left, ".kg/mine.txt"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("x")
    (project / "judgements.jsonl.part").write_text("x")
    (project / ".kg/corrections" / ("0" * 64 + ".jsonl")).write_text("x")
    assert {"doctor-left", "doctor-foreign"} <= set(problems(project))
    pruned(project)
    assert [name for name in left if (project / name).exists()] == []
    assert (project / ".kg/mine.txt").exists()
    assert not (project / "judgements.jsonl.part").exists()
    assert sorted(problems(project)) == ["doctor-foreign", "doctor-push-begun"]


def test_a_version_that_was_pruned_is_never_used_again(project: Path) -> None:
    shutil.rmtree(project / ".kg/push")
    assert kg(project, "retract", "a").exit_code == 0
    pruned(project)
    assert not [name for name in versions(project) if name.startswith("a/")]
    kg(project, "load", str(project / "facts/a.jsonl"))
    assert "a/000004" in versions(project)


class Killed(BaseException):
    """Ends a prune where a test wants it to end."""


@pytest.mark.parametrize("at", range(1, 12))
def test_one_that_is_killed_is_done_again_and_nothing_else_is_lost(
    project: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    graph = exported(project)
    wanted = versions(shutil.copytree(project, project.parent / "other")) if at == 1 else None
    steps = 0

    def remove(path: Path) -> None:
        nonlocal steps
        steps += 1
        if steps == at:
            if path.is_dir():  # in the middle of a folder
                next(p for p in sorted(path.rglob("*")) if p.is_file()).unlink()
            raise Killed
        durable.remove(path)

    with monkeypatch.context() as patched:
        patched.setattr(pruning, "remove", remove)
        try:
            with Store.open(project, write=True) as store:
                store.prune()
        except Killed:
            pass
    assert wanted is None or wanted >= versions(project)
    assert not set(problems(project)) - {
        "doctor-push-begun",
        "doctor-left",
        "doctor-unreferenced",
        "doctor-no-digests",
    }
    assert exported(project) == graph
    pruned(project)
    assert problems(project) == ["doctor-push-begun"]
    assert versions(project) == {"a/000002", "a/000003", "b/000003"}
