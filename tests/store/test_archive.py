"""The archive: what is written comes back, the same contents give the same bytes, damage is noticed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.store import archive, blocks
from kg.store.archive import ENTITIES, MANIFEST, RECORDS, RESOLUTIONS, TRIPLES, Archive
from tests.store.graphs import Claim, Dataset, Entity, big, iri

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Block

RESOLVED = [b'{"name": "x"}', b"{}\n"]


def write(folder: Path, dataset: Dataset) -> Archive:
    files = ([b'{"line": 1}'], RESOLVED, dataset.blocks("a"))
    return blocks.write(folder / "000001", ("a", iri("a")), files, {"digests": {"input": "x"}})


def read(written: Archive) -> list[Block]:
    return [(root.decode(), blocks.lines_of(text)) for root, text in blocks.raw_blocks(written)]


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    dataset = big(30)
    written = write(tmp_path, dataset)
    again = Archive.read(tmp_path / "000001", written.digest)
    assert again == written
    again.verify()
    assert {r: sorted(x) for r, x in read(again)} == {r: sorted(x) for r, x in dataset.blocks("a")}
    assert list(again.lines(RESOLUTIONS)) == [b'{"name": "x"}', b"{}"]
    assert (again.manifest.counts.claims, again.manifest.counts.entities) == (30, 4)
    assert sorted(p.name for p in (tmp_path / "000001").iterdir()) == sorted(
        (ENTITIES, MANIFEST, RECORDS, RESOLUTIONS, TRIPLES)
    )


def test_nothing_is_a_dataset_too(tmp_path: Path) -> None:
    assert read(write(tmp_path, Dataset())) == []


def test_blocks_are_found_again_however_the_text_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = big(30)
    expected = read(write(tmp_path / "whole", dataset))
    for size in (1, 2, 7, 100):
        monkeypatch.setattr(archive, "_COMPRESSED", size)
        monkeypatch.setattr(archive, "CHUNK", size)
        assert read(write(tmp_path / str(size), dataset)) == expected


def test_the_root_comes_first_whatever_its_iri_looks_like(tmp_path: Path) -> None:
    root = "https://kg.example/x#y"
    lines = [
        f"<{root}#z> <a:p> <a:o> .",
        f"<{root}> <a:p> <a:o> .",
        "<a:b> <a:p> <a:o> .",
        f"<{root}a> <a:p> <a:o> .",
    ]
    written = blocks.write(tmp_path / "000001", ("a", iri("a")), ([], [], [(root, lines)]), {})
    ((found, text),) = read(written)
    assert found == root
    assert text[:2] == [f"<{root}> <a:p> <a:o> .", f"<{root}#z> <a:p> <a:o> ."]
    assert sorted(text) == sorted(lines)


def test_the_order_of_lines_makes_no_difference(tmp_path: Path) -> None:
    claim = Claim(1, 1, 5, (0, 1))
    root, lines = claim.block("a")
    one, other = (
        blocks.write(tmp_path / name / "000001", ("a", iri("a")), ([], [], [(root, order)]), {})
        for name, order in (("one", lines), ("other", [*lines[::-1], lines[0]]))
    )
    assert one.manifest == other.manifest


@pytest.mark.parametrize("roots", [("a:b", "a:a"), ("a:a", "a:a")])
def test_blocks_out_of_order_are_refused_and_leave_nothing(tmp_path: Path, roots: tuple[str, str]) -> None:
    given = [(root, [f"<{root}> <a:p> <a:o> ."]) for root in roots]
    with pytest.raises(ValueError, match="sorted"):
        blocks.write(tmp_path / "000001", ("a", iri("a")), ([], [], given), {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [ENTITIES, RECORDS, RESOLUTIONS, TRIPLES, MANIFEST])
def test_a_flipped_byte_or_a_cut_is_noticed_wherever_it_is(tmp_path: Path, name: str) -> None:
    written = write(tmp_path, Dataset((Claim(1, 1, 5, (0,)),), (Entity(1, {"en": 1}),)))
    path = tmp_path / "000001" / name
    whole = path.read_bytes()
    contents = b"".join(written.chunks(name)) if name != MANIFEST else b""
    flipped = [whole[:n] + bytes([whole[n] ^ 0x10]) + whole[n + 1 :] for n in range(len(whole))]
    cut = [whole[:n] for n in range(len(whole))]
    harmless = 0
    for data in (*flipped, *cut, whole + b"x", whole + whole):
        path.write_bytes(data)
        said = fault(written)
        if said is None:
            # a frame has some bits that mean nothing to who reads it
            harmless += 1
            assert b"".join(written.chunks(name)) == contents
        else:
            assert said.code == "store-damaged"
            assert name in str(said)
    assert harmless <= (5 if name != MANIFEST else 0)
    path.unlink()
    assert fault(written) is not None


def test_another_whole_file_in_its_place_is_noticed(tmp_path: Path) -> None:
    written = write(tmp_path / "a", Dataset((Claim(1, 1, 5, (0,)),)))
    other = write(tmp_path / "b", Dataset((Claim(1, 1, 6, (0,)),)))
    assert other.manifest.files[TRIPLES].bytes == written.manifest.files[TRIPLES].bytes
    shutil.copy(other.folder / TRIPLES, written.folder / TRIPLES)
    said = fault(written)
    assert said is not None
    assert said.code == "store-damaged"


def fault(written: Archive) -> StoreError | None:
    """What is said of a version when all of it is read."""
    try:
        Archive.read(written.folder, written.digest).verify()
    except StoreError as error:
        return error
    return None
