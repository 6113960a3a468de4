"""The specification in examples: one folder of ``tests/cases`` for each behaviour.

``rule.md``        what the example shows, in a sentence or two
``args``           the command line; ``convert facts.jsonl`` if there is none
``stdin``          what the command reads from ``-``
``expected.ttl``   what it writes to stdout (another suffix for another format); none, if it writes nothing
``expected.txt``   what it writes to stderr: messages and books
``exit``           the exit code, if it is not 0

``KG_RENEW=1 pytest tests/test_cases.py`` writes the expected files anew: read the difference before you commit it, since
an expected file says that this output is *right*.
"""

from __future__ import annotations

import json
import os
import shlex
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from jsonschema import Draft202012Validator
from pyoxigraph import RdfFormat, parse

from tests.command import Outcome, run

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in (HERE / "cases").glob("*/rule.md"))
RENEW = os.environ.get("KG_RENEW") == "1"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    outcome = _run(case)
    assert "error[internal]" not in outcome.stderr, outcome.stderr
    if RENEW:
        _renew(case, outcome)
    wanted = _output_file(case)
    assert outcome.stderr == _bytes(case / "expected.txt").decode()
    assert outcome.stdout.decode() == (_bytes(wanted).decode() if wanted else "")
    assert outcome.exit_code == int(_bytes(case / "exit") or b"0")


def test_every_folder_says_its_rule() -> None:
    folders = sorted(path for path in (HERE / "cases").iterdir() if path.is_dir())
    assert folders == CASES


def _run(case: Path) -> Outcome:
    outcome = run(_arguments(case), stdin=_bytes(case / "stdin"))
    return replace(outcome, stderr=outcome.stderr.replace(str(case), "."))


def _arguments(case: Path) -> list[str]:
    arguments = shlex.split(_bytes(case / "args").decode()) or ["convert", "facts.jsonl"]
    return arguments if "--lang" in arguments else [*arguments, "--lang", "en"]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _output_file(case: Path) -> Path | None:
    return next((path for path in case.glob("expected.*") if path.suffix != ".txt"), None)


def _renew(case: Path, outcome: Outcome) -> None:
    output = _output_file(case) or case / "expected.ttl"
    for path, contents in (
        (output, outcome.stdout),
        (case / "expected.txt", outcome.stderr.encode()),
        (case / "exit", f"{outcome.exit_code}\n".encode() if outcome.exit_code else b""),
    ):
        if contents:
            path.write_bytes(contents)
        else:
            path.unlink(missing_ok=True)


FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("case", ["amount-bounds", "dates", "ids-in-iris", "names", "own-class"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same(monkeypatch: pytest.MonkeyPatch, case: str, name: str) -> None:
    monkeypatch.chdir(HERE / "cases" / case)
    turtle = parse(_bytes(Path("expected.ttl")), RdfFormat.TURTLE)
    written = parse(run(["convert", "facts.jsonl", "--to", name]).stdout, FORMATS[name])
    assert {quad.triple for quad in written} == {quad.triple for quad in turtle}


@pytest.mark.parametrize("case", ["names", "own-class"])
def test_the_name_of_the_output_says_its_format(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str
) -> None:
    monkeypatch.chdir(HERE / "cases" / case)
    for suffix, name in ((".ttl", "turtle"), (".nt", "ntriples"), (".trig", "trig")):
        output = tmp_path / f"graph{suffix}"
        outcome = run(["convert", "facts.jsonl", "-o", str(output)])
        assert outcome.stdout == b""
        assert output.read_bytes() == run(["convert", "facts.jsonl", "--to", name]).stdout


def test_a_class_of_the_users_own_is_in_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "cases" / "own-class")
    schema = json.loads(run(["schema", "LegalAction", "--lang", "en"]).stdout)
    Draft202012Validator.check_schema(schema)
    lawsuit = Draft202012Validator(schema)
    good, bad = (
        json.loads(line) for line in Path("facts.jsonl").read_text(encoding="utf-8").splitlines()[-2:]
    )
    # The schema is of a record after the header's defaults.
    assert lawsuit.is_valid(good | {"source": "article"})
    assert not lawsuit.is_valid(bad | {"source": "article"})
    assert not lawsuit.is_valid(good | {"source": "article", "colour": "blue"})
    assert not lawsuit.is_valid(good)
    assert "Who is sued." in json.dumps(schema)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_form_of_unicode_makes_no_difference(tmp_path: Path, form: Literal["NFC", "NFD"]) -> None:
    text = (HERE / "cases" / "reference-forms" / "facts.jsonl").read_text(encoding="utf-8")
    text = "\n".join(line for line in text.splitlines() if "by-iri" not in line)
    text = text.replace('"softbank"', '"소프트뱅크"')
    facts = tmp_path / unicodedata.normalize(form, "사실.jsonl")
    facts.write_text(unicodedata.normalize(form, text), encoding="utf-8")
    outcome = run(["convert", str(facts)])
    plain = tmp_path / "plain" / "사실.jsonl"
    plain.parent.mkdir()
    plain.write_text(text, encoding="utf-8")
    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stdout == run(["convert", str(plain)]).stdout
    assert "<organization/사실/소프트뱅크>" in outcome.stdout.decode()


def _lines(case: Path) -> list[str]:
    return [line for line in _bytes(case / "facts.jsonl").decode().splitlines() if line.strip()]


def _has_an_order(case: Path) -> bool:
    """Whether the case is one file that is converted, and its lines but for the header are records."""
    records = _lines(case)[1:]
    return bool(records) and not (case / "args").is_file() and all('"type"' in line for line in records)


@pytest.mark.parametrize("case", [case for case in CASES if _has_an_order(case)], ids=lambda case: case.name)
def test_the_order_of_the_lines_makes_no_difference(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: Path
) -> None:
    lines = _lines(case)
    header, records = (lines[:1], lines[1:]) if '"type"' not in lines[0] else ([], lines)
    for file in case.iterdir():
        if file.suffix in {".toml", ".ttl"}:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    Path("facts.jsonl").write_text("\n".join([*header, *reversed(records)]), encoding="utf-8")
    outcome = run(["convert", "facts.jsonl", "--lang", "en"])
    assert outcome.stdout == _bytes(case / "expected.ttl")
    assert outcome.exit_code == int(_bytes(case / "exit") or b"0")
