"""The journal: what is written comes back, a torn end is cut off, any other damage is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.store.journal import COMMITTED, NOTED, PLAIN, PREPARED, TOGETHER, Journal, mended

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    journal = Journal.create(tmp_path / "journal")
    journal.append(PREPARED, dataset="삼성", version="000001")
    journal.append(COMMITTED, of=2)
    journal.append(NOTED, what="pushed")
    return journal.path


def test_what_is_written_comes_back(path: Path) -> None:
    entries = Journal.read(path).entries
    assert [(e.seq, e.state) for e in entries] == [
        (1, "created"),
        (2, "prepared"),
        (3, "committed"),
        (4, "noted"),
    ]
    assert entries[1].facts == {"dataset": "삼성", "version": "000001"}
    assert entries[1].at.endswith("Z")


def test_a_torn_end_is_cut_off_and_writing_goes_on(path: Path) -> None:
    whole = path.read_bytes()
    last = whole[:-1].rindex(b"\n") + 1
    for end in range(last + 1, len(whole)):
        path.write_bytes(whole[:end])
        journal = Journal.read(path)
        assert (len(journal.entries), journal.torn) == (3, end - last)
        journal.cut()
        journal.append(NOTED, what="again")
        assert [e.seq for e in Journal.read(path).entries] == [1, 2, 3, 4]


def test_every_flipped_bit_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    last = whole[:-1].rindex(b"\n") + 1
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        if at < last - 1:
            with pytest.raises(StoreError) as said:
                Journal.read(path)
            assert said.value.code in {"store-journal-damaged", "store-newer", "store-older"}
        else:
            journal = Journal.read(path)
            assert journal.torn
            assert len(journal.entries) <= 3


@pytest.mark.parametrize("lines", [(0, 2, 3), (0, 2, 1, 3), (0, 1, 1, 2, 3), (1, 2, 3)])
def test_lines_that_are_missing_moved_or_doubled_are_damage(path: Path, lines: tuple[int, ...]) -> None:
    whole = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(whole[n] for n in lines))
    with pytest.raises(StoreError) as said:
        Journal.read(path)
    assert said.value.code == "store-journal-damaged"


def test_an_empty_journal_is_damage(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(StoreError) as said:
        Journal.read(path)
    assert said.value.code == "store-journal-damaged"


@pytest.mark.parametrize(("written", "code"), [(TOGETHER + 1, "store-newer"), (PLAIN - 1, "store-older")])
def test_another_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int, code: str
) -> None:
    with monkeypatch.context() as other_version:
        other_version.setattr("kg.store.journal.PLAIN", written)
        path = Journal.create(tmp_path / "journal").path
    with pytest.raises(StoreError) as said:
        Journal.read(path)
    assert said.value.code == code


def test_the_format_is_the_lowest_in_which_all_can_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = path.with_name("journal.copy")
    journal = Journal.read(path)
    journal.keep_copy(copy)
    before, size = journal.entries[1:], path.stat().st_size
    assert journal.entries[0].facts["format"] == PLAIN
    journal.at_least(TOGETHER)
    journal.append(PREPARED, parts=[])
    journal.at_least(PLAIN)
    assert path.read_bytes() == copy.read_bytes()
    assert path.stat().st_size > size
    again = Journal.read(path)
    assert (again.entries[0].facts["format"], again.entries[1:-1]) == (TOGETHER, before)
    assert not mended(path, copy)
    with monkeypatch.context() as older_version:
        older_version.setattr("kg.store.journal.FORMATS", (PLAIN,))
        for file in (path, copy):
            with pytest.raises(StoreError) as said:
                Journal.read(file)
            assert (said.value.code, said.value.args_shown["received"]) == ("store-newer", TOGETHER)
