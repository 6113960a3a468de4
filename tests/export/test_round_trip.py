"""Whatever the graph, each format gives back exactly the triples that were written."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from hypothesis import event, given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.export.formats import FORMATS, Settings
from kg.export.turtle import write_trig, write_turtle
from kg.rdf import PREFIXES, RDF, SCHEMA, SKOS, XSD, is_iri, literal
from kg.rdf_io import from_rdflib, read_rdf, to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Blocks = list[tuple[str, list[str]]]
BASE = "https://kg.example/"

_CHARACTERS = st.characters(codec="utf-8")
_NASTY = st.sampled_from(
    [
        "",
        "\\",
        '"',
        '\\"',
        "\n",
        "\r\n",
        "\t",
        "\x00",
        "\x7f",
        "\u2028",
        "\ufeff",
        "'''",
        '"""',
        "@en",
        "^^",
        " .",
        "한글",
        "_:b",
        " _:b .",
    ]
)
TEXTS = st.lists(_NASTY | st.text(_CHARACTERS, max_size=4), max_size=4).map("".join)

_PIECES = st.sampled_from(
    [
        "a",
        "B9",
        "한",
        "..",
        ".",
        "...",
        "/",
        "//",
        "#",
        "?",
        ":",
        ";",
        "%2E%2e",
        "%20",
        "-",
        "_",
        "~",
        "1",
        "a.",
        ".a",
        "@",
        "&",
        "'",
        "(",
        "é",
        "µ",
        "😀",
        "́",
        "=",
    ]
)
_LOCALS = st.lists(_PIECES, max_size=4).map("".join)
_NAMESPACES = st.sampled_from(
    [BASE, BASE[:-1], f"{BASE}x/", "http://x.example/", "urn:x:", "mailto:", *PREFIXES.values()]
)


def parses(text: str) -> bool:
    """Whether the parser takes it as an IRI: it knows more rules than the syntax of a line."""
    try:
        return bool(list(ox.parse(f"<{text}> <a:p> <a:o> .", ox.RdfFormat.N_TRIPLES)))
    except SyntaxError:
        return False


IRIS = st.builds(str.__add__, _NAMESPACES, _LOCALS).filter(lambda text: is_iri(text) and parses(text))

_NUMBERS = st.sampled_from(
    [
        "0",
        "-0",
        "1",
        "01",
        "+1",
        "-7",
        "1.50",
        ".5",
        "5.",
        "-0.0",
        "01.5",
        "1e3",
        "0.0000001",
        "9" * 60,
        "9" * 60 + ".0",
        "true",
        "1",
        "1.5.5",
        "",
        "2024-01",
    ]
)
_DATATYPES = st.sampled_from(
    [f"{XSD}{n}" for n in ("integer", "decimal", "boolean", "double", "date", "gYear")]
)
LITERALS = (
    st.builds(literal, TEXTS)
    | st.builds(literal, TEXTS, language=st.sampled_from(["en", "ko", "zh-hant-tw"]))
    | st.builds(literal, _NUMBERS | TEXTS, _DATATYPES | IRIS)
)
OBJECTS = IRIS.map("<{}>".format) | LITERALS
PREDICATES = st.sampled_from([f"{RDF}type", f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SCHEMA}amount"]) | IRIS

_NAMED_BY_XML = st.sampled_from(
    [f"{RDF}type", f"{SKOS}prefLabel", f"{SCHEMA}금액", "urn:x", "http://x/1?a%20_b.-"]
)


@st.composite
def blocks(draw: st.DrawFn, predicates: st.SearchStrategy[str] = PREDICATES) -> list[tuple[str, list[str]]]:
    """Some blocks: a root, sometimes with a fragment and with a shared part."""
    made = []
    for root in draw(st.lists(IRIS, max_size=4)):
        subjects = [root, draw(IRIS)] + ([] if "#" in root else [f"{root}#amount"])
        triples = st.tuples(st.sampled_from(subjects), predicates, OBJECTS)
        lines = [f"<{s}> <{p}> {o} ." for s, p, o in draw(st.lists(triples, max_size=6))]
        made.append((root, lines))
    return made


@contextmanager
def spelling_kept() -> Iterator[None]:
    """Let rdflib's parsers leave literals as they are written."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def triples(given: Blocks) -> list[str]:
    return sorted({line for _, lines in given for line in lines})


def turtle(given: Blocks, base: str) -> bytes:
    out = io.BytesIO()
    write_turtle(given, out, base=base)
    return out.getvalue()


def written(name: str, given: Blocks, **settings: Any) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(given, out, Settings(base=BASE, **settings))
    return out.getvalue()


@given(
    blocks(),
    st.sampled_from(
        [BASE, "", "https://kg.example/x/", "urn:x:", "https://kg.example", "https://kg.example/a/../"]
    ),
)
def test_pyoxigraph_reads_back_what_was_given(given: Blocks, base: str) -> None:
    assert list(read_rdf(turtle(given, base), "turtle").lines) == triples(given)


@given(blocks(), st.sampled_from([BASE, "https://kg.example/x/"]))
def test_rdflib_reads_back_what_was_given(given: Blocks, base: str) -> None:
    with spelling_kept():
        graph = rdflib.Graph().parse(data=turtle(given, base), format="turtle")
    assert from_rdflib(graph) == triples(given)


@given(blocks(), blocks())
def test_trig_reads_back_with_its_graphs(one: Blocks, other: Blocks) -> None:
    out = io.BytesIO()
    write_trig([("", one), (f"{BASE}dataset/a", other)], out, base=BASE)
    found: dict[str, set[str]] = {}
    for quad in ox.parse(out.getvalue(), ox.RdfFormat.TRIG):
        found.setdefault(str(quad.graph_name), set()).add(f"{quad.triple} .")
    expected = {"DEFAULT": set(triples(one)), f"<{BASE}dataset/a>": set(triples(other))}
    assert found == {graph: lines for graph, lines in expected.items() if lines}


@given(blocks(), st.sampled_from(["ntriples", "nquads", "jsonld", "trig"]))
def test_the_other_formats_read_back(given: Blocks, name: str) -> None:
    assert list(read_rdf(written(name, given), name).lines) == triples(given)


@given(blocks())
def test_lines_of_ntriples_are_distinct_and_sorted_within_a_block(given: Blocks) -> None:
    found = written("ntriples", given).decode().split("\n")[:-1]
    if len(given) == 1:
        assert found == triples(given)
    assert set(found) == set(triples(given))


@given(blocks(), blocks())
def test_nquads_name_the_graph(one: Blocks, other: Blocks) -> None:
    graph = f"{BASE}dataset/a"
    quads = list(ox.parse(written("nquads", one, graphs=[(graph, other)]), ox.RdfFormat.N_QUADS))
    named = {f"{q.triple} ." for q in quads if str(q.graph_name) == f"<{graph}>"}
    rest = {f"{q.triple} ." for q in quads if str(q.graph_name) == "DEFAULT"}
    assert (sorted(rest), sorted(named)) == (triples(one), triples(other))


@given(blocks(_NAMED_BY_XML))
def test_rdfxml_reads_back_or_says_why_not(given: Blocks) -> None:
    try:
        data = written("rdfxml", given)
    except UsageError as error:
        event(error.code)
        if not error.code.startswith("export-xml-"):
            raise
        return
    assert list(read_rdf(data, "rdfxml").lines) == triples(given)
    with spelling_kept():
        graph = rdflib.Graph().parse(data=data, format="xml")
    assert from_rdflib(graph) == triples(given)


CONTEXTS: list[Mapping[str, Any]] = [
    {"schema": SCHEMA, "skos": SKOS, "amount": {"@id": "schema:amount", "@type": "@id"}},
    {
        "@vocab": SCHEMA,
        "id": "@id",
        "type": "@type",
        "xsd": XSD,
        "skos": SKOS,
        "name": {"@id": "skos:prefLabel", "@container": "@language"},
        "aliases": {"@id": "skos:altLabel", "@container": ["@language", "@set"]},
        "amount": {"@type": "xsd:integer"},
    },
    {"@language": "ko", "value": {"@id": f"{SCHEMA}amount", "@type": "@vocab"}, "kg": PREFIXES["kg"]},
]


@given(blocks(), st.sampled_from(CONTEXTS))
def test_compacted_jsonld_reads_back_or_says_why_not(given: Blocks, context: Mapping[str, Any]) -> None:
    try:
        data = written("jsonld", given, context=context)
    except UsageError as error:
        event(error.code)
        if error.code != "export-context":
            raise
        return
    assert list(read_rdf(data, "jsonld").lines) == triples(given)


@given(blocks())
def test_an_rdflib_graph_keeps_every_spelling(given: Blocks) -> None:
    assert from_rdflib(to_rdflib(triples(given))) == triples(given)
