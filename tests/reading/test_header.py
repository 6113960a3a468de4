"""The header says what holds for the file; what it must not say is told with the nearest right thing."""

from __future__ import annotations

import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from kg.reading import Source, read_source
from kg.reading.header import KEYS

if TYPE_CHECKING:
    from kg.errors import Problem

RECORD = b'{"type": "Company", "id": "a"}'


def with_header(header: str, name: str = "facts.jsonl") -> Source:
    return read_source(io.BytesIO(header.encode() + b"\n" + RECORD), name)


def told(source: Source) -> list[tuple[str, str]]:
    return [(p.code, p.pointer) for p in source.problems]


def only(source: Source) -> Problem:
    (problem,) = source.problems
    return problem


@pytest.mark.parametrize("form", ["{header}\n{record}", "[{header}, {record}]"])
def test_what_a_header_says(form: str) -> None:
    header = '{"ids": "shared", "defaults": {"share": 0.5}, "dataset": "chosun 2025", "language": "ko"}'
    content = form.replace("{header}", header).replace("{record}", RECORD.decode())
    source = read_source(io.BytesIO(content.encode()), "facts")
    assert source.problems == ()
    head = source.header
    assert (head.ids, head.dataset, head.language) == ("shared", "chosun 2025", "ko")
    assert str(head.defaults["share"]) == "0.5"
    assert [r.data["id"] for r in source] == ["a"]


def test_a_document_says_the_same_beside_its_facts() -> None:
    content = b'{"dataset": "x", "facts": [' + RECORD + b'], "language": "ko", "ids": "shared"}'
    source = read_source(io.BytesIO(content), "facts")
    assert (source.header.dataset, source.header.language, source.header.ids) == ("x", "ko", "shared")
    assert [r.data["id"] for r in source] == ["a"]


def test_without_a_header() -> None:
    source = read_source(io.BytesIO(RECORD), "a/facts.2025.jsonl")
    assert (source.header.dataset, source.header.ids, source.header.place) == ("facts.2025", "own", None)
    assert source.header.defaults == {}


def test_the_name_of_a_dataset_is_in_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", "삼성")
    assert read_source(io.BytesIO(RECORD), f"{decomposed}.jsonl").header.dataset == "삼성"
    assert with_header(json.dumps({"dataset": decomposed})).header.dataset == "삼성"


def test_a_dataset_given_by_the_caller_goes_first() -> None:
    content = io.BytesIO(b'{"dataset": "theirs"}\n' + RECORD)
    assert read_source(content, "~bad", dataset="ours").header.dataset == "ours"


@pytest.mark.parametrize("name", ["~x", ".x", "a/b", "a\\b", "a\nb", "", " a", "x" * 201, "삼" * 67])
def test_names_that_no_dataset_may_have(name: str) -> None:
    assert told(with_header(json.dumps({"dataset": name}))) == [("header-dataset", "/dataset")]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('{"defualts": {}}', [("header-key", "/defualts", ("defaults", *(key for key in KEYS if key != "defaults")))]),
        ('{"ids": "shared", "sorce": "x"}', [("header-key", "/sorce", KEYS)]),
        ('{"nulls": "kept"}', [("header-nulls", "/nulls", ("left-out",))]),
        ('{"ids": "share"}', [("header-ids", "/ids", ("shared", "own"))]),
        ('{"ids": 1}', [("header-ids", "/ids", ("own", "shared"))]),
        ('{"ids": ["own"]}', [("header-ids", "/ids", ("own", "shared"))]),
        ('{"defaults": []}', [("header-defaults", "/defaults", ())]),
        ('{"language": "Korean!"}', [("header-language", "/language", ())]),
        ('{"language": 1}', [("header-language", "/language", ())]),
        ('{"dataset": 1}', [("header-dataset", "/dataset", ())]),
        ('{"ids": "shared", "ids": "own"}', [("duplicate-key", "/ids", ())]),
        ('{"ids": "x", "language": ""}', [("header-ids", "/ids", ("own", "shared")), ("header-language", "/language", ())]),
    ],
)  # fmt: skip
def test_what_a_header_must_not_say(header: str, expected: list[tuple[Any, ...]]) -> None:
    source = with_header(header)
    assert [(p.code, p.pointer, p.allowed) for p in source.problems] == expected
    assert [r.data["id"] for r in source] == ["a"]


def test_a_problem_of_the_header_has_its_place() -> None:
    problem = only(read_source(io.BytesIO(b'\n{"dataset": "x", "ids": "share"}\n' + RECORD), "f"))
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (2, 18)
    document = b'{\n "facts": [' + RECORD + b'],\n  "ids": "share", "defaults": 1}'
    places = [p.place for p in read_source(io.BytesIO(document), "f").problems]
    assert [(p.line, p.column) for p in places if p] == [(3, 3), (3, 19)]


def test_a_header_that_can_not_be_decoded_is_not_passed_over() -> None:
    source = with_header('{"ids": "shared", "defaults": {"source": "x"}')
    assert told(source) == [("not-json", "")]
    assert [r.data["id"] for r in source] == ["a"]


def test_a_record_without_a_type_is_not_taken_for_a_header() -> None:
    source = read_source(io.BytesIO(b'{"id": "x", "title": "y", "language": "ko"}\n' + RECORD), "f")
    assert source.problems == ()
    assert [r.data["id"] for r in source] == ["x", "a"]


def test_a_header_further_down_is_a_record() -> None:
    source = read_source(io.BytesIO(RECORD + b'\n{"ids": "shared"}'), "f")
    assert source.header.ids == "own"
    assert [r.data for r in source][1] == {"ids": "shared"}


def test_keys_that_stand_twice_beside_the_facts() -> None:
    document = b'{"ids": "own", "facts": [], "ids": "shared", "facts": [' + RECORD + b"]}"
    source = read_source(io.BytesIO(document), "f")
    assert told(source) == [("duplicate-key", "/ids"), ("duplicate-key", "/facts")]
    assert [(r.data["id"], r.place.column) for r in source] == [("a", 56)]
