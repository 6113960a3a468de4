"""Foreign rows on the command line: load, load again, map, sheets, and the schema of mappings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.reading.foreign.tree import read_tree
from tests.command import Outcome, run

if TYPE_CHECKING:
    from pathlib import Path

MAPPING = """header: {language: en, defaults: {source: list}}
records:
  - type: Document
    fields: {id: list, title: List}
  - type: Company
    fields: {id: "{Id}", name: "{Name}", website: "{Site}"}
  - type: Founding
    needs: Founded
    fields: {founded: "{Id}", date: "{Founded}"}
"""
ROWS = "Id,Name,Site,Founded\na,Alpha,,2001\nb,Beta,nowhere,2002\nc,Gamma,,2002-13-01\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["init", "--language", "en"]).exit_code == 0
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    return tmp_path


def load(*more: str) -> Outcome:
    return run(["load", "rows.csv", "--mapping", "m.yaml", *more])


def kept(project: Path) -> list[dict[str, Any]]:
    path = project / ".kg/quarantine/rows.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_rows_are_loaded_and_what_is_wrong_is_kept_with_its_place(project: Path) -> None:
    done = load()
    assert done.exit_code == 1
    assert "rows 3 = used 3 + filtered 0" in done.stderr
    assert "read 7 = accepted 4 + duplicate 0 + quarantined 2 + waiting 1" in done.stderr
    found = [
        (k["line"], k["state"], k["record"]["type"], [r["code"] for r in k["reasons"]]) for k in kept(project)
    ]
    assert found == [
        (3, "quarantined", "Company", ["url-expected"]),
        (3, "waiting", "Founding", ["waits"]),
        (4, "quarantined", "Founding", ["date-not-in-calendar"]),
    ]
    reason = kept(project)[0]["reasons"][0]
    assert (reason["row"], reason["columns"], reason["mapping"]) == (2, ["Site"], "m.yaml:6")


def test_loading_again_replaces_by_the_difference(project: Path) -> None:
    load()
    assert "rows.csv" in load().stderr
    (project / "rows.csv").write_text(
        ROWS.replace("2002-13-01", "2003").replace("nowhere", "https://b.example/"), "utf-8"
    )
    again = load()
    assert again.exit_code == 0, again.stderr
    assert "of these 4 are as they were" in again.stderr
    assert kept(project) == []
    (project / "m.yaml").write_text(
        MAPPING.replace("needs: Founded", "where: {Founded: {starts: '200'}, Id: {not: a}}"), "utf-8"
    )
    changed = load()
    assert changed.exit_code == 0
    assert "removed" in changed.stderr
    query = "SELECT (COUNT(?f) AS ?n) { ?f a kg:Founding }"
    assert run(["query", query, "--format", "json"]).stdout.count(b'"2"') == 1


def test_a_problem_of_a_row_that_was_right_before_is_not_overlooked(project: Path) -> None:
    mapping = MAPPING.replace(
        'date: "{Founded}"',
        'date: {from: "{Founded}", map: {"2001": "2001", "2002": "2002", "2002-13-01": "2003"}}',
    )
    (project / "m.yaml").write_text(mapping.replace(', website: "{Site}"', ""), "utf-8")
    assert load().exit_code == 0
    (project / "rows.csv").write_text(ROWS.replace("2001", "1999"), "utf-8")
    again = load()
    assert again.exit_code == 1
    assert "map-value" in again.stderr
    assert "“1999” is not in the value table" in again.stderr


def test_a_folder_of_rows_is_one_dataset_if_it_has_a_name(project: Path) -> None:
    folder = project / "all"
    folder.mkdir()
    for name, id_ in (("x.csv", "x"), ("y.csv", "y")):
        (folder / name).write_text(f"Id,Name,Site,Founded\n{id_},N{id_},,\n", "utf-8")
    done = run(["load", "all", "--mapping", "m.yaml", "--dataset", "all"])
    assert done.exit_code == 0, done.stderr
    assert "dataset all, 3 records" in done.stderr
    assert run(["load", "all", "--mapping", "m.yaml"]).exit_code == 0
    assert {line.split(":")[0] for line in run(["status"]).stdout.decode().splitlines()} >= {"all", "x", "y"}


def test_the_project_names_the_mappings_of_its_files(project: Path) -> None:
    (project / "kg.toml").write_text(
        'format = 1\nlanguages = ["en"]\n[mappings]\n"row*.csv" = "m.yaml"\n', "utf-8"
    )
    assert "rows 3 = used 3 + filtered 0" in run(["load", "rows.csv"]).stderr
    assert "rows 3 = used 3 + filtered 0" in run(["load", ".", "--dry-run", "--dataset", "d"]).stderr
    (project / "kg.toml").write_text("format = 1\n[mappings]\nx = 1\n", "utf-8")
    assert "mappings.x" in run(["load", "rows.csv"]).stderr


def test_rows_without_a_mapping_say_what_to_do(project: Path) -> None:
    done = run(["load", "rows.csv"])
    assert done.exit_code == 2
    assert "kg map --sketch rows.csv" in done.stderr
    assert project.exists()


def test_a_row_that_changed_is_looked_at_for_doubtful_names(project: Path) -> None:
    rows = "Id,Name,Site,Founded\n" + "".join(f"c{n},N{n},,\n" for n in range(9))
    (project / "rows.csv").write_text(rows, "utf-8")
    assert "name-described" not in load().stderr
    (project / "rows.csv").write_text(rows.replace("N7", "N7 외 2곳"), "utf-8")
    again = load()
    assert "not looked at again" in again.stderr
    assert "rows.csv:9: warning[name-described] /name" in again.stderr
    assert again.exit_code == 0


def test_feedback_has_rows_and_columns(project: Path) -> None:
    done = run(["validate", "rows.csv", "--mapping", "m.yaml", "--format", "feedback"])
    told = [p for r in json.loads(done.stdout)["records"] for p in r["problems"]]
    places = {p["code"]: (p.get("row"), p.get("columns"), p.get("mapping")) for p in told}
    assert places["url-expected"] == (2, ["Site"], "m.yaml:6")
    assert project.exists()


def test_an_amount_without_a_currency_is_told_where_the_mapping_names_it(project: Path) -> None:
    fields = "records:\n- type: Company\n  fields: {id: c, name: C}\n- type: Fundraising\n  fields: {fundraiser: c, status: actual, amount: AMOUNT, source: {id: s, type: Report, name: S}}\n"
    (project / "rows.csv").write_text("Sum\n30\n", "utf-8")
    (project / "m.yaml").write_text(fields.replace("AMOUNT", '"{Sum}"'), "utf-8")
    done = run(["validate", "rows.csv", "--mapping", "m.yaml"])
    assert "money-no-currency" in done.stdout.decode()
    assert "currency: KRW" in done.stdout.decode()
    (project / "m.yaml").write_text(fields.replace("AMOUNT", '{from: "{Sum}", currency: KRW}'), "utf-8")
    done = run(["convert", "rows.csv", "--mapping", "m.yaml"])
    assert done.exit_code == 0, done.stderr
    assert 'schema:currency "KRW"' in done.stdout.decode()
    assert 'kg:asWritten "30"' in done.stdout.decode()


def test_a_column_says_what_stands_first_in_its_dates(project: Path) -> None:
    fields = "records:\n- type: Person\n  fields: {id: c, name: C, birthDate: DATE}\n"
    (project / "rows.csv").write_text("Founded\n04/02/2025\n", "utf-8")
    (project / "m.yaml").write_text(fields.replace("DATE", '"{Founded}"'), "utf-8")
    assert "date-order" in run(["validate", "rows.csv", "--mapping", "m.yaml"]).stdout.decode()
    for order, day in (("day", "2025-02-04"), ("month", "2025-04-02")):
        told = f'{{from: "{{Founded}}", date-order: {order}}}'
        (project / "m.yaml").write_text(fields.replace("DATE", told), "utf-8")
        done = run(["convert", "rows.csv", "--mapping", "m.yaml"])
        assert done.exit_code == 0, done.stderr
        assert f'"{day}"^^xsd:date' in done.stdout.decode()
        assert 'AsWritten "04/02/2025"' in done.stdout.decode()
    (project / "m.yaml").write_text(fields.replace("DATE", '{from: "{Founded}", date-order: year}'), "utf-8")
    done = run(["convert", "rows.csv", "--mapping", "m.yaml"])
    assert done.exit_code == 2
    assert "day, month" in done.stderr


def test_a_check_shows_as_many_later_findings_as_wanted(project: Path) -> None:
    rows = "Id,Name,Site,Founded\n" + "".join(f"c{n},N{n},nowhere,\n" for n in range(9))
    (project / "rows.csv").write_text(rows, "utf-8")
    for limit, count in ((0, 1), (3, 4), (20, 9)):
        done = run(["map", "--check", "m.yaml", "rows.csv", "--rows", "1", "--limit", str(limit)])
        assert done.stdout.decode().count("error[url-expected]") == count
        assert ("not shown" in done.stdout.decode()) == (count < 9)


def test_a_report_for_programs_has_rows_and_columns(project: Path) -> None:
    done = run(["validate", "rows.csv", "--mapping", "m.yaml", "--format", "json"])
    report = json.loads(done.stdout)
    assert report["rows"] == {"rows": 3, "used": 3, "filtered": 0}
    places = {(f["code"], f["line"], f.get("row"), tuple(f.get("columns", []))) for f in report["findings"]}
    assert ("url-expected", 3, 2, ("Site",)) in places
    assert project.exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Investor,Company,Amount,Status\nA,B,$5m,planned\n", ["type: Investment", 'investee: "{Company}"', "map: {planned: planned}"]),
        ("투자자,투자 대상,금액\n가,나,5억원\n", ["type: Investment", 'investor: "{투자자}"']),
        ("Name,LEI,Website\nA,,x\n", ["type: Organization", 'lei: "{LEI}"', 'website: "{Website}"']),
        ("Person,Date of birth\nA,1970\n", ["type: Person", 'birthDate: "{Date of birth}"']),
        ("holder,organization,job title\nA,B,c\n", ["type: Position", 'jobTitle: "{job title}"']),
        (
            "Deals of 2024,,,\n(in millions),,,\nNo,Company,Investors,Deal size (USD m)\n1,A,B; C,5\n",
            ["skip: 2", 'investor: {from: "{Investors}", split: ";"}', 'amount: "{Deal size (USD m)}USD m"'],
        ),
        ("q,w\n1,\n", ['"{q}"   1', '"{w}"   always empty']),
        ('"a ""b"": {c}",x\n1,2\n', []),
    ],
)  # fmt: skip
def test_a_draft_names_what_it_recognises(project: Path, rows: str, said: list[str]) -> None:
    (project / "rows.csv").write_text(rows, "utf-8")
    done = run(["map", "--sketch", "rows.csv"])
    assert done.exit_code == 0
    draft = done.stdout.decode()
    assert [s for s in said if s not in draft] == [], draft
    assert "records" in read_tree(done.stdout, "d.yaml").items


def test_a_draft_finds_the_rows_of_a_document(project: Path) -> None:
    (project / "rows.json").write_text('{"meta": {"n": 1}, "result": [{"name": "A", "lei": "x"}]}', "utf-8")
    assert b"each: result" in run(["map", "--sketch", "rows.json"]).stdout


def test_a_draft_may_be_told_the_class(project: Path) -> None:
    assert b"type: Fund\n" in run(["map", "--sketch", "rows.csv", "--class", "Fund"]).stdout
    assert run(["map", "--sketch", "rows.csv", "--class", "Fnd"]).exit_code == 2
    assert run(["map", "rows.csv"]).exit_code == 2
    assert project.exists()


def test_a_check_shows_rows_beside_records(project: Path) -> None:
    done = run(["map", "--check", "m.yaml", "rows.csv", "--rows", "2"])
    shown = done.stdout.decode()
    assert done.exit_code == 1
    assert "rows.csv:2: row 1: Id=a · Name=Alpha · Founded=2001" in shown
    assert '{"type": "Founding", "founded": "a", "date": "2001"}' in shown
    assert "url-expected" in shown
    assert "rows 3 = used 3 + filtered 0" in shown
    assert project.exists()
