"""How values are written: counts, numbers, truth, text, groups. Engines take anything and do nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model.lint.graph import is_iri, is_literal, name, nearest
from kg.rdf import RDF, RDFS, SH, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.model.lint.graph import Graph, Term

_COUNTS: Final = frozenset(
    SH + n
    for n in ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
)
_BOOLEANS: Final = frozenset(
    SH + n for n in ("deactivated", "uniqueLang", "closed", "qualifiedValueShapesDisjoint")
)
_TEXTS: Final = frozenset(
    [SH + n for n in ("name", "description", "message")]
    + [RDFS + n for n in ("label", "comment")]
    + [SKOS + n for n in ("prefLabel", "altLabel", "definition", "notation")]
)
_ORDER: Final = f"{SH}order"
_GROUP: Final = f"{SH}group"
_STRINGS: Final = (f"{XSD}string", f"{RDF}langString")


def written(graph: Graph) -> Iterator[Problem]:
    """All values of parameters, texts and groups that are not what they must be."""
    for subject, about in graph.about.items():
        for predicate, terms in about.items():
            check = _CHECKS.get(predicate)
            fault = next((t for t in terms if not check(t)), None) if check else None
            if fault is not None:
                term, shown = graph.short(predicate), graph.shown(fault)
                yield graph.problem(_CODES[predicate], subject, term=term, received=shown)
        for group in about.get(_GROUP, ())[:1]:
            if not graph.get(name(group), f"{RDF}type"):
                groups = map(graph.short, graph.typed({f"{SH}PropertyGroup"}))
                shown = graph.shown(group)
                yield graph.problem(
                    "shape-unknown-group", subject, near=nearest(shown, groups), received=shown
                )


def _datatype(term: Term) -> str:
    return str(term.datatype.value) if is_literal(term) else ""  # type: ignore[union-attr]


def _is_count(term: Term) -> bool:
    return _datatype(term) == f"{XSD}integer" and re.fullmatch(r"\+?[0-9]+", name(term)) is not None


def _is_number(term: Term) -> bool:
    number = re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", name(term))
    return _datatype(term) in {f"{XSD}integer", f"{XSD}decimal"} and number is not None


def _is_boolean(term: Term) -> bool:
    return _datatype(term) == f"{XSD}boolean" and name(term) in {"true", "false", "1", "0"}


def _is_text(term: Term) -> bool:
    return _datatype(term) in _STRINGS and not is_iri(term)


_CHECKS: Final = {
    **dict.fromkeys(_COUNTS, _is_count),
    **dict.fromkeys(_BOOLEANS, _is_boolean),
    **dict.fromkeys(_TEXTS, _is_text),
    _ORDER: _is_number,
}
_CODES: Final = {
    **dict.fromkeys(_COUNTS, "shape-not-count"),
    **dict.fromkeys(_BOOLEANS, "shape-not-boolean"),
    **dict.fromkeys(_TEXTS, "shape-not-text"),
    _ORDER: "shape-not-number",
}
