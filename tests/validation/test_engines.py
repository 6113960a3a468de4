"""Every engine gives the same results, in the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import EngineError, UsageError
from kg.rdf import XSD
from kg.validation.engine import ENGINES, engine
from kg.validation.engines.shacl import ShaclChecker
from kg.validation.engines.w3c import read_report, tagged
from kg.validation.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[[str, str, str], list[Result]]

EX = "http://ex.example/"
A = f"<{EX}a>"

SHAPES = """
ex:A a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:A-p, ex:A-n, ex:A-money, ex:A-path .
ex:A-p a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:class ex:B ; sh:severity sh:Warning ;
  sh:message "wrong p"@en, "잘못된 p"@ko .
ex:A-n a sh:PropertyShape ; sh:path ex:n ; sh:datatype xsd:decimal ; sh:maxInclusive 100.0 ;
  sh:severity sh:Violation .
ex:A-money a sh:PropertyShape ; sh:path ex:money ; sh:node ex:Money ; sh:severity sh:Violation .
ex:A-path a sh:PropertyShape ; sh:path ( ex:p [ sh:inversePath ex:z ] ) ; sh:maxCount 0 ; sh:severity ex:Bad .
ex:Money a sh:NodeShape ; sh:targetClass ex:Money ; sh:property ex:Money-currency .
ex:Money-currency a sh:PropertyShape ; sh:path ex:currency ; sh:minCount 1 ; sh:severity sh:Info .
ex:Query a sh:NodeShape ; sh:targetClass ex:A ; sh:severity sh:Warning ; sh:sparql ex:Query-query .
ex:Query-query a sh:SPARQLConstraint ; sh:message "{?value} is q of {$this}"@en, "{?value}: q 값입니다"@ko ;
  sh:select '''SELECT $this (<http://ex.example/q> AS ?path) ?value
    WHERE { $this <http://ex.example/q> ?value }''' .
"""


def test_core_and_sparql_results_are_exact(engine_name: str, run: Run) -> None:
    found = run(
        engine_name,
        SHAPES,
        """ex:a a ex:A ; ex:p ex:b ; ex:n "x"^^xsd:decimal, 101.50 ; ex:money ex:m ; ex:q "t\\t\\"한\\""@KO .
        ex:c ex:z ex:b . ex:m a ex:Money .""",
    )
    complex_path = f"(<{EX}p>/^<{EX}z>)"
    q = '"t\\t\\"한\\""@ko'
    assert found == [
        Result(A, complex_path, "", "MaxCount", f"{EX}A-path", f"{EX}Bad"),
        Result(A, f"{EX}money", f"<{EX}m>", "Node", f"{EX}A-money", "Violation"),
        Result(A, f"{EX}n", f'"101.50"^^<{XSD}decimal>', "MaxInclusive", f"{EX}A-n", "Violation"),
        Result(A, f"{EX}n", f'"x"^^<{XSD}decimal>', "Datatype", f"{EX}A-n", "Violation"),
        Result(A, f"{EX}n", f'"x"^^<{XSD}decimal>', "MaxInclusive", f"{EX}A-n", "Violation"),
        Result(A, f"{EX}p", f"<{EX}b>", "Class", f"{EX}A-p", "Warning"),
        Result(A, f"{EX}q", q, "SPARQL", f"{EX}Query", "Warning"),
        Result(f"<{EX}m>", f"{EX}currency", "", "MinCount", f"{EX}Money-currency", "Info"),
    ]


def test_messages_are_those_of_the_shapes_in_their_languages(engine_name: str, run: Run) -> None:
    found = run(engine_name, SHAPES, "ex:a a ex:A ; ex:q 7 ; ex:n 101.0 .")
    messages = {r.component: dict(r.messages) for r in found}
    assert messages["MinCount"] == {"en": "wrong p", "ko": "잘못된 p"}
    assert messages["MaxInclusive"] == {}, "no sh:message, so none: made-up texts are left out"
    assert messages["SPARQL"]["ko"] == "7: q 값입니다"
    assert messages["SPARQL"]["en"].startswith("7 is q of ")
    assert list(messages["SPARQL"]) == ["en", "ko"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("[ sh:alternativePath ( ex:p [ sh:oneOrMorePath ex:q ] ) ]", f"(<{EX}p>|(<{EX}q>)+)"),
        ("[ sh:zeroOrMorePath [ sh:inversePath ex:q ] ]", f"(^<{EX}q>)*"),
        ("[ sh:zeroOrOnePath ( ex:p ex:z ) ]", f"((<{EX}p>/<{EX}z>))?"),
        ("[ sh:inversePath ( ex:p ex:z ) ]", f"^(<{EX}p>/<{EX}z>)"),
    ],
)
def test_complex_paths_have_one_text_and_blank_shapes_none(
    engine_name: str, run: Run, path: str, text: str
) -> None:
    shapes = f"[] a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path {path} ; sh:minCount 9 ] ."
    assert run(engine_name, shapes, "ex:a a ex:A .") == [Result(A, text, "", "MinCount", "", "Violation")]


def test_inherited_targets_need_only_the_subclass_triple(engine_name: str, run: Run) -> None:
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:P . ex:P sh:path ex:p ; sh:minCount 1 ."
    )
    assert run(engine_name, shapes, "ex:a a ex:B .") == []
    assert len(run(engine_name, shapes, "ex:a a ex:B . ex:B rdfs:subClassOf ex:A .")) == 1


def test_literals_are_given_back_as_they_are_written(engine_name: str, run: Run) -> None:
    shapes = "ex:S sh:targetClass ex:A ; sh:property ex:P . ex:P sh:path ex:p ; sh:nodeKind sh:IRI ."
    odd = ["1.50", "+1", "01", "-0.0"]
    values = ", ".join(f'"{o}"^^xsd:decimal' for o in odd)
    found = run(engine_name, shapes, f'ex:a a ex:A ; ex:p {values}, "NaN"^^xsd:double, "1"^^xsd:boolean .')
    assert {r.value for r in found} == {f'"{o}"^^<{XSD}decimal>' for o in odd} | {
        f'"NaN"^^<{XSD}double>',
        f'"1"^^<{XSD}boolean>',
    }


def test_bad_shapes_and_bad_data_are_engine_errors_with_the_engines_words(
    engine_name: str, tmp_path: Path
) -> None:
    with pytest.raises(EngineError) as shapes:
        engine(engine_name).compile("<a")
    assert shapes.value.code == "engine-failed-compile"
    file = tmp_path / "data.nt"
    file.write_text("<http://x> <http://y>\n", "utf-8")
    with pytest.raises(EngineError) as data:
        engine(engine_name).compile("<urn:s> <urn:p> <urn:o> .\n").check(file)
    assert data.value.code == "engine-failed-check"
    assert data.value.args_shown["engine"] == engine_name
    words = str(data.value.args_shown["words"])
    assert len(words) > 10
    assert "\n" not in words


def test_more_results_than_allowed_are_an_error_never_a_shorter_list(
    n_triples: Callable[[str], str], tmp_path: Path
) -> None:
    import shacl  # noqa: PLC0415 - this test alone needs the library itself

    file = tmp_path / "data.nt"
    file.write_text(n_triples("ex:a a ex:A . ex:b a ex:A ."), "utf-8")
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:P . ex:P sh:path ex:p ; sh:minCount 1 ."
    )
    compiled = shacl.Shapes.from_text(n_triples(shapes), "ntriples")
    assert len(ShaclChecker(compiled, max_results=3).check(file)) == 2
    with pytest.raises(EngineError) as error:
        ShaclChecker(compiled, max_results=2).check(file)
    assert error.value.code == "too-many-results"


def test_an_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as error:
        engine("shackle")
    assert error.value.args_shown["allowed"] == ("shacl", "pyshacl", "turbo")


@pytest.mark.parametrize("known", ENGINES, ids=lambda e: e.name)
def test_an_engine_whose_library_is_missing_says_so(monkeypatch: pytest.MonkeyPatch, known: object) -> None:
    name, library = getattr(known, "name", ""), getattr(known, "library", "")
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(EngineError) as error:
        engine(name)
    assert error.value.code == "engine-missing"


def test_what_pyshacl_logs_is_not_shown(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    # It warns of a qualified value shape on a node shape, and rdflib of the number that is none.
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape ex:T ."
    )
    assert run("pyshacl", shapes + " ex:T sh:class ex:B .", 'ex:a a ex:A ; ex:p "x"^^xsd:decimal .') == []
    assert caplog.records == []


def test_results_inside_results_are_left_out_even_if_they_are_repeated(
    n_triples: Callable[[str], str],
) -> None:
    report = """
    [] a sh:ValidationReport ; sh:result _:outer, _:inner .
    _:outer sh:focusNode ex:a ; sh:sourceConstraintComponent sh:NodeConstraintComponent ;
      sh:resultSeverity sh:Violation ; sh:detail _:inner .
    _:inner sh:focusNode ex:b ; sh:sourceConstraintComponent sh:MinCountConstraintComponent ;
      sh:resultSeverity sh:Violation ."""
    assert [r.focus for r in read_report(n_triples(report), tagged)] == [A]
