"""Words that are missing: nothing breaks without them, but nobody can read what is meant. Warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model.lint.fields import held
from kg.model.lint.graph import RANGES
from kg.rdf import OWL, RDF, RDFS, SH, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph

_PROPERTIES: Final = (f"{RDF}Property", f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty")
_LABELS: Final = (f"{RDFS}label", f"{SKOS}prefLabel")
_DEFINITIONS: Final = (f"{SKOS}definition", f"{RDFS}comment")


def words(graph: Graph, languages: Collection[str]) -> Iterator[Problem]:
    """Report terms and fields of the added files that lack words in one of the languages."""
    found = [*_of_terms(graph, languages), *_of_fields(graph, languages)]
    yield from (problem for problem in found if str(problem.place) in graph.added)


def _of_terms(graph: Graph, languages: Collection[str]) -> Iterator[Problem]:
    concept_classes = {c for c in graph.classes if f"{SKOS}Concept" in graph.ancestors(c)}
    concepts = graph.typed(concept_classes)
    for term in dict.fromkeys((*graph.classes, *graph.typed(_PROPERTIES), *concepts)):
        yield from _missing(graph, term, _LABELS, languages)
    for term in graph.classes:
        if not any(d in graph.about[term] for d in _DEFINITIONS):
            yield graph.problem("class-undefined", term, severity="warning")
    for term in concepts:
        if f"{SKOS}notation" not in graph.about[term]:
            yield graph.problem("concept-unwritable", term, severity="warning")


def _of_fields(graph: Graph, languages: Collection[str]) -> Iterator[Problem]:
    for shape in dict.fromkeys(shape for shape, _, _ in held(graph)):
        about = graph.about[shape]
        # what only tightens a field takes its words from there
        if any(r in about for r in RANGES):
            yield from _missing(graph, shape, (f"{SH}name",), languages)
            yield from _missing(graph, shape, (f"{SH}description",), languages)


def _missing(
    graph: Graph, subject: str, predicates: tuple[str, ...], languages: Collection[str]
) -> Iterator[Problem]:
    said = {getattr(t, "language", None) for p in predicates for t in graph.get(subject, p)}
    missing = tuple(language for language in languages if language not in said)
    if missing:
        term = graph.short(predicates[0])
        yield graph.problem("words-missing", subject, severity="warning", term=term, languages=missing)
