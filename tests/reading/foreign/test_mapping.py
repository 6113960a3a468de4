"""What a mapping makes of rows, and what is said of a mapping that is wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kg import model
from kg.errors import MappingError, UsageError
from kg.messages import hint, text
from kg.reading.foreign import read_foreign, read_mapping
from kg.reading.foreign.paths import WrongPath, parse
from kg.reading.foreign.tree import DEPTH, read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from kg.reading.record import Source

CSV = "Company,LEI,Amount,Currency,Status,Tags,Note.x,Empty\nOpenAI,X1, 15 ,USD,done,a; b ;;c,say,\nNobody,,,,gone,,N/A,\n"
ROW = {
    "id": 7,
    "name": "OpenAI",
    "share": 12.50,
    "listed": True,
    "none": None,
    "names": [{"t": "legal", "n": "A"}, {"t": "old", "n": "B"}, {"t": "legal", "n": "A"}],
    "tokens": ["We", "bought", "Arm", "Ltd", "."],
    "ents": [{"s": 2, "e": 4, "k": "Company"}, {"s": 0, "e": 1, "k": "Other"}],
    "rels": [{"h": 0, "t": 1}],
    "a.b": {"c d": "deep"},
    "matrix": [["x", "y"], ["z"]],
    "langs": [{"l": "en", "v": "E"}, {"l": "ko", "v": "이"}, {"l": "en", "v": "E2"}],
}

# What a field says in the mapping -> what the record holds, for the first row of CSV; None if it is left out.
COLUMNS: list[tuple[str, Any]] = [
    ('"{Company}"', "OpenAI"),
    ('"{Amount} {Currency}"', "15 USD"),
    ('"{Company} ({Empty})"', None),
    ('"{{{Company}}}"', "{OpenAI}"),
    ("plain words", "plain words"),
    ("3", 3),
    ("0.10", Decimal("0.10")),
    ("true", True),
    ('"true"', "true"),
    ("NO", "NO"),
    ('"{Note.x}"', "say"),
    ('"{#}"', 1),
    ('{from: "{Tags}", split: ";"}', ["a", "b", "c"]),
    ('{from: "{Empty}", split: ";"}', None),
    ('{from: "{Tags}", split: [";", " "]}', ["a", "b", "c"]),
    ('{from: "a,b; c·d", split: [";", ",", "·"]}', ["a", "b", "c", "d"]),
    ('{from: "{Tags}", split: ";", replace: {a: "x;y"}}', ["x;y", "b", "c"]),
    ('{from: {from: "{Tags}", replace: {a: "x;y"}}, split: ";"}', ["x", "y", "b", "c"]),
    ('{from: "{Amount}", currency: KRW}', {"asWritten": "15", "currency": "KRW"}),
    ('{from: "{Amount}", currency: "{Currency}"}', {"asWritten": "15", "currency": "USD"}),
    ('{from: "{Amount}", currency: "{Empty}"}', "15"),
    ('{from: "{Empty}", currency: KRW}', None),
    ('{from: "{Amount}", date-order: day}', {"asWritten": "15", "order": "day"}),
    ('{from: "{Empty}", date-order: day}', None),
    ('{from: ["{Empty}", "{LEI}"]}', "X1"),
    ('{from: "{Empty}", else: other}', "other"),
    ('{from: "{Status}", map: {done: actual}}', "actual"),
    ('{from: "{Status}", map: status}', "actual"),
    ('{from: "{Company}", map: status, else: "{Status}"}', "done"),
    ('{from: "{Company}", map: status, else: null}', None),
    ('{from: "{Tags}", split: ";", map: {a: "1", c: "3"}, else: null}', ["1", "3"]),
    ('{from: "{Company}", replace: {Open: "Closed "}}', "Closed AI"),
    ('{from: "{Company}", case: upper}', "OPENAI"),
    ('{from: "{Tags}", split: ";", join: "+"}', "a+b+c"),
    ('{from: {from: "{Company}", map: {OpenAI: done}}, map: status}', "actual"),
    ('["{Company}", "{Empty}", x]', ["OpenAI", "x"]),
    ('["{Empty}", x]', None),
    ('{en: "{Company}", ko: "{Empty}"}', {"en": "OpenAI"}),
    ('{type: Company, name: "{Empty}"}', None),
    ("{en: always}", {"en": "always"}),
    ('{where: {Status: done}, give: "{LEI}"}', "X1"),
    ('{where: {Status: gone}, give: "{LEI}", else: none}', "none"),
    ("{where: {Status: [gone, done]}, give: 1}", 1),
    ("{where: {Empty: null}, give: 1}", 1),
    ("{where: {Status: {not: null}}, give: 1}", 1),
    ("{where: {Status: {not: done}}, give: 1}", None),
    ("{where: {Company: {starts: Open}}, give: 1}", 1),
    ("{where: {Company: {contains: nA}}, give: 1}", 1),
    ("{where: {Status: {in: status}}, give: 1}", 1),
    ("{where: {Company: {in: status}}, give: 1}", None),
    ("{where: {Company: {same: LEI}}, give: 1}", None),
    ("{where: [{Status: gone}, {LEI: X1}], give: 1}", 1),
    ("{where: {Status: done, LEI: other}, give: 1}", None),
    ("{needs: [LEI, Empty], give: 1}", None),
    ('{for each: {tag: {from: "{Tags}", split: ";"}}, give: "{tag#}:{tag}"}', ["0:a", "1:b", "2:c"]),
    ('{let: {both: "{Company} {LEI}"}, give: "{both}!"}', "OpenAI X1!"),
]  # fmt: skip

PATHS: list[tuple[str, Any]] = [
    ('"{id}"', 7),
    ('"{share}"', Decimal("12.5")),
    ('"{listed}"', True),
    ('"{name} {id} {share} {listed}"', "OpenAI 7 12.5 true"),
    ('"{none}"', None),
    ('"{missing.deeper[0]}"', None),
    ('"{names[0].n}"', "A"),
    ('"{names[9].n}"', None),
    ('"{name.n}"', None),
    ("'{\"a.b\".c d}'", "deep"),
    ('"{matrix[0]}"', ["x", "y"]),
    ('{from: "{tokens[2:4]}", join: " "}', "Arm Ltd"),
    ('{from: "{tokens[:2]}", join: " "}', "We bought"),
    ('{from: "{tokens[ents[0].s:ents[0].e]}", join: " "}', "Arm Ltd"),
    ('"{name[0:4]}"', "Open"),
    ('{for each: {n: names}, give: "{n.n}"}', ["A", "B"]),
    ('{for each: {n: names}, where: {n.t: legal}, give: "{n.n}"}', ["A"]),
    ('{for each: {r: rels}, let: {h: "ents[r.h]"}, give: {k: "{h.k}", w: {from: "{tokens[h.s:h.e]}", join: " "}}}', [{"k": "Company", "w": "Arm Ltd"}]),
    ('{for each: {row: matrix, item: row}, give: "{row#}{item}"}', ["0x", "0y", "1z"]),
    ('{for each: {x: [names, langs]}, give: "{x#}"}', [0, 1, 2, 3, 4, 5]),
    ('{for each: {l: langs}, key: "{l.l}", give: "{l.v}"}', {"en": ["E", "E2"], "ko": ["이"]}),
    ('{for each: {e: ents}, where: {e.s: {same: "rels[0].t"}}, give: "{e.k}"}', None),
    ('{for each: {e: ents}, where: {e.s: {same: "rels[0].h"}}, give: "{e.k}"}', ["Other"]),
    ('{for each: {n: name}, give: "{n}"}', ["OpenAI"]),
    ("{where: {names: x}, give: 1}", None),
    ("{where: {tokens: Arm}, give: 1}", 1),
]  # fmt: skip


def made(tmp_path: Path, rows: str, mapping: str, name: str = "rows.csv") -> Source:
    (tmp_path / name).write_text(rows, "utf-8")
    (tmp_path / "m.yaml").write_text(mapping, "utf-8")
    return read_foreign(str(tmp_path / name), read_mapping(str(tmp_path / "m.yaml")))


def mapping_of(value: str) -> str:
    return (
        "rows: {null: [N/A]}\nmaps: {status: {done: actual}}\n"
        f"records:\n  - type: T\n    fields:\n      keep: always\n      other: '{{#}}'\n      value: {value}\n"
    )


@pytest.mark.parametrize(("value", "expected"), COLUMNS, ids=[v for v, _ in COLUMNS])
def test_a_value_of_columns(tmp_path: Path, value: str, expected: Any) -> None:
    record = next(iter(made(tmp_path, CSV, mapping_of(value))))
    assert (record.data.get("value"), record.problems) == (expected, [])


@pytest.mark.parametrize(("value", "expected"), PATHS, ids=[v for v, _ in PATHS])
def test_a_value_of_a_nested_row(tmp_path: Path, value: str, expected: Any) -> None:
    record = next(iter(made(tmp_path, json.dumps(ROW), mapping_of(value), "rows.json")))
    assert (record.data.get("value"), record.problems) == (expected, [])


def test_values_keep_their_order_and_the_raw_text_is_their_json(tmp_path: Path) -> None:
    record = next(iter(made(tmp_path, CSV, mapping_of('"{Company}"'))))
    assert record.raw == b'{"type":"T","keep":"always","other":1,"value":"OpenAI"}'


@pytest.mark.parametrize(
    ("value", "code", "pointer"),
    [
        ('{from: "{Status}", map: {gone: x}}', "map-value", "/value"),
        ('{en: {from: "{Status}", map: status2}}', "", ""),
        ('{en: {from: "{Company}", map: status}}', "map-value", "/value/en"),
    ],
)
def test_a_value_that_cannot_be_made_costs_its_record(
    tmp_path: Path, value: str, code: str, pointer: str
) -> None:
    if not code:
        with pytest.raises(MappingError):
            made(tmp_path, CSV, mapping_of(value))
        return
    record = next(iter(made(tmp_path, CSV, mapping_of(value))))
    assert [(p.code, p.pointer) for p in record.problems] == [(code, pointer)]
    assert record.raw.startswith(b"OpenAI,X1")
    assert record.place.origin is not None
    cell = record.place.origin.cell(pointer)
    assert (cell.row, cell.mapping.rpartition(":")[2]) == (1, "8")


FAULTS: list[tuple[str, str, int]] = [
    ("records: []\n", "mapping-records", 1),
    ("recrods: []\nrecords: [{type: A, fields: {}}]\n", "mapping-key", 1),
    ("records:\n  - type: A\n", "mapping-needs", 2),
    ("records:\n  - type: A\n    feilds: {}\n    fields: {}\n", "mapping-key", 3),
    ("a: 1\nb: [\n", "yaml-syntax", 3),
    ("a: &x 1\nb: *x\n", "yaml-alias", 1),
    ("a: !!python/object:os.system 1\n", "yaml-tag", 1),
    ("a: 1\na: 2\n", "yaml-key-twice", 2),
    ("a: 1\n---\nb: 1\n", "yaml-several", 2),
    ("{a: b}: 1\n", "yaml-key", 1),
    ("- 1\n", "yaml-object", 1),
    ("", "yaml-object", 1),
    ("a: " + "[" * (DEPTH + 1) + "]" * (DEPTH + 1) + "\n", "yaml-too-deep", 1),
    ("a: " + "[" * 50_000 + "\n", "yaml-syntax", 1),
    ("a: \x07\n", "yaml-syntax", 1),
    ("rows: {skip: -1}\nrecords: [{type: A, fields: {}}]\n", "rows-option", 1),
    ("rows: {delimiter: ab}\nrecords: [{type: A, fields: {}}]\n", "rows-character", 1),
    ("rows: {format: xml}\nrecords: [{type: A, fields: {}}]\n", "mapping-key", 1),
    ("rows: {each: 'a[0]'}\nrecords: [{type: A, fields: {}}]\n", "path-wrong", 1),
    ("format: 2\nrecords: [{type: A, fields: {}}]\n", "mapping-format", 1),
]
UNFIT: list[tuple[str, str]] = [
    ('"{Compnay}"', "column-unknown"),
    ("{Company}", "template-unquoted"),
    ("{Amount, Currency}", "template-unquoted"),
    ("[{Company}]", "template-unquoted"),
    ("{from: {Company}}", "template-unquoted"),
    ("{needs: {Company}, give: 1}", "template-unquoted"),
    ('{for each: {Tags}, give: "x"}', "template-unquoted"),
    ('"{Company"', "template-wrong"),
    ('"Company}"', "template-wrong"),
    ('"{Company[}"', "path-wrong"),
    ('{from: "{Company}", spilt: ";"}', "mapping-key"),
    ('{from: "{Company}", map: staus}', "map-name"),
    ('{from: "{Company}", case: title}', "mapping-key"),
    ("{for each: {x: Tags}}", "mapping-needs"),
    ("{where: {Status: {like: x}}, give: 1}", "where-kind"),
    ("{where: {Statsu: x}, give: 1}", "column-unknown"),
    ("{where: {Status: {in: nothing}}, give: 1}", "map-name"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "code", "line"), FAULTS)
def test_a_wrong_mapping_is_told_with_its_line(tmp_path: Path, written: str, code: str, line: int) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(written, "utf-8")
    with pytest.raises(MappingError) as caught:
        read_mapping(str(path))
    found = [(p.code, p.place.line) for p in caught.value.faults if p.place]
    assert (code, line) in found
    for problem in caught.value.faults:
        args = {"received": problem.received, "allowed": problem.allowed, **problem.args}
        assert text(problem.code, args, "en")
        assert text(problem.code, args, "ko")


@pytest.mark.parametrize(("value", "code"), UNFIT)
def test_a_mapping_that_does_not_fit_its_file_is_told_with_its_line(
    tmp_path: Path, value: str, code: str
) -> None:
    with pytest.raises(MappingError) as caught:
        made(tmp_path, CSV, mapping_of(value))
    assert [(p.code, p.place.line) for p in caught.value.faults if p.place] == [(code, 8)]


def test_types_and_fields_are_those_of_the_model(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(CSV, "utf-8")
    mapping = "records:\n- type: Compny\n  fields: {name: x}\n- type: Company\n  fields: {nmae: '{Company}', sameAs: {type: Persn}}\n"
    (tmp_path / "m.yaml").write_text(mapping, "utf-8")
    with pytest.raises(MappingError) as caught:
        read_foreign(str(tmp_path / "rows.csv"), read_mapping(str(tmp_path / "m.yaml")), model.load())
    found = [(p.code, p.received, p.allowed[0], p.place.line if p.place else 0) for p in caught.value.faults]
    assert found[:2] == [("mapping-type", "Compny", "Company", 2), ("mapping-field", "nmae", "name", 5)]
    assert found[2][:2] == ("mapping-type", "Persn")


def test_a_column_whose_name_stands_twice_must_be_named_anew(tmp_path: Path) -> None:
    rows = "Name,Name,Other\na,b,c\n"
    with pytest.raises(MappingError) as caught:
        made(tmp_path, rows, 'records: [{type: T, fields: {x: "{Name}"}}]')
    assert [(p.code, p.args["numbers"]) for p in caught.value.faults] == [("column-twice", ("1", "2"))]
    again = 'rows: {columns: [first, second, third]}\nrecords: [{type: T, fields: {x: "{second}"}}]'
    assert [r.data["x"] for r in made(tmp_path, rows, again)] == ["b"]
    fine = 'records: [{type: T, fields: {x: "{Other}"}}]'
    assert [r.data["x"] for r in made(tmp_path, rows, fine)] == ["c"]


@pytest.mark.parametrize(
    "wrong",
    ["", "a.", "a[", "a[]", "a[1", "a]", ".a", "a..b", "a[b", "a.b#", "#x", "a" * 1001, "a[b[c[d[e]]]]"],
)
def test_what_is_no_path_is_refused(wrong: str) -> None:
    with pytest.raises(WrongPath):
        parse(wrong)


def test_a_mapping_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_mapping(str(tmp_path / "none.yaml"))
    assert caught.value.code == "mapping-unreadable"
    with pytest.raises(MappingError) as large:
        read_tree(b"a: b\n" * 1_000_000, "m.yaml")
    assert large.value.faults[0].code == "yaml-large"


def test_json_is_yaml_too(tmp_path: Path) -> None:
    assert [
        r.data
        for r in made(tmp_path, "a\nx\n", json.dumps({"records": [{"type": "T", "fields": {"v": "{a}"}}]}))
    ] == [{"type": "T", "v": "x"}]


@pytest.mark.parametrize(
    ("columns", "asked", "near", "listed"),
    [
        ("Investor,투자금액(USD),Date", "투자금액", ("투자금액(USD)",), 3),
        ("Investor,Amount,Date", "investor", ("Investor",), 3),
        ("Investor,Amount,Date", "Dtae", ("Date",), 3),
        ("a,b,c", "nothing like it", (), 3),
        (",".join(f"c{n}" for n in range(30)) + ",Amount", "Amuont", ("Amount",), 1),
        (",".join(f"c{n}" for n in range(30)), "Amount", (), 20),
    ],
)
def test_an_unknown_column_is_told_with_those_that_may_be_meant(
    tmp_path: Path, columns: str, asked: str, near: tuple[str, ...], listed: int
) -> None:
    with pytest.raises(MappingError) as caught:
        made(tmp_path, f"{columns}\n", f'records: [{{type: T, fields: {{x: "{{{asked}}}"}}}}]')
    (fault,) = caught.value.faults
    assert (fault.args["near"], len(fault.allowed)) == (near, listed)
    said = hint(fault.code, {"allowed": fault.allowed, **fault.args}, "en")
    assert said.startswith("did you mean: " if near else "the columns are: ")
