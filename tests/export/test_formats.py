"""The formats: which there are, what each looks like, what each refuses."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.export.formats import FORMATS, Settings, writer_of
from kg.rdf import KG, PREFIXES, SCHEMA, SKOS, XSD, literal
from kg.rdf_io import read_rdf

CASES = Path(__file__).parent / "cases"
BASE = "https://kg.example/"
A = f"{BASE}organization/a"
CONTEXT: dict[str, Any] = {
    "kg": KG,
    "schema": SCHEMA,
    "skos": SKOS,
    "id": "@id",
    "type": "@type",
    "Company": "kg:Company",
    "name": {"@id": "skos:prefLabel", "@container": "@language"},
    "investee": {"@id": "kg:investee", "@type": "@id"},
    "status": {"@id": "kg:status", "@type": "@vocab"},
    "planned": "kg:planned",
    "paragraph": {"@id": "kg:paragraph", "@type": f"{XSD}integer"},
}


def block(*tails: str) -> list[tuple[str, list[str]]]:
    return [(A, [f"<{A}> {tail} ." for tail in tails])]


def written(name: str, given: list[tuple[str, list[str]]], **settings: Any) -> str:
    out = io.BytesIO()
    FORMATS[name].write(given, out, Settings(base=BASE, **settings))
    return out.getvalue().decode()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("turtle", "turtle"),
        ("ttl", "turtle"),
        ("out/a.TTL", "turtle"),
        ("a.trig", "trig"),
        ("nt", "ntriples"),
        ("a.b.nq", "nquads"),
        ("JSON-LD", "jsonld"),
        ("application/rdf+xml", "rdfxml"),
        ("a.owl", "rdfxml"),
    ],
)
def test_a_format_is_found_by_name_file_or_media_type(asked: str, name: str) -> None:
    assert writer_of(asked) is FORMATS[name]


@pytest.mark.parametrize("asked", ["", "docx", "facts.jsonl", "/ttl/x"])
def test_an_unknown_format_names_the_known_ones(asked: str) -> None:
    with pytest.raises(UsageError) as caught:
        writer_of(asked)
    assert all(name in str(caught.value.args_shown["allowed"]) for name in FORMATS)


def test_ntriples_and_nquads_are_lines() -> None:
    given = block(f"<{SCHEMA}b> <{A}#x>", f'<{SCHEMA}a> "1"', f'<{SCHEMA}a> "1"')
    lines = f'<{A}> <{SCHEMA}a> "1" .\n<{A}> <{SCHEMA}b> <{A}#x> .\n'
    assert written("ntriples", given) == lines
    assert written("nquads", given) == lines
    in_graph = lines.replace(" .\n", " <http://x/g> .\n")
    assert written("nquads", given, graphs=[("http://x/g", given)]) == lines + in_graph


def test_jsonld_is_expanded_without_a_context() -> None:
    given = block(f"<{PREFIXES['rdf']}type> <{KG}Company>", f"<{SCHEMA}n> {literal('03', XSD + 'integer')}")
    types = {"@type": f"{XSD}integer", "@value": "03"}
    assert json.loads(written("jsonld", given)) == [
        {"@id": A, "@type": [f"{KG}Company"], f"{SCHEMA}n": [types]}
    ]


def test_jsonld_is_compacted_by_a_context() -> None:
    given = block(
        f"<{PREFIXES['rdf']}type> <{KG}Company>",
        f'<{SKOS}prefLabel> "b"@ko',
        f'<{SKOS}prefLabel> "a"@ko',
        f'<{SKOS}prefLabel> ""@en',
        f"<{KG}investee> <{BASE}organization/b>",
        f"<{KG}status> <{KG}planned>",
        f"<{KG}paragraph> {literal('3', XSD + 'integer')}",
        f"<{SCHEMA}n> {literal('03', XSD + 'integer')}",
    )
    assert json.loads(written("jsonld", given, context=CONTEXT)) == {
        "@context": CONTEXT,
        "@graph": [
            {
                "id": A,
                "type": "Company",
                "name": {"en": "", "ko": ["a", "b"]},
                "investee": f"{BASE}organization/b",
                "status": "planned",
                "paragraph": "3",
                "schema:n": {"type": f"{XSD}integer", "@value": "03"},
            }
        ],
    }


@pytest.mark.parametrize(
    "context",
    [
        {"n": {"@id": f"{SCHEMA}n", "@container": "@nonsense"}},
        {"organization": "https", "https": "http://elsewhere.example/"},
        {"@import": "http://127.0.0.1/context"},
        {"a": {"@id": "b:"}, "b": {"@id": "a:"}},
    ],
)
def test_a_context_that_cannot_be_used_is_refused(context: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        written("jsonld", block(f'<{SCHEMA}n> "x"', f"<{SCHEMA}m> <https:y>"), context=context)
    assert caught.value.code == "export-context"


def test_rdfxml_declares_the_prefixes_sorted_and_keeps_a_carriage_return() -> None:
    text = written("rdfxml", block(f'<{SCHEMA}text> "a\\r\\nb"'))
    declared = [line.partition("=")[0].strip() for line in text.splitlines() if "xmlns:" in line]
    assert declared == sorted(declared)
    assert "<schema:text>a&#xD;\nb</schema:text>" in text


@pytest.mark.parametrize("prefix", ["", "xml", "XMLns", "rdf", "its"])
def test_rdfxml_does_without_a_prefix_that_xml_keeps_for_itself(prefix: str) -> None:
    given = block(f'<{SCHEMA}text> "x"')
    data = written("rdfxml", given, prefixes={prefix: SCHEMA})
    assert list(read_rdf(data.encode(), "rdfxml").lines) == given[0][1]


@pytest.mark.parametrize(
    "predicate", ["http://x/1", "http://x/p?q=1", "http://x/", f"{PREFIXES['rdf']}li", "http://x/😀"]
)
def test_rdfxml_refuses_a_property_that_xml_cannot_name(predicate: str) -> None:
    with pytest.raises(UsageError) as caught:
        written("rdfxml", block(f'<{predicate}> "x"'))
    assert (caught.value.code, caught.value.args_shown["received"]) == ("export-xml-name", predicate)


@pytest.mark.parametrize(("character", "codepoint"), [("\x01", "0001"), ("\x0b", "000B"), ("\uffff", "FFFF")])
def test_rdfxml_refuses_a_character_that_xml_cannot_hold(character: str, codepoint: str) -> None:
    with pytest.raises(UsageError) as caught:
        written("rdfxml", block(f"<{SCHEMA}text> {literal(character)}"))
    assert caught.value.args_shown == {"received": A, "codepoint": codepoint}


PROGRAM = """
import io, sys
from kg.export.formats import FORMATS, Settings
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
root, blocks = "", {}
for line in lines:
    if line.startswith("# "):
        root = line[2:]
    else:
        blocks.setdefault(root, []).append(line)
out = io.BytesIO()
context = {"schema": "https://schema.org/", "name": {"@id": "https://schema.org/name"}}
for form in FORMATS.values():
    form.write(blocks.items(), out, Settings("https://kg.example/", graphs=[("http://x/g", blocks.items())]))
FORMATS["jsonld"].write(blocks.items(), out, Settings(context=context))
sys.stdout.buffer.write(out.getvalue())
"""


def test_all_formats_give_the_same_bytes_whatever_the_hash_seed(root: Path) -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, CASES / "stargate.nt"],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1
    assert found.pop()
