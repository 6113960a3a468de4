"""Whatever is loaded, replaced, retracted and rebuilt in whatever order: the graph is what is loaded now."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.rdf import KG, SCHEMA
from kg.store import Store, applying
from tests.store.graphs import Dataset, datasets, default_graph, expected, exported, load, stored

NAMES = ("a", "b", "나")
STEPS = ("archived", "prepared", "applying", "applied", "flushed", "committed", "checkpointed")
EXAMPLES = 300 if os.environ.get("KG_FUZZ") else 20
REBUILDING = ("rebuilding", "rebuilt", "swapping", "swapped")

actions = st.one_of(
    st.tuples(st.sampled_from(NAMES), datasets),
    st.tuples(st.sampled_from(NAMES), st.none()),
    st.just(("", None)),
)


class Killed(BaseException):
    """Ends a run where a test wants it to end."""


@pytest.fixture(autouse=True)
def _small_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done in bulk, and what makes the store anew, at sizes that a test can have."""
    monkeypatch.setattr(applying, "BULK_FROM", 40)
    monkeypatch.setattr(applying, "CHANGE_AT_MOST", 60)


def act(store: Store, loaded: dict[str, Dataset], action: tuple[str, Dataset | None]) -> None:
    """Do one thing to the store and to the list of what is to be there."""
    name, dataset = action
    if not name:
        store.rebuild()
    elif dataset is not None:
        loaded[name] = dataset
        load(store, name, dataset)
    elif name in loaded:
        del loaded[name]
        store.retract(name)


def _graphs(store: Store) -> dict[str, list[str]]:
    """What the embedded store holds."""
    return stored(store.checkpoint())


def check(store: Store, loaded: dict[str, Dataset]) -> None:
    """Default graph, named graphs, counts, sums and export are those of what is loaded."""
    assert _graphs(store) == expected(loaded)
    lines = [line for _, block in store.blocks() for line in block]
    assert set(lines) == default_graph(loaded)
    assert [d.name for d in store.datasets()] == sorted(loaded)
    for info in store.datasets():
        assert info.triples == len({x for _, b in loaded[info.name].blocks(info.name) for x in b})
    claims = [claim for dataset in loaded.values() for claim in dataset.claims]
    asked = f"SELECT (COUNT(?c) AS ?n) (SUM(?v) AS ?s) {{ ?c a <{KG}Investment> ; <{SCHEMA}amount>/<{SCHEMA}value> ?v }}"
    answer: Any = ox.Store.read_only(str(store.checkpoint())).query(asked)
    row = next(answer)
    assert (int(row["n"].value), int(row["s"].value)) == (len(claims), sum(c.amount for c in claims))


@given(st.lists(actions, min_size=1, max_size=6))
@settings(max_examples=EXAMPLES)
def test_the_graph_is_what_is_loaded_whatever_came_before(history: list[tuple[str, Dataset | None]]) -> None:
    loaded: dict[str, Dataset] = {}
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder), write=True) as store:
            for action in history:
                act(store, loaded, action)
                check(store, loaded)
            bytes_ = exported(store.blocks())
        with Store.open(Path(folder), write=False) as store:
            check(store, loaded)
            assert exported(store.blocks()) == bytes_
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), write=True) as store:
        for name in sorted(loaded, reverse=True):
            load(store, name, loaded[name])
        assert exported(store.blocks()) == bytes_


@given(
    st.lists(actions, max_size=3),
    actions,
    st.sampled_from((*STEPS, *REBUILDING)),
    st.integers(0, 2),
    st.sampled_from((*STEPS, *REBUILDING)),
)
@settings(max_examples=2 * EXAMPLES)
def test_a_change_that_is_cut_off_is_done_or_not_and_can_be_finished(
    history: list[tuple[str, Dataset | None]],
    last: tuple[str, Dataset | None],
    step: str,
    after: int,
    second: str,
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        loaded: dict[str, Dataset] = {}
        with Store.open(folder, write=True) as store:
            for action in history:
                act(store, loaded, action)
        before = dict(loaded)
        _until(folder, step, after, lambda store: act(store, loaded, last))
        _until(folder, second, 0, lambda _store: None)
        with Store.open(folder, write=True) as store:
            there = loaded if _is(store, loaded) else before
            check(store, there)
            act(store, there, last)
            check(store, loaded)
            bytes_ = exported(store.blocks())
            store.rebuild()
            check(store, loaded)
            assert exported(store.blocks()) == bytes_
        assert not list((folder / ".kg").glob("**/*.part"))
        assert {p.name for p in (folder / ".kg").iterdir()} <= {
            "archive",
            "checkpoints",
            "journal",
            "journal.copy",
            "lock",
            "store",
        }
    finally:
        shutil.rmtree(folder)


def _is(store: Store, loaded: dict[str, Dataset]) -> bool:
    names = [dataset.name for dataset in store.datasets()]
    return names == sorted(loaded) and _graphs(store) == expected(loaded)


def _until(folder: Path, step: str, after: int, doing: Any) -> None:
    """Do something, but end it when a step is reached for the (after + 1)th time."""
    left = after

    def stop(reached: str) -> None:
        nonlocal left
        if reached == step:
            if not left:
                raise Killed
            left -= 1

    try:
        with Store.open(folder, write=True, step=stop) as store:
            try:
                doing(store)
            except Killed:
                with pytest.raises(StoreError) as said:
                    store.rebuild()
                assert said.value.code == "store-unfinished"
    except Killed:
        pass  # while what was cut off was being finished
