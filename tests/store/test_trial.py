"""A change of several datasets, tried in a copy: whenever the process dies, all of it is there, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import StoreError
from kg.identity.judgements import FILE, Judgement, Judgements, pair_of
from kg.store import Store
from kg.store.backup import backup, restore
from kg.store.checkup import checkup
from kg.store.journal import PLAIN, TOGETHER
from kg.store.layout import Layout
from tests.store.graphs import big, expected, load, organization, stored

if TYPE_CHECKING:
    from pathlib import Path

SAME = Judgements().given(Judgement("same", pair_of(organization(0), organization(1)), "kim", "one website"))
CHANGE = """
import os, pathlib, shutil, sys
from kg.store import Store
from tests.store.test_trial import change

begun = pathlib.Path(sys.argv[1])

def run(folder, left):
    def die(step):
        nonlocal left
        if step.startswith("trial ") and step != "trial committed":
            return
        if not left:
            os._exit(9)
        left -= 1

    with Store.open(folder, write=True, step=die) as store:
        change(store)
    os._exit(0)

for steps in range(100):
    folder = begun.with_name(str(steps))
    shutil.copytree(begun, folder)
    child = os.fork()
    if not child:
        run(folder, steps)
    if not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        break
print(steps)
"""
"""Each time in a process that dies one step later, and at last in one that does not."""


DROP = """
import os, pathlib, sys
from kg.store import Store

left = int(sys.argv[2])

def die(step):
    global left
    if not left:
        os._exit(9)
    left -= 1

with Store.open(pathlib.Path(sys.argv[1]), write=True, step=die) as store:
    store.quarantine("a", [b'{"state": "quarantined"}\\n'])
    store.quarantine("b", [b"{}\\n"])
    store.quarantine("a", [])
    store.quarantine("a", [])
"""


def begun(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with Store.open(folder, write=True) as store:
        for name in "abc":
            load(store, name, big(3))
        store.quarantine("a", [b'{"state": "waiting"}\n'])


def change(store: Store) -> None:
    """One dataset comes, one goes, one is another; what was not taken of them too."""
    with store.trial() as copy:
        load(copy, "d", big(4))
        copy.retract("b")
        load(copy, "c", big(5))
        copy.quarantine("a", [])
        copy.quarantine("c", [b'{"state": "quarantined"}\n'])
        copy.judge(SAME)
        store.adopt(copy)


def state(folder: Path) -> Any:
    """The graph, what was not taken, the judgements that hold, and the file that says which are to hold."""
    with Store.open(folder, write=True) as store:
        assert not store.distrusted()
        file = folder / FILE
        aside = [store.quarantined(name) for name in "abcd"]
        said = file.read_bytes() if file.exists() else b""
        return stored(store.checkpoint()), aside, store.judgements().as_bytes(), said


@pytest.fixture(scope="module")
def was(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("was")
    begun(folder)
    found = state(folder)
    assert found == (
        expected({name: big(3) for name in "abc"}),
        [[b'{"state": "waiting"}'], [], [], []],
        b"",
        b"",
    )
    return found


@pytest.fixture(scope="module")
def will_be(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What comes of the same changes one after the other."""
    folder = tmp_path_factory.mktemp("will")
    with Store.open(folder, write=True) as store:
        for name, size in {"a": 3, "c": 5, "d": 4}.items():
            load(store, name, big(size))
        store.judge(SAME)
        graph = stored(store.checkpoint())
    return graph, [[], [], [b'{"state": "quarantined"}'], []], SAME.as_bytes(), SAME.as_bytes()


def formats(folder: Path) -> dict[str, Any]:
    return {
        file.name: json.loads(file.read_bytes().splitlines()[0])["format"]
        for file in sorted((folder / ".kg").glob("journal*"))
    }


def test_only_a_change_of_several_datasets_needs_a_kg_that_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path)
    assert formats(tmp_path) == {"journal": PLAIN, "journal.copy": PLAIN}
    with Store.open(tmp_path, write=True) as store:
        change(store)
        load(store, "a", big(2))
    assert formats(tmp_path) == {"journal": TOGETHER, "journal.copy": TOGETHER}
    with monkeypatch.context() as older_version:
        older_version.setattr("kg.store.journal.FORMATS", (PLAIN,))
        for write, mend in ((True, False), (True, True), (False, False)):
            with pytest.raises(StoreError) as said:
                Store.open(tmp_path, write=write, mend=mend)
            assert said.value.code == "store-newer"
    with Store.open(tmp_path, write=True) as store:
        assert store.notices == [], "an older kg has changed nothing"


def test_a_change_that_is_adopted_is_one_step_of_the_journal(tmp_path: Path, will_be: Any) -> None:
    begun(tmp_path)
    with Store.open(tmp_path, write=True) as store:
        before = len(store.history())
        change(store)
        assert [entry.state for entry in store.history()[before:]] == ["prepared", "committed"]
        assert [change.dataset for change in store.changes()] == ["b", "c", "d"]
        store.rebuild()
    assert formats(tmp_path) == {"journal": TOGETHER, "journal.copy": TOGETHER}
    assert state(tmp_path) == will_be
    assert not list((tmp_path / ".kg").glob("trial")), "the copy is gone"


def test_a_copy_that_is_not_adopted_leaves_nothing(tmp_path: Path, was: Any) -> None:
    begun(tmp_path)
    with Store.open(tmp_path, write=True) as store, store.trial() as copy:
        load(copy, "c", big(5))
        copy.quarantine("a", [])
    assert state(tmp_path) == was


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> list[Path]:
    """Folders, in each of which the change died a step later; in the last it did not."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    folder = tmp_path_factory.mktemp("killed")
    begun(folder / "begun")
    command = [sys.executable, "-c", CHANGE, str(folder / "begun")]
    ran = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return [folder / str(step) for step in range(int(ran.stdout) + 1)]


@pytest.mark.parametrize("damage", [False, True])
def test_a_death_at_any_step_leaves_all_of_it_or_nothing(
    tmp_path: Path, killed: list[Path], was: Any, will_be: Any, *, damage: bool
) -> None:
    """With ``damage``, one of the new versions can't be read afterwards."""
    seen, folder, found = [], tmp_path, None
    for dead in killed:
        folder = tmp_path / dead.name
        shutil.copytree(dead, folder, symlinks=True)
        if damage and not _is_committed(folder):
            for file in (folder / ".kg" / "archive" / "d").glob("*/triples*"):
                file.write_bytes(b"x")
        found = state(folder)
        assert found in (was, will_be), dead.name
        seen.append(found == will_be)
    assert state(folder) == found, "opening it again changes nothing"
    assert seen == sorted(seen), "once it is there, it is there after every later step"
    assert set(seen) == {False, True}


def test_after_a_death_at_any_step_it_is_said_what_to_do_and_backed_up(
    tmp_path: Path, killed: list[Path], was: Any, will_be: Any
) -> None:
    """Nobody has written since."""
    seen = []
    for dead in killed:
        folder = tmp_path / dead.name
        shutil.copytree(dead, folder, symlinks=True)
        layout = Layout(folder)
        problems = checkup(layout).problems
        assert [str(problem) for problem in problems if problem.severity == "error"] == [], dead.name
        with Store.open(folder, write=False) as reader:
            assert not reader.distrusted(), dead.name
            notices = [notice.code for notice in reader.notices]
        (folder / "kg.toml").write_text("format = 1\n", "utf-8")
        file = tmp_path / f"{dead.name}.backup"
        with file.open("wb") as out:
            backup(layout, (), out)
        again = tmp_path / f"{dead.name}.again"
        again.mkdir()
        with file.open("rb") as stream:
            restore(stream, file.name, file.stat().st_size, again, lambda _: None)
        restored = state(again)
        assert restored in (was, will_be), dead.name
        codes = {problem.code for problem in problems}
        cut_off = (
            "doctor-pending" in codes or "doctor-not-brought" in codes or "doctor-no-checkpoint" in codes
        )
        later = state(folder)
        assert cut_off or later == restored, dead.name
        assert ("store-pending" in notices) == cut_off, dead.name
        seen.append((restored == will_be, later == will_be, "doctor-not-brought" in codes))
    assert {(False, False, False), (False, True, False), (True, True, True), (True, True, False)} == set(seen)


def test_what_was_not_taken_is_another_or_not_at_any_death(tmp_path: Path, root: Path) -> None:
    begun(tmp_path / "begun")
    lines: Any = None
    for steps in count():
        folder = tmp_path / str(steps)
        shutil.copytree(tmp_path / "begun", folder)
        ran = subprocess.run([sys.executable, "-c", DROP, str(folder), str(steps)], cwd=root, check=False)
        problems = [problem for problem in checkup(Layout(folder)).problems if problem.severity == "error"]
        assert problems == []
        with Store.open(folder, write=True) as store:
            assert not store.distrusted()
            lines = store.quarantined("a"), store.quarantined("b")
        assert lines[0] in ([b'{"state": "waiting"}'], [b'{"state": "quarantined"}'], [])
        if not ran.returncode:
            break
    assert lines == ([], [b"{}"])
    assert steps > 5


def _is_committed(folder: Path) -> bool:
    return b'"committed"' in (folder / ".kg" / "journal").read_bytes().splitlines()[-1]


def test_a_copy_of_the_journal_that_lacks_its_end_is_no_damage(tmp_path: Path) -> None:
    """Killed after a line was synced, and before it was copied."""
    begun(tmp_path)
    layout = Layout(tmp_path)
    whole = layout.journal_copy.read_bytes()
    for left in (whole[: whole[:-1].rindex(b"\n") + 1], whole[:-5]):
        layout.journal_copy.write_bytes(left)
        (found,) = checkup(layout).problems
        assert (found.code, found.severity) == ("doctor-journal-copy-behind", "warning")
        Store.open(tmp_path, write=True).close()
        assert layout.journal_copy.read_bytes() == whole
    for damaged in (b"", whole.replace(b"prepared", b"prepaired"), whole + whole[-1:]):
        layout.journal_copy.write_bytes(damaged)
        (found,) = checkup(layout).problems
        assert (found.code, found.severity) == ("doctor-journal-copy", "error")
