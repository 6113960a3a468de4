"""What is broken in a project's store is found, said plainly, and mended where that can be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import STORE_OR_SERVER, StoreError
from kg.query import Asked, Limits, Session
from kg.store import Store, archive, checkpoints, journal
from kg.store.archive import MANIFEST, TRIPLES
from kg.store.checkup import checkup
from kg.store.layout import Layout
from tests.store.graphs import Dataset, Entity, big, default_graph, expected, load, stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.store.layout import Layout as Paths

LOADED = {"a": big(30), "b": Dataset(entities=(Entity(1, {"en": 4}),))}


@pytest.fixture
def layout(tmp_path: Path) -> Paths:
    with Store.open(tmp_path, write=True) as store:
        for name, dataset in LOADED.items():
            load(store, name, dataset)
    return Layout(tmp_path)


def opened(layout: Paths) -> tuple[list[str], dict[str, list[str]]]:
    """The notices on opening, and what is then in the store."""
    with Store.open(layout.project, write=True) as store:
        assert {line for _, block in store.blocks() for line in block} == default_graph(LOADED)
        return [notice.code for notice in store.notices], stored(store.checkpoint())


def fault(doing: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as said:
        doing()
    assert said.value.exit_code == STORE_OR_SERVER
    return said.value


class Killed(BaseException):
    """Ends a change where a test wants it to end."""


def kill_at(step: str, layout: Paths, name: str, dataset: Dataset) -> None:
    """Load a dataset, but not beyond a step."""

    def stop(reached: str) -> None:
        if reached == step:
            raise Killed

    with Store.open(layout.project, write=True, step=stop) as store, pytest.raises(Killed):
        load(store, name, dataset)


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def test_damaged_triples_are_said_with_their_file(layout: Paths) -> None:
    spoil(layout.version("a", "000001") / TRIPLES)
    with Store.open(layout.project, write=True) as store:
        error = fault(lambda: list(store.blocks()))
        assert TRIPLES in str(error)
        fault(store.rebuild)
    with Store.open(layout.project, write=True) as store:
        assert stored(store.checkpoint()) == expected(LOADED)


@pytest.mark.parametrize("file", [TRIPLES, MANIFEST])
@pytest.mark.parametrize("other", [big(30, changed=2), Dataset()])
def test_loading_again_mends_a_damaged_dataset(layout: Paths, file: str, other: Dataset) -> None:
    spoil(layout.version("a", "000001") / file)
    with Store.open(layout.project, write=True) as store:
        load(store, "a", other)
        assert stored(store.checkpoint()) == expected(LOADED | {"a": other})
        store.rebuild()


def test_a_damaged_dataset_can_be_retracted(layout: Paths) -> None:
    spoil(layout.version("a", "000001") / TRIPLES)
    with Store.open(layout.project, write=True) as store:
        store.retract("a")
        assert stored(store.checkpoint()) == expected({"b": LOADED["b"]})


@pytest.mark.parametrize("there", [True, False])
def test_a_prepared_load_whose_archive_is_damaged_is_undone(layout: Paths, *, there: bool) -> None:
    name = "a" if there else "c"
    kill_at("applied", layout, name, big(31))
    spoil(layout.version(name, "000002" if there else "000001") / TRIPLES)
    notices, graphs = opened(layout)
    assert notices == ["store-undone"]
    assert graphs == expected(LOADED)
    assert opened(layout) == ([], expected(LOADED))


def test_a_store_that_is_gone_is_made_anew(layout: Paths) -> None:
    shutil.rmtree(layout.store)
    assert opened(layout) == (["store-made-anew"], expected(LOADED))


def test_a_store_that_can_not_be_opened_is_rebuilt(layout: Paths) -> None:
    (layout.store / "CURRENT").write_text("MANIFEST-999999\n")
    with Store.open(layout.project, write=True) as store:
        assert fault(lambda: store.describe(["a:b"])).code == "store-unopened"
        store.rebuild()
        assert stored(store.checkpoint()) == expected(LOADED)


def test_checkpoints_that_are_gone_are_made_again(layout: Paths) -> None:
    shutil.rmtree(layout.checkpoints)
    with Store.open(layout.project, write=False) as store:
        assert stored(store.checkpoint()) == expected(LOADED)


def test_a_checkpoint_that_can_not_be_opened_is_said(layout: Paths) -> None:
    with Store.open(layout.project, write=False) as store:
        (store.checkpoint() / "CURRENT").write_text("MANIFEST-999999\n")
        assert fault(lambda: store.describe(["a:b"])).code == "store-unopened"


def test_any_cut_of_the_journal_is_mended_or_said(layout: Paths) -> None:
    whole = layout.journal.read_bytes()
    starts = [0, *(n + 1 for n, byte in enumerate(whole) if byte == 10)]
    for end in range(0, len(whole), 7):
        layout.journal.write_bytes(whole[:end])
        if end > starts[-2]:
            notices, graphs = opened(layout)
            assert notices[0] == "store-journal-cut"
            assert graphs == expected(LOADED)
        else:
            assert fault(lambda: opened(layout)).code in {"store-journal-short", "store-journal-damaged"}
            reading = fault(lambda: Store.open(layout.project, write=False))
            assert reading.code in {"store-journal-short", "store-journal-damaged"}


def test_a_torn_line_may_be_that_of_a_change_which_was_begun(layout: Paths) -> None:
    kill_at("applied", layout, "a", big(31))
    layout.journal.write_bytes(layout.journal.read_bytes()[:-9])
    notices, graphs = opened(layout)
    assert notices == ["store-journal-cut", "store-cut-off"]
    assert graphs == expected(LOADED)


def test_a_journal_that_is_gone_is_said(layout: Paths) -> None:
    layout.journal.unlink()
    assert fault(lambda: Store.open(layout.project, write=True)).code == "store-journal-missing"
    assert fault(lambda: Store.open(layout.project, write=False)).code == "store-journal-missing"


@pytest.mark.parametrize(("written", "code"), [(2, "store-newer"), (0, "store-older")])
def test_an_archive_of_another_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int, code: str
) -> None:
    with Store.open(tmp_path, write=True) as store:
        with monkeypatch.context() as other_version:
            other_version.setattr("kg.store.archive.FORMAT", written)
            load(store, "a", big(3))
        assert fault(store.datasets).code == code
        assert fault(store.rebuild).code == code


def _older(fields: dict[str, Any]) -> dict[str, Any]:
    """What today's format has, as one before it might have had it."""
    return {**fields, "given": {**fields["given"], "migrated": True}}


def test_an_older_archive_and_journal_are_migrated_by_a_rebuild_only(
    layout: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.archive.FORMAT", archive.FORMAT + 1)
    monkeypatch.setitem(archive.UPGRADES, archive.FORMAT - 1, _older)
    with Store.open(layout.project, write=True) as store:
        assert fault(store.datasets).code == "store-older"
        assert fault(store.rebuild).code == "store-older"
    monkeypatch.setattr("kg.store.journal.FORMATS", (journal.TOGETHER,))
    monkeypatch.setitem(journal.UPGRADES, journal.PLAIN, list)
    assert fault(lambda: Store.open(layout.project, write=True)).code == "store-older"
    with Store.open(layout.project, write=True, mend=True) as store:
        store.rebuild()
        assert [n.code for n in store.notices] == ["store-journal-mended", "store-migrated", "store-migrated"]
    notices, graphs = opened(layout)
    assert (notices, graphs) == ([], expected(LOADED))
    with Store.open(layout.project, write=True) as store:
        assert [info.manifest["migrated"] for info in store.datasets()] == [True, True]
        assert [problem.code for problem in checkup(layout).problems] == [
            "doctor-busy",
            "store-older",
            "store-older",
        ]
        store.prune()
    assert checkup(layout).problems == []
    assert Store.open(layout.project, write=False).datasets()[0].version == "000002"


def test_a_newer_journal_is_refused_even_by_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr("kg.store.journal.PLAIN", journal.TOGETHER + 1)
        newer.setattr("kg.store.journal.FORMATS", (journal.TOGETHER + 1,))
        with Store.open(tmp_path, write=True) as store:
            load(store, "a", big(3))
    for mend in (False, True):
        assert fault(lambda mend=mend: Store.open(tmp_path, write=True, mend=mend)).code == "store-newer"  # type: ignore[misc]
    assert [problem.code for problem in checkup(Layout(tmp_path)).problems] == ["store-newer"]


def test_a_disk_that_does_not_take_it_is_said_and_the_store_goes_on(layout: Paths) -> None:
    with Store.open(layout.project, write=True) as store:
        blocker = layout.archive / "c"
        blocker.write_text("a file where a folder is to be")
        error = fault(lambda: load(store, "c", big(3)))
        assert error.code == "store-disk"
        blocker.unlink()
        load(store, "c", big(3))
        assert stored(store.checkpoint()) == expected(LOADED | {"c": big(3)})


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?s ?p ?o { ?s ?p ?o }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        "SELECT ?s { ?s ?a ?b MINUS { ?s ?p <x:o> } }",
        "SELECT ?s { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 3) }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "ASK { ?s ?p ?o FILTER(STR(?o) = 'nowhere') }",
        "ASK { <x:s> <x:p> <x:o> }",
    ],
)
def test_no_answer_of_a_damaged_copy_is_given_as_a_whole_one(layout: Paths, sparql: str) -> None:
    copy = layout.checkpoints / "5"
    for table in sorted(copy.glob("*.sst")):
        data = table.read_bytes()
        table.unlink()
        table.write_bytes(data)
        spoil(table)
        assert fault(lambda: answered(copy, sparql)).args_shown == {"file": str(table)}
        table.write_bytes(data)
    answered(copy, sparql)
    table.unlink()
    assert fault(lambda: answered(copy, sparql)).args_shown == {"file": str(table)}


def answered(copy: Path, sparql: str) -> None:
    with Session(Asked(store=copy), Limits(seconds=20, memory=1 << 30)) as session:
        answer = session.ask(sparql)
        for _ in (*answer.rows, *answer.triples):
            pass


def test_a_copy_that_a_writer_takes_away_is_not_taken_for_damaged(layout: Paths) -> None:
    old, new = (layout.checkpoints / number for number in ("3", "5"))
    assert checkpoints.damaged(old) is None
    next(old.glob("*.sst")).unlink()
    assert checkpoints.damaged(old) is None
    gone = next(new.glob("*.sst"))
    gone.unlink()
    assert checkpoints.damaged(new) == gone
    checkpoints.beside(new).unlink()
    assert checkpoints.damaged(new) is None


CHECKED = """
import pathlib, shutil, sys
from kg import apart
from kg.store.checkup import checkup
from kg.store.layout import Layout

apart.limit(1 << 30)
folder = pathlib.Path(sys.argv[1])
for table in sorted(path.name for path in (folder / ".kg/store").glob("*.sst")):
    spoilt = Layout(pathlib.Path(shutil.copytree(folder, folder.with_name(table))))
    data = bytearray((spoilt.store / table).read_bytes())
    data[len(data) // 4] ^= 0x10
    (spoilt.store / table).write_bytes(data)
    print(table, *(problem.code for problem in checkup(spoilt).problems), flush=True)
"""


def test_damage_of_a_table_of_any_order_without_known_digests_is_noticed(layout: Paths, root: Path) -> None:
    for digests in layout.checkpoints.glob("*.digests"):
        digests.unlink()
    command = [sys.executable, "-c", CHECKED, str(layout.project)]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    found = [line.split() for line in done.stdout.decode().splitlines()]
    assert len(found) > 9
    for table, *codes in found:
        assert {"store-corrupt", "doctor-index"} & set(codes), (table, codes)
