"""Whatever the bytes, reading gives records, problems, or one InputError; never anything else."""

from __future__ import annotations

import io
import json

from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import InputError, Place
from kg.reading import Record, excerpt, locate, read_source, snippet, window
from kg.reading.decode import diagnose, read_record
from kg.reading.scan import faults

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["x:y", '":', "\\u0000"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(
    st.sampled_from(["type", "id", "ids", "defaults", "facts", "가"]), VALUES, max_size=4
)
PIECES = st.sampled_from(
    [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"\\",
        b"\n",
        b"\r\n",
        b" ",
        b"\x00",
        b"\xff",
        b"1e9",
        b"-",
        b".",
        b'"facts"',
        b'"type"',
        b'"ids"',
        b'"a"',
        b"null",
        "가".encode(),
        b"\xef\xbb\xbf",
        b"\\ud800",
        b"9" * 120,
    ]
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Facts files in all forms, then cut, joined and spoilt."""
    values = draw(st.lists(OBJECTS, max_size=4))
    ascii_only, indent = draw(st.booleans()), draw(st.sampled_from([None, 1]))
    texts = [json.dumps(v, ensure_ascii=ascii_only, indent=indent) for v in values]
    whole = draw(
        st.sampled_from(
            ["\n".join(texts), "[" + ",\n".join(texts) + "]", '{"facts": [' + ",".join(texts) + "]}"]
        )
    )
    content = bytearray(whole.encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 3))] = draw(PIECES | st.binary(max_size=3))
    return bytes(content)


def check(content: bytes) -> None:
    """Two passes are the same, and every problem can be shown."""
    try:
        source = read_source(io.BytesIO(content), "f.jsonl")
        records = list(source)
    except InputError as error:
        assert error.exit_code == 3  # noqa: PT017 - either this or records
        return
    assert records == list(source)
    for record in records:
        assert record.data or record.problems or record.raw.strip() in (b"{}", b"{ }") or _is_empty(record)
        for problem in record.problems:
            assert problem.place is not None
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            assert len(window(record, problem.place, 30)) <= 32
            locate(record, problem.pointer)
            assert len(excerpt(record, problem, 30)) <= 32
            assert len(snippet(record, problem.pointer, 30)) <= 30


def _is_empty(record: Record) -> bool:
    return bool(json.loads(record.raw) == {})


@given(st.lists(PIECES, max_size=12).map(b"".join) | st.binary(max_size=40))
@example(b'{"facts": 1, "facts": []}')
@example(b'{"facts"')
@example(b'[{"a":"\xff"}]')
def test_pieces(content: bytes) -> None:
    check(content)


@given(files())
def test_spoilt_files(content: bytes) -> None:
    check(content)


def _refuse(name: str) -> None:
    raise ValueError(name)


@given(st.lists(PIECES, max_size=8).map(b"".join) | files())
def test_the_scanner_agrees_with_another_reader_of_json(content: bytes) -> None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return
    try:
        json.loads(text, parse_constant=_refuse)
        sound = True
    except ValueError:
        sound = False
    assert sound == all(f.code != "not-json" for f in faults(text))


@given(OBJECTS)
def test_what_is_written_as_json_is_read_back(value: dict[str, object]) -> None:
    record = read_record(0, Place("f", 1, 1), json.dumps(value).encode())
    if not diagnose(record.place, record.raw):
        assert record.data == value


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["1", '"x:"', '"\\":"', "{}"])), max_size=4),
    st.sampled_from(["", " ", "\t"]),
)
def test_a_key_that_stands_twice_is_always_found(pairs: list[tuple[str, str]], space: str) -> None:
    raw = ("{" + ",".join(f'"{k}"{space}:{v}' for k, v in pairs) + "}").encode()
    twice = len({k for k, _ in pairs}) < len(pairs)
    found = any(p.code == "duplicate-key" for p in read_record(0, Place("f", 1, 1), raw).problems)
    assert found == twice
