"""The work of a change follows the change: a store fifty times as large is asked no more."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.identity.judgements import Judgement, Judgements, pair_of
from kg.pipeline import judging
from kg.store import Store, archive, names
from kg.store.embedded import Embedded
from kg.validation import stoppable
from tests.deal import DOC, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.project import Project
    from kg.validation.result import Result

BASE = "https://x.example/"
SIZES = (1_000, 10_000, 50_000)
DEALS = 9
"""Of each company."""


def company(number: int) -> dict[str, Any]:
    return {"type": "Company", "id": f"c{number}", "name": {"en": f"Firm {number}"}}


def deal(id_: str, investor: str, investee: str) -> dict[str, Any]:
    money = {"amount": "USD 5m", "status": "planned"}
    return {"type": "Investment", "id": id_, "investor": investor, "investee": investee, **money}


def load(project: Project, name: str, records: Iterable[dict[str, Any]]) -> None:
    file = project.folder / f"{name}.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in (HEADER, *records)), "utf-8")
    assert project.load(file).conforms


def large(folder: Path, records: int) -> Project:
    """A store of so many records: what three records become, with other numbers in their places."""
    folder.mkdir()
    (folder / "kg.toml").write_text(f'format = 1\nbase = "{BASE}"\n', "utf-8")
    project = kg.open(folder)
    load(project, "large", (DOC, company(7007), company(7008), deal("i9009", "c7007", "c7008")))
    companies = records // (DEALS + 1)
    with Store.open(folder, write=True) as store:
        given = store.datasets()[0]
        found = {root.rpartition("/")[2]: "\n".join(lines) for root, lines in store.blocks()}

        def blocks() -> Iterator[tuple[str, list[str]]]:
            yield f"{BASE}document/doc", found["doc"].split("\n")
            for n in range(companies):
                lines = found["c7007"].replace("7007", f"{n}")
                yield f"{BASE}organization/c{n}", lines.split("\n")
                for k in range(DEALS):
                    text = found["i9009"].replace("7007", f"{n}").replace("7008", f"{(n + 1) % companies}")
                    lines = text.replace("9009", f"{n}-{k}")
                    yield f"{BASE}investment/large/i{n}-{k}", lines.split("\n")

        store.replace("large", given.iri, (), (), sorted(blocks()), {**given.manifest, "source": "elsewhere"})
    return project


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What is read and checked, counted."""
    done: Counter[str] = Counter()

    class Counting:
        def __init__(self, store: Any) -> None:
            self.store = store

        def __getattr__(self, name: str) -> Any:
            return getattr(self.store, name)

        def quads_for_pattern(self, *pattern: Any) -> Iterator[Any]:
            for quad in self.store.quads_for_pattern(*pattern):
                done["quads read"] += 1
                yield quad

    class Counted(Embedded):
        def __init__(self, path: Path, *, write: bool) -> None:
            super().__init__(path, write=write)
            self.store = Counting(self.store)  # type: ignore[assignment]

    chunks, entity, check = archive.chunks, names.Known.entity, stoppable.check

    def counted_chunks(path: Path, *others: Any, **options: Any) -> Iterator[bytes]:
        for chunk in chunks(path, *others, **options):
            done["bytes of the archive"] += len(chunk)
            yield chunk

    def counted_entity(self: names.Known, iri: str) -> Any:
        done["entities looked up"] += 1
        return entity(self, iri)

    def counted_check(engine: str, shapes: str, data: Path, allowed: stoppable.Limits) -> list[Result]:
        done["triples checked"] += data.read_bytes().count(b"\n")
        return check(engine, shapes, data, allowed)

    monkeypatch.setattr("kg.store.writing.Embedded", Counted)
    monkeypatch.setattr(archive, "chunks", counted_chunks)
    monkeypatch.setattr(names.Known, "entity", counted_entity)
    monkeypatch.setattr(stoppable, "check", counted_check)
    return done


def test_the_work_of_a_change_follows_the_change(tmp_path: Path, work: Counter[str]) -> None:
    found: dict[str, list[dict[str, int]]] = {}

    def noted(what: str) -> None:
        found.setdefault(what, []).append(dict(work))
        work.clear()

    for size in SIZES:
        project = large(tmp_path / f"{size:06}", size)  # whose name is in each record
        load(project, "first", (company(20), deal("i", "c21", "Firm 22")))
        work.clear()
        new = [{"type": "Company", "id": f"new{n}", "name": {"en": f"New {n}"}} for n in range(10)]
        known = [{**company(n), "name": {"ko": f"회사 {n}"}} for n in range(10)]
        deals = [deal(f"i{n}", f"c{n}", f"Firm {n + 20}" if n % 2 else f"new{n % 10}") for n in range(80)]
        load(project, "second", [*new, *known, *deals])
        noted("a new file")
        load(project, "second", [*new, *known, *deals[:-1], {**deals[-1], "status": "actual"}])
        noted("a file that has changed")
        assert not project.retract("second").findings
        noted("a retraction")
        pair = pair_of(f"{BASE}organization/c3", f"{BASE}organization/c5")
        with Store.open(project.folder, write=True) as store:
            same = Judgements({pair: Judgement("same", pair, "kim", "seen")})
            given = judging.give(store, project.model, project.folder, same)
            assert (given.findings, given.added > DEALS) == ((), True)
        noted("a judgement")
    for what, (small, *larger) in found.items():
        assert larger == [small] * len(larger), what
        assert small["quads read"] > 0, what
    assert {"triples checked", "entities looked up"} <= found["a new file"][0].keys()
