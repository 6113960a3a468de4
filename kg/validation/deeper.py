"""Keep the result that says what is wrong, not the one that says only that something is."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rdf import SH
from kg.validation.engines.w3c import graph_of, items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.validation.engines.w3c import Graph, Term
    from kg.validation.result import Result

_TO_SHAPES: Final = [SH + name for name in ("property", "node", "not", "qualifiedValueShape")]
_TO_LISTS: Final = [SH + name for name in ("and", "or", "xone")]


def deeper_only(results: Iterable[Result], shapes_ntriples: str) -> list[Result]:
    """Leave out a ``sh:node`` result where another says what is wrong inside its value.

    A ``sh:node`` value type reports only "the value does not fit". Value types are target classes
    too, so the fault inside is reported with the value as its focus; that one is kept alone. It
    must come from the value type's own shapes: another fault of the same node explains nothing.
    """
    found = list(results)
    by_focus: dict[str, set[str]] = defaultdict(set)
    for result in found:
        by_focus[result.focus].add(result.shape)
    return [
        r
        for r in found
        if r.component != "Node"
        or not by_focus.get(r.value, set()) & _inside(shapes_ntriples).get(r.shape, set())
    ]


@lru_cache(maxsize=8)
def _inside(shapes_ntriples: str) -> Mapping[str, set[str]]:
    """Shape IRI with ``sh:node`` -> the shapes ("" for a blank one) that its values must fit."""
    graph = graph_of(shapes_ntriples)
    inside: dict[str, set[str]] = defaultdict(set)
    for subject, about in graph.items():
        left: list[Term] = list(about.get(f"{SH}node", ()))
        seen: set[Term] = set()
        while left:
            shape = left.pop()
            if shape not in seen:
                seen.add(shape)
                left += _below(graph, shape)
        if seen:
            inside[_name(subject)] |= {_name(s) for s in seen}
    return inside


def _below(graph: Graph, shape: Term) -> list[Term]:
    about = graph.get(shape, {})
    single = [s for name in _TO_SHAPES for s in about.get(name, ())]
    return single + [s for name in _TO_LISTS for head in about.get(name, ()) for s in items(graph, head)]


def _name(shape: Term) -> str:
    text = str(shape)
    return text[1:-1] if text.startswith("<") else ""
