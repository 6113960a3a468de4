"""Which literals are one to a server, and what goes into an update."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kg.push.capabilities import SERVERS, UNKNOWN
from kg.push.compare import Rewrites, compare, key
from kg.push.patch import Patch
from kg.push.send import as_sparql
from kg.push.spool import Spool
from kg.rdf import XSD


def line(lexical: str, datatype: str) -> str:
    return f'<a:s> <a:p> "{lexical}"^^<{XSD}{datatype}> .'


SAME = [
    ("canonical", "1.50", "decimal", "1.5", "decimal"),
    ("canonical", "-0.0", "decimal", "0", "decimal"),
    ("canonical", "+05", "integer", "5", "integer"),
    ("canonical", "5", "unsignedByte", "5", "integer"),
    ("canonical", "1", "boolean", "true", "boolean"),
    ("canonical", "1E3", "double", "1000", "double"),
    ("canonical", "PT120M", "dayTimeDuration", "PT2H", "dayTimeDuration"),
    ("canonical", "2025-01-01T00:00:00.50+00:00", "dateTime", "2025-01-01T00:00:00.5Z", "dateTime"),
    ("virtuoso", "9223372036854775807", "integer", "9223372036854775807", "decimal"),
    ("virtuoso", "0.123456789012345678", "decimal", "0.123456789012346", "decimal"),
    ("virtuoso", "2025-01-01T00:00:00.1234567", "dateTime", "2025-01-01T00:00:00.123456", "dateTime"),
    ("virtuoso", "-0044-03-15", "date", "-044-03-15", "date"),
]
OTHER = [
    ("canonical", "1.5", "decimal", "1.5", "double"),
    ("canonical", "1.5", "decimal", "1.51", "decimal"),
    ("canonical", "15", "decimal", "15", "integer"),
    ("canonical", "abc", "integer", "0", "integer"),
    ("canonical", "9223372036854775807", "integer", "9223372036854775807", "decimal"),
    ("canonical", "0.1234567890123456", "decimal", "0.1234567890123457", "decimal"),
    ("virtuoso", "9223372036854775806", "integer", "9223372036854775806", "decimal"),
    ("virtuoso", "9223372036854775808", "integer", "-9223372036854775808", "integer"),
    ("virtuoso", "2025-01-01", "date", "2025-01-02", "date"),
    ("canonical", "PT2H", "dayTimeDuration", "-PT2H", "dayTimeDuration"),
    ("canonical", "2025", "gYear", "-2025", "gYear"),
]


@pytest.mark.parametrize(("rewrites", "sent", "kind", "found", "as_kind"), SAME)
def test_the_same(rewrites: Rewrites, sent: str, kind: str, found: str, as_kind: str) -> None:
    assert key(line(sent, kind), rewrites) == key(line(found, as_kind), rewrites)
    with Spool([line(sent, kind)]) as spool:
        result = compare(spool, [line(found, as_kind)], rewrites)
    assert result.same
    assert result.rewritten == 1


@pytest.mark.parametrize(("rewrites", "sent", "kind", "found", "as_kind"), OTHER)
def test_not_the_same(rewrites: Rewrites, sent: str, kind: str, found: str, as_kind: str) -> None:
    with Spool([line(sent, kind)]) as spool:
        result = compare(spool, [line(found, as_kind)], rewrites)
    assert (result.missing_count, result.extra_count) == (1, 1)


def test_a_text_that_looks_like_a_number_stays_a_text() -> None:
    for text in ('<a:s> <a:p> "01"^^<a:d> .', '<a:s> <a:p> "01"@en .', '<a:s> <a:p> "01\\"^^<x> ." .'):
        assert key(text, "virtuoso") == text


@pytest.mark.parametrize(
    "text", [r"C:\\users", r"\\\\u0041", r"\\\u0001", r"\\\\\u0001u", r"\u0001\\U", r"\\\\", r"\n\\n", "uU"]
)
def test_sparql_reads_what_was_meant_whichever_way_it_reads(text: str) -> None:
    """In SPARQL, backslash-u is replaced before strings are read; some servers overlook escaped backslashes."""

    def read(escaped: str) -> str:
        plain = re.sub(r"\\u([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), escaped)
        return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), plain)

    meant = re.sub(
        r"\\u([0-9A-F]{4})|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else {"n": "\n"}.get(m[2], m[2]), text
    )
    sent = as_sparql(f'<a:s> <a:p> "{text}" .')[13:-3]
    assert read(sent) == meant
    aware = re.sub(
        r"\\u([0-9A-F]{4})|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else {"n": "\n"}.get(m[2], m[2]), sent
    )
    assert aware == meant


def test_batches_are_as_long_and_as_large_as_the_server_takes() -> None:
    server = replace(UNKNOWN, batch=3, batch_bytes=100)
    gone, came = (
        [f"<a:{kind}{n}> <a:p> <a:o{'x' * size}> ." for n, size in enumerate(sizes)]
        for kind, sizes in (("s", [0] * 7), ("t", [40, 40, 500]))
    )
    with Patch.write(None) as patch:
        patch.add(gone, came)
        found = list(patch.batches(server))
        assert [(len(g), len(c)) for g, c in found] == [(3, 0), (3, 0), (1, 1), (0, 1), (0, 1)]
        assert [line for g, _ in found for line in g] == gone
        assert [line for _, c in found for line in c] == came
        assert list(patch.batches(server, 8)) == [([], came[1:2]), ([], came[2:])]


def test_a_spool_reads_again_from_its_start() -> None:
    with Spool([line("1", "integer"), line("2", "integer"), line("1", "integer")]) as spool:
        assert spool.triples == 2
        first = spool.read()
        spool.seek(0)
        assert spool.read() == first
        assert len(first) == len(spool)


@pytest.mark.parametrize("text", ["a b c .", "<a:s> <a:p> <a:o>", '<a:s> <a:p> "x\n" .'])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="N-Triples"):
        Spool([text])


def test_only_what_was_tried_is_called_tried() -> None:
    assert {s.name for s in SERVERS if s.tried} == {"Oxigraph", "Virtuoso"}
