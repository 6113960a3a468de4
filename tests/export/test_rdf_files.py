"""RDF files in: exact, located, safe."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
import rdflib

from kg.errors import InputError, KgError, UsageError
from kg.rdf import XSD
from kg.rdf_io import from_rdflib, read_rdf, read_rdf_files, to_rdflib

if TYPE_CHECKING:
    from pathlib import Path

RDFXML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="http://x/">\n{}</rdf:RDF>'
ABOUT = RDFXML.format('<rdf:Description rdf:about="http://x/a">{}</rdf:Description>')
ONE = '<http://x/a> <http://x/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<http://x/a> <http://x/p> 1.50 ."),
        ("a.ttl", "\ufeff@base <http://x/> . <a> <p> 1.50 ."),
        ("a.trig", "{ <http://x/a> <http://x/p> 1.50 }"),
        ("a.nt", ONE),
        ("a.nq", ONE),
        ("a.jsonld", f'{{"@id": "http://x/a", "http://x/p": {{"@type": "{XSD}decimal", "@value": "1.50"}}}}'),
        ("a.rdf", ABOUT.format(f'<p:p rdf:datatype="{XSD}decimal">1.50</p:p>')),
    ],
)
def test_every_syntax_gives_the_same_lines_with_the_spelling_kept(
    tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    assert read_rdf(file).lines == (ONE,)
    assert read_rdf(text.encode(), name.partition(".")[2]).lines == (ONE,)


def test_lines_are_distinct_sorted_and_tags_are_lower_case() -> None:
    data = b'<a:s> <a:q> "x"@EN . <a:s> <a:p> 01, 1 . <a:s> <a:q> "x"@en .'
    assert [line.split(" ")[2] for line in read_rdf(data, "ttl").lines] == [
        f'"01"^^<{XSD}integer>',
        f'"1"^^<{XSD}integer>',
        '"x"@en',
    ]


def test_blank_nodes_are_numbered_as_the_file_has_them(tmp_path: Path) -> None:
    data = b"<a:s> <a:p> _:zzz . _:aaa <a:p> _:zzz . <a:s> <a:p> [] ."
    expected = ("<a:s> <a:p> _:b1 .", "<a:s> <a:p> _:b3 .", "_:b2 <a:p> _:b1 .")
    assert read_rdf(data, "turtle").lines == expected
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_bytes(b"<a:s> <a:p> [] .")
    both = read_rdf_files([tmp_path / "one.ttl", tmp_path / "two.ttl"])
    assert both.lines == ("<a:s> <a:p> _:b1 .", "<a:s> <a:p> _:f2b1 .")


def test_named_graphs_are_merged_and_said() -> None:
    found = read_rdf(b"<a:g> { <a:s> <a:p> 1 } { <a:s> <a:p> 1 }", "trig", name="f.trig")
    assert len(found.lines) == 1
    assert found.graphs == ("<a:g>",)
    (note,) = found.notes
    assert (note.code, note.severity, note.args["graphs"]) == ("rdf-graphs-merged", "info", "<a:g>")


@pytest.mark.parametrize(("form", "data"), [("ttl", b""), ("jsonld", b'{"name": "no context"}')])
def test_a_file_without_triples_is_said(form: str, data: bytes) -> None:
    assert [n.code for n in read_rdf(data, form).notes] == ["rdf-empty"]


@pytest.mark.parametrize(
    ("form", "data", "code", "where"),
    [
        ("ttl", b'@prefix a: <a:> .\na:s a:p "x" ;\n  q:b 1 .', "rdf-syntax", "f:3:3"),
        ("ttl", b'<a:s> <a:p> "x .\n', "rdf-syntax", "f:1:13"),
        ("nt", b"<a:s> <a:p> <a:o> .\n<a:s> <a:p> 1 .", "rdf-syntax", "f:2:13"),
        ("jsonld", b'{"@id": "a:s",\n"p": 1,}', "rdf-syntax", "f:2:8"),
        ("rdf", b"<rdf:RDF\n><b></rdf:RDF>", "rdf-syntax", "f:1:1"),
        ("rdf", RDFXML.format("<b></c>").encode(), "rdf-syntax", "f:2:6"),
        ("ttl", b'<a:s> <a:p> "\xff" .', "rdf-encoding", "f:1:14"),
        ("ttl", b"<a:s> <a:p>\n <o> .", "rdf-relative-iri", "f:2:2"),
        ("nt", b"<a:s> <a:p> <o> .", "rdf-relative-iri", "f:1:13"),
        ("jsonld", b'{"@id": "s", "http://x/p": {"@value": "x"}}', "rdf-relative-iri", "f"),
        ("rdf", ABOUT.format('<p:p rdf:resource="x"/>').encode(), "rdf-relative-iri", "f"),
        ("ttl", b"<a:s> <a:p> <<( <a:s> <a:p> 1 )>> .", "rdf-newer", "f"),
        ("ttl", b'<a:s> <a:p> "x"@en--ltr .', "rdf-newer", "f"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(form: str, data: bytes, code: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rdf(data, form, name="f")
    assert (caught.value.code, caught.value.args_shown["where"]) == (code, where)


def test_a_relative_iri_is_named() -> None:
    with pytest.raises(InputError) as caught:
        read_rdf(b"<a:s> <a:p> <organization/b> .", "ttl")
    assert caught.value.args_shown["said"] == "<organization/b>"


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("ttl", b"<s> <http://x/p> 1 ."),
        ("jsonld", b'{"@id": "s", "http://x/p": 1}'),
        (
            "rdf",
            ABOUT.replace("http://x/a", "s").format(f'<p:p rdf:datatype="{XSD}integer">1</p:p>').encode(),
        ),
    ],
)
def test_relative_iris_count_from_a_base_that_is_given(form: str, data: bytes) -> None:
    (line,) = read_rdf(data, form, base="http://b/").lines
    assert line == f'<http://b/s> <http://x/p> "1"^^<{XSD}integer> .'


def test_a_text_that_looks_like_an_unresolved_iri_is_left_alone() -> None:
    data = b'{"@id": "http://x/a", "http://x/p": " <kg-no-base:/x> <kg-no-base:/y> ."}'
    assert len(read_rdf(data, "jsonld").lines) == 1


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1/c"',
        '["http://127.0.0.1/c"]',
        '{"@import": "http://127.0.0.1/c"}',
        '{"t": {"@id": "http://x/t", "@context": "http://127.0.0.1/c"}}',
    ],
)
def test_a_remote_context_is_refused(context: str) -> None:
    data = f'{{"@context": {context}, "@id": "http://x/a", "t": {{"b": 1}}}}'
    with pytest.raises(InputError) as caught:
        read_rdf(data.encode(), "jsonld")
    assert (caught.value.code, caught.value.args_shown["received"]) == (
        "rdf-remote-context",
        "http://127.0.0.1/c",
    )


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        (f'<!ENTITY l0 "ha">{LAUGHS}', "rdf-entity"),
        ('<!ENTITY l9 SYSTEM "file:///etc/passwd">', "rdf-entity"),
        ('<!ENTITY l9 PUBLIC "x" "http://127.0.0.1/">', "rdf-entity"),
        ('<!ENTITY % l9 "x">', "rdf-entity"),
        ('<!ENTITY l9 "한글 &#x41;">', ""),
        (f'<!ENTITY l9 "{"x" * 90_000}">', "rdf-too-large"),
    ],
)
def test_xml_that_grows_or_names_files_is_refused(declared: str, code: str) -> None:
    data = f"<!DOCTYPE r [{declared}]>" + ABOUT.format("<p:p>" + "&l9;" * 20 + "</p:p>")
    try:
        read_rdf(data.encode(), "rdfxml", largest=1_000_000)
        found = ""
    except InputError as error:
        found = error.code
    assert found == code


def test_entities_that_shorten_an_iri_are_fine() -> None:
    data = '<!DOCTYPE r [<!ENTITY x "http://x/">]>' + ABOUT.replace("http://x/a", "&x;a").format(
        "<p:p>1</p:p>"
    )
    assert read_rdf(data.encode(), "rdfxml").lines == ('<http://x/a> <http://x/p> "1" .',)


def test_xml_nested_beyond_reason_is_refused() -> None:
    deep = "<rdf:Description><p:p>" * 1_000 + "</p:p></rdf:Description>" * 1_000
    with pytest.raises(InputError) as caught:
        read_rdf(RDFXML.format(deep).encode(), "rdfxml")
    assert caught.value.code == "rdf-depth"


def test_an_import_is_a_triple_like_any_other() -> None:
    data = b"<http://x/o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1/other> ."
    assert len(read_rdf(data, "nt").lines) == 1


def test_a_file_that_is_too_large_or_missing_is_an_error_of_input(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text(ONE)
    for source, code in (
        (file, "rdf-too-large"),
        (tmp_path / "b.nt", "rdf-unreadable"),
        (tmp_path, "rdf-unreadable"),
    ):
        with pytest.raises(InputError) as caught:
            read_rdf(source, "nt", largest=10)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("form", "base", "code"), [("docx", "", "rdf-format-unknown"), ("ttl", "x", "rdf-iri")]
)
def test_a_wrong_option_is_an_error_of_usage(form: str, base: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_rdf(b"", form, base=base)
    assert caught.value.code == code


def test_an_rdflib_graph_with_blank_nodes_gives_the_same_lines_each_time() -> None:
    chain = [f"_:n{n} <a:p> _:n{n + 1} ." for n in range(9)] + ["_:n9 <a:q> <a:end> ."]
    renamed = [line.replace("_:n", "_:z") for line in reversed(chain)]
    first, second = (from_rdflib(to_rdflib(given)) for given in (chain, renamed))
    assert first == second
    assert len(first) == 10


def test_a_graph_of_rdflib_with_a_term_that_is_no_iri_is_refused() -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.URIRef("http://x/a"), rdflib.URIRef("relative"), rdflib.Literal("x")))
    with pytest.raises(KgError) as caught:
        from_rdflib(graph)
    assert caught.value.code == "rdf-iri"


def test_to_rdflib_does_not_depend_on_rdflibs_switch() -> None:
    line = f'<a:s> <a:p> "01"^^<{XSD}integer> .'
    assert rdflib.NORMALIZE_LITERALS
    assert from_rdflib(to_rdflib([line])) == [line]


def test_a_file_takes_no_more_memory_than_it_is_large(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text(ONE)
    tracemalloc.start()
    try:
        assert read_rdf(file, largest=1 << 40).lines == (ONE,)
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_a_file_is_read_whole_or_refused_whatever_its_size(tmp_path: Path, size: int) -> None:
    file = tmp_path / "a.nt"
    file.write_text(ONE + "\n" + "#" * size)
    whole = len(ONE) + 1 + size
    assert read_rdf(file, largest=whole).lines == (ONE,)
    with pytest.raises(InputError) as caught:
        read_rdf(file, largest=whole - 1)
    assert caught.value.code == "rdf-too-large"
