"""The store as the pipeline sees it: loading, replacing, retracting, and what it tells."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError, UsageError
from kg.rdf import KG, SCHEMA, TYPE, XSD
from kg.store import EntityRow, Store, applying
from kg.store.layout import Layout
from tests.store.graphs import (
    BASE,
    Claim,
    Dataset,
    Entity,
    big,
    default_graph,
    expected,
    exported,
    iri,
    load,
    organization,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import Block


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, write=True) as opened:
        yield opened


def lines(store: Store, *datasets: str) -> set[str]:
    return {line for _, block in store.blocks(datasets) for line in block}


def test_what_is_loaded_is_told(store: Store) -> None:
    change = load(store, "삼성 뉴스", big(5), digests={"input": "abc"})
    assert (change.version, change.replaces, change.added, change.removed) == ("000001", None, 44, 0)
    (info,) = store.datasets()
    assert (info.name, info.iri, info.version) == ("삼성 뉴스", iri("삼성 뉴스"), "000001")
    assert (info.records, info.claims, info.entities, info.triples) == (1, 5, 4, 44)
    assert (info.source, info.digests) == ("삼성 뉴스.jsonl", {"input": "abc"})
    assert list(store.records("삼성 뉴스")) == [{"line": 1, "data": {"amount": Decimal("1.50")}}]
    assert (store.layout.archive / "삼성%20뉴스" / "000001").is_dir()


def test_the_same_again_changes_nothing(store: Store) -> None:
    load(store, "a", big(5))
    history, checkpoint = store.history(), store.checkpoint()
    change = load(store, "a", big(5))
    assert change.unchanged
    assert (store.history(), store.checkpoint()) == (history, checkpoint)
    assert [p.name for p in store.layout.dataset("a").iterdir()] == ["000001"]


def test_the_same_triples_of_another_input_are_a_version(store: Store) -> None:
    load(store, "a", big(5), digests={"input": "1"})
    change = load(store, "a", big(5), digests={"input": "2"})
    assert (change.version, change.added, change.removed) == ("000002", 0, 0)
    assert store.datasets()[0].digests == {"input": "2"}


def test_a_changed_dataset_changes_only_what_differs(store: Store) -> None:
    load(store, "a", big(50))
    change = load(store, "a", big(50, changed=3))
    assert (change.removed, change.added) == (3, 3)
    assert stored(store.checkpoint()) == expected({"a": big(50, changed=3)})


def test_retracting_takes_only_what_no_other_dataset_holds(store: Store) -> None:
    shared = Entity(1, {"en": 1})
    one = Dataset((Claim(1, 1, 1, (0,)),), (shared, Entity(2, {"ko": 0})))
    other = Dataset((Claim(1, 1, 1, (0,)),), (shared,))
    load(store, "a", one)
    load(store, "b", other)
    store.retract("a")
    assert stored(store.checkpoint()) == expected({"b": other})
    with pytest.raises(UsageError) as said:
        store.retract("a")
    assert said.value.code == "store-dataset-unknown"
    assert load(store, "a", one).version == "000002"


def test_evidence_stays_as_long_as_one_claim_has_it(store: Store) -> None:
    both = Dataset((Claim(1, 1, 1, (0, 1)), Claim(2, 1, 1, (0, 2))))
    after = Dataset((Claim(1, 1, 1, (1,)), Claim(2, 1, 1, (0,))))
    load(store, "a", both)
    load(store, "a", after)
    assert stored(store.checkpoint()) == expected({"a": after})


def test_most_datasets_decide_what_an_entity_is_called(store: Store) -> None:
    for name, preferred in (("a", 4), ("b", 1), ("c", 1)):
        load(store, name, Dataset(entities=(Entity(1, {"en": preferred}),)))
    assert any('prefLabel> "Samsung"@en' in line for line in store.describe([organization(1)]))
    store.retract("c")
    assert any('prefLabel> "B!"@en' in line for line in store.describe([organization(1)]))
    assert any('altLabel> "Samsung"@en' in line for line in store.describe([organization(1)]))


@pytest.mark.parametrize("limit", [10, 10_000])
def test_in_bulk_or_one_by_one_the_graph_is_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(applying, "BULK_FROM", limit)
    monkeypatch.setattr(applying, "CHANGE_AT_MOST", limit)
    first = Dataset(big(40).claims, (Entity(1, {"en": 4}, (("en", 0),), 1),))
    load(store, "a", first)
    load(store, "b", big(40))
    assert stored(store.checkpoint()) == expected({"a": first, "b": big(40)})
    change = load(store, "b", big(60, changed=60))
    assert stored(store.checkpoint()) == expected({"a": first, "b": big(60, changed=60)})
    before, after = (default_graph({"a": first, "b": b}) for b in (big(40), big(60, changed=60)))
    assert (change.removed, change.added) == (len(before - after), len(after - before))
    store.retract("a")
    assert stored(store.checkpoint()) == expected({"b": big(60, changed=60)})


def test_some_datasets_alone(store: Store) -> None:
    a, b = Dataset(entities=(Entity(1, {"en": 0}),)), Dataset((Claim(1, 1, 1, ()),), (Entity(1, {"en": 1}),))
    load(store, "a", a)
    load(store, "b", b)
    assert lines(store, "b") == default_graph({"b": b})
    assert lines(store, "a", "b") == lines(store) == default_graph({"a": a, "b": b})
    assert [root for root, _ in store.statements("b")] == [organization(1)]
    with pytest.raises(UsageError) as said:
        store.blocks(["bb"])
    assert said.value.code == "store-dataset-unknown"


def test_blocks_come_by_root_each_once(store: Store) -> None:
    load(store, "b", big(20))
    load(store, "a", big(20))
    roots = [root for root, _ in store.blocks()]
    assert roots == sorted(set(roots))
    assert len(roots) == 44


def test_the_index_is_told_what_it_needs(store: Store) -> None:
    root = f"{BASE}document/d"
    document = (
        root,
        [
            f"<{root}> {TYPE} <{KG}Document> .",
            f"<{root}> {TYPE} <{KG}Filing> .",
            f'<{root}> <{KG}unnamed> "true"^^<{XSD}boolean> .',
            f'<{root}> <{SCHEMA}datePublished> "2025-02"^^<{XSD}gYearMonth> .',
        ],
    )
    store.replace("d", iri("d"), [], [], [document], {})
    load(store, "a", Dataset((Claim(1, 1, 1, ()),), (Entity(1, {"en": 5, "": 6}, (("ko", 0),), 2),)))
    load(store, "b", Dataset(entities=(Entity(1, {"en": 1}),)))
    assert list(store.entities()) == [
        EntityRow(root, (f"{KG}Document", f"{KG}Filing"), (), unnamed=True, published="2025-02"),
        EntityRow(
            organization(1),
            (f"{KG}Company",),
            (("", 'q"\\'), ("en", "Samsung"), ("en", "줄\u2028끝"), ("ko", "삼성")),
            unnamed=False,
            published="",
        ),
    ]


def test_a_node_is_described_with_its_parts(store: Store) -> None:
    claim = Claim(1, 1, 7, (0,))
    load(store, "a", Dataset((claim,)))
    root, block = claim.block("a")
    assert store.describe([root, f"{BASE}nothing"]) == sorted(
        line for line in block if line.startswith((f"<{root}>", f"<{root}#"))
    )


def test_datasets_that_differ_only_in_case_are_refused(store: Store) -> None:
    load(store, "News", big(1))
    with pytest.raises(StoreError) as said:
        load(store, "news", big(1))
    assert said.value.code == "store-dataset-case"


def test_a_load_that_fails_while_it_is_written_leaves_nothing(store: Store) -> None:
    def blocks() -> Iterator[Block]:
        yield from big(3).blocks("a")
        raise RuntimeError

    load(store, "a", big(2))
    history = store.history()
    with pytest.raises(RuntimeError):
        store.replace("a", iri("a"), [], [], blocks(), {})
    assert store.history() == history
    assert [p.name for p in store.layout.dataset("a").iterdir()] == ["000001"]
    load(store, "a", big(3))
    assert lines(store) == default_graph({"a": big(3)})


def test_triples_that_the_engine_refuses_are_undone(store: Store) -> None:
    load(store, "a", big(2))
    wrong = [("a:x", ["<a:x> <a:p> <a b> ."])]
    for name in ("a", "b"):
        with pytest.raises(StoreError) as said:
            store.replace(name, iri(name), [], [], wrong, {})
        assert said.value.code == "store-refused"
        assert stored(store.checkpoint()) == expected({"a": big(2)})
    assert [p.name for p in store.layout.archive.glob("*/*")] == ["000001"]
    load(store, "b", big(3))


def test_what_is_noted_is_in_the_history(store: Store) -> None:
    store.note("pushed", target="x")
    assert store.history()[-1].facts == {"what": "pushed", "target": "x"}
    load(store, "a", big(1))
    assert [e.state for e in store.history()] == ["created", "noted", "prepared", "committed"]


def test_rebuilding_gives_the_same_bytes(store: Store) -> None:
    load(store, "a", big(30))
    load(store, "b", Dataset(entities=(Entity(1, {"en": 4}),)))
    graphs, bytes_ = stored(store.checkpoint()), exported(store.blocks())
    store.rebuild()
    assert (stored(store.checkpoint()), exported(store.blocks())) == (graphs, bytes_)


def test_versions_go_on_where_they_were(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    assert layout.next_version("a") == "000001"
    layout.version("a", "000012").mkdir(parents=True)
    (layout.dataset("a") / "000013.part").mkdir()
    assert layout.next_version("a") == "000013"
