"""Classes: each stands where records can be of it, under one name, and what targets it is found."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.model.lint.contract import unknown_class
from kg.model.lint.graph import RECORDS, TARGETS, TO_SHAPES, is_iri, name, nearest
from kg.rdf import RDF, RDFS, SH, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

_ABOVE: Final = f"{RDFS}subClassOf"


def classes(graph: Graph) -> Iterator[Problem]:
    """Report classes that are misplaced, and two record classes with one local name."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for class_iri in graph.classes:
        for above in map(name, graph.get(class_iri, _ABOVE)):
            if graph.is_missing(above, graph.classes):
                near = nearest(graph.short(above), map(graph.short, graph.classes))
                shown = graph.short(above)
                yield graph.problem("class-above-undeclared", class_iri, near=near, received=shown)
        roots = graph.ancestors(class_iri) & RECORDS
        if len(roots) == len(RECORDS):
            yield graph.problem("class-entity-and-claim", class_iri)
        if roots:
            by_name[local_name(class_iri)].append(class_iri)
    for local, found in by_name.items():
        if len(found) > 1:
            every = tuple(map(graph.short, found))
            yield graph.problem("class-same-name", graph.last(found), received=local, classes=every)


def targets(graph: Graph) -> Iterator[Problem]:
    """A target class is one that records, or the nodes of value types, can be of."""
    nodes = {name(c) for t in graph.value_types for c in graph.get(t, f"{SH}targetClass")}
    for shape, found in graph.having(f"{SH}targetClass"):
        for target in found:
            class_iri = name(target)
            if not is_iri(target) or class_iri not in graph.declared:
                yield unknown_class("shape-unknown-target", graph, shape, class_iri)
            elif class_iri not in graph.records and class_iri not in nodes:
                unknown = (c for c in graph.ancestors(class_iri) if graph.is_missing(c, graph.classes))
                if not any(unknown):  # which is told already
                    yield graph.problem("target-no-record", shape, received=graph.short(class_iri))


def attached(graph: Graph) -> Iterator[Problem]:
    """A node shape is typed and has a target, a property shape is part of a node shape."""
    used = {name(s) for shape in graph.about for s in graph.below(shape)}
    missing = any(s not in graph.about for s in used)
    for shape, about in graph.node_shapes.items():
        if shape in graph.blank:
            continue
        is_typed = f"{SH}NodeShape" in map(name, about.get(f"{RDF}type", ()))
        has_target = any(t in about for t in TARGETS)
        if not is_typed and (has_target or f"{SH}property" in about):
            yield graph.problem("shape-untyped", shape)
        if f"{SH}property" in about and not has_target and shape not in used:
            yield graph.problem("shape-no-target", shape)
    for shape, about in graph.property_shapes.items():
        # after a reference to nothing, what it was meant for is not told as well
        if shape not in used and not missing and not any(t in about for t in (*TARGETS, *TO_SHAPES[:1])):
            yield graph.problem("shape-unused", shape)
