"""What ``shacl`` can't do, found in the shapes, so that another engine takes over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model.lint.sparql import bare, has_word
from kg.rdf import OWL, RDF, RDFS, SH, XSD
from kg.validation.engines.w3c import graph_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.validation.engines.w3c import About, Graph

_SPARQL: Final = f"{SH}sparql"
_YEARS: Final = (f"{XSD}gYear", f"{XSD}gYearMonth")
_LIMITS: Final = tuple(SH + name for name in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"))
_LOOK_AROUND: Final = re.compile(r"\(\?(?:[=!]|<[=!])")
_SELECT: Final = re.compile(r"(?i)(?<![?$:\w-])SELECT(?![:\w-])")
_BACK_REFERENCE: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[1-9]")


@dataclass(frozen=True, slots=True)
class Feature:
    """Something in a shapes graph that the default engine gets wrong or refuses."""

    code: str
    """Names what it is in ``kg/messages.d/validation.toml``: ``engine-hand-over-…``."""
    found_in: Callable[[Graph], bool]


def _patterns(shapes: Graph) -> Iterator[str]:
    for about in shapes.values():
        yield from (getattr(o, "value", "") for o in about.get(f"{SH}pattern", ()))


def _constraints(shapes: Graph) -> Iterator[About]:
    for about in shapes.values():
        yield from (shapes.get(o, {}) for o in about.get(_SPARQL, ()))


def _queries(shapes: Graph) -> Iterator[str]:
    for about in _constraints(shapes):
        yield from (bare(getattr(q, "value", "")) for q in about.get(f"{SH}select", ()))


def _year_datatype(shapes: Graph) -> bool:
    return any(
        getattr(o, "value", "") in _YEARS for about in shapes.values() for o in about.get(f"{SH}datatype", ())
    )


def _year_order(shapes: Graph) -> bool:
    limits = (o for about in shapes.values() for name in _LIMITS for o in about.get(name, ()))
    return any(str(o).endswith(tuple(f"^^<{year}>" for year in _YEARS)) for o in limits)


def _owl_class_target(shapes: Graph) -> bool:
    for about in shapes.values():
        types = {getattr(o, "value", "") for o in about.get(f"{RDF}type", ())}
        if (
            types & {f"{SH}NodeShape", f"{SH}PropertyShape"}
            and f"{OWL}Class" in types
            and f"{RDFS}Class" not in types
        ):
            return True
    return False


def _hides_this(query: str) -> bool:
    """Whether a query within the query does not give ``$this``, which the engine should refuse."""
    _, *inner = _SELECT.split(query)
    heads = (re.split(r"(?i)\bWHERE\b|\{", part, maxsplit=1)[0] for part in inner[1:])
    return any(not re.search(r"[?$]this\b|\*", head) for head in heads)


def _deactivated_sparql(shapes: Graph) -> bool:
    return any(
        getattr(o, "value", "") in {"true", "1"}
        for c in _constraints(shapes)
        for o in c.get(f"{SH}deactivated", ())
    )


FEATURES: Final = (
    Feature("engine-hand-over-look-around", lambda s: any(_LOOK_AROUND.search(p) for p in _patterns(s))),
    Feature(
        "engine-hand-over-back-reference", lambda s: any(_BACK_REFERENCE.search(p) for p in _patterns(s))
    ),
    Feature("engine-hand-over-year-datatype", _year_datatype),
    Feature("engine-hand-over-year-order", _year_order),
    Feature("engine-hand-over-sparql-graph", lambda s: any(has_word(q, "GRAPH") for q in _queries(s))),
    Feature(
        "engine-hand-over-sparql-made-value",
        lambda s: any(re.search(r"(?i)\bAS\s+[?$]value\b", q) for q in _queries(s)),
    ),
    Feature("engine-hand-over-sparql-subselect", lambda s: any(_hides_this(q) for q in _queries(s))),
    Feature("engine-hand-over-sparql-deactivated", _deactivated_sparql),
    Feature("engine-hand-over-owl-class-target", _owl_class_target),
)
"""All that is known of, in the order of the page on engines."""


def beyond_default(shapes_ntriples: str) -> tuple[str, ...]:
    """The codes of the features in a shapes graph that the default engine can't do."""
    shapes = graph_of(shapes_ntriples)
    return tuple(f.code for f in FEATURES if f.found_in(shapes))
