"""Facts checked beside a graph on a server: understood as beside the same in a store, and told of what they break."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

import kg
from kg.config import Config
from kg.pipeline import served as checking
from kg.push import served
from kg.rdf import KG, TYPE
from kg.reading import read_source
from kg.store import Store
from tests.command import run
from tests.deal import DEAL, DOC
from tests.pipeline.test_before import KNOWN, _files, _headers, written
from tests.validation.test_change import EX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.types import Model
    from kg.pipeline import Outcome
    from kg.push import Target
    from tests.push.servers import Running

from tests.push.beside import INVERSE, SLOW, put, shaped

HEADER = {"ids": "shared", "dataset": "new", "defaults": {"source": "doc"}}
ACME = {"type": "Company", "id": "acme", "name": {"en": "Acme Corporation"}}
KIM = {"type": "Person", "id": "kim", "name": {"ko": "김철수"}, "birthDate": "1970-01-01"}


def facts(folder: Path, name: str, records: list[Any]) -> Path:
    file = folder / f"{name}.jsonl"
    header = {**HEADER, "dataset": name}
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in (header, *records)), "utf-8")
    return file


def told(findings: Iterable[Any]) -> list[str]:
    return sorted(f"{f.place.line} {f.problem.code} {f.problem.pointer}" for f in findings if f.place.line)


@pytest.mark.parametrize(
    ("records", "codes"),
    [
        ([{**DEAL, "investee": {"type": "Company", "name": "Beta"}}], []),
        ([{**DEAL, "investor": "Acme Corporation", "investee": "김철수"}], []),
        ([{**DEAL, "investor": "acme", "investee": "https://x.example/document/doc"}], ["wrong-class"]),
        ([{**DEAL, "investor": "acme", "investee": "Acme Corporation"}], ["investment-self"]),
        (
            [{**DEAL, "investor": "https://x.example/organization/acme", "investee": "nobody"}],
            ["reference-unknown"],
        ),
        ([{**KIM, "birthDate": "1971-01-01"}], []),
        ([{**DEAL, "investor": "kim", "investee": "acme", "source": "other"}], ["reference-unknown"]),
        ([{"type": "Investment", "investor": "kim", "investee": "acme"}], ["missing-field"]),
    ],
)
def test_facts_are_understood_as_they_are_beside_the_same_facts_in_a_store(
    server: Running, graph: str, tmp_path: Path, records: list[Any], codes: list[str]
) -> None:
    project = kg.init(tmp_path / "p", base="https://x.example/")
    project.load(facts(tmp_path, "old", [DOC, ACME, KIM]))
    target = server.target(graph)
    with Store.open(project.folder, write=False) as store:
        put(target, [line for _, block in store.blocks() for line in block])
    file = facts(tmp_path, "new", records)
    expected = project.validate(file)
    with served(target) as there:
        outcome = checking.validate(
            project.model, project.config, [read_source(str(file))], {}, there, "shacl", lambda _s, _c: None
        )
    assert outcome.books == expected.books
    assert told(outcome.findings) == told(expected.findings)
    assert sorted({f.problem.code for f in expected.findings if f.problem.severity == "error"}) == codes
    assert outcome.exit_code == bool(codes)


@SLOW
@given(_headers, _files)
def test_any_facts_are_understood_as_they_are_beside_a_store(
    oxigraph: Running, graph: str, header: dict[str, Any], records: list[Any]
) -> None:
    # what is named otherwise than it is written there is not found on a server
    new = json.loads(json.dumps(records[len(KNOWN) :]).replace("Acme Inc.", "Acme"))
    with TemporaryDirectory() as name:
        folder = Path(name)
        project = kg.init(folder / "p", base="https://x.example/")
        project.load(written(folder / "known.jsonl", {**header, "ids": "shared", "dataset": "known"}, KNOWN))
        target = oxigraph.target(graph)
        with Store.open(project.folder, write=False) as store:
            put(target, [line for _, block in store.blocks() for line in block])
        file = written(folder / "facts.jsonl", header, new)
        expected = project.validate(file)
        outcome = beside_facts(target, file, project.model)
    assert outcome.books == expected.books
    assert told(outcome.findings) == told(expected.findings)


def beside_facts(target: Target, file: Path, model: Model) -> Outcome:
    config = Config(base="https://x.example/")
    with served(target) as there:
        return checking.validate(
            model, config, [read_source(str(file))], {}, there, "shacl", lambda _s, _c: None
        )


def into(company: str, count: int) -> list[str]:
    """Claims of the server that name a company."""
    return [f"<{EX}i{n}> <{KG}investee> <https://x.example/organization/{company}> ." for n in range(count)]


def test_facts_that_break_what_the_server_has_are_told_so(
    oxigraph: Running, graph: str, tmp_path: Path
) -> None:
    target, model = oxigraph.target(graph), shaped(tmp_path, INVERSE)
    acme = f"<https://x.example/organization/acme> {TYPE} <{KG}Company> ."
    put(target, [acme, *into("acme", 3)])
    deal = {**DEAL, "investor": {"type": "Company", "name": "Beta"}, "investee": "acme"}
    outcome = beside_facts(target, facts(tmp_path, "new", [DOC, deal]), model)
    (broken,) = [f for f in outcome.findings if f.problem.severity == "error"]
    assert broken.problem.code == "endpoint-breaks"
    assert "https://x.example/organization/acme" in broken.message("en")
    assert "may have at most 3" in broken.message("en")
    assert outcome.exit_code == 1
    put(target, [acme, *into("acme", 4)])
    outcome = beside_facts(target, facts(tmp_path, "new", [DOC, deal]), model)
    assert outcome.exit_code == 0, "it is wrong there already"


def test_what_the_server_says_of_a_fact_is_told_at_its_record(
    oxigraph: Running, graph: str, tmp_path: Path
) -> None:
    target, model = oxigraph.target(graph), shaped(tmp_path, INVERSE)
    put(target, into("acme", 4))
    about = {"type": "Founding", "founder": "kim", "founded": "acme", "status": "actual"}
    outcome = beside_facts(target, facts(tmp_path, "new", [DOC, ACME, KIM, about]), model)
    errors = [f for f in outcome.findings if f.problem.severity == "error"]
    assert [(f.place.line, f.problem.code) for f in errors] == [(3, "into")]
    assert outcome.books is not None
    assert (outcome.books.accepted, outcome.books.quarantined, outcome.books.waiting) == (2, 1, 1)


def test_the_command_says_that_the_server_was_asked(oxigraph: Running, graph: str, tmp_path: Path) -> None:
    put(oxigraph.target(graph), [f"<https://x.example/organization/acme> {TYPE} <{KG}Company> ."])
    (tmp_path / "kg.toml").write_text('format = 1\nbase = "https://x.example/"\n', "utf-8")
    file = facts(tmp_path, "new", [DOC, {**DEAL, "investee": {"type": "Company", "name": "Beta"}}])
    arguments = ["validate", str(file), "--endpoint", oxigraph.url, "--graph", graph]
    ran = run([*arguments, "--project", str(tmp_path), "--lang", "en"])
    assert ran.exit_code == 0, ran
    assert b"info[endpoint-asked]: checked with what it touches in the graph of " in ran.stdout
    ran = run([*arguments, "--project", str(tmp_path), "--lang", "ko"])
    assert "관련된 부분과 함께 검사했습니다".encode() in ran.stdout
