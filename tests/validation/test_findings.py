"""Where the engines are known to differ. A test that fails here says that a library has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.validation.result import Result

    Run = Callable[[str, str, str], list[Result]]

PROPERTY = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:P . ex:P sh:path ex:p ; "
QUERY = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql ex:Q . ex:Q a sh:SPARQLConstraint ; "
FAILS = "the engine fails"


def values(run: Run, engine: str, shapes: str, data: str) -> str:
    """The lexical forms that are reported, sorted and joined by commas; or that the engine failed."""
    try:
        return ",".join(sorted(r.value.split('"')[1] for r in run(engine, shapes, data)))
    except EngineError:
        return FAILS


def literals(datatype: str, *forms: str) -> str:
    return "ex:a a ex:A ; ex:p " + ", ".join(f'"{form}"^^xsd:{datatype}' for form in forms) + " ."


DIFFERENCES = {
    "letters in a pattern": (
        PROPERTY + r"sh:pattern '^\\p{L}+$' .",
        'ex:a a ex:A ; ex:p "a1", "한" .',
        {"shacl": "a1", "pyshacl": FAILS, "turbo": FAILS},
    ),
    "a decimal that is not a number in an order": (
        PROPERTY + "sh:minInclusive 1.0 .",
        literals("decimal", "NaN", "2"),
        {"shacl": "NaN", "pyshacl": FAILS, "turbo": "NaN"},
    ),
    "ill-typed decimals": (
        PROPERTY + "sh:datatype xsd:decimal .",
        literals("decimal", "NaN", "1e5", " 1 ", "", "+1", "1.50"),
        {"shacl": ", 1 ,1e5,NaN", "pyshacl": "", "turbo": ", 1 ,1e5,NaN"},
    ),
    "a date beyond the year 9999": (
        PROPERTY + "sh:datatype xsd:date .",
        literals("date", "2024-02-30", "12024-02-29"),
        {"shacl": "2024-02-30", "pyshacl": "12024-02-29,2024-02-30", "turbo": "2024-02-30"},
    ),
    "an ill-typed year": (
        PROPERTY + "sh:datatype xsd:gYear .",
        literals("gYear", "20", "x"),
        {"shacl": "", "pyshacl": "", "turbo": "20,x"},
    ),
    "a month 13": (
        PROPERTY + "sh:datatype xsd:gYearMonth .",
        literals("gYearMonth", "2024-13"),
        {"shacl": "", "pyshacl": "", "turbo": "2024-13"},
    ),
    "an ill-typed duration": (
        PROPERTY + "sh:datatype xsd:dayTimeDuration .",
        literals("dayTimeDuration", "PT", "P1Y", "PT2H"),
        {"shacl": "", "pyshacl": "", "turbo": "P1Y,PT"},
    ),
    "the order of months": (
        PROPERTY + "sh:minInclusive '2024-01'^^xsd:gYearMonth .",
        literals("gYearMonth", "2023-12", "2024-02"),
        {"shacl": "2023-12,2024-02", "pyshacl": "2023-12,2024-02", "turbo": "2023-12"},
    ),
}


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_literals_that_the_engines_take_differently(difference: str, engine_name: str, run: Run) -> None:
    shapes, data, expected = DIFFERENCES[difference]
    assert values(run, engine_name, shapes, data) == expected[engine_name]


def test_a_blank_node_in_an_order_stops_pyshacl(engine_name: str, run: Run) -> None:
    shapes, data = PROPERTY + "sh:lessThan ex:q .", "ex:a a ex:A ; ex:p [] ; ex:q 3 ."
    if engine_name == "pyshacl":
        with pytest.raises(EngineError, match="BlankNode"):
            run(engine_name, shapes, data)
    else:
        assert [r.component for r in run(engine_name, shapes, data)] == ["LessThan"]


@pytest.mark.parametrize("number", ["NaN", "INF", "-INF", "1E999999999", "x", ""])
def test_odd_doubles_stop_no_engine(number: str, engine_name: str, run: Run) -> None:
    run(engine_name, PROPERTY + "sh:datatype xsd:double ; sh:minCount 1 .", literals("double", number))


def test_a_severity_on_the_sparql_constraint_is_obeyed_by_shacl_alone(engine_name: str, run: Run) -> None:
    shapes = (
        QUERY
        + "sh:severity sh:Info ; sh:select 'SELECT $this ?value { $this <http://ex.example/p> ?value }' ."
    )
    expected = "Info" if engine_name == "shacl" else "Violation"
    assert [r.severity for r in run(engine_name, shapes, "ex:a a ex:A ; ex:p 1 .")] == [expected]


def test_a_value_that_a_query_makes_is_lost_by_shacl(engine_name: str, run: Run) -> None:
    select = "SELECT $this ?value { $this <http://ex.example/p> ?x BIND(?x + 1 AS ?value) }"
    found = run(engine_name, QUERY + f"sh:select '{select}' .", "ex:a a ex:A ; ex:p 1 .")
    assert [bool(r.value.startswith('"2"')) for r in found] == [engine_name != "shacl"]


def test_a_deactivated_sparql_constraint_is_run_by_shacl(engine_name: str, run: Run) -> None:
    shapes = QUERY + "sh:deactivated true ; sh:select 'SELECT $this ?value { $this a ?value }' ."
    assert len(run(engine_name, shapes, "ex:a a ex:A .")) == (1 if engine_name == "shacl" else 0)


def test_a_class_only_by_owl_is_no_target_for_shacl(engine_name: str, run: Run) -> None:
    shapes = "ex:A a owl:Class, sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p ; sh:minCount 1 ."
    assert len(run(engine_name, shapes, "ex:a a ex:A .")) == (0 if engine_name == "shacl" else 1)


@pytest.mark.parametrize("other", ["ex:c", "3", "'x'"])
def test_an_iri_in_an_order_is_always_wrong_but_to_pyshacl(other: str, engine_name: str, run: Run) -> None:
    # It compares IRIs as if they were text.
    shapes = PROPERTY + "sh:lessThanOrEquals ex:q ."
    found = run(engine_name, shapes, f"ex:a a ex:A ; ex:p ex:b ; ex:q {other} .")
    assert len(found) == (0 if engine_name == "pyshacl" and other != "3" else 1)
