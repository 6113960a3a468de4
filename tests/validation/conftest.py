"""Shapes and data of these tests are Turtle with the project's prefixes and ``ex:``."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from kg.model.types import Model
from kg.rdf import PREFIXES, RDFS, SH
from kg.validation.engine import ENGINES, engine, installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.validation.result import Result

PREFIX_LINES = "".join(
    f"@prefix {p}: <{ns}> .\n" for p, ns in {**PREFIXES, "ex": "http://ex.example/"}.items()
)


def n_triples(turtle: str) -> str:
    quads = pyoxigraph.parse(PREFIX_LINES + turtle, pyoxigraph.RdfFormat.TURTLE)
    return (pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()


@pytest.fixture(name="n_triples")
def n_triples_fixture() -> Callable[[str], str]:
    return n_triples


@pytest.fixture(params=[e.name for e in ENGINES])
def engine_name(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if not installed(name):
        pytest.skip(f"needs the engine {name}")
    return name


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str, str, str], list[Result]]:
    """(engine, shapes, data) -> results."""

    def results(name: str, shapes: str, data: str) -> list[Result]:
        file = tmp_path / "data.nt"
        file.write_text(n_triples(data), "utf-8")
        return engine(name).compile(n_triples(shapes)).check(file)

    return results


@pytest.fixture
def model() -> Callable[[str, str], Model]:
    """(shapes, subclass triples) -> a model that holds only what a check needs."""

    def build(shapes: str, slim: str) -> Model:
        above: dict[str, set[str]] = {}
        for quad in pyoxigraph.parse(n_triples(slim), pyoxigraph.RdfFormat.N_TRIPLES):
            if quad.predicate.value == f"{RDFS}subClassOf":
                above.setdefault(str(quad.subject)[1:-1], set()).add(str(quad.object)[1:-1])
        lines = n_triples(shapes)
        targets = {
            str(q.object)[1:-1]
            for q in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES)
            if q.predicate.value == f"{SH}targetClass"
        }
        # What a check does not ask is left empty, whatever else a model comes to hold.
        empty: dict[str, object] = {f.name: {} for f in fields(Model)}
        return Model(
            **{
                **empty,
                "superclasses": {c: frozenset({c, *ups}) for c, ups in above.items()},
                "shapes": lines,
                "slim": n_triples(slim),
                "targets": frozenset(targets),
                "digest": hashlib.sha256(lines.encode()).hexdigest(),
            }  # type: ignore[arg-type]
        )

    return build
