"""A process that dies, with nothing closed and nothing said, leaves a store that goes on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.store import Store
from tests.store.graphs import big, expected, load, stored

if TYPE_CHECKING:
    from pathlib import Path

LOAD = """
import os, pathlib, sys
from kg.store import Store
from tests.store.graphs import big, load

def die(step):
    if step == sys.argv[2]:
        os._exit(9)

with Store.open(pathlib.Path(sys.argv[1]), write=True, step=die) as store:
    if sys.argv[3]:
        load(store, "a", big(int(sys.argv[3])))
    else:
        store.rebuild()
"""


@pytest.mark.parametrize(
    ("step", "claims", "notices"),
    [
        ("archived", 3000, ["store-cut-off"]),
        ("prepared", 3000, ["store-redone"]),
        ("applied", 3000, ["store-redone"]),
        ("committed", 3000, []),
        ("applied", 40, ["store-redone"]),
        ("rebuilt", 0, []),
        ("swapping", 0, ["store-made-anew"]),
    ],
)
def test_after_a_death_the_store_is_what_it_was_or_what_it_was_to_be(
    tmp_path: Path, root: Path, step: str, claims: int, notices: list[str]
) -> None:
    with Store.open(tmp_path, write=True) as store:
        load(store, "b", big(5))
    command = [sys.executable, "-c", LOAD, str(tmp_path), step, str(claims or "")]
    assert subprocess.run(command, cwd=root, check=False).returncode == 9
    with Store.open(tmp_path, write=False) as reader:
        assert stored(reader.checkpoint()) == expected({"b": big(5)})
    there = {"b": big(5)} | ({"a": big(claims)} if claims and step != "archived" else {})
    with Store.open(tmp_path, write=True) as store:
        assert [notice.code for notice in store.notices] == notices
        assert stored(store.checkpoint()) == expected(there)
    assert not list((tmp_path / ".kg").glob("store.*"))
