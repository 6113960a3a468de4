"""With a cascade, what a change would break goes with it; the rest is what a load after the change comes to."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity.judgements import FILE, Judgement, Judgements, pair_of
from kg.pipeline import judging, kept
from kg.pipeline import load as loading
from kg.reading import read_source
from kg.store import Store
from kg.validation.settle import Books
from tests.deal import ACME, BETA, DEAL, DOC, HEADER
from tests.pipeline.test_holding import EXAMPLES, codes, errors, made, project, put
from tests.store.graphs import stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    import kg
    from kg.project import Project

__all__ = ["project"]


def graph(project: Project) -> Any:
    with Store.open(project.folder, write=False) as store:
        return stored(store.checkpoint())


def aside(project: Project) -> dict[str, list[tuple[str, str, set[str]]]]:
    """Dataset -> (id, state, codes of the reasons) of each record that was not taken."""
    with Store.open(project.folder, write=False) as store:
        return {
            of.dataset: [(e.data["id"], e.state, {str(r["code"]) for r in e.reasons}) for e in of.entries]
            for of in kept.kept(store)
        }


def written(project: Project, dataset: str, records: Iterable[dict[str, Any]]) -> Path:
    file = project.folder / f"{dataset}.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in (HEADER, *records)), "utf-8")
    return file


def cascade(project: Project, dataset: str, records: Iterable[dict[str, Any]]) -> kg.Report:
    return project.load(written(project, dataset, records), cascade=True)


WIRE = {"type": "Outlet", "id": "wire", "name": {"en": "Wire"}}
NEWS = {"type": "NewsArticle", "id": "news", "published": "2025-03-04", "publisher": "wire"}
OTHER = {**DEAL, "id": "j", "source": "news"}
"""Rests on the news, which rest on the wire."""


def four(project: Project) -> Project:
    """Four datasets, all of whose records are right: c rests on b, and b on a."""
    whole: dict[str, list[Any]] = {"doc": [DOC, ACME, BETA], "a": [WIRE], "b": [NEWS, DEAL], "c": [OTHER]}
    for dataset, records in whole.items():
        assert codes(put(project, dataset, records)) == []
    return project


def test_a_retraction_takes_out_what_rests_on_it_in_other_datasets_and_what_rests_on_that(
    project: Project,
) -> None:
    assert codes(four(project).retract("a")) == ["change-breaks"]
    report = project.retract("a", cascade=True)
    assert [(Path(f.place.file).name, f.place.line, f.problem.code) for f in report.findings] == [
        ("b.jsonl", 2, "taken-out"),
        ("c.jsonl", 2, "taken-out"),
    ]
    assert aside(project) == {
        "b": [("news", "quarantined", {"reference-unknown", "taken-out-by"})],
        "c": [("j", "waiting", {"waits", "taken-out-by"})],
    }
    assert errors(project) == []


def test_the_manifests_say_why_and_their_books_balance(project: Project) -> None:
    four(project).retract("a", cascade=True)
    with Store.open(project.folder, write=False) as store:
        manifests = {info.name: info.manifest for info in store.datasets()}
    assert manifests["b"]["because"] == {"change": "retract", "datasets": ["a"]}
    assert manifests["b"]["books"] == {
        "read": 2, "accepted": 1, "duplicate": 0, "quarantined": 1, "waiting": 0,
    }  # fmt: skip
    assert manifests["c"]["books"]["waiting"] == manifests["c"]["books"]["read"] == 1
    assert "because" not in manifests["doc"]


def test_what_is_taken_out_is_what_a_first_load_in_that_order_does_not_take(project: Project) -> None:
    four(project).retract("a", cascade=True)
    with TemporaryDirectory() as folder:
        fresh = made(Path(folder))
        put(fresh, "doc", [DOC, ACME, BETA])
        put(fresh, "b", [NEWS, DEAL])
        put(fresh, "c", [OTHER])
        assert graph(project) == graph(fresh)


def test_it_comes_back_by_a_replay_when_what_it_rests_on_is_there_again(project: Project) -> None:
    before = graph(four(project))
    project.retract("a", cascade=True)
    put(project, "a", [WIRE])
    project.replay("b")
    assert aside(project) == {}, "what waited for it too"
    assert graph(project) == before


def test_it_comes_back_by_a_load_of_its_file(project: Project) -> None:
    before = graph(four(project))
    project.retract("a", cascade=True)
    put(project, "a", [WIRE])
    put(project, "b", [NEWS, DEAL])
    put(project, "c", [OTHER])
    assert aside(project) == {}
    assert graph(project) == before


def test_without_anything_to_break_a_cascade_is_a_load_like_any_other(project: Project) -> None:
    assert codes(cascade(project, "a", [DOC, ACME, BETA])) == []
    assert codes(cascade(project, "b", [DEAL])) == []
    with TemporaryDirectory() as folder:
        fresh = made(Path(folder))
        put(fresh, "a", [DOC, ACME, BETA])
        put(fresh, "b", [DEAL])
        assert graph(project) == graph(fresh)


def test_a_dry_run_says_the_same_and_changes_nothing(project: Project) -> None:
    before = graph(four(project))
    file = written(project, "a", [{**WIRE, "id": "other", "name": {"en": "Cable"}}])
    how = loading.Options(dry_run=True, cascade=True)

    def loaded(how: loading.Options) -> loading.LoadReport:
        with Store.open(project.folder, write=True) as store:
            return loading.load(store, project.model, project.config, [read_source(str(file))], how)

    would = loaded(how)
    assert graph(project) == before
    assert aside(project) == {}
    assert not list((project.folder / ".kg").glob("trial*"))
    assert would.dry_run
    assert [(one.dataset, one.quarantined, one.waiting) for one in would.taken_out] == [
        ("b", 1, 0),
        ("c", 0, 1),
    ]
    assert loaded(loading.Options(cascade=True)).taken_out == would.taken_out
    assert errors(project) == []


def test_what_was_taken_out_twice_names_the_change_that_did_it_first(project: Project) -> None:
    put(project, "doc", [DOC, ACME, BETA])
    put(project, "b", [DEAL, {**DEAL, "id": "k", "investor": "beta", "investee": "acme"}])
    cascade(project, "doc", [DOC, ACME])
    cascade(project, "doc", [DOC])
    with Store.open(project.folder, write=False) as store:
        (of,) = kept.kept(store)
    assert [entry.data["id"] for entry in of.entries] == ["i", "k"]
    for entry in of.entries:
        assert [r["code"] for r in entry.reasons].count("taken-out-by") == 1


def taken(project: Project, dataset: str, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was taken of some records; the rest is forgotten."""
    with Store.open(project.folder, write=True) as store:
        out = [entry.data for entry in kept.entries(store, dataset)]
        if out:
            kept.drop(store, dataset)
    return [record for record in records if record not in out]


GAMMA = {"type": "Company", "id": "gamma", "name": {"en": "Gamma"}}
DEALS = [
    {**DEAL, "id": f"d{n}", "investor": investor, "investee": investee, "source": source}
    for n, (investor, investee, source) in enumerate(product(("acme", "gamma"), ("beta",), ("doc", "news")))
]
POOLS: dict[str, list[Any]] = {
    "a": [DOC, WIRE, ACME, BETA],
    "b": [NEWS, GAMMA, *DEALS[:2]],
    "c": [BETA, *DEALS[1:]],
}


def without(dataset: str, least: int, most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """The records of a dataset, but for some."""
    numbers = st.sets(st.integers(0, 3), min_size=least, max_size=most)
    return numbers.map(lambda out: [r for n, r in enumerate(POOLS[dataset]) if n not in out])


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(
    st.fixed_dictionaries({name: without(name, 0, 1) for name in POOLS}),
    st.sampled_from("ab").flatmap(lambda name: st.tuples(st.just(name), st.none() | without(name, 1, 3))),
)
def test_after_any_change_the_whole_graph_holds_and_is_that_of_loads_in_this_order(
    earlier: dict[str, list[dict[str, Any]]], change: tuple[str, list[dict[str, Any]] | None]
) -> None:
    dataset, last = change
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        project, fresh = made(Path(one)), made(Path(other))
        for name, records in earlier.items():
            put(project, name, records)
        left = {name: taken(project, name, earlier[name]) for name in earlier}
        if last is None:
            assert codes(project.retract(dataset, cascade=True)) == []
            del left[dataset]
        else:
            cascade(project, dataset, last)
            left[dataset] = last
        assert errors(project) == []
        for name in [*left, *left]:  # what a later one brings, an earlier one takes the second time
            put(fresh, name, left[name])
        assert graph(project) == graph(fresh)


TOTAL = {**DEAL, "id": "total", "investee": "gamma", "part": ["i"]}


def judged(project: Project, *, cascade: bool) -> judging.Judged:
    """Judge Acme and Beta to be one."""
    iris = [f"https://x.example/organization/{id_}" for id_ in ("acme", "beta")]
    judgements = Judgements().given(Judgement("same", pair_of(*iris), "somebody", "one website"))
    with Store.open(project.folder, write=True) as store:
        config = project.config if cascade else None
        return judging.give(store, project.model, project.folder, judgements, config)


def test_a_judgement_takes_out_what_can_not_stand_with_it(project: Project) -> None:
    put(project, "a", [DOC, ACME, BETA, GAMMA])
    put(project, "b", [DEAL, TOTAL])
    assert [f.problem.code for f in judged(project, cascade=False).findings] == ["judgement-breaks-claim"]
    assert not (project.folder / FILE).exists()
    given = judged(project, cascade=True)
    assert given.findings == ()
    assert [(one.dataset, one.quarantined, one.waiting) for one in given.taken_out] == [("b", 1, 1)]
    assert errors(project) == []
    with TemporaryDirectory() as folder:
        fresh = made(Path(folder))
        (fresh.folder / FILE).write_bytes((project.folder / FILE).read_bytes())
        put(fresh, "a", [DOC, ACME, BETA, GAMMA])
        put(fresh, "b", [])
        assert graph(project) == graph(fresh)
    assert aside(project)["b"] == [
        ("i", "quarantined", {"change-breaks", "taken-out-by"}),
        ("total", "waiting", {"waits", "taken-out-by"}),
    ]


def test_a_load_of_what_can_not_stand_with_a_judgement_says_so_in_its_own_books(project: Project) -> None:
    put(project, "a", [DOC, ACME, BETA, GAMMA])
    put(project, "b", [DEAL, TOTAL])
    judged(project, cascade=True)
    new = {**DEAL, "id": "k", "investee": "gamma"}
    assert codes(put(project, "b", [DEAL, TOTAL, new])) == ["change-breaks"], "it can't come back"
    report = cascade(project, "b", [DEAL, TOTAL, new])
    assert codes(report) == ["taken-out"] * 2
    assert report.books == Books(read=3, accepted=1, duplicate=0, quarantined=1, waiting=1)
    assert errors(project) == []


BORN = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/kg-loader/ontology#> .
    @prefix s: <https://s.example/> . @prefix schema: <https://schema.org/> .
    s:Born a sh:NodeShape ; sh:targetClass kg:Person ; sh:property s:born .
    s:born a sh:PropertyShape ; sh:path schema:birthDate ; sh:maxCount 1 ; sh:severity sh:Violation .
"""


def test_of_two_that_can_not_be_one_that_which_came_last_gives_way(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(BORN, "utf-8")
    project = made(tmp_path, '\n[model]\nshapes = ["own.ttl"]\n')
    kim = {"type": "Person", "id": "kim", "name": {"en": "Kim"}, "birthDate": "1970-01-01"}
    put(project, "z", [DOC, kim])
    put(project, "y", [{**kim, "id": "kim2", "name": {"en": "Kim Two"}, "birthDate": "1971-01-01"}])
    judgement = Judgement("same", pair_of(*(f"https://x.example/person/{i}" for i in ("kim", "kim2"))), "x")
    with Store.open(project.folder, write=True) as store:
        judgements = Judgements().given(judgement)
        assert judging.give(store, project.model, project.folder, judgements).findings
        given = judging.give(store, project.model, project.folder, judgements, project.config)
    assert [(one.dataset, one.quarantined) for one in given.taken_out] == [("y", 1)]
    assert errors(project) == []


def test_a_shape_that_looks_from_what_is_named_takes_out_what_it_finds(tmp_path: Path) -> None:
    """The record by itself is right, and its dataset alone shows nothing."""
    shapes = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/kg-loader/ontology#> .
        @prefix s: <https://s.example/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        s:Located a sh:NodeShape ; sh:targetClass kg:Company ; sh:property s:located .
        s:located a sh:PropertyShape ; sh:path [ sh:inversePath kg:investee ] ; sh:maxCount 1 ;
            sh:name "investments into it"@en ; sh:severity sh:Violation .
    """
    (tmp_path / "own.ttl").write_text(shapes, "utf-8")
    project = made(tmp_path, '\n[model]\nshapes = ["own.ttl"]\n')
    put(project, "a", [DOC, ACME, GAMMA])
    put(project, "b", [BETA, DEAL])
    other = {**DEAL, "id": "o", "investor": "gamma"}
    assert codes(put(project, "c", [other])) == ["change-breaks"]
    assert codes(cascade(project, "c", [other])) == ["taken-out"], "it names what is gone now"
    assert errors(project) == []
    out = {name: [id_ for id_, _, _ in records] for name, records in aside(project).items()}
    assert out == {"b": ["beta", "i"], "c": ["o"]}
