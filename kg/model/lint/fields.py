"""Names that records use: one field name means one property, one ``type`` one class."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.model.lint.graph import is_iri, name
from kg.rdf import KG, OWL, RDF, RDFS, SH, compact, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

_RANGES: Final = tuple(SH + n for n in ("class", "datatype", "node", "nodeKind"))
_RECORDS: Final = {f"{KG}Entity", f"{KG}Claim"}


def fields_and_names(graph: Graph) -> Iterator[Problem]:
    """Report a field name with two properties, and two record classes with the same local name."""
    ancestors = {c: graph.ancestors(c) for c in graph.declared}
    records = {c for c, above in ancestors.items() if above & _RECORDS}
    yield from _two_paths(graph, records, ancestors)
    by_name: dict[str, list[str]] = defaultdict(list)
    for class_iri in sorted(records):
        if {name(t) for t in graph.get(class_iri, f"{RDF}type")} & {f"{OWL}Class", f"{RDFS}Class"}:
            by_name[local_name(class_iri)].append(class_iri)
    for local, classes in by_name.items():
        if len(classes) > 1:
            yield graph.problem(
                "class-same-name", classes[-1], received=local, classes=tuple(map(compact, classes))
            )


def _two_paths(graph: Graph, records: set[str], ancestors: dict[str, set[str]]) -> Iterator[Problem]:
    fields = _fields(graph, records)
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    """Path -> (class, the name that a shape for it gives the path)"""
    for shape, class_iri, path in fields:
        for given in graph.get(shape, f"{KG}field"):
            named[path].append((class_iri, name(given)))
    users: dict[str, dict[str, str]] = defaultdict(dict)
    """Field name -> path -> the first shape that uses it so"""
    for shape, class_iri, path in fields:
        own = [name(given) for given in graph.get(shape, f"{KG}field")]
        inherited = [n for c, n in named.get(path, ()) if c in ancestors.get(class_iri, ())]
        field = (own or inherited or [local_name(path)])[0]
        users[field].setdefault(path, shape)
    for field, by_path in users.items():
        if len(by_path) > 1:
            last = list(by_path.values())[-1]
            shapes = tuple(compact(s) for s in by_path.values())
            paths = tuple(compact(p) for p in by_path)
            yield graph.problem("field-two-paths", last, received=field, paths=paths, shapes=shapes)


def _fields(graph: Graph, records: set[str]) -> list[tuple[str, str, str]]:
    """(property shape, class, path) of every property shape of a record class that has a range."""
    return [
        (name(shape), class_iri, name(path))
        for node, about in graph.node_shapes.items()
        for target in about.get(f"{SH}targetClass", ())
        for class_iri in [name(target)]
        if class_iri in records
        for shape in graph.get(node, f"{SH}property")
        for path in graph.get(name(shape), f"{SH}path")[:1]
        if is_iri(path) and any(r in graph.about[name(shape)] for r in _RANGES)
    ]
