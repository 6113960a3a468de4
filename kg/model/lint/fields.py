"""Names that records use: one field name means one property."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model.lint.graph import RANGES, is_iri, name
from kg.rdf import KG, SH, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph


def field_names(graph: Graph) -> Iterator[Problem]:
    """Report a field name that stands for two properties."""
    fields = [h for h in held(graph) if any(r in graph.about[h[0]] for r in RANGES)]
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    """Path -> (class, the name that a shape for it gives the path)"""
    for shape, class_iri, path in fields:
        for given in graph.get(shape, f"{KG}field"):
            named[path].append((class_iri, name(given)))
    users: dict[str, dict[str, str]] = defaultdict(dict)
    """Field name -> path -> the first shape that uses it so"""
    for shape, class_iri, path in fields:
        own = [name(given) for given in graph.get(shape, f"{KG}field")]
        inherited = [n for c, n in named.get(path, ()) if c in graph.ancestors(class_iri)]
        field = (own or inherited or [local_name(path)])[0]
        users[field].setdefault(path, shape)
    for field, by_path in users.items():
        if len(by_path) > 1:
            shapes = tuple(graph.short(s) for s in by_path.values())
            paths = tuple(graph.short(p) for p in by_path)
            last = graph.last(by_path.values())
            yield graph.problem("field-two-paths", last, received=field, paths=paths, shapes=shapes)


def held(graph: Graph) -> list[tuple[str, str, str]]:
    """(property shape, class, path) of what the node shapes of record classes hold, each path an IRI."""
    return [
        (name(shape), class_iri, name(path))
        for node, about in graph.node_shapes.items()
        for target in about.get(f"{SH}targetClass", ())
        for class_iri in [name(target)]
        if class_iri in graph.records
        for shape in about.get(f"{SH}property", ())
        for path in graph.get(name(shape), f"{SH}path")[:1]
        if is_iri(path)
    ]
