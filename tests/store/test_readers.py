"""Readers see one state, that of the newest checkpoint, whatever is written meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.store import Store, checkpoints
from tests.store.graphs import BASE, Dataset, Entity, big, default_graph, expected, load, organization, stored

if TYPE_CHECKING:
    from pathlib import Path

ONE = Dataset(entities=(Entity(1, {"en": 1}),))
TWO = Dataset(entities=(Entity(1, {"en": 2}), Entity(2, {"en": 3})))


def lines(store: Store) -> set[str]:
    return {line for _, block in store.blocks() for line in block}


def test_a_reader_keeps_what_it_saw(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        load(writer, "a", ONE)
        with Store.open(tmp_path, write=False) as reader:
            before = reader.describe([organization(1)])
            for number in range(4):
                load(writer, "a", big(number))
                assert reader.describe([organization(1)]) == before
                assert len(list(reader.entities())) == 1
                assert lines(reader) == default_graph({"a": ONE})
                assert [d.version for d in reader.datasets()] == ["000001"]
        with Store.open(tmp_path, write=False) as reader:
            assert lines(reader) == default_graph({"a": big(3)})


def test_while_a_change_is_being_made_readers_see_what_was_before_it(tmp_path: Path) -> None:
    seen: list[str] = []

    def look(step: str) -> None:
        with Store.open(tmp_path, write=False) as reader:
            there = {"a": ONE} if step != "checkpointed" else {"a": TWO}
            assert lines(reader) == default_graph(there)
            assert stored(reader.checkpoint()) == expected(there)
        seen.append(step)

    with Store.open(tmp_path, write=True) as writer:
        load(writer, "a", ONE)
    with Store.open(tmp_path, write=True, step=look) as writer:
        load(writer, "a", TWO)
    assert seen == [
        "archived",
        "prepared",
        "applying",
        "applied",
        "flushed",
        "committed",
        "brought",
        "checkpointed",
    ]


def test_a_reader_that_comes_late_to_its_checkpoint_takes_the_newest(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        load(writer, "a", ONE)
        reader = Store.open(tmp_path, write=False)
        for number in range(3):
            load(writer, "a", big(number))
        with reader:
            assert reader.checkpoint() == writer.checkpoint()
            assert reader.checkpoint().is_dir()
            assert lines(reader) == default_graph({"a": big(2)})


def test_the_two_newest_checkpoints_are_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        for number in range(4):
            load(writer, "a", big(number))
        kept = checkpoints.numbers(writer.layout.checkpoints)
        assert len(kept) == 2
        assert writer.checkpoint().name == str(kept[-1])


def test_a_project_without_a_store_is_an_empty_one(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=False) as reader:
        assert (reader.datasets(), list(reader.blocks()), list(reader.entities())) == ([], [], [])
        assert reader.describe([f"{BASE}x"]) == []
        assert reader.checkpoint().is_dir()


def test_a_reader_can_change_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=False) as reader:
        for change in (lambda: load(reader, "a", ONE), lambda: reader.retract("a"), reader.rebuild):
            with pytest.raises(StoreError) as said:
                change()
            assert said.value.code == "store-read-only"


def test_what_is_closed_is_closed(tmp_path: Path) -> None:
    store = Store.open(tmp_path, write=False)
    store.close()
    store.close()
    with pytest.raises(StoreError) as said:
        store.datasets()
    assert said.value.code == "store-closed"
