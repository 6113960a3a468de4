"""One question to the engine: narrowed to what it is about, its terms bound, its rows in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.query import only, order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Rows:
    """The solutions of a SELECT: terms of the engine in the order of the variables."""

    variables: list[str]
    rows: Iterator[Any]


def solve(store: ox.Store, request: Mapping[str, Any]) -> bool | Rows | ox.QueryTriples:
    """The answer to a request (``kg.query.worker`` says what it holds). Raises what the engine raises."""
    import pyoxigraph  # noqa: PLC0415 - loaded already

    sparql, subject = request["query"], request["subject"]
    meant = _meant(store, request) if request["only"] else None
    few = meant is not None and len(meant) <= only.FEW and _are_iris(meant)
    if meant is not None and few:
        sparql = only.narrowed(sparql, sorted(map(str, meant)))
    elif subject:
        sparql = only.free(sparql)
    bare, keys = order.taken_off(sparql)
    result = _query(store, bare, request)
    if isinstance(result, pyoxigraph.QueryBoolean):
        return bool(result)
    if isinstance(result, pyoxigraph.QueryTriples):
        return result
    variables = [variable.value for variable in result.variables]
    if keys and not {name for name, _ in keys} <= set(variables):
        keys, result = [], _query(store, sparql, request)
    rows: Iterator[Any] = iter(result)
    if keys:
        try:
            rows = iter(order.in_order(list(rows), variables, keys))
        except order.Incomparable:
            rows = iter(_query(store, sparql, request))
    if meant is not None and not few:
        i = variables.index(subject)
        rows = (row for row in rows if row[i] in meant)
    return Rows(variables, rows)


def _query(store: ox.Store, sparql: str, request: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any of three
    return store.query(
        sparql,
        base_iri=request.get("base") or None,
        prefixes=request.get("prefixes") or None,
        substitutions=_terms(request["bindings"]) or None,
    )


def _meant(store: ox.Store, request: Mapping[str, Any]) -> set[Any]:
    """What all lookups find, which a row may be about."""
    found: list[set[Any]] = []
    for sparql, bindings in request["only"]:
        rows: Any = store.query(sparql, base_iri=request.get("base") or None, substitutions=_terms(bindings))
        found.append({row[0] for row in rows})
    return set.intersection(*found)


def _are_iris(things: set[Any]) -> bool:
    import pyoxigraph  # noqa: PLC0415 - loaded already

    return all(isinstance(thing, pyoxigraph.NamedNode) for thing in things)


def _terms(bindings: Mapping[str, str]) -> dict[ox.Variable, Any]:
    import pyoxigraph  # noqa: PLC0415 - loaded already

    return {pyoxigraph.Variable(name): _term(written) for name, written in bindings.items()}


def _term(written: str) -> object:
    import pyoxigraph  # noqa: PLC0415 - loaded already

    (quad,) = pyoxigraph.parse(f"<x:s> <x:p> {written} .".encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return quad.object
