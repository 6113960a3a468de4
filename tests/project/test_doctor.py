"""``kg doctor`` tells what is wrong and what to do, in both languages and for programs, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import requests

from kg.store import Store, contents
from kg.store.embedded import Embedded
from tests.command import run
from tests.project.whole import facts, kg, made
from tests.push.servers import free_port, oxigraph

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "c4nary-0f-a-t0ken"
TARGET = (
    '[targets.{name}]\nquery = "http://127.0.0.1:{port}/query"\nupdate = "http://127.0.0.1:{port}/update"\n'
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("doctor") / "p")
    shutil.rmtree(folder / ".kg/push")
    return folder


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "p")


def doctor(project: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    done = kg(project, "doctor", "--format", "json", *arguments)
    told = json.loads(done.stdout)
    assert told["exit_code"] == done.exit_code
    return done.exit_code, told["findings"]


def codes(project: Path, *arguments: str) -> tuple[int, list[str]]:
    code, found = doctor(project, *arguments)
    return code, [finding["code"] for finding in found]


def state(project: Path) -> dict[str, tuple[str, int]]:
    files = (path for path in project.rglob("*") if path.is_file() and "/store/LOG" not in str(path))
    return {
        str(p): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns)
        for p in files
        if p.name != "lock"
    }


def test_a_project_that_is_well_is_said_to_be_and_nothing_is_changed(project: Path) -> None:
    before = state(project)
    done = kg(project, "doctor")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(b"all is well: datasets: 2, versions: 5, triples: ")
    assert "모두 정상입니다" in run(["doctor", "--project", str(project), "--lang", "ko"]).stdout.decode()
    assert state(project) == before


def test_a_project_where_nothing_was_loaded_is_well(tmp_path: Path) -> None:
    run(["init", str(tmp_path)])
    assert codes(tmp_path) == (0, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kg.toml"]


def test_damage_is_told_with_what_to_do(project: Path, whole: Path) -> None:
    path = project / ".kg/archive/a/000002/triples.nt.zst"
    path.write_bytes(path.read_bytes()[:-1])
    code, found = doctor(project)
    assert code == 4
    (dataset,) = [f for f in found if f["code"] == "doctor-dataset"]
    assert (dataset["file"], dataset["severity"]) == (str(path), "error")
    assert (
        dataset["hint"] == f"load it from its facts file, then all is as it was: kg load {facts(whole, 'a')}"
    )
    assert [f["code"] for f in found if f["severity"] == "info"] == ["doctor-unchecked"]


def test_wrong_settings_and_judgements_end_with_2_and_the_store_is_looked_at_all_the_same(
    project: Path,
) -> None:
    (project / "kg.toml").write_text("format = 1\nbasis = 3\n")
    assert codes(project) == (2, ["config-key"])
    (project / "judgements.jsonl").write_text("no\n")
    assert codes(project) == (2, ["config-key", "judgement-not-json"])
    (project / ".kg/store/CURRENT").unlink()
    assert codes(project)[0] == 4


def test_what_was_mapped_otherwise_and_judged_since_should_be_looked_after(project: Path) -> None:
    settings = project / "kg.toml"
    settings.write_text(settings.read_text().replace('["en"]', '["ko"]'))
    (project / "judgements.jsonl").unlink()
    code, found = doctor(project)
    assert (code, [f["code"] for f in found]) == (1, ["doctor-judgements", "doctor-remap", "doctor-remap"])
    assert "“a” was mapped with another settings or version of kg than today's" in found[1]["message"]
    assert "kg rebuild --remap" in found[1]["hint"]


def test_a_triple_too_many_or_too_few_is_noticed_in_any_graph(project: Path) -> None:
    line = '<https://x.example/organization/a/sb> <http://www.w3.org/2004/02/skos/core#prefLabel> "SoftBank"@en .'
    for graph, shown in (
        ("", "the default graph"),
        ("https://x.example/dataset/a", "<https://x.example/dataset/a>"),
    ):
        for change in (Embedded.delete, Embedded.insert):
            spoilt = shutil.copytree(project, project.parent / "spoilt")
            embedded = Embedded(spoilt / ".kg/store", write=True)
            change(
                embedded, [line if change is Embedded.delete else line.replace("SoftBank", "Softbank")], graph
            )
            embedded.flush()
            embedded.close()
            del embedded
            code, found = doctor(spoilt)
            assert (code, [f["code"] for f in found]) == (4, ["doctor-index"])
            assert found[0]["message"].startswith(f"{shown} is not what the archive gives")
            assert kg(spoilt, "rebuild").exit_code == 0
            assert codes(spoilt) == (0, [])
            shutil.rmtree(spoilt)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entities SET row = replace(row, 'SoftBank', 'Softbank')",
        "DELETE FROM keys WHERE key = (SELECT min(key) FROM keys)",
        "UPDATE keys SET key = key || 'x'",
        "DELETE FROM entities",
    ],
)
def test_what_entities_are_called_is_held_against_the_archive(project: Path, change: str) -> None:
    kg(project, "load", str(project / "fix.jsonl"), "--dry-run")
    with closing(sqlite3.connect(project / ".kg/names")) as file:
        file.execute(change)
        file.commit()
    assert codes(project) == (4, ["doctor-names"])
    assert kg(project, "rebuild").exit_code == 0
    assert codes(project) == (0, [])


def test_lines_that_come_twice_count_once_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = [f"<x:e{n}> <x:p> <x:o> ." for n in range(50)]
    blocks = [(f"x:{n}", [f"<x:{n}> <x:p> <x:o> .", *evidence]) for n in range(3)]
    expected = contents.added_up(blocks)
    assert expected.triples == 53
    monkeypatch.setattr(contents, "HELD", 7)
    assert contents.added_up(blocks) == expected
    assert contents.added_up(blocks[::-1]) == expected
    assert contents.added_up(blocks[:2]) != expected


def test_who_writes_meanwhile_is_named_and_is_not_disturbed(project: Path) -> None:
    with Store.open(project, write=True) as store:
        code, found = doctor(project)
        assert (code, [f["code"] for f in found]) == (0, ["doctor-busy"])
        store.rebuild()
    (project / ".kg/lock.json").write_text("{}")
    assert codes(project) == (0, ["doctor-lock-left"])


def test_too_little_room_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil has it
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage(10, 9, 1))
    code, (found,) = doctor(project)
    assert (code, found["code"]) == (1, "doctor-space")
    assert found["message"].startswith("there are 1 bytes free")


def test_rights_are_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".kg/archive").chmod(0o777)
    code, (found,) = doctor(project)
    assert (code, found["code"], found["file"]) == (1, "doctor-writable", str(project / ".kg/archive"))
    (project / ".kg/archive").chmod(0o755)
    may = os.access
    monkeypatch.setattr("os.access", lambda path, mode: "journal" not in str(path) and may(path, mode))
    assert codes(project) == (4, ["doctor-permission", "doctor-permission"])


def test_targets_are_looked_at_and_secrets_never_shown(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (project / "kg.toml").read_text()
    secret = project / "token"
    secret.write_text(CANARY)
    secret.chmod(0o644)
    (project / "kg.toml").write_text(
        settings
        + TARGET.format(name="one", port=1)
        + '[targets.one.auth]\nkind = "bearer"\nfile = "token"\n'
        + TARGET.format(name="two", port=1)
        + '[targets.two.auth]\nkind = "basic"\n'
        + f'[targets.three]\nquery = "http://me:{CANARY}@127.0.0.1/"\n'
        + TARGET.format(name="four", port=1)
        + '[targets.four.auth]\nkind = "bearer"\n'
    )
    monkeypatch.setenv("KG_TARGET_FOUR_TOKEN", CANARY)
    monkeypatch.setenv("NETRC", str(project / "none"))
    done = kg(project, "doctor", "--format", "json")
    assert CANARY not in done.stdout.decode() + done.stderr
    found = json.loads(done.stdout)["findings"]
    assert sorted((f["code"], f["severity"]) for f in found) == [
        ("doctor-no-secret", "warning"),
        ("doctor-secret-readable", "warning"),
        ("doctor-target", "error"),
    ]
    assert "KG_TARGET_TWO_USER, KG_TARGET_TWO_PASSWORD are not set" in str(found)
    assert done.exit_code == 2


def test_servers_are_asked_only_if_that_is_wanted(project: Path, tmp_path: Path) -> None:
    settings = (project / "kg.toml").read_text()
    (project / "kg.toml").write_text(settings + TARGET.format(name="t", port=free_port()))
    assert codes(project) == (0, [])
    assert codes(project, "--online") == (4, ["doctor-target"])
    (tmp_path / "server").mkdir()
    for running in oxigraph(tmp_path / "server"):
        (project / "kg.toml").write_text(settings + TARGET.format(name="t", port=running.port))
        assert codes(project, "--online") == (1, ["doctor-target-behind"])
        assert kg(project, "push", "t").exit_code == 0
        assert codes(project, "--online") == (0, ["doctor-target-current"])
        assert (
            kg(
                project, "resolve", "--withdraw", *(f"https://x.example/organization/{d}/sb" for d in "ab")
            ).exit_code
            == 0
        )
        assert codes(project, "--online") == (1, ["doctor-target-behind"])
        update = {"update": "INSERT DATA { <x:a> <x:b> <x:c> }"}
        assert requests.post(f"{running.url}/update", data=update, timeout=60).ok
        assert codes(project, "--online") == (1, ["doctor-target-changed"])
