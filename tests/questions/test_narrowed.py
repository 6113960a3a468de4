"""What is given for a parameter leaves out rows of the free answer, and changes none."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest

from kg import query
from kg.query import only
from kg.query.solve import Rows, solve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query.named import Named

EXAMPLE = Path(__file__).parents[2] / "examples/stargate/stargate.ttl"
QUERIES = query.load()
TRIED = 12
"""So many values of each parameter are tried."""
OF_A_ROW = {
    ("single-source", "from"): "origin",
    ("presence", "of"): "person",
    ("capabilities", "technology"): "technology",
    ("capabilities", "activity"): "activity",
}
"""Parameters that leave out rows of a thing too: those with another value in this column."""
APART = {("about", "entity"), ("unexplained", "claim")}
"""What is required has no free answer; a total that is asked for is shown though nothing is left."""
CASES = sorted(
    (name, parameter)
    for name, q in QUERIES.items()
    for parameter in q.lookups
    if (name, parameter) not in APART
)


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    found.bulk_load(path=str(EXAMPLE), format=pyoxigraph.RdfFormat.TURTLE)
    return found


@pytest.fixture(params=[5_000, 0], ids=["few", "many"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(only, "FEW", request.param)
    return int(request.param)


def required(q: Named) -> dict[str, str]:
    needed = {"on": '"2025-02-04"^^<http://www.w3.org/2001/XMLSchema#date>'}
    return {param.variable: needed[param.name] for param in q.params if param.required}


def rows(store: pyoxigraph.Store, q: Named, **given: str) -> list[dict[str, Any]]:
    lookups = [(q.lookups[name], {f"_{name}": value}) for name, value in given.items()]
    inner = {f"_{name}": value for name, value in given.items() if name in q.inner}
    request = {"query": q.sparql, "bindings": required(q) | inner, "subject": q.subject, "only": lookups}
    found = solve(store, request)
    assert isinstance(found, Rows)
    bound = {f"_{name}" for name in given}
    variables = [v.removeprefix("?") for v in found.variables]
    return [
        {v: as_text(q, v, term) for v, term in zip(variables, row, strict=True) if v not in bound}
        for row in found.rows
    ]


def as_text(q: Named, variable: str, term: Any) -> str:
    if term is None or variable not in q.separators:
        return str(term)
    return " ".join(sorted(term.value.split(q.separators[variable])))


def pairs(store: pyoxigraph.Store, lookup: str) -> Iterator[tuple[str, str]]:
    found: Any = store.query(lookup)
    return ((str(subject), str(value)) for subject, value in found)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_a_parameter_only_leaves_out(store: pyoxigraph.Store, name: str, parameter: str) -> None:
    q = QUERIES[name]
    by_value = defaultdict(set)
    for subject, value in pairs(store, q.lookups[parameter]):
        by_value[value].add(subject)
    assert by_value or name == "single-source", "there is something to try in the example"
    free = rows(store, q)
    column = OF_A_ROW.get((name, parameter))
    for value in sorted(by_value)[:TRIED]:
        expected = [row for row in free if row[q.subject] in by_value[value]]
        if column:
            expected = [row for row in expected if row[column] == value]
            assert expected == [row for row in free if row[column] == value]
        shown = [{k: v for k, v in row.items() if k != f"_{parameter}"} for row in expected]
        assert rows(store, q, **{parameter: value}) == shown


def test_all_parameters_that_name_a_thing_narrow() -> None:
    """Whatever names one entity or claim must not look at everything."""
    open_ends = {(name, p.name) for name, q in QUERIES.items() for p in q.params if p.type == "reference"}
    assert open_ends - {(name, p) for name, q in QUERIES.items() for p in q.lookups} == {
        ("contradictions", "about"),  # of two claims either may be meant
        ("presence", "in"),  # places within places
    }
