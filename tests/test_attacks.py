"""What an attacker tried: hostile facts, files and settings, each told plainly and harmless."""

from __future__ import annotations

import gzip
import http.server
import json
import os
import resource
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
import kg.store
from kg.reading.foreign import workbook
from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPANY = '{"type": "Company", "id": "a", "name": "A"}\n'


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_node_that_is_named_like_a_probe_is_refused_and_not_passed_over() -> None:
    Path("p.ttl").write_text(
        "<urn:kg:probe:99> a <https://w3id.org/kg-loader/ontology#Investment> .", "utf-8"
    )
    outcome = run(["validate", "p.ttl"])
    assert outcome.exit_code == 3
    assert "urn:kg:probe:99" in outcome.stderr


def test_a_default_that_describes_its_own_class_ends() -> None:
    header = {"language": "en", "defaults": {"locatedIn": {"type": "Place", "name": "World"}}}
    graph = kg.convert([header, {"type": "Place", "id": "x", "name": "X"}])
    assert graph.report.conforms
    assert graph.serialize().count("containedInPlace") == 1


@pytest.mark.parametrize("field", ["id", "type", "name", "identifier", "unnamed", "published"])
def test_what_says_which_thing_it_is_can_be_no_default(field: str) -> None:
    report = kg.validate([{"defaults": {field: "x"}}, json.loads(COMPANY)])
    assert "default-never" in {f.problem.code for f in report.findings}
    assert report.books.accepted == 0


@pytest.mark.parametrize("form", ["text", "json", "turtle"])
def test_a_lone_surrogate_in_a_key_is_told_in_every_format(form: str) -> None:
    Path("s.jsonl").write_text('{"type": "Company", "id": "c", "name": "N", "bogus\\ud800": "x"}\n', "utf-8")
    outcome = run(["validate", "s.jsonl", "--format", form])
    assert outcome.exit_code == 1
    assert b"internal" not in outcome.stdout
    assert "internal" not in outcome.stderr


def test_no_report_turns_the_line_round() -> None:
    Path("b.jsonl").write_text(
        '{"type": "Company", "id": "c", "name": "N", "x\u202egnp": "\u202ey"}\n', "utf-8"
    )
    for form in ("text", "json"):
        assert "\u202e" not in run(["validate", "b.jsonl", "--format", form]).stdout.decode()


@pytest.mark.parametrize(
    "iri",
    ["http://a@b@c/", "http://x/\ufff9", "http://x/\ue000", "http://x:٣/", "http://x/a#b#c", "http://x/%zz"],
)
def test_an_iri_that_no_store_would_take_is_refused_in_its_record(iri: str) -> None:
    report = kg.validate([json.loads(COMPANY), {"type": "Company", "id": "b", "name": "B", "sameAs": iri}])
    assert (report.books.accepted, report.books.quarantined) == (1, 1)


def test_marks_that_no_iri_may_hold_are_encoded() -> None:
    graph = kg.convert([{"language": "ja"}, {"type": "Person", "name": "葛\U000e0100城"}])
    assert graph.report.conforms
    assert "%F3%A0%84%80" in graph.serialize("ntriples")


def test_a_language_in_the_settings_is_a_language() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    Path("kg.toml").write_text('format = 1\nlanguages = ["en .\\\\n<urn:x> <urn:p> <urn:o> ."]\n', "utf-8")
    assert run(["convert", "f.jsonl"]).exit_code == 2


def test_the_input_is_not_overwritten() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    os.link("f.jsonl", "same.ttl")
    for target in ("f.jsonl", "same.ttl"):
        assert run(["convert", "f.jsonl", "--to", "turtle", "-o", target]).exit_code == 2
    assert Path("f.jsonl").read_text("utf-8") == COMPANY


def test_a_link_is_followed_and_nothing_else_is_touched() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    Path("target.ttl").write_text("old", "utf-8")
    Path("link.ttl").symlink_to("target.ttl")
    Path("link.ttl.part").write_text("mine", "utf-8")
    assert run(["convert", "f.jsonl", "-o", "link.ttl"]).exit_code == 0
    assert Path("link.ttl").is_symlink()
    assert Path("target.ttl").read_text("utf-8").startswith("@base")
    assert Path("link.ttl.part").read_text("utf-8") == "mine"
    assert sorted(p.name for p in Path().iterdir()) == ["f.jsonl", "link.ttl", "link.ttl.part", "target.ttl"]


def test_a_device_stays_a_device() -> None:
    Path("f.jsonl").write_text(COMPANY, "utf-8")
    assert run(["convert", "f.jsonl", "--to", "turtle", "-o", os.devnull]).exit_code == 0
    assert not Path(os.devnull).is_file()


def records(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"type": "Company", "id": "same", "name": f"N{n}", **fields} for n in range(count)]


def test_many_records_of_one_id_name_a_few_of_each_other() -> None:
    report = kg.validate([{"language": "en"}, *records(300)])
    assert report.books.quarantined == 300
    assert max(len(f.problem.others) for f in report.findings) == 5


def test_of_one_record_a_hundred_faults_are_told_and_the_rest_is_said() -> None:
    evidence = [{"quote": f"q{n}", "confidence": 7} for n in range(500)]
    founding = {
        "type": "Founding",
        "founded": {"type": "Company", "name": "X"},
        "source": "d",
        "evidence": evidence,
    }
    report = kg.validate([{"type": "Report", "id": "d"}, founding])
    codes = [f.problem.code for f in report.findings]
    assert codes.count("too-large") == 100
    assert "more-results" in codes
    assert report.books.quarantined == 1


def test_a_chain_of_records_that_rest_on_each_other_ends_after_a_few_runs() -> None:
    chain = [
        {
            "type": "Place",
            "id": f"p{n}",
            "locatedIn": {"type": "Place", "id": f"p{n + 1}", "name": f"P{n + 1}"},
        }
        for n in range(60)
    ]
    report = kg.validate([{"language": "en"}, *chain])
    assert report.books.accepted == 0
    assert report.books.balanced


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


def project(**files: str) -> None:
    """A project here, with files."""
    Path("kg.toml").write_text('format = 1\nbase = "https://data.example.org/"\n', "utf-8")
    for name, text in files.items():
        Path(name.replace("_", ".")).write_text(text, "utf-8")


def told(*arguments: str) -> tuple[int, str]:
    """The exit code and all that is said, which is never a traceback or a fault of kg itself."""
    outcome = run([*arguments, "--lang", "en"])
    said = outcome.stderr + outcome.stdout.decode()
    assert "Traceback" not in said
    assert "error[internal]" not in said
    return outcome.exit_code, said


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


def test_deep_nesting_is_told_wherever_it_stands() -> None:
    deep = "[" * 100_000
    project(f_jsonl=COMPANY, d_jsonl='{"type": "Company", "id": "x", "name": ' + deep + "\n", d_json=deep)
    Path("d.csv").write_text("name\nA\n", "utf-8")
    Path("d.yaml").write_text(deep, "utf-8")
    assert told("load", "d.jsonl")[0] == 1
    assert told("validate", "d.json")[0] in {1, 3}
    assert told("validate", "d.csv", "--mapping", "d.yaml")[0] == 2
    Path("judgements.jsonl").write_text(deep + "\n", "utf-8")
    assert told("load", "f.jsonl")[0] == 2
    Path("kg.toml").write_text(f"format = 1\nx = {deep}", "utf-8")
    assert told("load", "f.jsonl")[0] == 2


@pytest.mark.parametrize(
    "amount",
    ['{"min": 1e999999999, "currency": "USD"}', '{"min": 1e-999999999, "currency": "USD"}']
    + [f'"USD {number}"' for number in ("9" * 100_000, "1e99999999", "9 quadrillion trillion")],
)
def test_huge_numbers_cost_their_record_only(amount: str) -> None:
    fact = (
        '{"type": "Fundraising", "organization": "a", "status": "actual", "source": "d", "amount": '
        + amount
        + "}"
    )
    Path("n.jsonl").write_text('{"type": "Report", "id": "d"}\n' + COMPANY + fact + "\n", "utf-8")
    code, said = told("validate", "n.jsonl", "--format", "json")
    assert code in {0, 1}
    assert json.loads(said[said.index("{") :])["books"]["read"] == 3


def test_mappings_have_no_aliases_and_make_no_objects() -> None:
    Path("d.csv").write_text("name\nA\n", "utf-8")
    laughs = "".join(f"{c}: &{c} [{', '.join([f'*{chr(ord(c) - 1)}'] * 9)}]\n" for c in "bcdefgh")
    for text in (f"a: &a [x]\n{laughs}", '!!python/object/apply:os.system ["touch pwned"]\n'):
        Path("m.yaml").write_text(text, "utf-8")
        assert told("validate", "d.csv", "--mapping", "m.yaml")[0] == 2
    assert not Path("pwned").exists()


@pytest.mark.parametrize("name", ["..", "../../x", "a/b", "x" * 300, "*" * 200, "삼" * 66, "CON", "lock"])
def test_the_name_of_a_dataset_leads_nowhere_else(name: str) -> None:
    project(f_jsonl=json.dumps({"dataset": name}) + "\n" + COMPANY)
    assert told("load", "f.jsonl")[0] in {0, 1}
    assert sorted(p.name for p in Path().iterdir()) == [".kg", "f.jsonl", "kg.toml"]
    assert {p.parent.name for p in Path(".kg").rglob("manifest.json")} <= {"000001"}


def test_the_iris_of_judgements_are_iris() -> None:
    evil = "https://x/> <urn:p> <urn:o> .\n<https://y/"
    project(f_jsonl=COMPANY)
    Path("judgements.jsonl").write_text(json.dumps({"same": [evil, "https://y/z"]}) + "\n", "utf-8")
    code, said = told("load", "f.jsonl")
    assert (code, "judgement-no-iri" in said) == (2, True)


def test_who_holds_the_lock_does_not_tell_what_urls_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    monkeypatch.setattr("sys.argv", ["kg", "push", "http://h/sparql?key=c4nary"])
    with kg.store.Store.open(Path.cwd(), write=True):
        held = Path(".kg/lock.json").read_text("utf-8")
    assert ("push" in held, "c4nary" in held) == (True, False)


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


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(A1)"])
def test_no_cell_of_a_query_is_a_formula(name: str) -> None:
    project(f_jsonl=json.dumps({"type": "Company", "id": "a", "name": {"en": name}}) + "\n")
    assert told("load", "f.jsonl")[0] == 0
    asked = "SELECT ?n { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }"
    outcome = run(["query", asked, "--format", "csv"])
    cell = outcome.stdout.decode("utf-8-sig").splitlines()[1].strip('"')
    assert cell == f"'{name}"
