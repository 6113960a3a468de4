"""Whatever is judged, taken back, loaded and retracted in whatever order: the graph is what holds now."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.identity.clusters import clusters, rank
from kg.identity.iris import Iris, digest
from kg.identity.judgements import Judgement, Judgements, pair_of
from kg.rdf import KG, OWL, TYPE
from kg.store import Store, applying
from kg.store.together import Together
from tests.store.graphs import (
    BASE,
    ORGANIZATIONS,
    Dataset,
    Entity,
    datasets,
    exported,
    load,
    named_graph,
    organization,
    stored,
)
from tests.store.graphs import _named as names_derived
from tests.store.graphs import iri as dataset_iri

NAMES = ("a", "b", "나")
EXAMPLES = 300 if os.environ.get("KG_FUZZ") else 25
STEPS = ("prepared", "applying", "applied", "flushed", "committed", "checkpointed")

pairs = st.tuples(st.integers(0, ORGANIZATIONS - 1), st.integers(0, ORGANIZATIONS - 1)).filter(
    lambda p: p[0] != p[1]
)
judged = st.tuples(st.sampled_from(("same", "different", "unsure")), pairs)
loads = st.tuples(st.just("load"), st.sampled_from(NAMES), st.none() | datasets)
judges = st.tuples(st.just("judge"), judged, st.booleans())
actions = st.one_of(loads, judges, judges)


@pytest.fixture(autouse=True)
def _small_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "BULK_FROM", 40)


def judgement(verdict: str, numbers: tuple[int, int]) -> Judgement:
    return Judgement(verdict, pair_of(*map(organization, numbers)), "kim", "seen")


def expected(loaded: dict[str, Dataset], judgements: Judgements) -> set[str]:
    """The default graph, the plain way: every IRI replaced, then names by counting."""
    together: dict[str, set[str]] = {organization(n): {organization(n)} for n in range(ORGANIZATIONS)}
    for found in judgements:
        if found.verdict == "same":
            both = together[found.pair[0]] | together[found.pair[1]]
            together |= dict.fromkeys(both, both)
    name = {member: min(both, key=rank) for member, both in together.items()}

    def put(line: str, root: str) -> str:
        part = f"#x~{digest((root,))[:8]}" if name.get(root, root) != root else "#x"
        line = line.replace(f"<{root}#x>", f"<{name.get(root, root)}{part}>")
        for member, canonical in name.items():
            line = line.replace(f"<{member}>", f"<{canonical}>")
        return line

    lines: set[str] = set()
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for dataset_name, dataset in loaded.items():
        for claim in dataset.claims:
            lines |= {put(line, "") for line in claim.block(dataset_name)[1]}
        for entity in dataset.entities:
            root, said = entity.block()
            told[name[root]][dataset_name] += [put(line, root) for line in said]
            if name[root] != root:
                lines.add(f"<{root}> <{OWL}sameAs> <{name[root]}> .")
    for root, by_dataset in told.items():
        lines |= names_derived(root, list(by_dataset.values()))
    return lines


def act(store: Store, loaded: dict[str, Dataset], judgements: Judgements, action: tuple) -> Judgements:  # type: ignore[type-arg]
    if action[0] == "load":
        _, name, dataset = action
        if dataset is not None:
            loaded[name] = dataset
            load(store, name, dataset)
        elif name in loaded:
            del loaded[name]
            store.retract(name)
        return judgements
    _, (verdict, numbers), give = action
    try:
        found = judgement(verdict, numbers)
        new = judgements.given(found) if give else judgements.withdrawn(*found.pair)
        store.judge(new)
    except UsageError:
        return judgements
    return new


def check(store: Store, loaded: dict[str, Dataset], judgements: Judgements) -> None:
    graphs = stored(store.checkpoint())
    assert set(graphs[""]) == expected(loaded, judgements)
    for name, dataset in loaded.items():
        assert set(graphs.get(dataset_iri(name), ())) == named_graph(dataset)
    assert {line for _, lines in store.blocks() for line in lines} == expected(loaded, judgements)
    roots = [root.encode() for root, _ in store.blocks()]
    assert roots == sorted(set(roots))


@given(st.lists(actions, min_size=1, max_size=10))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_graph_is_what_is_loaded_and_judged_whatever_came_before(history: list[tuple]) -> None:  # type: ignore[type-arg]
    loaded: dict[str, Dataset] = {}
    judgements = Judgements()
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder), write=True) as store:
            for action in history:
                judgements = act(store, loaded, judgements, action)
                check(store, loaded, judgements)
            bytes_ = exported(store.blocks())
            store.rebuild()
            check(store, loaded, judgements)
        with Store.open(Path(folder), write=False) as store:
            check(store, loaded, judgements)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), write=True) as store:
        for name in sorted(loaded, reverse=True):
            load(store, name, loaded[name])
        nothing = exported(store.blocks())
        store.judge(judgements)
        assert exported(store.blocks()) == bytes_
        store.judge(Judgements())
        assert exported(store.blocks()) == nothing


@given(st.lists(judged, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=10 * EXAMPLES)
def test_no_order_of_judgements_gives_another_result(
    several: list[tuple[str, tuple[int, int]]], random: object
) -> None:
    consistent = Judgements()
    for verdict, numbers in several:
        try:
            new = consistent.given(judgement(verdict, numbers))
            clusters(new)
        except UsageError:
            continue
        consistent = new
    shuffled = list(consistent)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = Judgements()
    for found in shuffled:
        again = again.given(found)
    assert again.as_bytes() == consistent.as_bytes()
    assert clusters(again) == clusters(consistent)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("give", [True, False])
def test_judging_that_is_cut_off_is_done_or_not(step: str, give: bool) -> None:  # noqa: FBT001 - a case
    class Killed(BaseException):
        """Ends a run."""

    from tests.store.graphs import big  # noqa: PLC0415 - only here

    one = Judgements().given(judgement("same", (0, 1)))
    was, will = (Judgements(), one) if give else (one, Judgements())
    folder = Path(tempfile.mkdtemp())
    loaded = {"a": big(12)}
    try:
        with Store.open(folder, write=True) as store:
            load(store, "a", loaded["a"])
            store.judge(was)

        def stop(said: str) -> None:
            if said == step:
                raise Killed

        with pytest.raises(Killed), Store.open(folder, write=True, step=stop) as store:
            store.judge(will)
        with Store.open(folder, write=True) as store:
            check(store, loaded, store.judgements())
            assert store.judgements().as_bytes() in {was.as_bytes(), will.as_bytes()}
            store.judge(will)
            check(store, loaded, will)
    finally:
        shutil.rmtree(folder)


def test_the_bare_matter_of_a_claim_is_that_of_its_parties_after_judgements() -> None:
    root, a, b = f"{BASE}investment/d/i", organization(0), organization(1)
    parties = {f"{KG}Investment": [f"{KG}investor", f"{KG}investee"]}

    def said(investor: str) -> list[str]:
        tail = f"<{KG}investor> <{investor}>"
        matter = Iris(BASE).matter([f"<{KG}Investment>", tail])
        return sorted(f"<{root}> {t} ." for t in (tail, f"{TYPE} <{KG}Investment>", f"<{KG}says> <{matter}>"))

    together = Together(clusters(Judgements().given(judgement("same", (0, 1)))))
    assert together.claim(said(b), parties) == said(a)
    assert together.claim(said(a), parties) == said(a)
    assert (
        together.block("\n".join(said(organization(2))).encode(), parties)
        == "\n".join(said(organization(2))).encode()
    )
    unknown = together.claim(said(b), {})
    assert [line for line in unknown if "says" in line] == [line for line in said(b) if "says" in line]


@pytest.mark.parametrize("bulk", [0, 10_000])
def test_what_one_member_no_longer_says_stays_if_another_says_it(
    bulk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "BULK_FROM", bulk)
    one = Judgements().given(judgement("same", (0, 1)))
    both = Dataset((), (Entity(0, {"en": 1}, (("en", 2),)), Entity(1, {"en": 1}, (("en", 3),))))
    less = Dataset((), (Entity(0, {"en": 1}, (("en", 2),)), Entity(1, {"en": 4})))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), write=True) as store:
        store.judge(one)
        for dataset in (both, less, both):
            load(store, "a", dataset)
            check(store, {"a": dataset}, one)
        load(store, "b", less)
        check(store, {"a": both, "b": less}, one)
        store.retract("a")
        check(store, {"b": less}, one)
