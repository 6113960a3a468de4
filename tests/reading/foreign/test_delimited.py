"""Dirty CSV: read rightly, or told with its line; never a traceback, never a row lost."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import InputError
from kg.reading.content import open_content
from kg.reading.foreign import delimited
from kg.reading.foreign.delimited import Dialect, Rows
from kg.reading.foreign.row import Bad

if TYPE_CHECKING:
    from pathlib import Path

READ: dict[str, tuple[bytes, dict[str, Any], tuple[str, ...], list[tuple[int, list[str]]]]] = {
    "plain": (b"a,b\n1,2\n", {}, ("a", "b"), [(2, ["1", "2"])]),
    "byte order mark": (b"\xef\xbb\xbfa,b\n1,2\n", {}, ("a", "b"), [(2, ["1", "2"])]),
    "utf-16 with a mark": ("a,b\n가,2\n".encode("utf-16"), {}, ("a", "b"), [(2, ["가", "2"])]),
    "utf-16 without a mark": ("a,b\nx,2\n".encode("utf-16-le"), {}, ("a", "b"), [(2, ["x", "2"])]),
    "utf-16 without a mark, in Korean": (
        "이름,값\n가,나\n".encode("utf-16-le"), {}, ("이름", "값"), [(2, ["가", "나"])],
    ),
    "utf-16 without a mark, in Korean, big end first": (
        "이름,값\r\n가,나\r\n".encode("utf-16-be"), {}, ("이름", "값"), [(2, ["가", "나"])],
    ),
    "utf-16 without a mark, one column": ("a\nb\n".encode("utf-16-le"), {}, ("a",), [(2, ["b"])]),
    "NULs are no utf-16": (b"a,b\n1\x00,2\x00\n", {}, ("a", "b"), [(2, ["1\x00", "2\x00"])]),
    "one column, its name as a value": (b"a\na\n", {}, ("a",), [(2, ["a"])]),
    "the header once more, where there is none": (
        b"a,b\na,b\n", {"header": False}, ("1", "2"), [(1, ["a", "b"]), (2, ["a", "b"])],
    ),
    "cp949, guessed": ("이름,값\n삼성전자,하나\n".encode("cp949"), {}, ("이름", "값"), [(2, ["삼성전자", "하나"])]),
    "shift-jis, guessed": ("名前,値\nトヨタのこと,はい\n".encode("cp932"), {}, ("名前", "値"), [(2, ["トヨタのこと", "はい"])]),
    "windows-1252, guessed": ("name,b\nMüller,é\n".encode("cp1252"), {}, ("name", "b"), [(2, ["Müller", "é"])]),
    "declared encoding": ("a,b\né,2\n".encode("latin-1"), {"encoding": "latin-1"}, ("a", "b"), [(2, ["é", "2"])]),
    "semicolons": (b"a;b\n1,5;2\n", {}, ("a", "b"), [(2, ["1,5", "2"])]),
    "tabs": (b"a\tb\n1,5\t2\n", {}, ("a", "b"), [(2, ["1,5", "2"])]),
    "bars": (b"a|b\n1|2\n", {}, ("a", "b"), [(2, ["1", "2"])]),
    "declared tab": (b"a,x\tb\n1\t2\n", {"delimiter": "tab"}, ("a,x", "b"), [(2, ["1", "2"])]),
    "one column": (b"a\n1\n2\n", {}, ("a",), [(2, ["1"]), (3, ["2"])]),
    "quotes, delimiters and line ends in a cell": (
        b'a,b\n"x,""y""\nz",2\n3,4\n', {}, ("a", "b"), [(2, ['x,"y"\nz', "2"]), (4, ["3", "4"])],
    ),
    "a quotation mark within a word": (b'a,b\n5" disk,2\n', {}, ("a", "b"), [(2, ['5" disk', "2"])]),
    "blank before a quotation mark": (b'a,b\n1, "x,y"\n', {}, ("a", "b"), [(2, ["1", "x,y"])]),
    "mixed line ends": (b"a,b\r\n1,2\n3,4\r5,6\r\n", {}, ("a", "b"), [(2, ["1", "2"]), (3, ["3", "4"]), (4, ["5", "6"])]),
    "no line end at the end": (b"a,b\n1,2", {}, ("a", "b"), [(2, ["1", "2"])]),
    "blank lines": (b"\na,b\n\n1,2\n  \n\n3,4\n", {}, ("a", "b"), [(4, ["1", "2"]), (7, ["3", "4"])]),
    "empty cells": (b"a,b\n,\n1,\n", {}, ("a", "b"), [(2, ["", ""]), (3, ["1", ""])]),
    "empty columns": (b"a,,b,\n1,2,3,4\n", {}, ("a", "", "b", ""), [(2, ["1", "2", "3", "4"])]),
    "delimiters too many at the end": (b"a,b\n1,2,,\n", {}, ("a", "b"), [(2, ["1", "2"])]),
    "delimiters at the end of every row": (b"a,b\n1,2,\n\n3,4,\n", {}, ("a", "b"), [(2, ["1", "2"]), (4, ["3", "4"])]),
    "short rows, allowed": (b"a,b,c\n1\n", {"short": True}, ("a", "b", "c"), [(2, ["1", "", ""])]),
    "no header": (b"1,2\n3,4\n", {"header": False}, ("1", "2"), [(1, ["1", "2"]), (2, ["3", "4"])]),
    "own names": (b"a,a\n1,2\n", {"columns": ("x", "y")}, ("x", "y"), [(2, ["1", "2"])]),
    "lines before the header": (b"Report of 2025\n\na,b\n1,2\n", {"skip": 1}, ("a", "b"), [(4, ["1", "2"])]),
    "quotation marks that mean nothing": (b'a,b\n"x,2\n', {"quote": ""}, ("a", "b"), [(2, ['"x', "2"])]),
    "backslashes": (b'a,b\n"x\\"y",2\n', {"escape": "\\"}, ("a", "b"), [(2, ['x"y', "2"])]),
    "NUL": (b"a,b\n1\x00,2\n", {}, ("a", "b"), [(2, ["1\x00", "2"])]),
    "line separators of Unicode are no line ends": (
        "a,b\nx\u2028y\x0b\x1cz,2\n".encode(), {}, ("a", "b"), [(2, ["x\u2028y\x0b\x1cz", "2"])],
    ),
}  # fmt: skip

BAD: dict[str, tuple[bytes, dict[str, Any], list[tuple[int, str | list[str]]]]] = {
    "a row too short": (b"a,b\n1\n3,4\n", {}, [(2, "row-short"), (3, ["3", "4"])]),
    "a row too long": (b"a,b\n1,2,3\n3,4\n", {}, [(2, "row-long"), (3, ["3", "4"])]),
    "a row that empty cells make too long": (
        b"a,b,c,d,e\nx,1,y,z,w\nGamma Co., Ltd.,USD 7m,2024-01-03,,\n3,4,5,6,7\n",
        {},
        [(2, ["x", "1", "y", "z", "w"]), (3, "row-long"), (4, ["3", "4", "5", "6", "7"])],
    ),
    "a row longer than all rows are": (
        b"a,b\n1,2,\nx, y,2,\n3,4,\n", {}, [(2, ["1", "2"]), (3, "row-long"), (4, ["3", "4"])],
    ),
    "the header once more": (b"a, b\n1,2\na, b\n3,4\n", {}, [(2, ["1", "2"]), (3, "row-header"), (4, ["3", "4"])]),
    "quotes in quotes": (b'a,b\n"he said "hi" to me",2\n3,4\n', {}, [(2, "row-quote-inside"), (3, ["3", "4"])]),
    "a quotation mark never closed": (
        b'a,b\n"open,2\n3,4\n5,6\n', {}, [(2, "row-quote-open"), (3, ["3", "4"]), (4, ["5", "6"])],
    ),
    "a quotation mark closed by the next one": (
        b'a,b\n"open,2\n3,4\n5,"six"\n7,8\n',
        {},
        [(2, "row-quote-inside"), (3, ["3", "4"]), (4, ["5", "six"]), (5, ["7", "8"])],
    ),
    "UTF-8 with a damaged byte": (
        "a,b\n가나다라마바,하나\n사\n".encode() + b"x\xff,2\n3,4\n",
        {"short": True},
        [(2, ["가나다라마바", "하나"]), (3, ["사", ""]), (4, "row-encoding"), (5, ["3", "4"])],
    ),
    "another encoding than declared": (
        "a,b\n삼성,2\n3,4\n".encode("cp949"), {"encoding": "utf-8"}, [(2, "row-encoding"), (3, ["3", "4"])],
    ),
}  # fmt: skip


def opened(data: bytes, options: dict[str, Any]) -> Rows:
    return Rows.open(open_content(io.BytesIO(data), "x.csv", any_encoding=True), Dialect(**options))


def seen(rows: Rows) -> list[tuple[int, str | list[str]]]:
    return [(r.line, r.cells.problems[0].code if isinstance(r.cells, Bad) else r.cells) for r in rows]


@pytest.mark.parametrize("case", READ)
def test_what_can_be_read_is_read(case: str) -> None:
    data, options, columns, expected = READ[case]
    rows = opened(data, options)
    assert (rows.columns, seen(rows)) == (columns, expected)
    assert seen(rows) == expected, "a second pass gives the same"


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_told_and_costs_its_row_only(case: str) -> None:
    data, options, expected = BAD[case]
    assert seen(opened(data, options)) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
def test_pieces_of_any_size_give_the_same_rows(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = 'a,b\r\n"x\r\ny",가\r3,"q"" "\n5,6\r\n'.encode()
    whole = seen(opened(data, {}))
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    rows = opened(data, {})
    monkeypatch.setattr(type(rows.content), "chunks", lambda *_args, **_more: iter(chunks))
    assert seen(rows) == whole == [(2, ["x\r\ny", "가"]), (4, ["3", 'q" ']), (5, ["5", "6"])]


def test_a_line_that_is_too_long_is_told_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST", 1000)
    data = b"a,b\n" + b"x" * 700_000 + b",2\n3,4\n"
    assert seen(opened(data, {})) == [(2, "row-too-large"), (3, ["3", "4"])]


def test_a_cell_that_is_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST", 1000)
    data = b'a,b\n"' + b"x\n" * 5_000 + b'",2\n3,4\n'
    found = seen(opened(data, {"short": True}))
    assert found[0] == (2, "row-too-large")
    assert found[-1] == (5003, ["3", "4"])


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (b"", {}, "rows-none"),
        (b"\n\n", {}, "rows-none"),
        (b'"a,b\n1,2\n', {}, "rows-header"),
        (b"a,b\n1,2\n", {"columns": ("x",)}, "rows-columns"),
        (b"a,b\n1,2\n", {"encoding": "klingon"}, "encoding-unknown"),
        (b"a,b\n1,2\n", {"encoding": "rot13"}, "encoding-unknown"),
        ("a,b\n1,2\n".encode("utf-16") + b"\x00", {}, "encoding-broken"),
    ],
)
def test_a_file_without_a_header_or_rows_cannot_be_read(
    data: bytes, options: dict[str, Any], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        list(opened(data, options))
    assert caught.value.code == code


def test_guesses_are_told() -> None:
    rows = opened("이름;값\n삼성전자;하나\n".encode("cp949"), {})
    assert (rows.told, rows.encoding.guessed) == ({"encoding": "CP949", "delimiter": ";"}, True)
    assert opened(b"a,b\n", {"encoding": "utf-8", "delimiter": ","}).told == {}


def test_many_rows_take_no_more_memory_than_few(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("a,b,c\n")
        file.writelines(f"{n},name {n},2025-01-01\n" for n in range(200_000))
    rows = Rows.open(open_content(path, any_encoding=True), Dialect())
    tracemalloc.start()
    count = sum(1 for _ in rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 200_000
    assert peak < 8 * 2**20


def test_many_open_quotation_marks_take_time_in_proportion() -> None:
    lines = 20_000
    rows = opened(b"a,b\n" + b'"x\n' * lines, {})
    found = seen(rows)
    assert [code for _, code in found].count("row-quote-inside") >= lines - 2
    assert len(found) == lines


HEADERS: dict[str, tuple[str, str, str, str]] = {
    "cp949 declared as utf-8": ("cp949", "utf-8", "rows-header-encoding", "cp949"),
    "utf-8 declared as cp949": ("utf-8", "cp949", "rows-header-encoding", "utf-8"),
}
"""Written in, declared as, code, what it seems to be."""


@pytest.mark.parametrize("case", HEADERS)
def test_a_header_of_another_encoding_is_told_with_the_likely_one(case: str) -> None:
    written, declared, code, guess = HEADERS[case]
    with pytest.raises(InputError) as wrong:
        opened("투자자,피투자기업,금액\n한빛,오로라,1\n".encode(written), {"encoding": declared})
    assert (wrong.value.code, wrong.value.args_shown["guess"]) == (code, guess)
    assert guess in str(wrong.value)
