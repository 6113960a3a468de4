"""A JSON pointer leads to the place and the words in the record's own text."""

from __future__ import annotations

import io

import pytest

from kg.errors import Place
from kg.reading import Record, from_records, locate, read_source, snippet, window

RAW = '{"이름": ["소프트뱅크", "SB"], "amount": {"min": 25, "a/b": 1, "~": 2}, "x": 1}'.encode()


def at(pointer: str) -> tuple[int, str]:
    record = Record(0, Place("f", 3, 1), {}, RAW)
    return locate(record, pointer).column, snippet(record, pointer)


@pytest.mark.parametrize(
    ("pointer", "column", "shown"),
    [
        ("/이름", 2, '"이름": ["소프트뱅크", "SB"]'),
        ("/이름/1", 18, '"SB"'),
        ("/amount", 25, '"amount": {"min": 25, "a/b": 1, "~": 2}'),
        ("/amount/min", 36, '"min": 25'),
        ("/amount/a~1b", 47, '"a/b": 1'),
        ("/amount/~0", 57, '"~": 2'),
        ("/amount/max", 25, '"amount": {"min": 25, "a/b": 1, "~": 2}'),
        ("/이름/7", 2, '"이름": ["소프트뱅크", "SB"]'),
        ("/x/y/z", 66, '"x": 1'),
    ],
)
def test_fields(pointer: str, column: int, shown: str) -> None:
    assert at(pointer) == (column, shown)


def test_a_missing_field_of_the_record_gives_the_record() -> None:
    column, shown = at("/none")
    assert column == 1
    assert shown.startswith('{"이름"')


def test_records_over_several_lines() -> None:
    content = (
        b'{"facts": [\n  {"type": "X",\n   "amount": {\n     "min": 25}},\n  {"type": "Y", "amount": 2}]}'
    )
    first, second = read_source(io.BytesIO(content), "f")
    assert (locate(first, "/amount/min").line, locate(first, "/amount/min").column) == (4, 6)
    assert (locate(second, "/amount").line, locate(second, "/amount").column) == (5, 17)
    assert snippet(first, "/amount") == '"amount": { "min": 25}'


def test_of_two_keys_it_is_the_one_that_the_data_have() -> None:
    record = Record(0, Place("f", 1, 1), {}, b'{"a": 1, "a": 2}')
    assert (locate(record, "/a").column, snippet(record, "/a")) == (10, '"a": 2')


def test_a_record_that_was_never_text_has_one_place() -> None:
    (record,) = from_records([{"type": "X", "a": {"b": 1}}])
    assert locate(record, "/a/b") == record.place
    assert snippet(record, "/a") == '"a":{"b":1}'


def test_snippets_are_short() -> None:
    record = Record(0, Place("f", 1, 1), {}, b'{"a": "' + b"x" * 100_000 + b'"}')
    assert len(snippet(record, "/a", 40)) == 40
    assert len(snippet(record, "", 40)) == 40


def test_around_a_place_in_what_is_no_json() -> None:
    record = Record(0, Place("f", 1, 1), {}, b"{" + b"a" * 200 + b"HERE" + b"b" * 200)
    assert "HERE" in window(record, Place("f", 1, 202), 40)
    assert window(Record(0, Place("f", 1, 1), {}, b'{"a" 1}'), Place("f", 1, 6)) == '{"a" 1}'
