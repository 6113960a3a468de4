"""What a load asks the store for says the same as all that the store knows."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.identity.judgements import Judgement, Judgements, pair_of
from kg.pipeline import judging
from kg.store import Store, names
from kg.store.checkup import checkup
from kg.store.layout import Layout
from tests.deal import ACME, DOC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.project import Project

BASE = "https://x.example/"
EXAMPLES = int(os.environ.get("KG_EXAMPLES", "6"))

NAMES = st.sampled_from(["Acme", "ACME Inc.", "Beta", "김", "Kim", "Dr. Kim", "Acmee"])
IDS = st.sampled_from(["a", "b", "acme", "lei:x", "ㄱ"])
LEIS = st.sampled_from(["5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"])
THINGS = st.builds(
    lambda type_, id_, name, lei, unnamed: (
        {"type": type_, "name": {"en": name}}
        | ({"id": id_} if id_ or unnamed else {})
        | ({"identifier": {"lei": lei}} if lei and type_ == "Company" else {})
        | ({"unnamed": True, "id": id_ or "u"} if unnamed else {})
    ),
    st.sampled_from(["Company", "Person", "Fund"]),
    IDS | st.just(""),
    NAMES,
    LEIS | st.just(""),
    st.sampled_from([False, False, False, True]),
)
MEANT = st.one_of(
    NAMES,
    IDS,
    LEIS.map("lei:{}".format),
    st.sampled_from([f"{BASE}organization/a", f"{BASE}person/acme", "Nobody", "mr kim"]),
    st.builds(lambda t, i: {"type": t, "id": i}, st.sampled_from(["Company", "Person"]), IDS),
    THINGS,
)
DEALS = st.builds(
    lambda investor, investee: {
        "type": "Investment", "investor": investor, "investee": investee, "status": "planned"
    },
    MEANT,
    MEANT,
)  # fmt: skip
FILES = st.tuples(st.sampled_from(["own", "shared"]), st.lists(THINGS | DEALS, max_size=5))
CHANGES = st.lists(st.tuples(st.sampled_from("abc"), FILES), min_size=1, max_size=3)


def project(folder: Path) -> Project:
    folder.mkdir()
    (folder / "kg.toml").write_text(f'format = 1\nbase = "{BASE}"\n', "utf-8")
    return kg.open(folder)


def put(this: Project, dataset: str, ids: str, records: Iterable[dict[str, Any]]) -> list[Any]:
    """Load a file; all that is said of it."""
    file = this.folder / f"{dataset}.jsonl"
    header = (
        {"ids": ids, "defaults": {"source": "doc"}} if ids == "shared" else {"defaults": {"source": "doc"}}
    )
    file.write_text("".join(json.dumps(r) + "\n" for r in (header, DOC, *records)), "utf-8")
    report = this.load(file)
    found = [str(f).replace(str(this.folder), "") for f in report.findings]
    with Store.open(this.folder, write=False) as store:
        asked = [
            line for info in store.datasets() for line in store.lines(info.name, "resolutions.jsonl.zst")
        ]
        lines = sorted(line for _, lines in store.blocks() for line in lines)
    return [report.books, found, asked, lines]


@settings(max_examples=EXAMPLES, deadline=None)
@given(CHANGES, st.sampled_from([None, ("a", "b"), ("a", "acme"), ("b", "acme")]))
def test_the_entities_that_are_asked_for_do_as_well_as_all(
    changes: list[tuple[str, tuple[str, list[dict[str, Any]]]]], same: tuple[str, str] | None
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        asking, entering = (project(Path(folder, which)) for which in ("one", "two"))
        for dataset, (ids, records) in changes:
            one = put(asking, dataset, ids, records)
            with patch.context() as all_first:
                all_first.setattr(Store, "entity_names", lambda _self: None)
                assert one == put(entering, dataset, ids, records)
            if same is not None:
                pair = pair_of(*(f"{BASE}organization/{id_}" for id_ in same))
                given_ = Judgements({pair: Judgement("same", pair, "kim", "seen")})
                for this in (asking, entering):
                    with Store.open(this.folder, write=True) as store:
                        judging.give(store, this.model, this.folder, given_)


DEAL = {"type": "Investment", "id": "i", "investor": "Acme", "investee": "acme2", "status": "planned"}
ACME_2 = {"type": "Company", "id": "acme2", "name": {"en": "Acme Two"}}


def test_what_is_kept_of_names_follows_what_is_loaded(tmp_path: Path) -> None:
    this = project(tmp_path / "p")
    put(this, "a", "shared", [ACME, ACME_2])
    assert put(this, "b", "shared", [DEAL])[0].accepted == 2
    put(this, "b", "shared", [])
    put(this, "a", "shared", [{**ACME, "name": {"en": "Other"}}, ACME_2])
    assert "unknown" in put(this, "b", "shared", [DEAL])[1][0]
    this.retract("a")
    assert put(this, "b", "shared", [{**DEAL, "investor": "Other"}])[0].accepted == 1


@pytest.mark.parametrize("what", ["lost", "damaged", "of other keys"])
def test_what_is_kept_of_names_is_made_anew(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    this = project(tmp_path / "p")
    put(this, "a", "shared", [ACME, ACME_2])
    put(this, "b", "shared", [DEAL])
    file = this.folder / ".kg" / "names"
    if what == "lost":
        file.unlink()
    elif what == "damaged":
        file.write_bytes(file.read_bytes()[:2000] + b"x" * 20000)
    else:
        with sqlite3.connect(file) as connection:
            connection.execute("DELETE FROM keys")
        connection.close()
        monkeypatch.setattr(names, "keys_version", lambda: "another")
    assert put(this, "c", "shared", [{**DEAL, "id": "j"}])[0].accepted == 2


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE keys SET key = 'acmf' WHERE key = 'acme'",
        "UPDATE entities SET row = '[]' WHERE iri LIKE '%acme'",
        "DELETE FROM entities WHERE iri LIKE '%acme2'",
        "INSERT INTO keys SELECT 'more', dataset, iri FROM entities WHERE iri LIKE '%acme2'",
        "DROP TABLE keys",
    ],
)
def test_damage_of_what_is_kept_of_names_is_noticed_and_mended(damage: str, tmp_path: Path) -> None:
    this = project(tmp_path / "p")
    put(this, "a", "shared", [ACME, ACME_2])
    put(this, "b", "shared", [DEAL])
    assert [p.code for p in checkup(Layout(this.folder)).problems] == []
    file = this.folder / ".kg" / "names"
    with sqlite3.connect(file) as connection:
        connection.execute(damage)
    connection.close()
    assert [p.code for p in checkup(Layout(this.folder)).problems] == ["doctor-names"]
    with Store.open(this.folder, write=True) as store:
        store.rebuild()
    assert put(this, "c", "shared", [{**DEAL, "id": "j"}])[0].accepted == 2
    assert [p.code for p in checkup(Layout(this.folder)).problems] == []
