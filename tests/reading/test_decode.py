"""Everything that can be wrong with the text of a record is found, and told with its place."""

from __future__ import annotations

import pytest

from kg.errors import Place
from kg.messages import LANGUAGES, hint, text
from kg.reading.decode import read_record
from kg.reading.scan import DEPTH, Scan

PLACE = Place("f.jsonl", 5, 1)


def told(raw: bytes) -> list[tuple[str, str, int]]:
    record = read_record(0, PLACE, raw)
    return [(p.code, p.pointer, p.place.column if p.place else 0) for p in record.problems]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a": 1, "a": 2}', [("duplicate-key", "/a", 10)]),
        (b'{"a" : 1, "a":2}', [("duplicate-key", "/a", 11)]),
        (b'{"a" : "x:y", "a":"x://y"}', [("duplicate-key", "/a", 15)]),
        (b'{"u": "http://x", "a": [{"b": 1, "b": 2}]}', [("duplicate-key", "/a/0/b", 34)]),
        (b'{"a": 1, "\\u0061": 2}', [("duplicate-key", "/a", 10)]),
        (b'{"a": 1, "a": 2, "b": {"c": 1, "c": 2}}', [("duplicate-key", "/a", 10), ("duplicate-key", "/b/c", 32)]),
        (b'{"a/b": 1, "a/b": 2}', [("duplicate-key", "/a~1b", 12)]),
        (b'{"a": 1e999999999}', [("number-too-long", "/a", 7)]),
        (b'{"a": 1e-101}', [("number-too-long", "/a", 7)]),
        (b'{"a": [1, ' + b"9" * 101 + b"]}", [("number-too-long", "/a/1", 11)]),
        (b'{"a": ' + b"9" * 5000 + b"}", [("number-too-long", "/a", 7)]),
        (b'{"a": 1e' + b"9" * 5000 + b"}", [("number-too-long", "/a", 7)]),
        (b'{"a": 1e99999999999999999999}', [("number-too-long", "/a", 7)]),
        (b'{"a": "x\\u0000"}', [("nul-character", "/a", 7)]),
        (b'{"\\u0000": 1}', [("nul-character", "/\0", 2)]),
        (b'{"a": "\\ud800"}', [("lone-surrogate", "/a", 7)]),
        (b'{"a": "\\udc00\\ud800"}', [("lone-surrogate", "/a", 7)]),
        ('{"가": "나'.encode() + b'\xff"}', [("not-utf-8", "", 9)]),
        (b'{"a": "\xed\xa0\x80"}', [("not-utf-8", "", 8)]),
        (b'{"a": ' * (DEPTH + 1) + b"1" + b"}" * (DEPTH + 1), [("nested-too-deep", "/a" * DEPTH, 6 * DEPTH + 1)]),
        (b"[" * 200_000, [("nested-too-deep", "/0" * DEPTH, DEPTH + 1)]),
        (b"[1]", [("not-an-object", "", 1)]),
        (b"null", [("not-an-object", "", 1)]),
    ],
)  # fmt: skip
def test_faults(raw: bytes, expected: list[tuple[str, str, int]]) -> None:
    assert told(raw) == expected


@pytest.mark.parametrize(
    ("raw", "column", "words"),
    [
        (b'{"a": 1 "b": 2}', 9, "comma or }"),
        (b'{"a": [1 2]}', 10, "comma or ]"),
        (b'{"a": 1,}', 8, "no comma"),
        (b'{"a": [1,]}', 9, "no comma"),
        (b'{"a" 1}', 6, "colon"),
        (b"{'a': 1}", 2, "double quotation marks"),
        (b"{\"a\": 'x'}", 7, "double quotation marks"),
        (b"{a: 1}", 2, "a key in double"),
        (b'{"a": 1,, "b": 2}', 9, "a key in double"),
        (b'{"a": }', 7, "a value"),
        (b'{"a": None}', 7, "true, false and null"),
        (b'{"a": NaN}', 7, "true, false and null"),
        (b'{"a": trueish}', 7, "true, false and null"),
        (b'{"a": 01}', 7, "leading zero"),
        (b'{"a": +1}', 7, "leading zero"),
        (b'{"a": 1.}', 7, "leading zero"),
        (b'{"a": .5}', 7, "leading zero"),
        (b'{"a": -Infinity}', 7, "leading zero"),
        (b'{"a": 1 // x', 9, "comma or }"),
        (b'{"a": /* x */ 1}', 7, "no comments"),
        (b'{"a": "x}', 7, "closing quotation mark"),
        (b'{"a": "x\ty"}', 9, "control character"),
        (b'{"a": "\\x"}', 8, "backslash"),
        (b'{"a": "\\u12g4"}', 8, "backslash"),
        (b'{"a": {"b": 1}', 15, "closing } is missing"),
        (b'{"a": [1', 9, "closing ] is missing"),
        (b'{"a": 1}}', 9, "nothing more"),
        (b'{"a": 1} {"b": 2}', 10, "begins on the next line"),
        (b'{"a": 1}\r{"b": 2}', 10, "begins on the next line"),
        (b'{"a": 1},', 9, "no comma stands after a record"),
        ('{"가나": "다라" "마": 1}'.encode(), 13, "comma or }"),
        (b"type: Company", 1, "true, false and null"),
        (b"<html>", 1, "a value"),
    ],
)
def test_what_is_expected_in_plain_words(raw: bytes, column: int, words: str) -> None:
    (problem,) = read_record(0, PLACE, raw).problems
    assert problem.code == "not-json"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (5, column)
    said = text(problem.code, problem.args, "en")
    assert words in said
    assert f"column {column}" in said
    assert text(problem.code, problem.args, "ko") != said


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": "x:y", "b": {"c": "\\":"}}',
        b'{ "a" : 1 , "b"\t:\t[ { "c"\r:2 } ] }',
        b'{"a": "\\\\u0000", "url": "https://x.example/a:b"}',
        b'{"a": "\\ud83d\\ude00"}',
        '{"a": "\U0001f600 가"}'.encode(),
        b'{"a": ' + b"9" * 100 + b', "b": 1e100, "c": -1e-100}',
        b'{"a":' * (DEPTH - 1) + b"{}" + b"}" * (DEPTH - 1),
    ],
)
def test_what_looks_odd_but_is_right(raw: bytes) -> None:
    assert told(raw) == []


def test_a_fault_that_leaves_the_data_readable_keeps_them() -> None:
    assert read_record(0, PLACE, b'{"a": 1, "a": 2}').data == {"a": 2}
    assert read_record(0, PLACE, b'{"a": 1e999}').data == {}


def test_the_first_of_two_keys_is_named() -> None:
    (problem,) = read_record(0, PLACE, b'{"a": 1, "a": 2}').problems
    assert [(p.line, p.column) for p in problem.others] == [(5, 2)]
    assert "5:2" in text(problem.code, problem.args, "en")


def test_faults_without_end_are_cut_short() -> None:
    assert len(told(b"{" + b",".join([b'"a": 1'] * 1000) + b"}")) == 20


def test_the_scanner_takes_a_step_a_token() -> None:
    def steps(count: int) -> int:
        scan = Scan("{" + ", ".join(f'"k{i}": [{i}, {{"a": "b"}}]' for i in range(count)) + "}")
        assert scan.run() == []
        return scan.steps

    assert steps(2000) - steps(1000) == steps(3000) - steps(2000)


def test_every_message_can_be_said_in_both_languages() -> None:
    for raw in (
        b'{"a": 1, "a": 2}',
        b'{"a": 1e999}',
        b"[1]",
        b'{"a": "\xff"}',
        b"{",
        b'{"a": "\\ud800"}',
        b"[" * 99,
    ):
        for problem in read_record(0, PLACE, raw).problems:
            args = {**problem.args, "received": problem.received, "allowed": problem.allowed, "label": ""}
            for language in LANGUAGES:
                said = text(problem.code, args, language) + hint(problem.code, args, language)
                assert said
                assert "{" not in said.replace('{"type"', "")
