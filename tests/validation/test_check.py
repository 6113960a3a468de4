"""A check is the engine's results, and proof that it looked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import EngineError
from kg.validation.check import check
from kg.validation.probe import probe, without_probes
from kg.validation.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.model.types import Model

EX = "http://ex.example/"
CLASSES = {f"{EX}Company", f"{EX}Fund"}
SLIM = "ex:Company rdfs:subClassOf ex:Organization . ex:Fund rdfs:subClassOf ex:Organization ."
SHAPES = """
ex:Organization-shape a sh:NodeShape ; sh:targetClass ex:Organization ; sh:property ex:name, ex:amount .
ex:name a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Violation .
ex:amount a sh:PropertyShape ; sh:path ex:amount ; sh:node ex:Money ; sh:severity sh:Violation .
ex:Money a sh:NodeShape ; sh:targetClass ex:Money ; sh:property ex:currency .
ex:currency a sh:PropertyShape ; sh:path ex:cur ; sh:minCount 1 ; sh:severity sh:Violation .
"""
DATA = f"<{EX}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{EX}Company> ."


def test_the_results_are_those_of_the_data_alone(
    engine_name: str, model: Callable[[str, str], Model]
) -> None:
    checked = check(model(SHAPES, SLIM), [DATA], CLASSES, engine_name)
    assert [(r.focus, r.component) for r in checked.results] == [(f"<{EX}a>", "MinCount")]
    assert (checked.engine, checked.notes, checked.untargeted) == (engine_name, (), ())


def test_an_engine_without_the_subclass_triples_is_caught(
    engine_name: str, model: Callable[[str, str], Model]
) -> None:
    blind = replace(model(SHAPES, SLIM), slim="")
    with pytest.raises(EngineError) as error:
        check(blind, [DATA], CLASSES, engine_name)
    assert error.value.code == "not-checked"
    assert error.value.args_shown["classes"] == (f"{EX}Company", f"{EX}Fund")


def test_a_class_that_no_shape_targets_is_named(model: Callable[[str, str], Model]) -> None:
    checked = check(model(SHAPES, SLIM), [DATA], {*CLASSES, f"{EX}Other"}, "shacl")
    assert checked.untargeted == (f"{EX}Other",)


def test_probes_are_one_node_for_each_class_that_a_shape_targets(model: Callable[[str, str], Model]) -> None:
    shapes, data = probe(model(SHAPES, SLIM), {*CLASSES, f"{EX}Other"})
    assert shapes.count("targetClass") == 2
    assert data.count("<urn:kg:probe:") == 4
    assert f"{EX}Other" not in data


def test_data_may_be_a_file_whose_last_line_does_not_end(
    engine_name: str, model: Callable[[str, str], Model], tmp_path: Path
) -> None:
    file = tmp_path / "facts.nt"
    file.write_text(DATA, "utf-8")
    built = model(SHAPES, SLIM)
    assert check(built, file, CLASSES, engine_name) == check(built, [DATA], CLASSES, engine_name)


MONEY = "ex:a a ex:Fund ; ex:p 1 ; ex:amount ex:m . ex:m a ex:Money ."


def test_of_a_value_that_does_not_fit_only_what_is_wrong_inside_is_kept(
    engine_name: str, model: Callable[[str, str], Model], n_triples: Callable[[str], str]
) -> None:
    checked = check(
        model(SHAPES, SLIM), n_triples(MONEY).splitlines(), {f"{EX}Fund", f"{EX}Money"}, engine_name
    )
    assert [(r.focus, r.path, r.component) for r in checked.results] == [(f"<{EX}m>", f"{EX}cur", "MinCount")]


def test_a_value_of_the_wrong_type_keeps_its_shallow_result(
    engine_name: str, model: Callable[[str, str], Model], n_triples: Callable[[str], str]
) -> None:
    # ex:m is no ex:Money, so nothing deeper is reported; what is wrong with it as a Fund explains nothing.
    data = n_triples("ex:a a ex:Fund ; ex:p 1 ; ex:amount ex:m . ex:m a ex:Fund .")
    checked = check(model(SHAPES, SLIM), data.splitlines(), {f"{EX}Fund"}, engine_name)
    assert [(r.focus, r.component) for r in checked.results] == [
        (f"<{EX}a>", "Node"),
        (f"<{EX}m>", "MinCount"),
    ]


def test_values_within_values_keep_only_the_deepest(
    engine_name: str, model: Callable[[str, str], Model], n_triples: Callable[[str], str]
) -> None:
    shapes = (
        SHAPES
        + """ex:Money sh:property ex:part . ex:part sh:path ex:part ; sh:node ex:Part .
    ex:Part a sh:NodeShape ; sh:targetClass ex:Part ; sh:property ex:unit . ex:unit sh:path ex:unit ;
      sh:minCount 1 ."""
    )
    data = n_triples(MONEY + "ex:m ex:cur 1 ; ex:part ex:n . ex:n a ex:Part .")
    classes = {f"{EX}Fund", f"{EX}Money", f"{EX}Part"}
    checked = check(model(shapes, SLIM), data.splitlines(), classes, engine_name)
    assert [(r.focus, r.path) for r in checked.results] == [(f"<{EX}n>", f"{EX}unit")]


def test_a_probe_is_back_only_with_the_result_of_its_own_shape(model: Callable[[str, str], Model]) -> None:
    built, fund = model(SHAPES, SLIM), {f"{EX}Fund"}
    other = Result("<urn:kg:probe:1>", f"{EX}p", "", "MinCount", f"{EX}name", "Violation")
    own = Result("<urn:kg:probe:1>", "urn:kg:probe", "", "MaxCount", "urn:kg:probe#property", "Violation")
    assert without_probes([other], built, fund) == ([], [f"{EX}Fund"])
    assert without_probes([other, own], built, fund) == ([], [])
