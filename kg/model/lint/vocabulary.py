"""Terms that are nowhere: of the published vocabularies, and of the namespaces that the files declare.

The terms of the published vocabularies are listed in ``ontology/reused``. Those of the W3C's basic
vocabularies are all there will ever be; the others grow, so an unknown term of theirs is a warning.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kg.model.files import builtin
from kg.model.lint.graph import is_blank, is_iri, name, nearest
from kg.model.value_types import VALUE_TYPES
from kg.rdf import KG, OWL, PREFIXES, RDF, RDFS, SH, SHAPES, SKOS, XSD, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem, Severity
    from kg.model.lint.graph import Graph, Term

_CLOSED: Final = frozenset({RDF, RDFS, OWL, SKOS, XSD})
_ELSEWHERE: Final = (KG, SHAPES, SH)
"""What other rules look at."""
_TOLD: Final = tuple(SH + n for n in ("class", "datatype", "targetClass", "group", "defaultValue"))
"""What other rules tell if its object is unknown."""
_NAMING: Final = tuple(
    SH + n
    for n in (
        *("path", "lessThan", "lessThanOrEquals", "equals", "disjoint"),
        *("targetSubjectsOf", "targetObjectsOf"),
    )
)
"""Whose objects are properties."""


def published_terms(graph: Graph) -> Iterator[Problem]:
    """Report terms of published vocabularies that these do not have, in the files that were added."""
    for file in graph.files:
        if file not in graph.added:
            continue
        seen: set[str] = set()
        for triple in graph.files[file]:
            told = triple.predicate.value in _TOLD
            for term in (triple.subject, triple.predicate, *(() if told else (triple.object,))):
                if is_iri(term) and (iri := name(term)) not in seen:
                    seen.add(iri)
                    yield from _unknown(graph, name(triple.subject), iri)


def _unknown(graph: Graph, subject: str, iri: str) -> Iterator[Problem]:
    prefix, namespace = next(((p, n) for p, n in PREFIXES.items() if iri.startswith(n)), ("", ""))
    local = iri.removeprefix(namespace)
    if not prefix or namespace in _ELSEWHERE or not local or local in listed(prefix):
        return
    near = [f"{prefix}:{n}" for n in nearest(local, listed(prefix))]
    severity: Severity = "error" if namespace in _CLOSED else "warning"
    shown = graph.short(iri)
    yield graph.problem(
        "term-unknown", subject, near=near, severity=severity, received=shown, vocabulary=namespace
    )


@cache
def listed(prefix: str) -> frozenset[str]:
    """The local names of the terms of a published vocabulary."""
    return frozenset((builtin("ontology") / "reused" / f"{prefix}.txt").read_text("utf-8").split())


def own_properties(graph: Graph) -> Iterator[Problem]:
    """Report properties that are named in a namespace of the files and declared in none of them."""
    companions = frozenset(_companions(graph))
    told: set[str] = set()
    for shape, about in graph.shapes.items():
        for predicate in _NAMING:
            for term in about.get(predicate, ()):
                for iri in _properties(graph, term, set()):
                    if iri not in told and graph.is_missing(iri, graph.properties) and iri not in companions:
                        told.add(iri)
                        shown = graph.short(iri)
                        near = nearest(shown, map(graph.short, graph.properties | companions))
                        yield graph.problem("property-undeclared", shape, near=near, received=shown)


def _companions(graph: Graph) -> Iterator[str]:
    """What the fields with a date or a duration give beside their own property."""
    for about in graph.property_shapes.values():
        of_type = local_name(name(about[f"{SH}node"][0])) if f"{SH}node" in about else ""
        ends = VALUE_TYPES[of_type].companions if of_type in VALUE_TYPES else ()
        for path in about.get(f"{SH}path", ())[:1] if ends else ():
            same = (a for a in graph.property_shapes.values() if path in a.get(f"{SH}path", ()))
            given = [name(n) for a in (about, *same) for n in a.get(f"{KG}field", ())]
            local = local_name(name(path))
            namespace = name(path).removesuffix(local) if name(path) in graph.properties else KG
            for end in ends:
                yield namespace + (given or [local])[0] + end


def _properties(graph: Graph, path: Term, seen: set[str]) -> Iterator[str]:
    """The properties in a path."""
    if is_iri(path):
        yield name(path)
    elif is_blank(path) and name(path) not in seen:
        seen.add(name(path))
        about = graph.about.get(name(path), {})
        steps = graph.items(path) or [t for p, found in about.items() if p.startswith(SH) for t in found]
        for step in steps:
            yield from _properties(graph, step, seen)
