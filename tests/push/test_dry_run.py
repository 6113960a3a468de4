"""``kg push --dry-run``: what would be sent is told, and nothing is changed on the server or in the project."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kg.errors import ServerError
from kg.push import Planned, plan
from kg.store import Store
from tests.command import run
from tests.push.test_difference import EXTRA, cut_off, loaded, mark_of, pushed, target, update
from tests.push.test_faults import held, lines_of
from tests.store.graphs import big

if TYPE_CHECKING:
    from pathlib import Path

    from kg.push import Target

__all__ = ["target"]


def planned(target: Target, project: Path, *, force: bool = False) -> Planned:
    with Store.open(project, write=False) as store:
        return plan(target, partial(lines_of, store), store=store, force=force)


def files(project: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted((project / ".kg/push").rglob("*.[!l]*"))}


def test_what_would_be_sent_is_what_is_sent(target: Target, tmp_path: Path) -> None:
    for dataset, way in (
        (big(40), "store"),
        (big(42, changed=3), "difference"),
        (big(42, changed=3), "nothing"),
    ):
        wanted = loaded(tmp_path, a=dataset)
        before, marks, known = held(target), mark_of(target), files(tmp_path)
        would = planned(target, tmp_path)
        assert (held(target), mark_of(target)) == (before, marks)
        assert files(tmp_path) == known
        done = pushed(target, tmp_path)
        assert (would.way, would.added, would.removed) == (way, done.added, done.removed)
        assert (would.before, would.triples) == (len(before), len(wanted))


def test_a_push_that_was_cut_off_stays_as_it_is(target: Target, tmp_path: Path) -> None:
    loaded(tmp_path, a=big(100))
    pushed(target, tmp_path)
    wanted = loaded(tmp_path, a=big(100, changed=99))
    cut_off(target, tmp_path)
    known = files(tmp_path)
    would = planned(target, tmp_path)
    assert (would.way, would.resumed, would.message[0]) == ("difference", True, "push-would-go-on")
    assert files(tmp_path) == known
    assert pushed(target, tmp_path).resumed
    assert held(target) == wanted


def test_what_a_push_refuses_is_refused(target: Target, tmp_path: Path) -> None:
    update(target, f"INSERT DATA {{ GRAPH <{target.graph}> {{ {EXTRA} }} }}")
    loaded(tmp_path, a=big(3))
    with pytest.raises(ServerError) as caught:
        planned(target, tmp_path)
    assert caught.value.code == "push-foreign"
    assert planned(target, tmp_path, force=True).way == "store"


def test_the_command_says_it(target: Target, tmp_path: Path) -> None:
    loaded(tmp_path, a=big(3))
    (tmp_path / "kg.toml").write_text('format = 1\nbase = "https://data.example.org/"\n', "utf-8")
    words = ("push", target.query, "--graph", target.graph, "--dry-run", "--format", "json")
    done = run([*words, "--project", str(tmp_path), "--lang", "en"])
    said = json.loads(done.stdout)
    assert (done.exit_code, said["dry_run"], said["way"]) == (0, True, "store"), done.stderr
    assert "would be pushed" in done.stderr
    assert held(target) == []
