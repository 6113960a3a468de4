"""Faults in shapes and ontology, found when they are loaded.

Every SHACL engine takes these in silence, and then checks less than was meant. All faults of all
files are reported at once, each with its file and shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model.lint.contract import own_annotations, property_shapes, ranges, targets
from kg.model.lint.fields import fields_and_names
from kg.model.lint.graph import Graph
from kg.model.lint.patterns import patterns
from kg.model.lint.sparql import constraints
from kg.model.lint.structure import lists, nesting, paths, references, severities, single_values, terms

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
    patterns,
    property_shapes,
    ranges,
    targets,
    own_annotations,
    fields_and_names,
    constraints,
)
"""Each gives a problem for each fault. The first seven are SHACL's own rules, the rest the project's."""


def lint(files: Mapping[str, Sequence[pyoxigraph.Triple]], value_types: Collection[str]) -> list[Problem]:
    """All faults in the triples of ontology and shapes together, by file and shape.

    ``files`` is the name of a file, as it is shown -> its triples; ``value_types`` are the local
    names of the node shapes that a codec stands behind (``Money``, ``Date``, …).
    """
    graph = Graph(files, value_types)
    found = [problem for rule in RULES for problem in rule(graph)]
    return sorted(found, key=lambda p: (str(p.place), str(p.args.get("shape")), p.code, str(p.received)))
