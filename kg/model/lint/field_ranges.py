"""What a field takes: one range, its own or inherited, and a default within it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.model.lint.contract import ANNOTATIONS
from kg.model.lint.fields import held
from kg.model.lint.graph import RANGES, TO_LISTS, TO_SHAPES, is_iri, is_literal, name, nearest_first
from kg.model.lint.sparql import PARAMETERS
from kg.model.lint.terms import TERMS
from kg.model.types import DATATYPES
from kg.rdf import KG, SH, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph, Term

_CONCEPT: Final = f"{SKOS}Concept"
_MARKS: Final = (*(SH + n for n in ("order", "group", "defaultValue")), f"{KG}field", f"{KG}key")
"""What only a field has."""
_DATATYPE: Final = f"{SH}datatype"
_DATATYPES: Final = frozenset(DATATYPES)


def own_ranges(graph: Graph) -> Iterator[Problem]:
    """A field has one path and one range, its own or inherited, and a default within it."""
    for shape, about in graph.property_shapes.items():
        yield from _clashing(graph, shape)
        given = about.get(f"{SH}path", [])[:1]
        if given and not is_iri(given[0]) and not is_literal(given[0]) and any(r in about for r in RANGES):
            yield graph.problem("shape-field-path", shape)
    fields = held(graph)
    by_path: dict[str, list[tuple[str, Term]]] = defaultdict(list)
    for shape, class_iri, path in fields:
        by_path[path] += [(class_iri, r) for r in _ranges(graph, shape)]
    seen: set[str] = set()
    for shape, class_iri, path in fields:
        if shape not in seen:
            seen.add(shape)
            above = graph.ancestors(class_iri)
            ranges = _ranges(graph, shape) or [r for c, r in by_path[path] if c in above]
            yield from _says_nothing(graph, shape, ranges)
            yield from _datatypes(graph, shape)
            yield from _defaults(graph, shape, ranges)


def _ranges(graph: Graph, shape: str) -> list[Term]:
    return [r for p in RANGES for r in graph.get(shape, p)]


def _clashing(graph: Graph, shape: str) -> Iterator[Problem]:
    """Of the ways to say what a field takes one is used; the kind of node may stand beside it."""
    ways = [(p, r) for p in RANGES if p != f"{SH}nodeKind" for r in graph.get(shape, p)]
    # two datatypes are told as said twice
    if len({p for p, _ in ways}) > 1 or len([p for p, _ in ways if p != _DATATYPE]) > 1:
        values = tuple(f"{graph.short(p)} {graph.short(name(r))}" for p, r in ways)
        yield graph.problem("shape-two-ranges", shape, values=values)
    elif any(p == _DATATYPE for p, _ in ways) and f"{SH}IRI" in map(name, graph.get(shape, f"{SH}nodeKind")):
        values = (f"sh:datatype {graph.short(name(ways[0][1]))}", "sh:nodeKind sh:IRI")
        yield graph.problem("shape-two-ranges", shape, values=values)


def _says_nothing(graph: Graph, shape: str, ranges: list[Term]) -> Iterator[Problem]:
    about = graph.about[shape]
    constrains = any(p in PARAMETERS or p in TO_SHAPES or p in TO_LISTS for p in about)
    if any(_is_misspelt(p) for p in about):  # what it may have been meant to say
        return
    if not ranges and (not constrains or any(mark in about for mark in _MARKS)):
        allowed = ("sh:class", "sh:datatype", "sh:node", "sh:nodeKind sh:IRI")
        yield graph.problem("shape-no-range", shape, allowed)


def _is_misspelt(predicate: str) -> bool:
    if predicate.startswith(KG):
        return predicate not in ANNOTATIONS
    return predicate.startswith(SH) and predicate.removeprefix(SH) not in TERMS


def _datatypes(graph: Graph, shape: str) -> Iterator[Problem]:
    for datatype in graph.get(shape, f"{SH}datatype")[:1]:
        if name(datatype) not in _DATATYPES:
            shown = graph.short(name(datatype))
            known = nearest_first(shown, map(graph.short, _DATATYPES))
            yield graph.problem("shape-unknown-datatype", shape, known, received=shown)


def _defaults(graph: Graph, shape: str, ranges: list[Term]) -> Iterator[Problem]:
    """A default is a concept of the field's class, or a literal of its datatype."""
    for default in graph.get(shape, f"{SH}defaultValue")[:1]:
        for range_ in ranges[:1]:
            shown, wanted = graph.shown(default), graph.shown(range_)
            if _CONCEPT in graph.ancestors(name(range_)):
                below = {c for c in graph.classes if name(range_) in graph.ancestors(c)}
                members = [s for s in graph.typed(below) if f"{SKOS}notation" in graph.about[s]]
                if name(default) not in members or not is_iri(default):
                    allowed = nearest_first(shown, map(graph.short, members))
                    yield graph.problem("shape-default", shape, allowed, received=shown, range=wanted)
            elif name(range_).startswith(XSD) and not (
                is_literal(default) and default.datatype.value == name(range_)  # type: ignore[union-attr]
            ):
                yield graph.problem("shape-default-datatype", shape, received=shown, range=wanted)
