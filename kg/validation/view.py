"""What the check of a node looks at: its own properties, those of nodes further on, and so forth.

A ``View`` is one place on the way from a focus node: which properties are read of the node that stands
there, and by which links the way goes on. Paths are laid as an automaton is made of a regular expression,
so a way that may be repeated comes back to itself. All shapes of a model are put into one, so it says what
may be looked at: perhaps too much, and never too little.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rdf import RDF, SH
from kg.validation.engines.w3c import graph_of, items
from kg.validation.patterns import Group, Part, Path, Step, patterns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.validation.engines.w3c import About, Graph, Term

Link = tuple[str, bool]
"""(IRI of a property, "" for any; whether it is followed from its object to its subject)."""

_TYPE: Final = f"{RDF}type"
_COMPARED: Final = tuple(SH + n for n in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_INSIDE: Final = tuple(SH + n for n in ("property", "node", "not", "qualifiedValueShape"))
_LISTS: Final = tuple(SH + n for n in ("and", "or", "xone"))
_BEYOND: Final = tuple(SH + n for n in ("target", "rule", "js", "expression", "parameter"))
_DEEPEST: Final = 64
_REPEATS: Final = (
    (f"{SH}zeroOrMorePath", True, True),
    (f"{SH}oneOrMorePath", False, True),
    (f"{SH}zeroOrOnePath", True, False),
)


@dataclass(eq=False, slots=True)
class View:
    """One place on the way; compared by identity."""

    reads: set[str] = field(default_factory=set)
    """Properties of the node that stands here; "" is any."""
    links: dict[Link, list[View]] = field(default_factory=dict)
    also: list[View] = field(default_factory=list)
    """Views of the same node."""

    def lay(self, path: Path, end: View) -> None:
        """Lay a path from here to another view."""
        here = self
        for part in path[:-1]:
            there = View()
            here._part(part, there)
            here = there
        if path:
            here._part(path[-1], end)  # noqa: SLF001 - the same
        else:
            here.also.append(end)

    def _part(self, part: Part, end: View) -> None:
        start, stop = (View(), View()) if part.repeated else (self, end)
        for choice in part.choices:
            if isinstance(choice, Step):
                start.links.setdefault((choice.property, choice.inverse), []).append(stop)
            else:
                start.lay(choice, stop)
        if part.repeated:
            self.also.append(start)
            stop.also += [start, end]
        if part.optional:
            self.also.append(end)


@dataclass(frozen=True, slots=True)
class Sight:
    """What all shapes of a model look at."""

    root: View
    """At the focus node."""
    objects_of: frozenset[str]
    """Properties whose objects are focus nodes (``sh:targetObjectsOf``)."""
    nodes: frozenset[str]
    """Nodes that always are (``sh:targetNode``), as terms."""
    goes_against: bool
    """Whether some way goes from an object to its subject."""
    beyond: tuple[str, ...]
    """Shapes of which it can't be told, "" for a blank one: then only a check of the whole will do."""


class _BeyondError(Exception):
    """A shape looks at what can't be told from it."""


@lru_cache(maxsize=8)
def sight(shapes: str) -> Sight:
    """Compile a shapes graph (N-Triples)."""
    graph = graph_of(shapes)
    root = View()
    beyond = []
    can_not_tell = {*_BEYOND, *_made_by_users(graph)}
    for shape, about in graph.items():
        if _has_targets(about):
            try:
                _shape(graph, shape, root, can_not_tell)
            except _BeyondError:
                beyond.append(_iri(shape))
    return Sight(
        root,
        frozenset(_iri(o) for about in graph.values() for o in about.get(f"{SH}targetObjectsOf", ())),
        frozenset(str(o) for about in graph.values() for o in about.get(f"{SH}targetNode", ())),
        any(inverse for view in views(root) for _, inverse in view.links),
        tuple(sorted(beyond)),
    )


def views(root: View) -> list[View]:
    """All views from a root on, each once."""
    found, todo = {root}, [root]
    order = []
    while todo:
        view = todo.pop()
        order.append(view)
        for other in (*view.also, *(end for ends in view.links.values() for end in ends)):
            if other not in found:
                found.add(other)
                todo.append(other)
    return order


def _shape(graph: Graph, shape: Term, view: View, beyond: Collection[str], depth: int = 0) -> None:
    """What a shape looks at from a node, put into the node's view."""
    about = graph.get(shape, {})
    if depth > _DEEPEST or not about.keys().isdisjoint(beyond):
        raise _BeyondError
    values, way = view, None
    for path in about.get(f"{SH}path", ()):
        values, way = View(), _path(graph, path)
        view.lay(way, values)
    view.reads |= {_iri(o) for key in _COMPARED for o in about.get(key, ())}
    if f"{SH}class" in about:
        values.reads.add(_TYPE)
    if f"{SH}closed" in about:
        values.reads.add("")
    inside = [inner for key in _INSIDE for inner in about.get(key, ())]
    inside += [inner for key in _LISTS for head in about.get(key, ()) for inner in items(graph, head)]
    if f"{SH}qualifiedValueShapesDisjoint" in about:
        inside += _siblings(graph, shape)
    for inner in inside:
        _shape(graph, inner, values, beyond, depth + 1)
    for constraint in about.get(f"{SH}sparql", ()):
        for query in graph.get(constraint, {}).get(f"{SH}select", ()):
            group = patterns(getattr(query, "value", ""), namespaces(graph, constraint), way)
            if group is None:
                raise _BeyondError
            _query(group, {"?this": view})


def _siblings(graph: Graph, shape: Term) -> list[Term]:
    """The shapes whose values those of a shape may not have, https://www.w3.org/TR/shacl/#dfn-sibling-shapes."""
    beside = (about[f"{SH}property"] for about in graph.values() if shape in about.get(f"{SH}property", ()))
    others = (other for several in beside for other in several)
    return [s for other in others for s in graph.get(other, {}).get(f"{SH}qualifiedValueShape", ())]


def _made_by_users(graph: Graph) -> frozenset[str]:
    """The properties by which shapes take constraints that are queries of their own.

    https://www.w3.org/TR/shacl/#sparql-constraint-components
    """
    parameters = (p for about in graph.values() for p in about.get(f"{SH}parameter", ()))
    return frozenset(_iri(path) for p in parameters for path in graph.get(p, {}).get(f"{SH}path", ()))


def _query(group: Group, at: Mapping[str, View]) -> dict[str, View]:
    """The nodes that a group of patterns goes to from those that are known: forwards, else backwards.

    Variable -> view, of all that it binds. What else it holds may be another node of the same variable,
    so only what holds with it is gone on from.
    """
    known = dict(at)
    left, unions = list(group.patterns), list(group.unions)
    while left or unions:
        pattern = next((p for p in left if p.subject in known), None)
        turned = pattern is None
        pattern = pattern or next((p for p in left if p.object in known), None)
        if pattern is not None:
            left.remove(pattern)
            start, path, end = pattern.subject, pattern.path, pattern.object
            if turned:
                start, path, end = end, reversed_path(path), start
            # a node that another pattern leads to is looked at there
            there = View()
            known[start].lay(path, there)
            if end:
                known.setdefault(end, there)
        elif unions:
            branches = [_query(branch, known) for branch in unions.pop(0)]
            for variable in sorted(set.intersection(*map(set, branches)) - known.keys()):
                known[variable] = View()
                for branch in branches:
                    branch[variable].also.append(known[variable])
        else:
            raise _BeyondError
    for other in group.others:
        _query(other, known)
    return known


def reversed_path(path: Path) -> Path:
    """The same way from its end to its start."""

    def turned(choice: Step | Path) -> Step | Path:
        return (
            Step(choice.property, not choice.inverse) if isinstance(choice, Step) else reversed_path(choice)
        )

    return tuple(Part(tuple(map(turned, p.choices)), p.optional, p.repeated) for p in reversed(path))


def _path(graph: Graph, path: Term) -> Path:
    """A ``sh:path``, https://www.w3.org/TR/shacl/#property-paths."""
    about = graph.get(path, {})
    if f"{SH}inversePath" in about:
        return reversed_path(_path(graph, about[f"{SH}inversePath"][0]))
    if f"{SH}alternativePath" in about:
        return (Part(tuple(_path(graph, p) for p in items(graph, about[f"{SH}alternativePath"][0]))),)
    for key, optional, repeated in _REPEATS:
        if key in about:
            return (Part((_path(graph, about[key][0]),), optional, repeated),)
    if f"{RDF}first" in about:
        return tuple(part for p in items(graph, path) for part in _path(graph, p))
    return (Part((Step(_iri(path)),)),)


def namespaces(graph: Graph, constraint: Term) -> dict[str, str]:
    """Prefix -> namespace, of the ``sh:prefixes`` of a constraint."""
    declared = [
        graph.get(d, {})
        for head in graph.get(constraint, {}).get(f"{SH}prefixes", ())
        for d in graph.get(head, {}).get(f"{SH}declare", ())
    ]
    return {
        getattr(prefix, "value", ""): getattr(space, "value", "")
        for about in declared
        for prefix in about.get(f"{SH}prefix", ())
        for space in about.get(f"{SH}namespace", ())
    }


def _has_targets(about: About) -> bool:
    """Whether something is a shape with targets of its own; a class may be one by itself."""
    types = {_iri(t) for t in about.get(_TYPE, ())}
    return bool(types & {f"{SH}NodeShape", f"{SH}PropertyShape"}) and (
        any(key.startswith(f"{SH}target") for key in about) or any(t.endswith("#Class") for t in types)
    )


def _iri(term: Term) -> str:
    text = str(term)
    return text[1:-1] if text.startswith("<") and not text.startswith("<<") else ""
