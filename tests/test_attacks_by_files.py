"""Files that unfold, name other places or ask them, and answers that do: refused, and nothing is fetched."""

from __future__ import annotations

import gzip
import http.server
import json
import resource
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.reading.foreign import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

from tests.hostile import COMPANY, project, told


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


LAUGHS = "".join(f'<!ENTITY {c} "{f"&{chr(ord(c) - 1)};" * 10}">' for c in "bcdefghi")
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"x" * 1000}">{LAUGHS}]>'


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server that nobody is to ask anything: its URL, and what it was asked."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the name that is looked for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()
        thread.join()


def workbook_of(strings: str) -> str:
    """A workbook whose only part beside the list of parts is its table of strings."""
    with zipfile.ZipFile("book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/sharedStrings.xml", strings)
    return "book.xlsx"


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SMALL", 1 << 20)
    code, said = told("map", "--sketch", workbook_of("x" * (2 << 20)))
    assert (code, "rows-expand" in said) == (3, True)


def test_a_workbook_with_entities_is_refused() -> None:
    code, said = told("map", "--sketch", workbook_of(BOMB + "<sst><si><t>&i;</t></si></sst>"))
    assert (code, "rows-doctype" in said) == (3, True)


@pytest.mark.parametrize("damage", [slice(0, 40), slice(0, -30)])
def test_a_workbook_that_is_none_is_refused(damage: slice) -> None:
    book = Path(workbook_of("<sst/>"))
    book.write_bytes(book.read_bytes()[damage])
    assert told("map", "--sketch", "book.xlsx")[0] == 3


def test_entities_of_xml_do_not_unfold_and_read_no_file(asked: tuple[str, list[str]]) -> None:
    Path("secret.txt").write_text("c4nary", "utf-8")
    file = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "secret.txt"><!ENTITY b SYSTEM "{asked[0]}/">]>'
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        '<rdf:Description rdf:about="http://e/a"><e:p>&{};&b;</e:p></rdf:Description></rdf:RDF>'
    )
    for head, name in ((BOMB, "i"), (file, "a")):
        Path("x.rdf").write_text(head + rdf.format(name), "utf-8")
        code, said = told("validate", "x.rdf")
        assert (code, "rdf-entity" in said, "c4nary" in said) == (3, True, False)
    assert asked[1] == []


def test_nothing_is_fetched_that_data_or_shapes_name(asked: tuple[str, list[str]]) -> None:
    url, heard = asked
    Path("c.jsonld").write_text(json.dumps({"@context": f"{url}/c", "@id": "http://e/a", "p": "x"}), "utf-8")
    assert told("validate", "c.jsonld")[0] == 3
    owl = "http://www.w3.org/2002/07/owl#"
    imports = f"<http://e/o> a <{owl}Ontology> ; <{owl}imports> <{url}/o> ."
    Path("i.ttl").write_text(
        f"{imports} <http://e/a> a <https://w3id.org/kg-loader/ontology#Company> .", "utf-8"
    )
    for engine in ("shacl", "pyshacl"):
        assert told("validate", "i.ttl", "--engine", engine)[0] == 1
    project(s_ttl=imports, f_jsonl=COMPANY)
    Path("kg.toml").write_text('format = 1\n[model]\nontology = ["s.ttl"]\nshapes = ["s.ttl"]\n', "utf-8")
    told("validate", "f.jsonl", "--engine", "pyshacl")
    assert heard == []


def test_a_shape_that_asks_another_server_is_refused(asked: tuple[str, list[str]]) -> None:
    url, heard = asked
    shape = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/s> a sh:NodeShape ; sh:severity sh:Violation ;"
        " sh:targetClass <https://w3id.org/kg-loader/ontology#Company> ; sh:sparql <http://e/q> ."
        ' <http://e/q> a sh:SPARQLConstraint ; sh:message "x"@en, "x"@ko ; sh:select'
        f' "SELECT $this ?path ?value {{ SERVICE <{url}/s> {{ $this ?path ?value }} }}" .'
    )
    project(s_ttl=shape, f_jsonl=COMPANY)
    Path("kg.toml").write_text('format = 1\n[model]\nshapes = ["s.ttl"]\n', "utf-8")
    code, said = told("validate", "f.jsonl")
    assert (code, "sparql-forbidden" in said, heard) == (2, True, [])


@pytest.mark.parametrize("graph", ["{url}/g", "file:///etc/passwd", "file:f.jsonl"])
def test_a_graph_that_a_query_names_is_not_fetched(asked: tuple[str, list[str]], graph: str) -> None:
    project(f_jsonl=COMPANY)
    assert told("load", "f.jsonl")[0] == 0
    for clause in ("FROM", "FROM NAMED"):
        named = graph.format(url=asked[0])
        code, said = told("query", f"SELECT * {clause} <{named}> {{ ?s ?p ?o }}", "--format", "csv")
        assert (code, said.count("\n") <= 2, "root:" in said) == (0, True, False)
    assert asked[1] == []


def test_mappings_have_no_aliases_and_make_no_objects() -> None:
    Path("d.csv").write_text("name\nA\n", "utf-8")
    laughs = "".join(f"{c}: &{c} [{', '.join([f'*{chr(ord(c) - 1)}'] * 9)}]\n" for c in "bcdefgh")
    for text in (f"a: &a [x]\n{laughs}", '!!python/object/apply:os.system ["touch pwned"]\n'):
        Path("m.yaml").write_text(text, "utf-8")
        assert told("validate", "d.csv", "--mapping", "m.yaml")[0] == 2
    assert not Path("pwned").exists()


def test_an_answer_that_unfolds_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(300 << 20), 1)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in (("Content-Encoding", "gzip"), ("Content-Length", str(len(bomb)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(bomb)

        do_POST = do_GET  # noqa: N815 - the name that is looked for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            """As always, but whoever goes away is free to."""
            try:
                super().handle()
            except ConnectionError:
                return

    (tmp_path / "x.nt").write_text("<http://e/s> <http://e/p> <http://e/o> .\n", "utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        code, said = told("push", f"http://127.0.0.1:{server.server_address[1]}/sparql", "--data", "x.nt")
        server.shutdown()
        thread.join()
    assert (code, "error[push-" in said) == (2, True), said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
