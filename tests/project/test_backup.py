"""``kg backup`` and ``kg restore``: the same graph out of one file, and nothing out of a hostile one."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard

from kg.store import Store
from kg.store.backup import backup as write_backup
from kg.store.backup import form
from kg.store.checkup import checkup
from kg.store.journal import PREPARED, Journal
from kg.store.layout import Layout
from tests.command import run
from tests.project.whole import exported, facts, investment, kg, made, write

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = "c4nary-0f-a-t0ken"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("backup") / "p")
    (folder / "own").mkdir()
    (folder / "own/own.rq").write_text("# summary@en: all\nSELECT * WHERE { ?s ?p ?o }\n")
    (folder / "own/token.json").write_text(CANARY)
    (folder / ".hidden.ttl").write_text("")
    (folder / "outside.ttl").symlink_to("/etc/hostname")
    settings = (folder / "kg.toml").read_text()
    model = '[model]\nqueries = ["own"]\nshapes = ["outside.ttl", ".hidden.ttl"]\n'
    target = '[targets.t]\nquery = "http://127.0.0.1:1/"\n[targets.t.auth]\nkind = "bearer"\nfile = "own/token.json"\n'
    (folder / "kg.toml").write_text(settings + model + target)
    return folder


@pytest.fixture(scope="module")
def backup(project: Path) -> Path:
    file = project.parent / "p.kg"
    assert kg(project, "backup", str(file)).exit_code == 0
    return file


def members(backup: Path) -> dict[str, bytes]:
    data = zstandard.ZstdDecompressor().decompressobj().decompress(backup.read_bytes())
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]


def packed(
    to: Path, files: dict[str, bytes], *, listed: list[list[object]] | None = None, tail: bytes = b""
) -> Path:
    """A backup with these files, as somebody might make one who knows the form."""
    known = [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in files.items()]
    fields = {"format": form.FORMAT, "members": listed if listed is not None else known}
    out = b""
    for name, data in {form.LIST: json.dumps(fields).encode(), **files}.items():
        out += form.head(name, len(data)) + data + bytes(form.padding(len(data)))
    to.write_bytes(zstandard.compress(out + bytes(form.END) + tail))
    return to


def restored(backup: Path, folder: Path) -> tuple[int, str]:
    done = run(["restore", str(backup), str(folder), "--lang", "en"])
    assert "Traceback" not in done.stderr
    assert "internal" not in done.stderr
    return done.exit_code, done.stderr


def test_what_is_restored_is_the_same_and_is_well(project: Path, backup: Path, tmp_path: Path) -> None:
    assert restored(backup, tmp_path / "new")[0] == 0
    # a model that lay outside was not taken, so the settings can't be used as they are
    settings = (tmp_path / "new/kg.toml").read_text()
    assert settings == (project / "kg.toml").read_text()
    for folder in (project, tmp_path / "new"):
        (folder / "kg.toml").write_text(settings.partition("[model]")[0])
    assert exported(tmp_path / "new") == exported(project)
    assert [p.code for p in checkup(Layout(tmp_path / "new")).problems] == ["doctor-push-begun"]
    again = kg(tmp_path / "new", "load", facts(project, "b"))
    assert "unchanged" in again.stderr or "0 triples added, 0 removed" in again.stderr
    (project / "kg.toml").write_text(settings)


def test_the_same_state_gives_the_same_bytes_and_what_is_restored_too(
    project: Path, backup: Path, tmp_path: Path
) -> None:
    assert kg(project, "backup", "-").stdout == backup.read_bytes()
    assert restored(backup, tmp_path / "new")[0] == 0
    assert kg(tmp_path / "new", "backup", "-").stdout == backup.read_bytes()


def test_no_secret_and_nothing_from_elsewhere_is_in_it(backup: Path) -> None:
    found = members(backup)
    assert CANARY.encode() not in b"".join(found.values())
    assert found["own/own.rq"].startswith(b"# summary")
    assert not {"outside.ttl", ".hidden.ttl", "own/token.json"} & set(found)
    tops = {name.split("/")[1] for name in found if name.startswith(".kg/")}
    assert tops == {"archive", "corrections", "journal", "judged", "push", "quarantine"}
    assert "judgements.jsonl" in found


def test_only_an_empty_folder_is_restored_into(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, said = restored(backup, tmp_path)
    assert (code, "restore-not-empty" in said) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_flipped_byte_or_a_cut_anywhere_is_noticed_and_nothing_is_left(
    backup: Path, tmp_path: Path
) -> None:
    whole = backup.read_bytes()
    step = max(1, len(whole) // 15)
    bad = [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(0, len(whole), step)]
    bad += [whole[:n] for n in range(0, len(whole), step)] + [whole + b"x", whole + whole]
    harmless = 0
    for data in bad:
        (tmp_path / "bad.kg").write_bytes(data)
        code, said = restored(tmp_path / "bad.kg", tmp_path / "new")
        if code:
            assert (code, "restore-" in said) == (3, True), said
            assert not (tmp_path / "new").exists()
        else:  # a frame has some bits that mean nothing
            harmless += 1
            shutil.rmtree(tmp_path / "new")
    assert harmless <= 2


@pytest.mark.parametrize(
    "name",
    [
        "../up.ttl",
        "/abs.ttl",
        "a/../../up.ttl",
        ".git/config",
        ".git/x.ttl",
        ".kg/../../up.ttl",
        ".kg/archive/../../x/000001/manifest.json",
        ".kg/store/CURRENT",
        ".kg/lock",
        "Makefile",
        "a\\b.ttl",
        "a\x00.ttl",
        "kg-backup.json",
        "x" * 2000 + ".ttl",
        "kg.toml/x.ttl",
    ],
)
def test_a_hostile_name_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    files = {k: v for k, v in members(backup).items() if k != form.LIST}
    listed = [[k, len(v), hashlib.sha256(v).hexdigest()] for k, v in [*files.items(), (name, b"x")]]
    code, said = restored(packed(tmp_path / "bad.kg", files, listed=listed), tmp_path / "in" / "new")
    assert (code, "restore-member" in said or "restore-not-one" in said) == (3, True), said
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["bad.kg"]


def spoilt(change: Callable[[dict[str, bytes]], list[list[object]] | None]) -> Callable[[Path, Path], Path]:
    def make(backup: Path, to: Path) -> Path:
        files = {k: v for k, v in members(backup).items() if k != form.LIST}
        return packed(to, files, listed=change(files))

    return make


def twice(files: dict[str, bytes]) -> list[list[object]]:
    known: list[list[object]] = [[k, len(v), hashlib.sha256(v).hexdigest()] for k, v in files.items()]
    return [*known, known[0]]


def huge(files: dict[str, bytes]) -> list[list[object]]:
    known: list[list[object]] = [[k, len(v), hashlib.sha256(v).hexdigest()] for k, v in files.items()]
    return [*known, ["big.ttl", 1 << 50, "0" * 64]]


def bomb(files: dict[str, bytes]) -> None:
    files["big.ttl"] = bytes(200 << 20)


def negative(files: dict[str, bytes]) -> list[list[object]]:
    return [[name, -1, "0" * 64] for name in files]


def no_journal(files: dict[str, bytes]) -> None:
    del files[".kg/journal"]


def elsewhere(files: dict[str, bytes]) -> None:
    """A change that was begun, and would be undone by removing a folder elsewhere."""
    files[".kg/journal"] += forged(files[".kg/journal"])


def forged(lines: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "journal")
        path.write_bytes(lines)
        journal = Journal.read(path)
        journal.append(
            PREPARED, dataset="x", version="../../../../victim", replaces=None, iri="x:x", digest="0" * 64
        )
        return path.read_bytes()[len(lines) :]


@pytest.mark.parametrize("change", [twice, huge, bomb, negative, no_journal, elsewhere])
def test_a_hostile_backup_is_refused(
    backup: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], list[list[object]] | None]
) -> None:
    (tmp_path / "victim").mkdir()
    bad = spoilt(change)(backup, tmp_path / "bad.kg")
    code, said = restored(bad, tmp_path / "new")
    assert (code, "error[restore-" in said) == (3, True), said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.kg", "victim"]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    listed = json.dumps({"format": 1, "members": [["kg.toml", 0, hashlib.sha256().hexdigest()]]}).encode()
    info = tarfile.TarInfo("kg.toml")
    info.type, info.linkname = kind, "/etc/passwd"
    data = (
        form.head(form.LIST, len(listed))
        + listed
        + bytes(form.padding(len(listed)))
        + info.tobuf()
        + bytes(1024)
    )
    (tmp_path / "bad.kg").write_bytes(zstandard.compress(data))
    code, said = restored(tmp_path / "bad.kg", tmp_path / "new")
    assert (code, "restore-damaged" in said) == (3, True)
    assert not (tmp_path / "new").exists()


def test_what_is_no_backup_and_a_newer_one_are_said(tmp_path: Path) -> None:
    for data, code in (
        (b"", "restore-"),
        (b"hello", "restore-not-one"),
        (b"@prefix kg: <https://w3id.org/kg-loader/ontology#> .\n", "restore-not-one"),
        (zstandard.compress(b"x" * 9999), "restore-not-one"),
    ):
        (tmp_path / "bad.kg").write_bytes(data)
        done = restored(tmp_path / "bad.kg", tmp_path / "new")
        assert (done[0], code in done[1]) == (3, True)
    listed = json.dumps({"format": 2, "members": []}).encode()
    data = form.head(form.LIST, len(listed)) + listed + bytes(form.padding(len(listed)) + form.END)
    (tmp_path / "bad.kg").write_bytes(zstandard.compress(data))
    code_, said = restored(tmp_path / "bad.kg", tmp_path / "new")
    assert (code_, "newer version of kg: format 2" in said) == (3, True)


def test_a_backup_while_others_load_has_a_committed_state(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    shutil.copytree(project, folder, symlinks=True)
    (folder / "kg.toml").write_text((folder / "kg.toml").read_text().partition("[model]")[0])
    states = {exported(folder)}
    wrong: list[str] = []

    def backups() -> None:
        for number in range(6):
            try:
                with Store.open(folder, write=False) as store:
                    layout = store.layout
                with (tmp_path / f"{number}.kg").open("wb") as out:
                    write_backup(layout, [], out)
            except Exception as error:  # noqa: BLE001 - told by the test
                wrong.append(repr(error))

    thread = threading.Thread(target=backups)
    thread.start()
    for count in range(5, 9):
        bad = investment(count, status="bad")
        kg(folder, "load", write(folder / "facts/a.jsonl", [*map(investment, range(1, count)), bad]))
        states.add(exported(folder))
    thread.join()
    assert wrong == []
    for number in range(6):
        assert restored(tmp_path / f"{number}.kg", tmp_path / f"r{number}")[0] == 0
        assert exported(tmp_path / f"r{number}") in states
