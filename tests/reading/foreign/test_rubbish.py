"""Whatever bytes a file and whatever words a mapping have: rows are told or read, and the books balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, MappingError
from kg.reading.foreign import read_foreign, read_mapping
from kg.reading.foreign.mapping import mapping_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import Problem

PIECES = st.sampled_from(
    [b'"', b'""', b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"a", b"b ", "가".encode(), "가".encode("cp949"), b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"{", b"[", b"1"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["records", "type", "fields", "from", "map", "for each", "give", "where", "{a}", "{", "}}", "a[b]", ":", ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", "null", "1", '"', "'", "#", "&x", "*x", "!t", "|", ">", "\t", "가"]
)  # fmt: skip
ANYHOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)


@ANYHOW
@given(st.lists(PIECES, max_size=40), st.sampled_from(["true", "false"]), st.sampled_from(["true", "false"]))
def test_any_bytes_give_rows_that_are_accounted_for(
    tmp_path: Path, pieces: list[bytes], header: str, short: str
) -> None:
    path, mapping = tmp_path / "x.csv", tmp_path / "m.yaml"
    path.write_bytes(b"".join(pieces))
    mapping.write_text(
        f"rows: {{header: {header}, short: {short}, delimiter: ','}}\n"
        'records: [{type: T, fields: {row: "{#}"}}]',
        "utf-8",
    )
    try:
        source = read_foreign(str(path), read_mapping(str(mapping)))
        first = [(r.place.line, r.data, [p.code for p in r.problems]) for r in source]
    except InputError:
        return
    (file,) = source.foreign
    assert file.rows == file.used + file.filtered == len(first)
    assert [line for line, _, _ in first] == sorted({line for line, _, _ in first})
    assert all(data == {"type": "T", "row": n} or codes for n, (_, data, codes) in enumerate(first, 1))
    assert first == [(r.place.line, r.data, [p.code for p in r.problems]) for r in source]


@ANYHOW
@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_words_are_a_mapping_or_refused_with_a_place(text: str) -> None:
    faults = faults_of(text)
    assert all(f.place is not None and f.place.file == "m.yaml" for f in faults)
    assert faults or mapping_of(text.encode(), "m.yaml").records


def faults_of(text: str) -> list[Problem]:
    try:
        mapping_of(text.encode(), "m.yaml")
    except MappingError as error:
        return list(error.faults)
    return []
