"""Every constraint of ``shapes/`` has been seen to fail, alone, and no more fails than should.

Beside this file there is a folder for each file of ``shapes/``. ``valid-*.ttl`` conforms;
``invalid-*.ttl`` has the one fault that its name and first line tell, and carries the report that
it must produce; ``KG_RENEW=1`` writes that report, of the default engine: read the difference before
you commit it, since it is then taken for right. What every claim or every entity must hold is tried once, in ``claim/``,
``period/`` and ``entity/``. An example's nodes are relative IRIs, so no two examples share one:
all can be checked in one graph, which spares the slow engines three hundred runs.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg.model
from kg.model import files as model_files
from kg.rdf import PREFIXES, RDF, SH, compact, is_iri
from kg.validation.check import DEFAULT, check
from kg.validation.engine import ENGINES, installed
from kg.validation.engines.w3c import read_report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.validation.result import Result

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = sorted(file.relative_to(HERE).with_suffix("").as_posix() for file in HERE.glob("*/*.ttl"))
VALID = [name for name in EXAMPLES if "/valid-" in name]
INVALID = [name for name in EXAMPLES if "/invalid-" in name]

COMPONENTS = {
    "class": "Class", "datatype": "Datatype", "nodeKind": "NodeKind", "minCount": "MinCount",
    "maxCount": "MaxCount", "minExclusive": "MinExclusive", "minInclusive": "MinInclusive",
    "maxExclusive": "MaxExclusive", "maxInclusive": "MaxInclusive", "minLength": "MinLength",
    "maxLength": "MaxLength", "pattern": "Pattern", "languageIn": "LanguageIn", "uniqueLang": "UniqueLang",
    "equals": "Equals", "disjoint": "Disjoint", "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals", "not": "Not", "and": "And", "or": "Or", "xone": "Xone",
    "node": "Node", "qualifiedMinCount": "QualifiedMinCount", "qualifiedMaxCount": "QualifiedMaxCount",
    "closed": "Closed", "hasValue": "HasValue", "in": "In", "sparql": "SPARQL",
}  # fmt: skip
"""Local name of the parameter that states a constraint -> that of the component that reports it."""

NO_CONSTRAINT = {
    "path", "alternativePath", "targetClass", "targetSubjectsOf", "property", "severity", "message",
    "name", "description", "order", "group", "defaultValue", "select", "prefixes", "declare", "prefix",
    "namespace",
}  # fmt: skip
"""What else of SHACL the shapes use: it says where to look and what to say, and can't fail."""


@dataclass(frozen=True, slots=True)
class Data:
    """A data graph as N-Triples lines, the classes of its nodes, and the report that it must give."""

    lines: list[str]
    classes: frozenset[str]
    expected: frozenset[Result]


def together(parts: Iterable[Data]) -> Data:
    """The union of data graphs, and of what each must give."""
    every = list(parts)
    return Data(
        lines=sorted({line for part in every for line in part.lines}),
        classes=frozenset().union(*(part.classes for part in every)),
        expected=frozenset().union(*(part.expected for part in every)),
    )


def read(file: Path, base: str = "") -> Data:
    return data_of(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=base or None))


def data_of(quads: Iterable[ox.Quad]) -> Data:
    """Data names all its nodes, so blank nodes are those of the report."""
    data: list[ox.Triple] = []
    report: list[ox.Triple] = []
    for quad in quads:
        (report if isinstance(quad.subject, ox.BlankNode) else data).append(quad.triple)
    said = ox.serialize(report, format=ox.RdfFormat.N_TRIPLES) or b""
    return Data(
        lines=[f"{triple} ." for triple in data],
        classes=frozenset(str(t.object)[1:-1] for t in data if t.predicate.value == f"{RDF}type"),
        expected=frozenset(read_report(said, lambda _sources, _found: {})),
    )


@cache
def example(name: str) -> Data:
    return read(HERE / f"{name}.ttl", base=f"https://kg.example/{name}/")


def found(data: Data, engine: str) -> frozenset[Result]:
    """What an engine itself finds; nothing has taken over from it."""
    checked = check(kg.model.load(), data.lines, data.classes, engine)
    assert checked.engine == engine
    return frozenset(checked.results)


def shapes() -> Iterable[ox.Quad]:
    """As engines get them: a value type that is a target class is asked for by its class."""
    yield from ox.parse(kg.model.load().shapes, format=ox.RdfFormat.N_TRIPLES)


def derived() -> set[str]:
    """Shapes that no file has, such as the order of a date: their kind has been seen to fail."""
    graph = model_files.read([model_files.builtin("shapes")])
    return {str(q.subject) for q in shapes() if isinstance(q.subject, ox.NamedNode)} - {
        f"<{subject}>" for subject in graph.index
    }


def constraints() -> set[tuple[str, str]]:
    """(shape, component) of everything that the shapes ask for."""
    return {
        (str(quad.subject)[1:-1], COMPONENTS[parameter])
        for quad in shapes()
        if (parameter := quad.predicate.value.removeprefix(SH)) in COMPONENTS
    }


def seen_to_fail() -> set[tuple[str, str]]:
    """The constraints that some example's report names, and those that it can only mean.

    ``sh:node`` reports that a value does not fit a shape; if that shape has a single constraint,
    it is the one that has failed.
    """
    said = {(result.shape, result.component) for name in INVALID for result in example(name).expected}
    stated = constraints()
    for quad in shapes():
        if quad.predicate.value == f"{SH}node" and (str(quad.subject)[1:-1], "Node") in said:
            inside = {c for c in stated if c[0] == str(quad.object)[1:-1]}
            said |= inside if len(inside) == 1 else set()
    return said


@pytest.fixture(params=[e.name for e in ENGINES])
def engine(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if not installed(name):
        pytest.skip(f"needs the engine {name}")
    return name


def renew(name: str) -> None:
    """Write what the default engine finds to the end of an example, and the prefixes that it needs.

    A result with a longer path than one property is left to be written by hand.
    """
    file, base = HERE / f"{name}.ttl", f"<https://kg.example/{name}/"
    text = file.read_text("utf-8").partition("\n[] a sh:ValidationReport")[0].rstrip() + "\n"
    results = sorted(found(example(name), DEFAULT), key=repr)
    if not results or any(not is_iri(r.path) for r in results):
        return
    told = " ,\n    ".join(_result(r, base) for r in results)
    report = f"\n[] a sh:ValidationReport ;\n    sh:conforms false ;\n    sh:result {told} .\n"
    used = {p for p in PREFIXES if re.search(rf"(?<![\w<:]){p}:", text + report)}
    heads = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in sorted(used))
    data = re.sub(r"^@prefix .*\n", "", text, flags=re.MULTILINE)
    first, _, rest = data.partition("\n")
    file.write_text(f"{first}\n\n{heads}\n{rest.strip()}\n{report}", "utf-8")


def _result(result: Result, base: str) -> str:
    """One result of a report, as the examples write it."""
    said = [
        ("focusNode", _short(result.focus, base)),
        ("resultPath", _short(f"<{result.path}>", base)),
        ("value", _short(result.value, base)),
        ("sourceConstraintComponent", f"sh:{result.component}ConstraintComponent"),
        ("sourceShape", compact(result.shape)),
        ("resultSeverity", f"sh:{result.severity}"),
    ]
    lines = [
        "a sh:ValidationResult",
        *(f"sh:{name} {value}" for name, value in said if value not in {"", "<>"}),
    ]
    return "[\n        " + " ;\n        ".join(lines) + "\n    ]"


def _short(term: str, base: str) -> str:
    """A term as an example writes it: relative to the example, or with a prefix."""
    if term.startswith(base):
        return f"<{term.removeprefix(base)}"
    if term.startswith("<"):
        shown = compact(term[1:-1])
        return shown if shown != term[1:-1] else term
    literal, mark, datatype = term.rpartition("^^<")
    return f"{literal}^^{compact(datatype[:-1])}" if mark else term


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_exactly_the_report_that_it_carries(name: str) -> None:
    if (
        os.environ.get("KG_RENEW") == "1"
        and name in INVALID
        and found(example(name), DEFAULT) != example(name).expected
    ):
        renew(name)
        example.cache_clear()
    assert found(example(name), DEFAULT) == example(name).expected


def test_every_engine_gives_exactly_the_reports_of_all_examples(engine: str) -> None:
    everything = together(map(example, EXAMPLES))
    assert found(everything, engine) == everything.expected


def test_the_stargate_example_conforms(engine: str) -> None:
    assert found(read(ROOT / "examples" / "stargate" / "stargate.ttl"), engine) == set()


def test_engines_agree_on_the_expected_graphs_of_all_cases_in_one_graph(engine: str) -> None:
    # The cases were never meant to stand together, so there is much to agree on.
    cases = together(map(read, sorted(ROOT.glob("tests/cases/*/expected.ttl"))))
    by_default = found(cases, DEFAULT)
    assert len(by_default) > 10
    assert found(cases, engine) == by_default


def test_an_example_is_valid_or_invalid_as_its_name_says() -> None:
    assert sorted(VALID + INVALID) == EXAMPLES
    assert [name for name in VALID if example(name).expected] == []
    assert [name for name in INVALID if not example(name).expected] == []


def test_every_constraint_has_been_seen_to_fail() -> None:
    made = derived()
    never = sorted(c for c in constraints() - seen_to_fail() if f"<{c[0]}>" not in made)
    assert [f"{compact(shape)} {component}" for shape, component in never] == []


def test_every_expected_result_names_a_constraint_that_there_is() -> None:
    stated = constraints()
    assert [
        f"{name}: {compact(result.shape)} {result.component}"
        for name in INVALID
        for result in example(name).expected
        if (result.shape, result.component) not in stated
    ] == []


def test_every_term_of_shacl_in_the_shapes_is_known_here() -> None:
    used = {quad.predicate.value.removeprefix(SH) for quad in shapes() if quad.predicate.value.startswith(SH)}
    assert used - COMPONENTS.keys() - NO_CONSTRAINT == set()


def test_every_property_that_the_shapes_check_has_a_valid_value() -> None:
    made = derived()
    paths = {
        str(q.object) for q in shapes() if q.predicate.value == f"{SH}path" and str(q.subject) not in made
    }
    used = {line.split(" ", 2)[1] for name in VALID for line in example(name).lines}
    assert {path for path in paths if path.startswith("<")} - used == set()


def test_every_file_of_shapes_has_its_folder_with_a_valid_example() -> None:
    assert sorted({name.partition("/")[0] for name in VALID}) == sorted(
        file.stem for file in ROOT.glob("shapes/*.ttl")
    )
    assert {name.partition("/")[0] for name in INVALID} <= {name.partition("/")[0] for name in VALID}
