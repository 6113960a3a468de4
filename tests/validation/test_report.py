"""The report is the W3C's, without blank nodes, and holds what no shape found too."""

from __future__ import annotations

from decimal import Decimal

import pytest
import rdflib
from pyshacl import validate

from kg.errors import Place, Problem
from kg.rdf import SH, XSD
from kg.validation.engines.w3c import read_report, tagged
from kg.validation.finding import Finding
from kg.validation.report import report_blocks
from kg.validation.result import Result

EX = "http://ex.example/"


def from_shape(
    path: str = f"{EX}p", value: str = '"x"@ko', focus: str = f"<{EX}a>", severity: str = "Warning"
) -> Finding:
    result = Result(focus, path, value, "Class", f"{EX}A-p", severity)
    problem = Problem("class", "/p", severity="warning", message={"en": "wrong", "ko": "틀림"})
    return Finding(problem, Place("facts.jsonl", 12), result=result)


def lines(*findings: Finding) -> list[str]:
    return [line for _, block in report_blocks(findings) for line in block]


def test_a_result_of_a_shape_is_read_back_as_it_was() -> None:
    finding = from_shape()
    (result,) = read_report("\n".join(lines(finding)), tagged)
    assert result == finding.result
    assert dict(result.messages) == {"en": "wrong", "ko": "틀림"}
    assert "<urn:kg:report#1> <http://purl.org/dc/terms/source> <urn:kg:place:facts.jsonl:12#/p> ." in lines(
        finding
    )


@pytest.mark.parametrize(
    "path",
    [
        "(<u:p>/^<u:z>)",
        "(<u:p>|(<u:q>)+)",
        "(^<u:q>)*",
        "((<u:p>/<u:z>))?",
        "^(<u:p>/<u:z>)",
        "^((<u:a>|<u:b>|(<u:c>/<u:d>/<u:e>)))*",
    ],
)
def test_a_complex_path_has_nodes_with_iris_and_is_read_back(path: str) -> None:
    text = "\n".join(lines(from_shape(path=path)))
    assert "_:" not in text
    assert read_report(text, tagged)[0].path == path


def test_what_no_shape_found_is_in_it_with_its_words_and_place() -> None:
    problem = Problem(
        "money-unreadable", "/amount/min", received={"min": Decimal("1.50")}, message={"en": "bad"}
    )
    text = "\n".join(lines(Finding(problem, Place("새 파일.jsonl", 3))))
    place = "urn:kg:place:%EC%83%88%20%ED%8C%8C%EC%9D%BC.jsonl:3#/amount/min"
    assert f"<urn:kg:report#1> <{SH}focusNode> <{place}> ." in text
    assert f"<{SH}sourceConstraintComponent> <urn:kg:code:money-unreadable>" in text
    assert f"<{SH}resultSeverity> <{SH}Violation>" in text
    assert f'<{SH}value> "{{\\"min\\": 1.50}}"' in text
    assert '"bad"@en' in text


def test_a_record_with_an_iri_is_the_focus_of_its_problem() -> None:
    finding = Finding(Problem("x", message={"en": "y"}), Place("f", 1), record=f"{EX}a")
    assert f"<urn:kg:report#1> <{SH}focusNode> <{EX}a> ." in lines(finding)


def test_blank_nodes_are_numbered_as_they_turn_up() -> None:
    text = "\n".join(lines(from_shape(focus="_:x7", value="_:x9"), from_shape(focus="_:x9")))
    assert "_:" not in text
    assert f"<urn:kg:report#1> <{SH}value> <urn:kg:report#blank-2>" in text
    assert f"<urn:kg:report#2> <{SH}focusNode> <urn:kg:report#blank-2>" in text


def test_a_severity_of_ones_own_is_kept() -> None:
    assert f"<urn:kg:report#1> <{SH}resultSeverity> <{EX}Bad> ." in lines(from_shape(severity=f"{EX}Bad"))


def test_nothing_found_conforms() -> None:
    assert lines() == [
        f"<urn:kg:report> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SH}ValidationReport> .",
        f'<urn:kg:report> <{SH}conforms> "true"^^<{XSD}boolean> .',
    ]


def test_the_report_is_one_by_the_standards_own_terms() -> None:
    """https://www.w3.org/TR/shacl/#results-validation-report, as shapes."""
    shapes = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    [] sh:targetClass sh:ValidationReport ;
      sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ;
      sh:property [ sh:path sh:result ; sh:minCount 2 ; sh:class sh:ValidationResult ] .
    [] sh:targetClass sh:ValidationResult ;
      sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
      sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
      sh:property [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ;
        sh:nodeKind sh:IRI ] ;
      sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
      sh:property [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ] .
    """
    text = "\n".join(lines(from_shape(), Finding(Problem("x", message={"en": "y"}), Place("f", 1))))
    conforms, _, words = validate(
        rdflib.Graph().parse(data=text, format="nt"),
        shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"),
    )
    assert conforms, words
