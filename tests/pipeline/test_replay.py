"""Replay: the same comes of it as of a first load of the whole, corrected; and what is out leaves no trace."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import kg
from kg.pipeline import correcting, kept
from kg.store import Store
from kg.store.archive import ENTITIES, TRIPLES
from tests.pipeline.test_before import BASE, _files, _headers, _records, written
from tests.store.graphs import stored

EXAMPLES = 1000 if os.environ.get("KG_FUZZ") else 15


def graph(project: kg.Project) -> Any:
    """What is archived and stored, wherever the records stood."""
    with Store.open(project.folder, write=False) as store:
        names = [info.name for info in store.datasets()]
        archived = {(n, f): list(store.lines(n, f)) for n in names for f in (TRIPLES, ENTITIES)}
        return archived, stored(store.checkpoint())


def aside(project: kg.Project) -> list[kept.Entry]:
    with Store.open(project.folder, write=False) as store:
        return kept.entries(store, "facts")


def exported(project: kg.Project, file: Path) -> list[Any]:
    """The records of a file to be corrected, written with its reasons."""
    with Store.open(project.folder, write=False) as store:
        header = correcting.header_of(store.datasets()[0])
    there = [entry for entry in aside(project) if not entry.waits]
    file.write_bytes(b"".join(correcting.facts(header, there)))
    Path(f"{file}{correcting.REASONS}").write_bytes(b"".join(correcting.reasons(header, there)))
    return [entry.data for entry in there]


def text(record: Any) -> str:
    """A record as it is written: by that it is known again."""
    return json.dumps(record, ensure_ascii=False)


def ids(records: list[Any]) -> set[str]:
    return {record["id"] for record in records if "id" in record}


@given(_headers, _files)
@settings(max_examples=EXAMPLES)
def test_the_result_is_as_if_what_is_out_had_never_been_in_the_file(header: Any, records: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder) / "facts.jsonl", header, records)
        project = kg.init(Path(folder) / "project", base=BASE)
        project.load(file)
        out = {entry.place.line for entry in aside(project)}
        left = [record for line, record in enumerate(records, 2) if line not in out]
        without = kg.init(Path(folder) / "without", base=BASE)
        report = without.load(written(Path(folder) / "facts.jsonl", header, left))
        assert report.books.quarantined + report.books.waiting == 0
        assert graph(project) == graph(without)


_corrections = st.lists(
    st.tuples(st.sampled_from(("leave", "out", "replace", "good", "add")), _records), min_size=1, max_size=6
)
GOOD = {"type": "Company", "name": "Eiderdown"}


@given(_headers, _files, st.lists(_corrections, min_size=1, max_size=2))
@settings(max_examples=EXAMPLES)
def test_a_replay_gives_what_a_first_load_of_the_corrected_whole_gives(
    header: Any, records: list[Any], rounds: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder) / "facts.jsonl", header, records)
        project = kg.init(Path(folder) / "project", base=BASE)
        project.load(file)
        original = file.read_bytes()
        file.unlink()
        whole = [text(record) for record in records]
        for number, edits in enumerate(rounds):
            fix = Path(folder) / f"fix{number}.jsonl"
            there = exported(project, fix)
            waiting = [entry.data for entry in aside(project) if entry.waits]
            left: list[Any] = []
            new: list[Any] = []
            for record, (edit, other) in zip(there, edits * len(there), strict=False):
                if edit == "leave":
                    left.append(record)
                elif edit == "good":
                    new.append(GOOD | ({"id": record["id"]} if "id" in record else {}))
                elif edit != "out":
                    new += [other] * (1 + (edit == "add"))
            # of what waits one may be corrected by its id, which is another test
            assume(ids(new).isdisjoint(ids(waiting)))
            written(fix, {k: v for k, v in header.items() if k != "dataset"}, [*left, *new])
            stays = {text(record) for record in (*left, *new)}
            gone = {text(record) for record in there} - stays
            come = [t for t in dict.fromkeys(map(text, new)) if t not in whole]
            whole = [t for t in whole if t not in gone] + come
            report = project.replay("facts", fix)
            fresh = kg.init(Path(folder) / f"fresh{number}", base=BASE)
            first = fresh.load(written(file, header, list(map(json.loads, whole))))
            file.unlink()
            assert report.books == first.books
            assert graph(project) == graph(fresh)
            file.write_bytes(original)
            again = project.load(file)
            assert again.books.read == (len(whole) if aside(project) else 0), "unchanged"
            assert graph(project) == graph(fresh)
            file.unlink()
        # whatever else changes in the file, what was corrected stays corrected
        changed = json.dumps({"type": "Company", "name": "Fennel"}) + "\n"
        file.write_bytes(original + changed.encode())
        project.load(file)
        fresh = kg.init(Path(folder) / "changed", base=BASE)
        fresh.load(written(file, header, list(map(json.loads, [*whole, changed]))))
        assert graph(project) == graph(fresh)
