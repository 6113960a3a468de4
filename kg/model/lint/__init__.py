"""Faults in shapes and ontology, found when they are loaded.

Every SHACL engine takes these in silence, and then checks less than was meant. All faults of all
files are reported at once, each with its file and shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model.lint.classes import attached, classes, targets
from kg.model.lint.contract import own_annotations, property_shapes, ranges
from kg.model.lint.facets import facets
from kg.model.lint.field_ranges import own_ranges
from kg.model.lint.fields import field_names
from kg.model.lint.graph import Graph
from kg.model.lint.patterns import patterns
from kg.model.lint.sparql import constraints
from kg.model.lint.structure import lists, nesting, paths, references, severities, single_values, terms
from kg.model.lint.vocabulary import own_properties, published_terms
from kg.model.lint.words import words
from kg.model.lint.written import written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import pyoxigraph

    from kg.errors import Problem

RULES: Final[tuple[Callable[[Graph], Iterator[Problem]], ...]] = (
    terms,
    paths,
    severities,
    single_values,
    references,
    nesting,
    lists,
    written,
    patterns,
    property_shapes,
    ranges,
    classes,
    targets,
    attached,
    own_annotations,
    field_names,
    own_ranges,
    facets,
    own_properties,
    published_terms,
    constraints,
)
"""Each gives a problem for each fault. The first eight are SHACL's own rules, the rest the project's."""


_LACKS: Final = {
    "shape-no-severity": "sh:severity",
    "shape-no-path": "sh:path",
    "shape-no-target": "sh:targetClass",
    "shape-unused": "sh:property",
}
"""Faults that a misspelt term causes -> the term that was meant."""
_UNDECLARED: Final = frozenset(
    {"target-no-record", "shape-unknown-target", "shape-unknown-class", "property-undeclared"}
)
"""Faults of a term whose own declaration is misspelt."""
LANGUAGES: Final = ("en", "ko")
"""The languages that words are expected in if nobody says otherwise."""


def lint(
    files: Mapping[str, Sequence[pyoxigraph.Triple]],
    value_types: Collection[str],
    added: Collection[str] | None = None,
    prefixes: Mapping[str, str] | None = None,
    languages: Collection[str] = LANGUAGES,
) -> list[Problem]:
    """All faults in the triples of ontology and shapes together, by file and shape.

    ``files`` is the name of a file, as it is shown -> its triples; ``value_types`` are the local
    names of the node shapes that a codec stands behind (``Money``, ``Date``, …). ``added`` are the
    files other than the built-in ones (all, if not given): only of these what is no error is told,
    such as words that are missing in one of the ``languages``. ``prefixes`` are theirs.
    """
    graph = Graph(files, value_types, added, prefixes)
    found = [problem for rule in RULES for problem in rule(graph)]
    if graph.added:
        found += words(graph, languages)
    found = _without_consequences(found)
    return sorted(found, key=lambda p: (str(p.place), str(p.args.get("shape")), p.code, str(p.received)))


def _without_consequences(found: list[Problem]) -> list[Problem]:
    """Leave out what is only lacking because a word for it is misspelt, which is told itself."""
    meant = {
        (shape, near)
        for p in found
        if p.code == "shape-unknown-term"
        for near in p.allowed
        for shape in (p.args["shape"], "")
    }
    misspelt = {p.args["shape"] for p in found if p.code in {"term-unknown", "class-above-undeclared"}}

    def is_consequence(p: Problem) -> bool:
        if p.code in _UNDECLARED:
            return p.received in misspelt
        # a property shape is unused because of another shape
        shape = "" if p.code == "shape-unused" else p.args["shape"]
        return p.code in _LACKS and (shape, _LACKS[p.code]) in meant

    return [p for p in found if not is_consequence(p)]
