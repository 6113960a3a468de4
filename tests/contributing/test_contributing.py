"""The example of CONTRIBUTING.md works as it stands: in a project of one's own, and among our own files."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.model.compile import compile_model
from kg.model.files import read
from kg.model.lint import lint
from kg.model.value_types import VALUE_TYPES
from kg.rdf import PREFIXES
from tests.command import run

if TYPE_CHECKING:
    from kg.model.types import Model

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RULES = sorted((ROOT / "tests/ontology/rules").glob("*.rq"))
FOLDERS = ("ontology", "shapes")


def shown() -> dict[str, str]:
    """Name of a file -> the block after the words that name it."""
    files: dict[str, str] = {}
    for block in re.finditer(r"^( *)```(turtle|json|toml)\n(.*?)^ *```$", PAGE, re.DOTALL | re.MULTILINE):
        named: list[str] = re.findall(r"`([\w/.]+\.(?:ttl|jsonl|toml))`", PAGE[: block.start()])
        files[named[-1]] = dedent(block[3])
    return files


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in shown().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our ontology and shapes with the example among them."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder)
        assert not (copy / folder / "lawsuit.ttl").exists(), "the example is to collide with nothing"
        (copy / folder / "lawsuit.ttl").write_text(shown()[f"{folder}/lawsuit.ttl"], "utf-8")
    return copy


@pytest.fixture(scope="module")
def store(files: Path) -> ox.Store:
    store = ox.Store()
    for file in files.glob("*/*.ttl"):
        store.extend(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    return store


def test_the_page_shows_whole_files() -> None:
    assert list(shown()) == ["ontology/lawsuit.ttl", "shapes/lawsuit.ttl", "facts.jsonl", "kg.toml"]


def test_the_facts_are_valid_in_a_project_of_ones_own(project: Path) -> None:
    outcome = run(["validate", str(project / "facts.jsonl"), "--project", str(project), "--lang", "en"])
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "read 4 = accepted 4" in outcome.stdout.decode()
    assert "warnings: 0" in outcome.stdout.decode()


def test_the_facts_become_turtle(project: Path) -> None:
    outcome = run(["convert", str(project / "facts.jsonl"), "--project", str(project), "--lang", "en"])
    assert outcome.exit_code == 0
    turtle = outcome.stdout.decode()
    assert 'kg:filed "2024"^^xsd:gYear' in turtle
    assert 'kg:filedLatest "2024-12-31"^^xsd:date' in turtle
    assert "kg:ground kg:patentGround" in turtle


def test_its_rule_is_a_warning_and_says_what_to_do(project: Path) -> None:
    facts = project / "facts.jsonl"
    facts.write_text(
        facts.read_text("utf-8").replace('"defendant": "Qualcomm"', '"defendant": "arm"'), "utf-8"
    )
    outcome = run(["validate", str(facts), "--project", str(project), "--format", "json", "--lang", "en"])
    findings = json.loads(outcome.stdout)["findings"]
    assert [(f["code"], f["severity"], f["pointer"]) for f in findings] == [
        ("lawsuit-self", "warning", "/plaintiff")
    ]
    assert findings[0]["hint"] == "Nobody sues itself: check both parties."


def test_the_order_of_its_date_is_checked_though_nobody_wrote_so(project: Path) -> None:
    turtle = project / "lawsuit.ttl"
    turtle.write_text(
        """
        @prefix kg: <https://w3id.org/kg-loader/ontology#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://data.example.org/l> a kg:Lawsuit ;
            kg:filedEarliest "2025-01-01"^^xsd:date ; kg:filedLatest "2024-01-01"^^xsd:date .
        """,
        "utf-8",
    )
    outcome = run(["validate", str(turtle), "--project", str(project), "--format", "json", "--lang", "ko"])
    said = {f["code"]: f for f in json.loads(outcome.stdout)["findings"]}
    assert said["lawsuit-filed-order"]["severity"] == "error"
    assert "제소일(최초)" in said["lawsuit-filed-order"]["message"]


def test_the_schema_of_its_records_can_be_printed(project: Path) -> None:
    outcome = run(["schema", "Lawsuit", "--project", str(project), "--lang", "ko"])
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "원고" in outcome.stdout.decode()


def test_among_our_files_there_is_nothing_to_mend(files: Path) -> None:
    graph = read([files / folder for folder in FOLDERS])
    assert lint(graph.files, VALUE_TYPES, graph.files) == []


def test_among_our_files_its_class_is_complete(files: Path) -> None:
    ontology, shapes = (read([files / folder]) for folder in FOLDERS)
    model: Model = compile_model(ontology, shapes)
    fields = model.classes["Lawsuit"].fields
    assert {"plaintiff", "defendant", "ground", "amount", "filed", "status", "source"} <= set(fields)
    assert model.codes["https://w3id.org/kg-loader/shapes#Lawsuit-filed-order"] == "lawsuit-filed-order"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_it_keeps_the_rules_of_ontology_and_shapes(rule: Path, store: ox.Store) -> None:
    solutions = store.query(rule.read_text("utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    assert [[str(value) for value in solution] for solution in solutions] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_is_written_as_our_files_are(folder: str) -> None:
    lines = shown()[f"{folder}/lawsuit.ttl"].splitlines()
    heads = [line for line in lines if line.startswith("@prefix")]
    assert heads == sorted(heads)
    assert set(heads) <= {f"@prefix {p}: <{namespace}> ." for p, namespace in PREFIXES.items()}
    assert lines[len(heads) + 1].startswith("# ")
