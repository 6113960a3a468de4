"""A file that is loaded again after some of it has changed: the same comes of it as of a first load."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.pipeline import way
from kg.pipeline.before import Before
from kg.store import Store
from kg.store.archive import ENTITIES, RECORDS, TRIPLES
from tests.store.graphs import stored

if TYPE_CHECKING:
    import pytest

    from kg.api import Report
    from kg.pipeline import Run

EXAMPLES = 2000 if os.environ.get("KG_FUZZ") else 40
IDS = ("a", "b", "c")
NAMES = ("Acme", "Bolt", "Corda", "Acme Inc.")
DOCS = ("d1", "d2")
BASE = "https://data.example.org/"

_names = st.one_of(
    st.sampled_from(NAMES),
    st.fixed_dictionaries({"en": st.sampled_from(NAMES)}, optional={"ko": st.sampled_from(("에이", "비"))}),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(lambda names: {"en": names}),
)
_kinds = st.sampled_from(("Company", "Company", "Fund", "Person"))
_companies = st.fixed_dictionaries(
    {"type": _kinds, "name": _names},
    optional={
        "id": st.sampled_from(IDS),
        "website": st.sampled_from(("https://x.example/", "https://y.example/")),
        "identifier": st.just({"wikidata": "Q20716"}),
    },
)
_documents = st.fixed_dictionaries(
    {"type": st.just("NewsArticle"), "id": st.sampled_from(DOCS)},
    optional={
        "published": st.sampled_from(("2025-02-04", "2024-02-04", "2025-02")),
        "publisher": st.just({"type": "Outlet", "id": "wire", "name": "Wire"}),
    },
)
_places = st.fixed_dictionaries(
    {
        "type": st.just("Place"),
        "id": st.sampled_from(("p", "q")),
        "name": st.sampled_from(("Seoul", "Texas")),
    },
    optional={"locatedIn": st.sampled_from(("p", "q"))},
)
_parties = st.one_of(
    st.sampled_from(IDS),
    st.sampled_from(NAMES),
    st.sampled_from(IDS).map(lambda id_: {"type": "Company", "id": id_}),
    st.sampled_from(NAMES).map(lambda name: {"type": "Company", "name": name}),
    st.tuples(st.sampled_from(IDS), _names).map(lambda x: {"type": "Company", "id": x[0], "name": x[1]}),
)
_amounts = st.sampled_from(
    ("$10 billion", "$20 billion", "about $5 million", "nonsense", {"min": 1, "max": 2, "currency": "USD"})
)
_evidence = st.fixed_dictionaries(
    {"quote": st.sampled_from(("so it is", "and so on"))}, optional={"paragraph": st.integers(1, 2)}
)
_claims = st.fixed_dictionaries(
    {"type": st.just("Investment"), "investor": _parties, "investee": _parties},
    optional={
        "id": st.sampled_from(("i1", "i2", "i3")),
        "amount": _amounts,
        "status": st.sampled_from(("planned", "actual", "denied")),
        "source": st.sampled_from(DOCS),
        "date": st.sampled_from(("2025-03", "last year", "2024-01-05")),
        "part": st.lists(st.sampled_from(("i1", "i2", "i3")), min_size=1, max_size=2, unique=True),
        "evidence": _evidence,
        "note": st.sampled_from(("one", "two")),
        "nonsense": st.just(1),
    },
)
_locations = st.fixed_dictionaries(
    {
        "type": st.just("Location"),
        "located": _parties,
        "place": st.sampled_from(("p", "q")),
        "status": st.just("actual"),
    }
)
_records = st.one_of(_companies, _documents, _places, _claims, _claims, _claims, _locations)
_headers = st.fixed_dictionaries(
    {
        "ids": st.sampled_from(("shared", "own")),
        "dataset": st.just("facts"),
        "language": st.just("en"),
        "defaults": st.just({"source": "d1", "status": "planned"}),
    }
)
KNOWN: list[Any] = [
    {"type": "NewsArticle", "id": "d1", "published": "2025-02-04"},
    {"type": "NewsArticle", "id": "d2", "published": "2024-12-30"},
    *({"type": "Company", "id": id_, "name": name} for id_, name in zip(IDS, NAMES, strict=False)),
    {"type": "Place", "id": "p", "name": "Seoul"},
    {"type": "Place", "id": "q", "name": "Korea"},
]
"""Most records can be used only where these are."""
_files = st.lists(_records, max_size=12).map(lambda records: [*KNOWN, *records])
_edits = st.lists(
    st.tuples(st.sampled_from(("out", "in", "twice", "move", "change")), st.integers(0, 30), _records),
    min_size=1,
    max_size=4,
)


def edited(records: list[Any], edits: list[tuple[str, int, Any]]) -> list[Any]:
    found = list(records)
    for edit, number, record in edits:
        at = number % len(found) if found else 0
        if edit == "in" or not found:
            found.insert(at, record)
        elif edit == "twice":
            found.append(found[at])
        elif edit == "move":
            found.append(found.pop(at))
        elif edit == "out":
            del found[at]
        else:
            found[at] = {**found[at], **{k: v for k, v in record.items() if k in found[at] and k != "type"}}
    return found


def written(file: Path, header: Any, records: list[Any]) -> Path:
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in (header, *records)), "utf-8")
    return file


def told(report: Report) -> Any:
    errors = [
        f
        for f in report.findings
        if f.problem.severity == "error" or f.problem.code in {"waits", "no-records"}
    ]
    return report.books, [str(f) for f in errors]


def graph(project: kg.Project) -> Any:
    """What is archived, stored and kept aside."""
    folder = project.folder
    with Store.open(folder, write=False) as store:
        names = [info.name for info in store.datasets()]
        archived = {(n, f): list(store.lines(n, f)) for n in names for f in (RECORDS, TRIPLES, ENTITIES)}
        counts = [(i.records, i.claims, i.entities, i.triples) for i in store.datasets()]
        aside = {p.name: p.read_bytes() for p in sorted((folder / ".kg" / "quarantine").glob("*"))}
        return archived, counts, stored(store.checkpoint()), aside


def test_a_change_gives_what_a_first_load_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[bool] = []
    changes = way.Way.changes

    def counted(self: way.Way, held: Any) -> Run | None:
        run = changes(self, held)
        part = run.before[0] if run is not None else None
        if held:
            alone.append(isinstance(part, Before) and sum(part.count()) > 0)
        return run

    monkeypatch.setattr(way.Way, "changes", counted)
    _changes_and_first_loads()
    # or nothing was shown
    assert alone.count(True) > len(alone) / 3, f"{alone.count(True)} of {len(alone)}"


@given(_headers, _files, st.lists(_edits, min_size=1, max_size=2))
@settings(max_examples=EXAMPLES)
def _changes_and_first_loads(header: Any, records: list[Any], changes: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder) / "facts.jsonl", header, records)
        project = kg.init(Path(folder) / "project", base=BASE)
        project.load(file)
        for number, edits in enumerate(changes):
            records = edited(records, edits)
            written(file, header, records)
            report = project.load(file)
            fresh = kg.init(Path(folder) / f"fresh{number}", base=BASE)
            first = fresh.load(file)
            if report.books.read:
                assert told(report) == told(first)
                assert graph(project) == graph(fresh)
