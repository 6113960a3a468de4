"""Bounds, lengths and patterns: only where values can have them, and never so that nothing is left."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from kg.model.lint.fields import held
from kg.model.lint.graph import RANGES, is_iri, is_literal, name
from kg.model.value_types import BOUNDS, LANGUAGE, TEXT, VALUE_TYPES
from kg.rdf import RDF, SH, SHAPES, XSD, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph, Term

_FACETS: Final = (*BOUNDS, *TEXT, *LANGUAGE)
_PAIRS: Final = (("minCount", "maxCount"), ("minLength", "maxLength"), ("minInclusive", "maxInclusive"))
_UNORDERED: Final = frozenset(
    XSD + n
    for n in (
        *("anyURI", "base64Binary", "boolean", "hexBinary", "language", "NCName", "NMTOKEN"),
        *("normalizedString", "string", "token"),
    )
)
_NUMBERS: Final = frozenset(
    XSD + n
    for n in (
        *("byte", "decimal", "double", "float", "int", "integer", "long", "negativeInteger", "short"),
        *("nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "unsignedByte", "unsignedInt"),
        *("unsignedLong", "unsignedShort"),
    )
)


def facets(graph: Graph) -> Iterator[Problem]:
    """Report facets that the values of a property shape can't have, and bounds that leave nothing."""
    inherited: dict[str, tuple[str, Term] | None] = {}
    for shape, class_iri, path in held(graph):
        if shape not in inherited:
            above = graph.ancestors(class_iri)
            others = (
                (s for s, c, p in held(graph) if p == path and c in above) if _stated(graph, shape) else ()
            )
            inherited[shape] = next((r for s in others if (r := _range(graph, s))), None)
    for shape in graph.property_shapes:
        for low, high in _PAIRS:
            yield from _nothing_between(graph, shape, low, high)
        stated = _stated(graph, shape)
        range_ = (_range(graph, shape) or inherited.get(shape)) if stated else None
        if range_ is not None:
            yield from _unfit(graph, shape, stated, *range_)


def _stated(graph: Graph, shape: str) -> list[str]:
    about = graph.about[shape]
    return [facet for facet in _FACETS if SH + facet in about]


def _range(graph: Graph, shape: str) -> tuple[str, Term] | None:
    return next(((p, r) for p in RANGES for r in graph.get(shape, p)), None)


def _unfit(graph: Graph, shape: str, stated: list[str], way: str, range_: Term) -> Iterator[Problem]:
    fitting = _fitting(way, name(range_))
    for facet in stated:
        if facet not in fitting:
            yield graph.problem(
                "shape-facet",
                shape,
                tuple(f"sh:{f}" for f in fitting),
                received=f"sh:{facet}",
                range=graph.short(name(range_)),
            )
        elif facet in BOUNDS:
            counted = name(range_) == f"{SHAPES}Percent"
            yield from _incomparable(graph, shape, facet, f"{XSD}decimal" if counted else name(range_))


def _fitting(way: str, range_: str) -> tuple[str, ...]:
    """The facets that values of a range can have."""
    if way == f"{SH}class":
        return ()
    if way == f"{SH}node":
        known = VALUE_TYPES.get(local_name(range_)) if range_.startswith(SHAPES) else None
        return _FACETS if known is None else known.facets
    if way == f"{SH}nodeKind":
        return TEXT if range_ == f"{SH}IRI" else _FACETS
    if range_ == f"{RDF}langString":
        return (*TEXT, *LANGUAGE)
    return TEXT if range_ in _UNORDERED else (*BOUNDS, *TEXT)


def _incomparable(graph: Graph, shape: str, facet: str, datatype: str) -> Iterator[Problem]:
    """A bound is of the datatype that it bounds; numbers compare with numbers."""
    for bound in graph.get(shape, SH + facet)[:1]:
        own = bound.datatype.value if is_literal(bound) else ""  # type: ignore[union-attr]
        if own != datatype and not (own in _NUMBERS and datatype in _NUMBERS):
            shown = {"received": name(bound), "facet": f"sh:{facet}", "range": graph.short(datatype)}
            yield graph.problem("shape-bound", shape, **shown)  # type: ignore[arg-type]


def _nothing_between(graph: Graph, shape: str, low: str, high: str) -> Iterator[Problem]:
    least, most = _number(graph, shape, low), _number(graph, shape, high)
    if least is not None and most is not None and least > most:
        values = {"low": f"sh:{low} {least}", "high": f"sh:{high} {most}"}
        yield graph.problem("shape-nothing-fits", shape, **values)  # type: ignore[arg-type]


def _number(graph: Graph, shape: str, parameter: str) -> Decimal | None:
    for term in graph.get(shape, SH + parameter)[:1]:
        if not is_iri(term):
            try:
                return Decimal(name(term))
            except InvalidOperation:
                return None
    return None
