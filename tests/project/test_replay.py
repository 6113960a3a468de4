"""``kg load --replay``: corrected records and what waited for them, without the file that they came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.project.test_quarantine import BAD, BROKEN, FILE, GOOD, HEADER, RESTS, TWICE, WIRE, kept, load

RIGHT = '{"type": "Company", "id": "bad", "name": "Bad", "website": "https://bad.example/"}\n'
BEGINS = json.dumps({k: v for k, v in json.loads(HEADER).items() if k != "dataset"}) + "\n"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--language", "en"]).exit_code == 0


def replay(*records: str, options: tuple[str, ...] = ()) -> Any:
    Path("fix.jsonl").write_text("".join(records), "utf-8")
    return run(["load", "fix.jsonl", "--replay", "news", *options])


def export(name: str = "fix.jsonl") -> None:
    assert run(["quarantine", "export", "news", "-o", name]).exit_code == 0


def exported() -> bytes:
    return run(["export"]).stdout


def fresh(tmp_path: Path, *records: str) -> bytes:
    """What a project of its own would export."""
    folder = tmp_path / "fresh"
    run(["init", str(folder), "--language", "en"])
    file = folder / "news.jsonl"
    file.write_text("".join((HEADER, WIRE, *records)), "utf-8")
    run(["load", str(file), "--project", str(folder)])
    return run(["export", "--project", str(folder)]).stdout


def test_what_was_corrected_and_what_waited_is_taken_without_the_file(tmp_path: Path) -> None:
    load(GOOD, BAD, RESTS)
    Path("news.jsonl").unlink()
    done = replay(RIGHT)
    assert done.exit_code == 0, done.stderr
    assert "news: 1 corrected record in the place of 1" in done.stderr
    assert "read 4 = accepted 4 + duplicate 0 + quarantined 0 + waiting 0" in done.stderr
    assert "of these 2 are as they were when they were loaded" in done.stderr
    assert not FILE.exists()
    assert exported() == fresh(tmp_path, GOOD, RIGHT, RESTS)


def test_an_exported_file_stands_for_what_it_was_written_with(tmp_path: Path) -> None:
    nameless = '{"type": "Founding", "founded": "good", "date": "2015-13-11"}\n'
    load(GOOD, nameless, BAD, BROKEN)
    export()
    header, wrong, bad, broken = Path("fix.jsonl").read_bytes().splitlines(keepends=True)
    right = wrong.replace(b"2015-13-11", b"2015-12-11")
    Path("fix.jsonl").write_bytes(b"".join((header, right, bad, broken)))
    done = run(["load", "fix.jsonl", "--replay", "news"])
    assert (done.exit_code, "1 corrected record in the place of 1" in done.stderr) == (1, True)
    assert "accepted 3 + duplicate 0 + quarantined 2" in done.stderr
    assert [entry["line"] for entry in kept()] == [5, 6], "where it stood"
    # corrected again, in the same file; and what is taken out of it is left out
    again = right.replace(b"2015", b"2016")
    Path("fix.jsonl").write_bytes(b"".join((header, again, bad)))
    done = run(["load", "fix.jsonl", "--replay", "news"])
    assert "1 corrected record in the place of 2" in done.stderr
    assert exported() == fresh(tmp_path, GOOD, again.decode())
    assert [entry["line"] for entry in kept()] == [5]


def test_nothing_is_loaded_twice() -> None:
    load(GOOD, BAD, RESTS)
    replay(RIGHT)
    before = exported()
    done = replay(RIGHT)
    assert "0 corrected records in the place of 0" in done.stderr
    assert "read 4 = accepted 4 + duplicate 0" in done.stderr
    assert exported() == before


def test_a_record_without_a_like_is_added() -> None:
    load(RESTS)
    assert [entry["state"] for entry in kept()] == ["quarantined"]
    done = replay(GOOD.replace("good", "bad"))
    assert (done.exit_code, "1 corrected record in the place of 0" in done.stderr) == (0, True)
    assert not FILE.exists()


def test_what_failed_for_want_of_another_dataset_needs_no_file() -> None:
    load(RESTS)
    Path("other.jsonl").write_text('{"ids": "shared", "language": "en"}\n' + RIGHT, "utf-8")
    assert run(["load", "other.jsonl"]).exit_code == 0
    assert run(["load", "--replay", "news"]).exit_code == 0
    assert not FILE.exists()


def test_what_waited_in_another_dataset_is_taken_too() -> None:
    Path("news.jsonl").write_text(HEADER + WIRE + BAD, "utf-8")
    other = HEADER.replace("news", "other")
    Path("other.jsonl").write_text(other + RESTS, "utf-8")
    assert run(["load", "news.jsonl", "other.jsonl"]).exit_code == 1
    assert Path(".kg/quarantine/other.jsonl").exists()
    done = replay(RIGHT)
    assert done.exit_code == 0, done.stderr
    assert "other.jsonl: dataset other, 1 record;" in done.stderr
    assert not Path(".kg/quarantine/other.jsonl").exists()


def test_what_is_still_wrong_stays_with_its_new_place() -> None:
    load(GOOD, BAD, RESTS)
    assert replay(BEGINS, BAD.replace("no IRI", "none")).exit_code == 1
    first, second = kept()
    assert (first["file"], first["line"], first["state"]) == ("news.jsonl", 5, "waiting")
    assert (second["file"], second["line"], second["record"]["website"]) == ("fix.jsonl", 2, "none")
    assert first["reasons"][0]["others"] == [{"file": "fix.jsonl", "line": 2}]
    assert replay(RIGHT).exit_code == 0
    assert not FILE.exists()


@pytest.mark.parametrize("option", ["--dry-run", "--strict"])
def test_what_changes_nothing_corrects_nothing(option: str) -> None:
    load(GOOD, BAD, RESTS, BROKEN)
    before = (exported(), FILE.read_bytes())
    replay(RIGHT, options=(option,))
    assert (exported(), FILE.read_bytes()) == before
    assert not Path(".kg/corrections").exists()


def test_names_still_count() -> None:
    twin = GOOD.replace('"good"', '"twin"').replace("}\n", ', "website": "no IRI"}\n')
    load(GOOD, twin, RESTS.replace('"bad"', '"Good"'))
    assert [entry["reasons"][0]["code"] for entry in kept()] == ["url-expected", "reference-ambiguous"]
    assert replay(twin.replace("no IRI", "https://twin.example/")).exit_code == 1
    assert [entry["reasons"][0]["code"] for entry in kept()] == ["reference-ambiguous"]
    assert replay(twin.replace("no IRI", "https://t.example/").replace('"Good"', '"Twin"')).exit_code == 0


def test_an_unchanged_file_changes_nothing_and_another_keeps_the_corrections() -> None:
    load(GOOD, BAD, RESTS)
    replay(RIGHT)
    before = exported()
    assert "unchanged" in run(["load", "news.jsonl"]).stderr
    assert load(GOOD, BAD, RESTS, '{"type": "Company", "id": "new", "name": "New"}\n') == 0
    assert b"new" in exported()
    said = run(["load", "news.jsonl", "--drop-corrections", "--dry-run"]).stderr
    assert "quarantined 1 + waiting 1" in said
    assert load(GOOD, BAD, RESTS) == 0
    assert exported() == before


def test_a_correction_of_what_is_no_longer_there_is_said_and_not_used(tmp_path: Path) -> None:
    load(GOOD, BAD, RESTS)
    replay(RIGHT)
    mended = RIGHT.replace("https://bad", "https://better")
    assert load(GOOD, mended, RESTS) == 0
    Path("news.jsonl").write_text(HEADER + WIRE + GOOD + mended + RESTS + TWICE, "utf-8")
    said = run(["load", "news.jsonl"]).stderr
    assert "news.jsonl: warning[corrections-lapsed]: 1 correction that" in said
    assert exported() == fresh(tmp_path, GOOD, mended, RESTS)
    assert "lapsed" not in run(["load", "news.jsonl", "--drop-corrections"]).stderr
    assert load(GOOD, BAD, RESTS) == 1, "forgotten"


def test_a_retraction_forgets_them() -> None:
    load(GOOD, BAD, RESTS)
    replay(RIGHT)
    assert run(["retract", "news"]).exit_code == 0
    assert load(GOOD, BAD, RESTS) == 1


def test_a_replay_that_was_cut_off_is_mended_by_the_next() -> None:
    load(GOOD, BAD, RESTS, BROKEN)
    stale = FILE.read_bytes()
    replay(RIGHT)
    right, graph = FILE.read_bytes(), exported()
    FILE.write_bytes(stale)
    assert "read 5 = accepted 4 + duplicate 0 + quarantined 1" in run(["load", "--replay", "news"]).stderr
    assert (FILE.read_bytes(), exported()) == (right, graph)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "  \n"])
def test_records_are_known_again_however_lines_end(ends: str) -> None:
    records = [HEADER, WIRE, GOOD, "  " + BAD, RESTS]
    Path("news.jsonl").write_bytes("".join(records).replace("\n", ends).encode())
    assert run(["load", "news.jsonl"]).exit_code == 1
    assert replay(RIGHT).exit_code == 0
    Path("news.jsonl").write_bytes("".join([*records, TWICE]).replace("\n", ends).encode())
    said = run(["load", "news.jsonl"]).stderr
    assert "read 5 = accepted 4 + duplicate 0 + quarantined 1 + waiting 0" in said


def test_a_document_on_one_line() -> None:
    facts = ", ".join(r.strip() for r in (WIRE, BAD, GOOD, RESTS))
    begins = '{"dataset": "news", "ids": "shared", "language": "en", "defaults": {"source": "wire"}'
    Path("news.jsonl").write_text(f'{begins}, "facts": [{facts}]}}', "utf-8")
    assert run(["load", "news.jsonl"]).exit_code == 1
    assert replay(RIGHT).exit_code == 0
    assert "unchanged" in run(["load", "news.jsonl"]).stderr


def test_a_header_that_leaves_nulls_out_still_does() -> None:
    header = HEADER.replace("}}", '}, "nulls": "left-out"}')
    Path("news.jsonl").write_text(
        header + WIRE + GOOD.replace("}", ', "website": null}') + BAD + RESTS.replace("}", ', "note": null}'),
        "utf-8",
    )
    assert run(["load", "news.jsonl"]).exit_code == 1
    assert replay(RIGHT.replace("}", ', "description": null}')).exit_code == 0


def test_what_was_loaded_with_repair_is_replayed_with_it() -> None:
    written = '{"type": "company", "id": "late", "name": "Late"}\n'
    load(GOOD, BAD, RESTS, written, options=("--repair",))
    assert replay(RIGHT).exit_code == 0
    assert b"skos:changeNote" in exported()


WRONG = {
    "another header": ('{"ids": "own"}\n', ["fix.jsonl", "--replay", "news"], "replay-header"),
    "no such dataset": ("", ["fix.jsonl", "--replay", "newz"], "store-dataset-unknown"),
    "two ways": ("", ["fix.jsonl", "--replay", "news", "--dataset", "x"], "replay-alone"),
    "nothing": ("", [], "load-what"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_said(case: str) -> None:
    header, arguments, code = WRONG[case]
    load(GOOD, BAD)
    Path("fix.jsonl").write_text(header + RIGHT, "utf-8")
    done = run(["load", *arguments])
    assert done.exit_code == 2
    assert f"error[{code}]" in done.stderr


def test_a_wrong_header_must_be_corrected_in_the_file() -> None:
    Path("news.jsonl").write_text('{"dataset": "news", "idz": "own"}\n' + GOOD + WIRE, "utf-8")
    run(["load", "news.jsonl"])
    done = run(["load", "--replay", "news"])
    assert (done.exit_code, "error[replay-header-unknown]" in done.stderr) == (2, True)


def test_what_a_mapping_made_of_rows_is_corrected_as_records() -> None:
    rows = "Id,Name,Site,Founded\na,Alpha,,2001\nb,Beta,nowhere,2002\nc,Gamma,,2002-13-01\n"
    Path("m.yaml").write_text(
        """header: {dataset: news, language: en, defaults: {source: list}}
records:
  - type: Document
    fields: {id: list, title: List}
  - type: Company
    fields: {id: "{Id}", name: "{Name}", website: "{Site}"}
  - type: Founding
    needs: Founded
    fields: {founded: "{Id}", date: "{Founded}"}
""",
        "utf-8",
    )
    Path("rows.csv").write_text(rows, "utf-8")
    command = ["load", "rows.csv", "--mapping", "m.yaml"]
    assert "accepted 4 + duplicate 0 + quarantined 2 + waiting 1" in run(command).stderr
    export()
    fix = Path("fix.jsonl").read_text("utf-8")
    Path("fix.jsonl").write_text(
        fix.replace("nowhere", "https://b.example/").replace("2002-13-01", "2003"), "utf-8"
    )
    done = run(["load", "fix.jsonl", "--replay", "news"])
    assert (done.exit_code, "read 7 = accepted 7" in done.stderr) == (0, True)
    assert "unchanged" in run(command).stderr
    Path("rows.csv").write_text(rows + "d,Delta,,2004\n", "utf-8")
    done = run(command)
    assert (done.exit_code, "read 9 = accepted 9" in done.stderr) == (0, True)
    before = exported()
    Path("rows.csv").write_text(
        rows.replace("nowhere", "https://b.example/").replace("2002-13-01", "2003"), "utf-8"
    )
    assert "2 corrections that were replayed are not used" in run(command).stderr
    assert b"Delta" in before
    assert b"Delta" not in exported()
