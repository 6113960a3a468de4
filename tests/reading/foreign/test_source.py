"""Files of rows as sources of records: formats, places, books, and what is said of a file."""

from __future__ import annotations

import builtins
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import InputError, MappingError, UsageError
from kg.reading.foreign import read_foreign, read_mapping, read_together
from kg.reading.foreign.source import notes

if TYPE_CHECKING:
    from pathlib import Path

    from kg.reading.record import Source

NAME = 'records: [{type: T, fields: {name: "{name}"}}]'


def mapping(tmp_path: Path, text: str) -> str:
    path = tmp_path / "m.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def opened(tmp_path: Path, rows: str | bytes, text: str = NAME, name: str = "rows.csv") -> Source:
    path = tmp_path / name
    path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return read_foreign(str(path), read_mapping(mapping(tmp_path, text)))


def names(source: Source) -> list[tuple[int, Any]]:
    return [(record.place.line, record.data.get("name")) for record in source]


def books(source: Source) -> tuple[int, int, int]:
    list(source)
    (file,) = source.foreign
    return file.rows, file.used, file.filtered


DOCUMENTS: dict[str, tuple[str, str, list[tuple[int, Any]]]] = {
    "a list": ('[{"name": "a"},\n {"name": "b"}]', "", [(1, "a"), (2, "b")]),
    "one object": ('{\n"name": "a"}', "", [(1, "a")]),
    "rows in an object": ('{"meta": 1,\n"data": [\n{"name": "a"},\n{"name": "b"}]}', "rows: {each: data}\n", [(3, "a"), (4, "b")]),
    "one row in an object": ('{"data": {"name": "a"}}', "rows: {each: data}\n", [(1, "a")]),
    "no rows": ('{"data": []}', "rows: {each: data}\n", []),
    "null rows": ('{"data": null}', "rows: {each: data}\n", []),
    "lists in a list": ('[{"x": {"y": [{"name": "a"}]}},\n{"x": {"y": [{"name": "b"}]}}]', "rows: {each: x.y}\n", [(1, "a"), (2, "b")]),
    "the first that is there": ('[{"name": "a"}]', "rows: {each: [statements, .]}\n", [(1, "a")]),
    "lines": ('{"name": "a"}\n\n{"name": "b"}\n', "", [(1, "a"), (3, "b")]),
    "rows in lines": ('{"s": [{"name": "a"}, {"name": "b"}]}\n{"s": []}\n', "rows: {each: s}\n", [(1, "a"), (1, "b")]),
}  # fmt: skip


@pytest.mark.parametrize("case", DOCUMENTS)
@pytest.mark.parametrize("name", ["rows.json", "rows.data"])
def test_rows_of_json_know_their_lines(tmp_path: Path, case: str, name: str) -> None:
    rows, head, expected = DOCUMENTS[case]
    assert names(opened(tmp_path, rows, head + NAME, name)) == expected


def test_a_bad_line_of_json_costs_its_row_only(tmp_path: Path) -> None:
    source = opened(
        tmp_path, '{"name": "a"}\n{"name": }\n{"name": "b", "name": "c"}\n{"name": "d"}\n', name="rows.jsonl"
    )
    found = [(r.place.line, r.data.get("name"), [p.code for p in r.problems]) for r in source]
    assert found == [(1, "a", []), (2, None, ["not-json"]), (3, None, ["duplicate-key"]), (4, "d", [])]
    assert books(source) == (4, 4, 0)


def test_a_document_that_is_no_json_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        list(opened(tmp_path, '[{"name": "a"},\n{"name": }]', name="rows.json"))
    assert (caught.value.code, caught.value.args_shown["line"]) == ("document-not-json", 2)


def test_rows_without_a_record_are_filtered_and_counted(tmp_path: Path) -> None:
    text = 'records: [{type: T, where: {kind: [x]}, fields: {name: "{name}"}}, {type: U, needs: more, fields: {name: "{more}"}}]'
    source = opened(tmp_path, "name,kind,more\na,x,\nb,y,\nc,y,m\nd,x,m\ne\n,x,\n", text)
    assert [r.data.get("name") for r in source] == ["a", "m", "d", "m", None]
    assert books(source) == (6, 4, 2)


def test_a_record_that_no_row_changes_is_made_once(tmp_path: Path) -> None:
    source = opened(
        tmp_path, "name\na\nb\n", "records: [{type: D, fields: {id: d}}, {type: T, fields: {name: '{name}'}}]"
    )
    assert [(r.place.line, r.data) for r in source] == [
        (0, {"type": "D", "id": "d"}),
        (2, {"type": "T", "name": "a"}),
        (3, {"type": "T", "name": "b"}),
    ]
    assert [r.number for r in source] == [0, 1, 2]


def test_a_later_row_replaces_an_earlier_one(tmp_path: Path) -> None:
    rows = "name,id,on\na,1,2020\nb,2,2020\nc,1,2022\nd,1,2021\ne,,2020\n"
    assert [n for _, n in names(opened(tmp_path, rows, "rows: {latest: id}\n" + NAME))] == ["b", "d", "e"]
    by = "rows: {latest: {of: id, by: on}}\n" + NAME
    assert [n for _, n in names(opened(tmp_path, rows, by))] == ["b", "c", "e"]
    assert books(opened(tmp_path, rows, by)) == (5, 3, 2)


def test_several_files_are_one_dataset(tmp_path: Path) -> None:
    for name, rows in (("a.csv", "name\nx\n"), ("b.csv", "name\ny\nz\n")):
        (tmp_path / name).write_text(rows, "utf-8")
    how = read_mapping(
        mapping(tmp_path, "records: [{type: D, fields: {id: d}}, {type: T, fields: {name: '{name}'}}]")
    )
    source = read_together([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], how, dataset="both")
    assert source.header.dataset == "both"
    assert [(r.number, r.place.file[-5:], r.data.get("name")) for r in source] == [
        (0, "a.csv", None),
        (1, "a.csv", "x"),
        (2, "b.csv", "y"),
        (3, "b.csv", "z"),
    ]
    assert [p.name for p in source.also] == ["b.csv", "m.yaml"]


def test_the_header_of_the_mapping_is_that_of_its_files(tmp_path: Path) -> None:
    source = opened(
        tmp_path, "name\na\n", f"header: {{ids: shared, defaults: {{source: s}}, language: ko}}\n{NAME}"
    )
    assert (source.header.ids, source.header.defaults, source.header.language) == (
        "shared",
        {"source": "s"},
        "ko",
    )
    wrong = opened(tmp_path, "name\na\n", f"header: {{ids: mine}}\n{NAME}")
    assert [(p.code, p.place.line if p.place else 0) for p in wrong.problems] == [("header-ids", 1)]


def test_what_came_to_nothing_is_said(tmp_path: Path) -> None:
    text = 'rows: {ignore: [note]}\nrecords: [{type: T, fields: {name: "{name}", x: "{never}", y: "{sometimes}"}}]'
    source = opened(tmp_path, "name,never,sometimes,note,left,\na,,,,,1\nb,,s,,,2\n", text)
    list(source)
    said = {p.code: p.args for p in notes(source.foreign)}
    assert said["columns-unused"] == {"columns": ("left", "#6")}
    assert said["field-never"] == {"fields": ("x",)}
    assert said["rows-read-as"] == {"told": "encoding “UTF-8”, delimiter “,”"}


@pytest.mark.parametrize(
    ("cell", "code"), [("a\x00b", "nul-character"), ("x" * (17 * 2**20), "row-too-large")]
)
def test_what_no_record_may_hold_is_told(tmp_path: Path, cell: str, code: str) -> None:
    source = opened(tmp_path, f"name\n{cell}\nb\n")
    first, second = list(source)
    assert ([p.code for p in first.problems], second.data["name"]) == ([code], "b")


def test_value_tables_lie_beside_the_mapping_or_the_data(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("k,v\nx,1\ny,2\n", "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "u.txt").write_text("x\tone\n", "utf-8")
    (data / "rows.csv").write_text("name\nx\n", "utf-8")
    text = """maps:
  t: {file: t.csv, from: k, to: v}
  u: {file: u.txt, beside: data, columns: [a, b], delimiter: tab, from: a, to: b}
records: [{type: T, fields: {t: {from: "{name}", map: t}, u: {from: "{name}", map: u}}}]
"""
    source = read_foreign(str(data / "rows.csv"), read_mapping(mapping(tmp_path, text)))
    assert [r.data for r in source] == [{"type": "T", "t": "1", "u": "one"}]
    assert [p.name for p in source.also] == ["m.yaml", "t.csv", "u.txt"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("{file: ../t.csv, from: k, to: v}", "map-file"),
        ("{file: /etc/passwd, from: k, to: v}", "map-file"),
        ("{file: none.csv, from: k, to: v}", "file-missing"),
        ("{file: t.csv, from: q, to: v}", "column-unknown"),
        ("{file: bad.csv, from: k, to: v}", "map-file-row"),
        ("{file: t.csv, from: k, to: v, sep: x}", "mapping-key"),
        ("x", "mapping-object"),
    ],
)
def test_a_value_table_that_cannot_be_used_is_told(tmp_path: Path, table: str, code: str) -> None:
    (tmp_path / "t.csv").write_text("k,v\nx,1\n", "utf-8")
    (tmp_path / "bad.csv").write_text("k,v\nx\n", "utf-8")
    with pytest.raises(MappingError) as caught:
        opened(tmp_path, "name\nx\n", f"maps: {{t: {table}}}\n{NAME}")
    assert [p.code for p in caught.value.faults] == [code]


def test_excel_rows_are_read_as_the_program_shows_them(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["name", "n", "on", "ok"],
        ["a", 0.1, dt.datetime(2025, 2, 4), True],  # noqa: DTZ001 - a workbook knows no zones
        [None] * 4,
        ["b", 3.0, None, "#N/A"],
    ):
        sheet.append(row)
    book.create_sheet("Other").append(["name"])
    book.save(tmp_path / "rows.xlsx")
    text = 'records: [{type: T, fields: {name: "{name}", n: "{n}", on: "{on}", ok: "{ok}"}}]'
    source = read_foreign(str(tmp_path / "rows.xlsx"), read_mapping(mapping(tmp_path, text)))
    first, second = list(source)
    assert (first.place.line, json.loads(first.raw)) == (
        2,
        {"type": "T", "name": "a", "n": 0.1, "on": "2025-02-04", "ok": True},
    )
    assert (second.place.line, [p.code for p in second.problems]) == (4, ["row-formula"])
    assert source.foreign[0].file.told == {"sheet": "Sheet"}
    with pytest.raises(InputError) as caught:
        read_foreign(
            str(tmp_path / "rows.xlsx"), read_mapping(mapping(tmp_path, f"rows: {{sheet: Nope}}\n{text}"))
        )
    assert caught.value.code == "rows-sheet"
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputError) as broken:
        read_foreign(str(tmp_path / "bad.xlsx"), read_mapping(mapping(tmp_path, text)))
    assert broken.value.code == "file-unreadable"


def test_parquet_rows_may_be_nested(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow")
    table = pyarrow.table({"name": ["a", None], "tags": [["x", "y"], []], "deep": [{"k": 1}, None]})
    parquet.write_table(table, tmp_path / "rows.parquet")
    text = 'records: [{type: T, fields: {name: "{name}", tags: "{tags}", k: "{deep.k}", row: "{#}"}}]'
    source = read_foreign(str(tmp_path / "rows.parquet"), read_mapping(mapping(tmp_path, text)))
    assert [r.data for r in source] == [
        {"type": "T", "name": "a", "tags": ["x", "y"], "k": 1, "row": 1},
        {"type": "T", "row": 2},
    ]
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(InputError):
        read_foreign(str(tmp_path / "bad.parquet"), read_mapping(mapping(tmp_path, text)))


@pytest.mark.parametrize(
    ("name", "library", "extra"), [("r.xlsx", "openpyxl", "excel"), ("r.parquet", "pyarrow", "parquet")]
)
def test_an_extra_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    real = builtins.__import__

    def refuse(asked: str, *args: Any, **more: Any) -> Any:
        if asked.partition(".")[0] == library:
            raise ImportError(asked)
        return real(asked, *args, **more)

    how = read_mapping(mapping(tmp_path, NAME))
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UsageError) as caught:
        read_foreign(str(tmp_path / name), how)
    assert caught.value.args_shown["extra"] == extra


def test_many_values_that_are_in_no_table_take_no_time_of_their_own(tmp_path: Path) -> None:
    rows = "name\n" + "".join(f"wrong {n}\n" for n in range(20_000))
    table = ", ".join(f"known {n}: x" for n in range(1_000))
    source = opened(
        tmp_path, rows, f'records: [{{type: T, fields: {{name: {{from: "{{name}}", map: {{{table}}}}}}}}}]'
    )
    found = [record.problems[0] for record in source]
    assert len(found) == 20_000
    assert (len(found[0].allowed), len(found[-1].allowed)) == (20, 20)
