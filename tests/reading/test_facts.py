"""Facts files are told apart by what they hold, and every record knows where it stands."""

from __future__ import annotations

import io
import json
import os
import threading
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import InputError
from kg.reading import Record, Source, read_source

if TYPE_CHECKING:
    from pathlib import Path

A, B = b'{"type": "Company", "id": "a"}', b'{"type": "Company", "id": "b"}'


def source(content: bytes, name: str = "facts.jsonl") -> Source:
    return read_source(io.BytesIO(content), name)


def seen(content: bytes) -> list[tuple[Any, int, int]]:
    """Id, line and column of each record."""
    return [(r.data.get("id"), r.place.line, r.place.column) for r in source(content)]


def codes(record: Record) -> list[str]:
    return [p.code for p in record.problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (A + b"\n" + B + b"\n", [("a", 1, 1), ("b", 2, 1)]),
        (A + b"\n" + B, [("a", 1, 1), ("b", 2, 1)]),
        (A + b"\r\n\r\n" + B + b"\r\n", [("a", 1, 1), ("b", 3, 1)]),
        (b"\n \t\n" + A + b"\n\n" + B, [("a", 3, 1), ("b", 5, 1)]),
        (b"\xef\xbb\xbf" + A + b"\n" + B, [("a", 1, 1), ("b", 2, 1)]),
        (b'{"ids": "shared"}\n' + A, [("a", 2, 1)]),
        (A, [("a", 1, 1)]),
        (b"[" + A + b", " + B + b"]", [("a", 1, 2), ("b", 1, 34)]),
        (b"[\n  " + A + b",\n  " + B + b"\n]\n", [("a", 2, 3), ("b", 3, 3)]),
        (b'{"ids": "shared", "facts": [' + A + b"]}", [("a", 1, 29)]),
        (b'{"facts": [\n' + A + b"\n,\n" + B + b"]}", [("a", 2, 1), ("b", 4, 1)]),
        ('{"language": "ko", "dataset": "삼성", "facts": ['.encode() + A + b"]}", [("a", 1, 47)]),
        (b'{\n "type": "Company",\n "id": "a"\n}', [("a", 1, 1)]),
        (b'\n\n  {\n "type": "Company",\n "id": "a"\n}', [("a", 3, 3)]),
        (b'[{"ids": "shared"}, ' + A + b"]", [("a", 1, 21)]),
        (b'[{"ids": "shared"}]', []),
        (b'{"facts": []}', []),
        (b"[]", []),
        (b"", []),
        (b"\xef\xbb\xbf\n", []),
        (b'{"dataset": "x"}', []),
    ],
)
def test_records_with_their_places(content: bytes, expected: list[tuple[str, int, int]]) -> None:
    assert seen(content) == expected


def test_a_document_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.json", "a.txt", "a"):
        for content in (A + b"\n" + B, b"[" + A + b"," + B + b"]", b'{"facts":[' + A + b"," + B + b"]}"):
            (tmp_path / name).write_bytes(content)
            assert [r.data["id"] for r in read_source(tmp_path / name)] == ["a", "b"]


def test_a_second_pass_gives_the_same_while_the_first_is_under_way(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b"\n".join([A, b"{broken", B] * 30_000))
    for opened in (read_source(path), source(path.read_bytes())):
        pairs = list(zip(opened, opened, strict=True))
        assert len(pairs) == 90_000
        assert all(a == b for a, b in pairs)


def test_numbers_of_records_go_on_from_the_first() -> None:
    opened = replace(source(A + b"\nx\n" + B), first_number=7)
    assert [r.number for r in opened] == [7, 8, 9]
    assert [r.number for r in replace(source(b"[" + A + b"]"), first_number=7)] == [7]


def test_numbers_are_exact() -> None:
    (record,) = source(b'{"type": "X", "a": 0.1, "b": 1.50, "c": 123456789012345678901234567890, "d": 1e3}')
    values = [record.data[k] for k in "abcd"]
    assert list(map(str, values)) == ["0.1", "1.50", "123456789012345678901234567890", "1E+3"]
    assert [type(v) for v in values] == [Decimal, Decimal, int, Decimal]


def test_a_broken_line_is_one_record_and_the_others_go_on() -> None:
    records = list(source(A + b'\n{"type": "Company" "id": "x"}\n[1]\n"text"\n12\n' + B))
    assert [codes(r) for r in records] == [
        [],
        ["not-json"],
        ["not-an-object"],
        ["not-an-object"],
        ["not-an-object"],
        [],
    ]
    (problem,) = records[1].problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (2, 20)
    assert records[1].data == {}
    assert records[1].raw == b'{"type": "Company" "id": "x"}'


def test_a_first_line_that_was_cut_off_does_not_swallow_the_file() -> None:
    for cut in (
        b'{"type": "Company", "id": "x"',
        b'{"type": "Company", "id": "x',
        b'{"type": "X", "l": ["y"',
    ):
        records = list(source(cut + b"\n" + A + b"\n" + B))
        assert [codes(r) for r in records] == [["not-json"], [], []], cut
        assert [codes(r) for r in source(cut)] == [["not-json"]], cut


def test_a_line_longer_than_the_limit_is_read_over(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("lines", "decode"):
        monkeypatch.setattr(f"kg.reading.{module}.LONGEST", 100)
    monkeypatch.setattr("kg.reading.lines.lines.__defaults__", (100,))
    long = b'{"type": "X", "text": "' + b"x" * 300_000 + b'"}'
    records = list(source(A + b"\n" + long + b"\n" + B))
    assert [codes(r) for r in records] == [[], ["record-too-large"], []]
    assert [r.place.line for r in records] == [1, 2, 3]
    assert len(records[1].raw) <= 1000


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b'[{"type": "X"},\n {"type" "Y"}]', "document-not-json", 2, 10),
        (b'[{"type": "X"},\n {"type": "Y"}', "document-not-json", 2, 15),
        (b'{"facts": [\n{"type": "X"},\n]}', "document-not-json", 2, 14),
        (b'{"facts": []}\n {"facts": []}', "document-not-json", 2, 2),
    ],
)
def test_a_document_with_an_error_says_where(content: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as raised:
        source(content)
    assert (raised.value.code, raised.value.args_shown["line"]) == (code, line)
    assert raised.value.args_shown["column"] == column


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"type": "X"}'.encode("utf-16"), "file-not-utf-8"),
        ('{"type": "X"}'.encode("utf-16-le"), "file-not-utf-8"),
        ('{"type": "X"}'.encode("utf-32"), "file-not-utf-8"),
        (b"\x1f\x8b\x08\x00rest", "file-compressed"),
        (b'{"facts": {"type": "X"}}', "facts-not-a-list"),
        (b'{"facts":\n ' + b"[" * 100_000 + b"]" * 100_000 + b"\n}", "document-nested-too-deep"),
    ],
)
def test_what_can_not_be_read_at_all(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as raised:
        list(source(content))
    assert raised.value.code == code
    assert raised.value.exit_code == 3


def test_paths_that_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(A)
    for path, code in (
        (tmp_path / "none.jsonl", "file-missing"),
        (tmp_path, "file-is-folder"),
        (tmp_path / "file" / "below", "file-unreadable"),
        ("nul\0", "file-unreadable"),
    ):
        with pytest.raises(InputError) as raised:
            read_source(path)
        assert raised.value.code == code


def test_a_file_that_changes_between_passes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(A)
    opened = read_source(path)
    path.write_bytes(A + b"\n" + B)
    with pytest.raises(InputError) as raised:
        list(opened)
    assert raised.value.code == "file-changed"


def test_a_pipe_is_read_twice(tmp_path: Path) -> None:
    fifo = tmp_path / "facts"
    os.mkfifo(fifo)
    writer = threading.Thread(target=lambda: fifo.write_bytes(A + b"\n" + B))
    writer.start()
    opened = read_source(fifo)
    writer.join()
    assert [r.data["id"] for r in opened] == [r.data["id"] for r in opened] == ["a", "b"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(A)))
    opened = read_source("-")
    assert (opened.header.dataset, opened.path) == ("stdin", "-")
    assert [r.data["id"] for r in opened] == ["a"]


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError) as raised:
        read_source("-", "standard input")
    assert raised.value.code == "file-unreadable"


def test_a_text_stream_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="rb"):
        read_source(io.StringIO("{}"))  # type: ignore[arg-type]


def test_reading_takes_one_look_at_each_byte() -> None:
    class Counted(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            chunk = super().read(size)
            self.taken += len(chunk)
            return chunk

    for count in (1000, 2000):
        line = json.dumps({"type": "Company", "id": "x" * 5000}).encode()
        stream = Counted(b"\n".join([line] * count))
        opened = read_source(stream, "f")
        assert stream.taken == len(stream.getvalue())  # copied once, read from the copy
        assert sum(1 for _ in opened) == count


def test_a_header_that_was_cut_off_leaves_the_records_that_follow(tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    file.write_bytes(b'{"ids":\n{"type": "Company", "id": "a"}\n{"type": "Company", "id": "b"}\n')
    source = read_source(file)
    assert [record.data.get("id") for record in source] == ["a", "b"]
    assert source.problems
