"""Turtle and TriG: what is written is what was given, and reads well as a diff."""

from __future__ import annotations

import difflib
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.export.names import DATA_PREFIXES
from kg.export.turtle import write_trig, write_turtle
from kg.rdf import SCHEMA, SKOS, XSD, iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BASE = "https://kg.example/"
CASES = Path(__file__).parent / "cases"
Blocks = list[tuple[str, list[str]]]


def turtle(given: Blocks, base: str = BASE, prefixes: Mapping[str, str] = DATA_PREFIXES) -> str:
    out = io.StringIO()
    write_turtle(given, out, base=base, prefixes=prefixes)
    return out.getvalue()


def stargate() -> Blocks:
    """The blocks of ``cases/stargate.nt``, in their order there; a fragment goes to its root."""
    made: dict[str, list[str]] = {}
    root = ""
    for line in (CASES / "stargate.nt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            root = line[2:]
        elif line:
            made.setdefault(root, []).append(line)
    return list(made.items())


def test_the_example_reads_as_in_the_golden_file() -> None:
    assert turtle(stargate()) == (CASES / "stargate.ttl").read_text("utf-8")


def test_trig_is_the_same_within_a_graph() -> None:
    out = io.StringIO()
    first, *rest = stargate()
    write_trig([("", [first]), (f"{BASE}dataset/seed", rest)], out, base=BASE)
    assert out.getvalue() == (CASES / "stargate.trig").read_text("utf-8")


def test_the_order_of_lines_within_a_block_does_not_matter() -> None:
    backwards = [(root, lines[::-1] + lines) for root, lines in stargate()]
    assert turtle(backwards) == turtle(stargate())


def test_one_more_fact_is_one_more_line() -> None:
    given = stargate()
    root, lines = given[-1]
    more = [*given[:-1], (root, [*lines, f'{iri(root)} {iri(SKOS + "note")} "x" .'])]
    changed = [
        d for d in difflib.ndiff(turtle(given).splitlines(), turtle(more).splitlines()) if d[0] in "+-"
    ]
    assert changed == ['+     skos:note "x" ;']


def test_an_empty_graph_is_its_head() -> None:
    assert turtle([], prefixes={"x": "http://x/"}) == f"@base <{BASE}> .\n@prefix x: <http://x/> .\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (literal("15", XSD + "integer"), "15"),
        (literal("015", XSD + "integer"), '"015"^^xsd:integer'),
        (literal("1.50", XSD + "decimal"), "1.50"),
        (literal("0.0000001", XSD + "decimal"), '"0.0000001"^^xsd:decimal'),
        (literal("15", XSD + "decimal"), '"15"^^xsd:decimal'),
        (literal("9" * 41, XSD + "integer"), f'"{"9" * 41}"^^xsd:integer'),
        (literal("true", XSD + "boolean"), "true"),
        (literal("1", XSD + "boolean"), '"1"^^xsd:boolean'),
        (literal("2024-01", XSD + "gYearMonth"), '"2024-01"^^xsd:gYearMonth'),
        (literal("두 줄\n둘째", language="ko"), '"두 줄\\n둘째"@ko'),
        (iri(f"{BASE}investment/seed/손정의#amount"), "<investment/seed/손정의#amount>"),
        (iri(f"{BASE}a//b"), f"<{BASE}a//b>"),
        (iri(f"{BASE}a:b/c"), f"<{BASE}a:b/c>"),
        (iri(f"{BASE}a#b:c"), f"<{BASE}a#b:c>"),
        (iri(f"{BASE}=a"), f"<{BASE}=a>"),
        (iri(f"{BASE}a/../b"), f"<{BASE}a/../b>"),
        (iri(BASE), f"<{BASE}>"),
        (iri(f"{SCHEMA}v1.0"), "schema:v1.0"),
        (iri(f"{SCHEMA}v1."), f"<{SCHEMA}v1.>"),
        (iri(f"{SCHEMA}a/b"), f"<{SCHEMA}a/b>"),
        (iri(f"{SCHEMA}금액"), "schema:금액"),
        (iri(SCHEMA), f"<{SCHEMA}>"),
    ],
)
def test_each_term_has_its_shortest_safe_form(written: str, expected: str) -> None:
    assert f"    schema:x {expected} ;\n" in turtle(
        [("http://x/a", [f"<http://x/a> <{SCHEMA}x> {written} ."])]
    )


def test_objects_stand_by_language_then_text() -> None:
    names = [
        literal("b", language="ko"),
        literal("z", language="en"),
        literal("a", language="ko"),
        literal("y"),
    ]
    given = [(f"{BASE}a", [f"<{BASE}a> <{SKOS}altLabel> {n} ." for n in names])]
    assert '    skos:altLabel "y" ,\n        "z"@en ,\n        "a"@ko ,\n        "b"@ko ;\n' in turtle(given)


def test_a_shared_part_is_written_once() -> None:
    part = f'<{BASE}evidence/~x> <{SCHEMA}text> "q" .'
    given = [(f"{BASE}{n}", [f"<{BASE}{n}> <{SCHEMA}x> <{BASE}evidence/~x> .", part]) for n in "ab"]
    assert turtle(given).count("<evidence/~x>\n") == 1


@pytest.mark.parametrize("line", ["<a:s> <a:p> _:b .", "_:b <a:p> <a:o> ."])
def test_a_blank_node_is_refused(line: str) -> None:
    with pytest.raises(UsageError) as caught:
        turtle([("a:s", [line])])
    assert caught.value.code == "export-blank-node"


@pytest.mark.parametrize(
    "prefixes", [{"1a": "http://x/"}, {"a.": "http://x/"}, {"a": "x"}, {"a": "http://x/>"}]
)
def test_a_prefix_that_turtle_cannot_declare_is_refused(prefixes: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        turtle([], prefixes=prefixes)
    assert caught.value.code == "export-prefix"


def test_it_streams() -> None:
    """What is written before a block arrives does not wait for the blocks after it."""
    out = io.StringIO()
    large = f'<{BASE}a> <{SCHEMA}text> "{"x" * 70_000}" .'

    def arriving() -> Iterator[tuple[str, list[str]]]:
        yield f"{BASE}a", [large]
        yield f"{BASE}b", [f'<{BASE}b> <{SCHEMA}text> "y" .']
        assert "x" * 70_000 in out.getvalue()

    write_turtle(arriving(), out)
