"""The W3C test suite (https://github.com/w3c/data-shapes), through the contract of engines.

Results are compared exactly, as sets, by focus, path, value, component, shape and severity; a blank
node matches any blank node. A test that asks for a failure wants an ``EngineError``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph
import pytest

from kg.errors import EngineError
from kg.rdf import RDF
from kg.validation.check import DEFAULT, choose
from kg.validation.engine import engine
from kg.validation.engines.w3c import graph_of, read_report, tagged

if TYPE_CHECKING:
    from kg.validation.result import Result

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "shacl-w3c"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
COUNTS = {"core": 98, "sparql": 22}

KNOWN_FAILURES = {
    "shacl": {"sparql/pre-binding/unsupported-sparql-004": "takes a query that it should refuse"},
    "pyshacl": {
        "core/property/uniqueLang-002": 'takes "1"^^xsd:boolean for true',
        "sparql/node/prefixes-001": "knows only prefixes that the Turtle file binds, and N-Triples has none",
        "sparql/pre-binding/shapesGraph-001": "has no $shapesGraph",
    },
    "turbo": {},
}
"""Test -> why. One that passes after all fails here, so that the list stays true."""

needs_suite = pytest.mark.skipif(not SUITE.is_dir(), reason="needs ../shared/suites/shacl-w3c")


@dataclass(frozen=True)
class Case:
    """One entry of a manifest; ``expected`` is None where the engine must fail."""

    name: str
    shapes: str
    data: str
    expected: frozenset[Result] | None


@cache
def n_triples(file: Path) -> str:
    quads = pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE, base_iri=file.as_uri())
    triples = (pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in quads)
    return (pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()


def blanked(result: Result) -> Result:
    focus, value = (("_:" if t.startswith("_:") else t) for t in (result.focus, result.value))
    return replace(result, focus=focus, value=value)


def cases(part: str) -> list[Case]:
    found = []
    for file in listed(SUITE / part / "manifest.ttl"):
        graph = graph_of(n_triples(file))
        for about in graph.values():
            if f"<{SHT}Validate>" not in map(str, about.get(f"{RDF}type", ())):
                continue
            action = graph[about[f"{MF}action"][0]]
            shapes, data = (
                n_triples(file.parent / str(action[SHT + key][0])[1:-1].rpartition("/")[2])
                for key in ("shapesGraph", "dataGraph")
            )
            report = about[f"{MF}result"][0]
            expected = (
                None if str(report) == f"<{SHT}Failure>" else frozenset(map(blanked, expected_in(file)))
            )
            found.append(Case(str(file.relative_to(SUITE).with_suffix("")), shapes, data, expected))
    return found


def listed(manifest: Path) -> list[Path]:
    """The test files that a manifest includes, directly or through others."""
    files: list[Path] = []
    for about in graph_of(n_triples(manifest)).values():
        for included in about.get(f"{MF}include", ()):
            file = Path(unquote(str(included)[1:-1].removeprefix("file://")))
            files += listed(file) if file.name == "manifest.ttl" else [file]
    return files


def expected_in(file: Path) -> list[Result]:
    return read_report(n_triples(file), tagged)


def handed_over(case: Case, folder: Path) -> frozenset[Result] | None:
    """With the default engine, which hands over what it can't do."""
    return outcome(choose(DEFAULT, case.shapes)[0], case, folder)


def outcome(name: str, case: Case, folder: Path) -> frozenset[Result] | None:
    data = folder / "data.nt"
    data.write_text(case.data, "utf-8")
    try:
        return frozenset(map(blanked, engine(name).compile(case.shapes).check(data)))
    except EngineError:
        return None


@needs_suite
@pytest.mark.parametrize("part", ["core", "sparql"])
def test_an_engine_passes_all_but_the_tests_it_is_known_to_fail(
    engine_name: str, part: str, tmp_path: Path
) -> None:
    tests = cases(part)
    assert len(tests) == COUNTS[part]
    failed = {case.name for case in tests if outcome(engine_name, case, tmp_path) != case.expected}
    assert failed == {test for test in KNOWN_FAILURES[engine_name] if test.startswith(f"{part}/")}


@needs_suite
@pytest.mark.parametrize("part", ["core", "sparql"])
def test_the_default_engine_with_its_hand_over_passes_all(part: str, tmp_path: Path) -> None:
    tests = cases(part)
    assert len(tests) == COUNTS[part]
    assert [case.name for case in tests if handed_over(case, tmp_path) != case.expected] == []


@needs_suite
@pytest.mark.parametrize("part", ["core", "sparql"])
def test_without_the_extra_it_fails_at_most_what_the_reference_fails(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.check.installed", lambda name: name != "turbo")
    tests = cases(part)
    failed = {case.name for case in tests if handed_over(case, tmp_path) != case.expected}
    assert failed == (set() if part == "core" else {"sparql/pre-binding/shapesGraph-001"})


def test_shacl_passes_the_whole_core() -> None:
    assert not any(test.startswith("core/") for test in KNOWN_FAILURES["shacl"])
