"""The difference between two states of the graph, and the ledger of what was pushed."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.identity.judgements import Judgements
from kg.store import Origin, Store
from tests.store import test_judged as judged
from tests.store.graphs import Claim, Dataset, Entity, big, datasets, default_graph, load

NAMES = ("a", "b", "나")
EXAMPLES = 300 if os.environ.get("KG_FUZZ") else 20


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.none() | datasets), min_size=1, max_size=6))
@settings(max_examples=EXAMPLES)
def test_from_each_state_to_each_later_one(history: list[tuple[str, Dataset | None]]) -> None:
    loaded: dict[str, Dataset] = {}
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), write=True) as store:
        seen = [(store.origin(), set[str](), store.revision())]
        for name, dataset in history:
            if dataset is not None:
                load(store, name, dataset)
                loaded[name] = dataset
            elif loaded.pop(name, None) is not None:
                store.retract(name)
            now = default_graph(loaded)
            seen.append((store.origin(), now, store.revision()))
            for origin, then, revision in seen:
                moved = list(store.since(origin))
                gone = [line for lines, _ in moved for line in lines]
                came = [line for _, lines in moved for line in lines]
                assert sorted(gone) == sorted(then - now)
                assert sorted(came) == sorted(now - then)
                assert (revision == store.revision()) <= (then == now)
                earlier = store.earlier(revision)
                assert earlier is not None
                assert list(store.since(earlier)) == moved


@given(st.lists(judged.actions, min_size=1, max_size=7))
@settings(max_examples=2 * EXAMPLES)
def test_under_judgements_too(history: list[tuple]) -> None:  # type: ignore[type-arg]
    loaded: dict[str, Dataset] = {}
    judgements = Judgements()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), write=True) as store:
        seen = [(store.origin(), set[str](), store.revision())]
        for action in history:
            judgements = judged.act(store, loaded, judgements, action)
            now = judged.expected(loaded, judgements)
            seen.append((store.origin(), now, store.revision()))
            for origin, then, revision in seen:
                moved = list(store.since(origin))
                assert sorted(line for lines, _ in moved for line in lines) == sorted(then - now)
                assert sorted(line for _, lines in moved for line in lines) == sorted(now - then)
                assert (revision == store.revision()) <= (then == now)
                assert Origin.read(json.loads(json.dumps(origin.as_data()))) == origin


ONE, TWO, BARE = Claim(1, 1, 5, (0, 1)), Claim(2, 1, 6, (0,)), Claim(2, 1, 6, ())
STEPS = [
    ((ONE, TWO), (ONE, BARE)),
    ((ONE, BARE), (ONE, TWO)),
    ((ONE, TWO), (ONE,)),
    ((ONE,), (ONE, TWO)),
    ((ONE, TWO), (TWO,)),
    ((TWO,), (ONE, BARE)),
    ((ONE, TWO), ()),
]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_evidence_that_claims_share(
    tmp_path: Path, before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> None:
    other = Dataset((), (Entity(1, {"en": 1}),))
    old, new = ({"a": Dataset(claims, other.entities)} for claims in (before, after))
    with Store.open(tmp_path, write=True) as store:
        load(store, "a", old["a"])
        origin = store.origin()
        load(store, "a", new["a"])
        (gone, came) = ([line for moved in store.since(origin) for line in moved[n]] for n in (0, 1))
        assert sorted(gone) == sorted(default_graph(old) - default_graph(new))
        assert sorted(came) == sorted(default_graph(new) - default_graph(old))


def test_only_what_differs_is_looked_at_closely(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        load(store, "a", big(2000))
        load(store, "b", big(10))
        before = store.origin()
        load(store, "a", big(2000, changed=3))
        asked: list[str] = []

        def same(line: str) -> str:
            asked.append(line)
            return line

        moved = list(store.since(before, same))
        assert sum(len(gone) for gone, _ in moved) == 3
        assert len(asked) < 100


def test_lines_that_count_as_one_do_not_move(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        load(store, "a", Dataset((Claim(1, 1, 5, ()),)))
        before = store.origin()
        load(store, "a", Dataset((Claim(1, 1, 7, ()),)))
        assert len(list(store.since(before))) == 1
        assert list(store.since(before, lambda line: line.replace('"5"', '"7"'))) == []


def test_a_version_that_is_not_kept_any_more(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        load(store, "a", big(3))
        before, revision = store.origin(), store.revision()
        load(store, "a", big(3, changed=1))
        (store.layout.version("a", "000001") / "manifest.json").unlink()
        with pytest.raises(StoreError) as caught:
            list(store.since(before))
        assert caught.value.code == "store-damaged"
        assert store.earlier(revision) is None


def test_the_revision_says_what_is_there_not_how_it_came(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one", write=True) as one, Store.open(tmp_path / "two", write=True) as two:
        load(one, "a", big(3))
        load(one, "b", big(4))
        load(two, "b", big(5))
        load(two, "b", big(4))
        load(two, "a", big(3), note="another")
        assert one.revision() == two.revision()
        load(two, "a", big(3, changed=1))
        assert one.revision() != two.revision()


def test_a_ledger_remembers(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=False) as store:
        with store.ledger("k") as ledger:
            assert (ledger.pushed, ledger.begun, ledger.acknowledged) == (None, None, 0)
            ledger.begin(mark="one")
            ledger.acknowledge(7)
            ledger.acknowledge(9)
        with store.ledger("k") as ledger:
            assert (ledger.pushed, ledger.begun, ledger.acknowledged) == (None, {"mark": "one"}, 9)
            ledger.begin(mark="two")
            assert ledger.acknowledged == 0
            ledger.patch.write_text("x")
            ledger.done(mark="two")
        with store.ledger("k") as ledger:
            assert (ledger.pushed, ledger.begun, ledger.acknowledged) == ({"mark": "two"}, None, 0)
            assert not ledger.patch.exists()


def test_a_ledger_with_a_torn_end_loses_only_that(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=False) as store:
        with store.ledger("k") as ledger:
            ledger.begin(mark="one")
            ledger.acknowledge(7)
        ledger.path.write_bytes(ledger.path.read_bytes()[:-5])
        with store.ledger("k") as ledger:
            assert (ledger.begun, ledger.acknowledged, ledger.damaged) == ({"mark": "one"}, 0, False)


def test_a_damaged_ledger_is_set_aside(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=False) as store:
        with store.ledger("k") as ledger:
            ledger.begin(mark="one")
            ledger.acknowledge(7)
        ledger.path.write_bytes(ledger.path.read_bytes().replace(b"one", b"two"))
        with store.ledger("k") as ledger:
            assert (ledger.begun, ledger.damaged) == (None, True)


def test_one_push_to_a_target_at_a_time(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=False) as store, store.ledger("k"):
        with pytest.raises(StoreError) as caught, store.ledger("k"):
            pass
        assert caught.value.code == "push-under-way"
        with store.ledger("other"):
            pass
