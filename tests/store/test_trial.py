"""A change of several datasets, tried in a copy: whenever the process dies, all of it is there, or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.store import Store
from tests.store.graphs import big, expected, load, stored

if TYPE_CHECKING:
    from pathlib import Path

CHANGE = """
import os, pathlib, shutil, sys
from kg.store import Store
from tests.store.test_trial import change

begun = pathlib.Path(sys.argv[1])

def run(folder, left):
    def die(step):
        nonlocal left
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
        store.adopt(copy)


BEFORE = {"a": big(3), "b": big(3), "c": big(3)}
AFTER = {"a": big(3), "c": big(5), "d": big(4)}


def state(folder: Path) -> tuple[dict[str, list[str]], list[list[bytes]]]:
    with Store.open(folder, write=True) as store:
        return stored(store.checkpoint()), [store.quarantined(name) for name in "abcd"]


WAS = expected(BEFORE), [[b'{"state": "waiting"}'], [], [], []]
IS = expected(AFTER), [[], [], [b'{"state": "quarantined"}'], []]


def test_a_change_that_is_adopted_is_one_step_of_the_journal(tmp_path: Path) -> None:
    begun(tmp_path)
    with Store.open(tmp_path, write=True) as store:
        before = len(store.history())
        change(store)
        assert [entry.state for entry in store.history()[before:]] == ["prepared", "committed"]
        assert [change.dataset for change in store.changes()] == ["b", "c", "d"]
        store.rebuild()
    assert state(tmp_path) == IS
    assert not list((tmp_path / ".kg").glob("trial")), "the copy is gone"


def test_a_copy_that_is_not_adopted_leaves_nothing(tmp_path: Path) -> None:
    begun(tmp_path)
    with Store.open(tmp_path, write=True) as store, store.trial() as copy:
        load(copy, "c", big(5))
        copy.quarantine("a", [])
    assert state(tmp_path) == WAS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("damage", [False, True])
def test_a_death_at_any_step_leaves_all_of_it_or_nothing(tmp_path: Path, root: Path, *, damage: bool) -> None:
    """With ``damage``, one of the new versions can't be read afterwards."""
    begun(tmp_path / "begun")
    command = [sys.executable, "-c", CHANGE, str(tmp_path / "begun")]
    ran = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    seen = []
    for steps in range(int(ran.stdout) + 1):
        folder = tmp_path / str(steps)
        if damage and not _is_committed(folder):
            for file in (folder / ".kg" / "archive" / "d").glob("*/triples*"):
                file.write_bytes(b"x")
        found = state(folder)
        assert found in (WAS, IS), steps
        assert found == state(folder), "opening it again changes nothing"
        seen.append(found == IS)
    assert seen == sorted(seen), "once it is there, it is there after every later step"
    assert set(seen) == {False, True}


def _is_committed(folder: Path) -> bool:
    return b'"committed"' in (folder / ".kg" / "journal").read_bytes().splitlines()[-1]
