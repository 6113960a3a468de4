"""How far shapes look: what of one node the check of another node may read.

A change of a node is checked with the node itself. What refers to it need only be checked again if
something has changed that a shape can see from there, by a path, by a shape for its values, or in SPARQL.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.model.lint.sparql import bare
from kg.rdf import RDF, SH
from kg.validation.engines.w3c import graph_of, items

if TYPE_CHECKING:
    from kg.validation.engines.w3c import Graph, Term

_FROM_OBJECTS: Final = tuple(SH + name for name in ("targetObjectsOf", "target", "parameter", "rule"))
"""What makes a shape's focus, or what it asks, depend on more than can be told here."""
_TO_SHAPES: Final = tuple(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
_TO_LISTS: Final = tuple(SH + name for name in ("and", "or", "xone"))
_OTHER_PROPERTIES: Final = tuple(SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_NAME: Final = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*)?:(\w[\w.-]*)")
_IRI: Final = re.compile(r"<([^<>\s]*)>")
_ANY_PROPERTY: Final = re.compile(r"([?$]\w+|[;}])\s+([?$]\w+)\s+[?$<\"\w(]")
_THIS: Final = ("$this", "?this")


@lru_cache(maxsize=8)
def seen_from_elsewhere(shapes_ntriples: str) -> frozenset[str] | None:
    """The properties of a node that the check of another one may read; None if that can't be told.

    The class of a node is always among them.
    """
    graph = graph_of(shapes_ntriples)
    found = {f"{RDF}type"}
    for shape, about in graph.items():
        if any(name in about for name in _FROM_OBJECTS):
            return None
        for constraint in about.get(f"{SH}sparql", ()):
            asked = _asked(graph, constraint)
            if asked is None:
                return None
            found |= asked
        for path in about.get(f"{SH}path", ()):
            along = _along(graph, path)
            inside = _inside(graph, shape)
            if along is None or inside is None:
                return None
            found |= along | inside
    return frozenset(found)


def _along(graph: Graph, path: Term) -> set[str] | None:
    """What a path reads of nodes beyond the first: nothing, if it is one property or a choice of such."""
    about = graph.get(path)
    if about is None:
        return set()
    if f"{SH}inversePath" in about:
        return None
    found: set[str] = set()
    steps = [path]
    choice = about.get(f"{SH}alternativePath")
    if choice is not None:
        steps = items(graph, choice[0])
        if all(step not in graph for step in steps):
            return found
    while steps:
        step = steps.pop()
        below = graph.get(step)
        if below is None:
            found.add(getattr(step, "value", ""))
        elif f"{SH}inversePath" in below:
            return None
        else:
            steps += [
                o for objects in below.values() for o in objects if getattr(o, "value", "") != f"{RDF}nil"
            ]
    return found


def _inside(graph: Graph, shape: Term) -> set[str] | None:
    """What the shapes for the values of a property read of these values."""
    found: set[str] = set()
    left, seen = _below(graph, shape), set[object]()
    while left:
        inner = left.pop()
        if inner in seen:
            continue
        seen.add(inner)
        about = graph.get(inner, {})
        if f"{SH}closed" in about:
            return None
        for path in about.get(f"{SH}path", ()):
            along = _along(graph, path)
            if along is None:
                return None
            found |= along | {getattr(step, "value", "") for step in _first(graph, path)}
        found |= {getattr(o, "value", "") for name in _OTHER_PROPERTIES for o in about.get(name, ())}
        left += _below(graph, inner)
    return found


def _first(graph: Graph, path: Term) -> list[Term]:
    choice = graph.get(path, {}).get(f"{SH}alternativePath")
    return items(graph, choice[0]) if choice else [path]


def _below(graph: Graph, shape: Term) -> list[Term]:
    about = graph.get(shape, {})
    single = [s for name in _TO_SHAPES for s in about.get(name, ())]
    return single + [s for name in _TO_LISTS for head in about.get(name, ()) for s in items(graph, head)]


def _asked(graph: Graph, constraint: Term) -> set[str] | None:
    """The properties that a SPARQL constraint names; None if it asks for any of another node's."""
    about = graph.get(constraint, {})
    found: set[str] = set()
    for query in about.get(f"{SH}select", ()):
        text = getattr(query, "value", "")
        body = bare(text)
        body = body[body.find("{") :]
        if any(subject not in _THIS for subject, _ in _ANY_PROPERTY.findall(body)):
            return None
        spaces = _namespaces(graph, constraint)
        found |= {spaces.get(prefix, "") + name for prefix, name in _NAME.findall(body)}
        found |= set(_IRI.findall(text))
    return found


def _namespaces(graph: Graph, constraint: Term) -> dict[str, str]:
    declared = [
        d
        for head in graph.get(constraint, {}).get(f"{SH}prefixes", ())
        for d in graph.get(head, {}).get(f"{SH}declare", ())
    ]
    return {
        getattr(prefix, "value", ""): getattr(namespace, "value", "")
        for d in declared
        for prefix in graph.get(d, {}).get(f"{SH}prefix", ())
        for namespace in graph.get(d, {}).get(f"{SH}namespace", ())
    }
