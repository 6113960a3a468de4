"""What SHACL itself asks of a shapes graph, and no engine refuses.

https://www.w3.org/TR/shacl/#syntax-rules
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model.lint.graph import TO_LISTS, TO_SHAPES, is_blank, is_iri, is_literal, name, nearest
from kg.model.lint.terms import TERMS
from kg.rdf import KG, RDF, SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

DEEPEST: Final = 48
"""Shapes may stand this many levels inside each other; beyond it engines lose results or crash."""

_FIRST: Final = f"{RDF}first"
_REST: Final = f"{RDF}rest"
_NIL: Final = f"{RDF}nil"
_PATHS: Final = tuple(SH + n for n in ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"))
_ON_PATHS: Final = tuple(
    SH + n
    for n in ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape")
)
_LISTS: Final = (
    *TO_LISTS,
    *(SH + n for n in ("in", "languageIn", "ignoredProperties", "alternativePath")),
)
_SINGLE: Final = tuple(
    [
        SH + n
        for n in (
            "severity",
            "minCount",
            "maxCount",
            "datatype",
            "nodeKind",
            "defaultValue",
            "order",
            "group",
        )
    ]
    + [
        SH + n
        for n in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "minLength", "maxLength")
    ]
    + [SH + n for n in ("in", "languageIn", "uniqueLang", "closed", "deactivated", "pattern", "flags")]
    + [KG + n for n in ("field", "key")]
)


def terms(graph: Graph) -> Iterator[Problem]:
    """Terms in SHACL's namespace that SHACL does not have: they would do nothing."""
    seen: set[tuple[str, str]] = set()
    for subject, about in graph.about.items():
        used = {p for p in about if p.startswith(SH)}
        used |= {o.value for os in about.values() for o in os if is_iri(o) and o.value.startswith(SH)}  # type: ignore[union-attr]
        for term in sorted(used):
            local = term[len(SH) :]
            if local not in TERMS and (subject, term) not in seen:
                seen.add((subject, term))
                near = [f"sh:{n}" for n in nearest(local, TERMS)]
                yield graph.problem("shape-unknown-term", subject, near=near, received=f"sh:{local}")


def paths(graph: Graph) -> Iterator[Problem]:
    """A property shape has one path, and it is one; what counts values stands on no other shape."""
    for shape, about in graph.property_shapes.items():
        found = about.get(f"{SH}path", [])
        if not found:
            yield graph.problem("shape-no-path", shape)
        elif len(found) > 1:
            yield graph.problem("shape-two-paths", shape, paths=tuple(graph.short(name(p)) for p in found))
        elif is_literal(found[0]) or (is_blank(found[0]) and not _is_path(graph, name(found[0]))):
            yield graph.problem(
                "shape-bad-path", shape, received=name(found[0]) if is_literal(found[0]) else "[ ]"
            )

    for shape, about in graph.node_shapes.items():
        for predicate in _ON_PATHS:
            if predicate in about:
                yield graph.problem("shape-needs-path", shape, received=graph.short(predicate))


def _is_path(graph: Graph, node: str) -> bool:
    known = graph.about.get(node, {})
    return any(p in known for p in (*_PATHS, f"{SH}alternativePath", _FIRST, _REST))


def severities(graph: Graph) -> Iterator[Problem]:
    """A severity is an IRI."""
    for shape, found in graph.having(f"{SH}severity"):
        for severity in found:
            if not is_iri(severity):
                yield graph.problem("shape-severity-not-iri", shape, received=name(severity))


def single_values(graph: Graph) -> Iterator[Problem]:
    """What may be said only once of a shape is said only once."""
    for shape, about in graph.shapes.items():
        for predicate, objects in about.items():
            if len(objects) > 1 and predicate in _SINGLE and len(set(map(str, objects))) > 1:
                values = tuple(sorted(graph.short(name(o)) for o in objects))
                yield graph.problem("shape-said-twice", shape, term=graph.short(predicate), values=values)


def references(graph: Graph) -> Iterator[Problem]:
    """Shapes that others refer to are there."""
    for shape, about in graph.about.items():
        if not any(p in about for p in (*TO_SHAPES, *TO_LISTS)):
            continue
        # of a property shape that is told as an unknown value type
        told = about.get(f"{SH}node", ()) if shape in graph.property_shapes else ()
        for other in graph.below(shape):
            if other not in told and (name(other) not in graph.about or is_literal(other)):
                known = [graph.short(s) for s in graph.shapes if s not in graph.blank]
                missing = graph.short(name(other))
                yield graph.problem("shape-missing", shape, near=nearest(missing, known), received=missing)


def nesting(graph: Graph) -> Iterator[Problem]:
    """Shapes do not lead back to themselves, nor stand too deep inside each other."""
    depth: dict[str, int] = {}
    for root in graph.shapes:
        yield from _descend(graph, root, depth)
    inner = {name(s) for shape in graph.shapes for s in graph.below(shape)}
    for shape, levels in depth.items():
        if levels > DEEPEST and shape not in inner:
            yield graph.problem("shape-too-deep", shape, levels=levels, limit=DEEPEST)


def _descend(graph: Graph, root: str, depth: dict[str, int]) -> Iterator[Problem]:
    """Work out how many levels stand below each shape from ``root``; a circle is one problem."""
    if root in depth:
        return
    trail = [root]
    left = [[name(s) for s in graph.below(root)]]
    levels = [1]
    while trail:
        if left[-1]:
            inner = left[-1].pop()
            if inner in trail:
                circle = [*trail[trail.index(inner) :], inner]
                yield graph.problem("shape-circle", inner, circle=" → ".join(map(graph.short, circle)))
            elif inner in depth:
                levels[-1] = max(levels[-1], depth[inner] + 1)
            else:
                trail.append(inner)
                left.append([name(s) for s in graph.below(inner)])
                levels.append(1)
            continue
        left.pop()
        depth[trail.pop()] = done = levels.pop()
        if levels:
            levels[-1] = max(levels[-1], done + 1)


def lists(graph: Graph) -> Iterator[Problem]:
    """Lists end, and each of their nodes has one member and one rest."""
    nodes = [s for s, about in graph.about.items() if _FIRST in about or _REST in about]
    rests = {name(o) for s in nodes for o in graph.get(s, _REST)}
    seen: set[str] = set()
    # Heads first: what is left after them is on a circle that has no head.
    for head in [n for n in nodes if n not in rests] + nodes:
        fault = _walk(graph, head, seen) if head not in seen else ""
        if fault:
            yield graph.problem(fault, head)
    for shape, about in graph.about.items():
        for predicate in _LISTS:
            for term in about.get(predicate, ()):
                if name(term) != _NIL and (is_literal(term) or _FIRST not in graph.about.get(name(term), {})):
                    yield graph.problem("shape-broken-list", shape)


def _walk(graph: Graph, node: str, seen: set[str]) -> str:
    """Follow a list; the code of what is wrong with it, or ""."""
    trail: set[str] = set()
    while node != _NIL:
        if node in trail:
            return "shape-cyclic-list"
        if node in seen:
            return ""
        trail.add(node)
        seen.add(node)
        first, rest = graph.get(node, _FIRST), graph.get(node, _REST)
        if len(first) != 1 or len(rest) != 1 or is_literal(rest[0]):
            return "shape-broken-list"
        node = name(rest[0])
    return ""
