"""What this project asks of shapes beyond SHACL, so that they can be the schema of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model.lint.graph import TO_LISTS, is_iri, name, nearest, nearest_first
from kg.rdf import KG, SH, SHAPES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

ANNOTATIONS: Final = (f"{KG}field", f"{KG}key")
_SEVERITIES: Final = ("sh:Violation", "sh:Warning", "sh:Info")
_BOOLEANS: Final = {f'"{b}"^^<{XSD}boolean>' for b in ("true", "false", "1", "0")}
RESERVED: Final = frozenset({"type", "id"})
"""Names that mean something else in a record."""


def property_shapes(graph: Graph) -> Iterator[Problem]:
    """A property shape has an IRI, by which its results are known, and a severity."""
    inside = _inside_logic(graph)
    for shape, about in graph.property_shapes.items():
        if shape in inside or shape not in graph.about:
            continue
        if shape in graph.blank:
            path = next(iter(about.get(f"{SH}path", ())), None)
            shown = graph.short(name(path)) if path is not None and is_iri(path) else ""
            yield graph.problem("shape-blank", shape, path=shown)
        elif f"{SH}severity" not in about:
            yield graph.problem("shape-no-severity", shape, _SEVERITIES)


def _inside_logic(graph: Graph) -> set[str]:
    """Blank shapes inside ``sh:or`` and the like: what fails there is reported by the shape outside."""
    left = [
        name(s)
        for about in list(graph.shapes.values())
        for s in [
            *about.get(f"{SH}not", ()),
            *about.get(f"{SH}qualifiedValueShape", ()),
            *(m for p in TO_LISTS for head in about.get(p, ()) for m in graph.items(head)),
        ]
    ]
    found: set[str] = set()
    while left:
        shape = left.pop()
        if shape in graph.blank and shape not in found:
            found.add(shape)
            left += [name(s) for s in graph.below(shape)]
    return found


def ranges(graph: Graph) -> Iterator[Problem]:
    """A range is a value type, or a class that the ontology has; no enumeration, no choice of classes."""
    for shape, about in graph.shapes.items():
        if f"{SH}in" in about:
            yield graph.problem("shape-in", shape)
        choices = [head for either in ("or", "xone") for head in about.get(SH + either, ())]
        if any(f"{SH}class" in graph.about.get(name(m), {}) for head in choices for m in graph.items(head)):
            yield graph.problem("shape-or-classes", shape)
        for range_class in about.get(f"{SH}class", ()):
            if not is_iri(range_class) or name(range_class) not in graph.declared:
                yield unknown_class("shape-unknown-class", graph, shape, name(range_class))
        if shape in graph.property_shapes:
            yield from _unknown_value_types(graph, shape)


def _unknown_value_types(graph: Graph, shape: str) -> Iterator[Problem]:
    for value_type in graph.get(shape, f"{SH}node"):
        if name(value_type) not in graph.value_types:
            shown = graph.shown(value_type)
            known = nearest_first(shown, map(graph.short, graph.value_types))
            yield graph.problem("shape-unknown-value-type", shape, known, received=shown)


def unknown_class(code: str, graph: Graph, subject: str, received: str) -> Problem:
    """A class that is nowhere, with the nearest of those that are."""
    shown = graph.short(received)
    near = nearest(shown, map(graph.short, graph.declared))
    return graph.problem(code, subject, near=near, received=shown)


def own_annotations(graph: Graph) -> Iterator[Problem]:
    """Of our own terms only ``kg:field`` and ``kg:key`` stand on shapes, and they are well written."""
    for shape, about in graph.shapes.items():
        for predicate in about:
            if predicate.startswith((KG, SHAPES)) and predicate not in ANNOTATIONS:
                known = [graph.short(a) for a in ANNOTATIONS]
                yield graph.problem("shape-unknown-annotation", shape, known, received=graph.short(predicate))
        for key in about.get(f"{KG}key", ()):
            if str(key) not in _BOOLEANS:
                yield graph.problem("shape-key-not-boolean", shape, ("true", "false"), received=name(key))
        for field in about.get(f"{KG}field", ()):
            written = str(field) == f'"{name(field)}"' and name(field).isidentifier()
            if not written or name(field) in RESERVED:
                yield graph.problem("shape-bad-field-name", shape, received=name(field))
