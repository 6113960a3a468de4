"""The order of a date's earliest and latest day, checked without anybody having to say so.

A field with ``sh:node shape:Date`` gives two companions, the first and the last day that the date can
mean. That the first is not after the last is a constraint of its own shape, ``<field's shape>-order``. It is
derived here for every such field whose class has no such constraint in the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model.value_types import VALUE_TYPES
from kg.rdf import KG, RDF, SH, SHAPES, local_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import pyoxigraph

    from kg.model.files import Graph
    from kg.model.types import Labels

DATE: Final = f"{SHAPES}Date"
DERIVED: Final = "(derived)"
"""What stands for the file of what is in none."""
_ADVICE: Final = {
    "en": "A range of dates begins with the earlier one.",
    "ko": "날짜 범위는 이른 날짜부터 적는다.",
}
_NAMED: Final[Mapping[str, Labels]] = {
    "Earliest": {"en": "{}, earliest", "ko": "{}(최초)"},
    "Latest": {"en": "{}, latest", "ko": "{}(최후)"},
    "AsWritten": {"en": "{}, as written", "ko": "{}(원문 표기)"},
    "Approximate": {"en": "{} is approximate", "ko": "{}(대략)"},
}


def derive_orders(
    shapes: Graph, superclasses: Mapping[str, frozenset[str]], properties: Collection[str]
) -> dict[str, Labels]:
    """Add the constraints to the shapes; labels of all companions of dates, by IRI."""
    held = list(_held(shapes))
    ordered = set(_ordered(shapes, held))
    labels: dict[str, Labels] = {}
    dates = [h for h in held if shapes.value(h[2], f"{SH}node") == DATE]
    # general classes first: their constraints serve the classes below
    for target, node, shape in sorted(dates, key=lambda h: (len(superclasses.get(h[0], ())), h)):
        above = superclasses.get(target, frozenset({target}))
        path = shapes.value(shape, f"{SH}path")
        others = [s for c, _, s in held if c in above and shapes.value(s, f"{SH}path") == path]
        companion = _companion(shapes, (shape, *others), properties)
        label = _first(shapes, (shape, *others), f"{SH}name")
        for end in VALUE_TYPES["Date"].companions:
            named = _NAMED[end].items()
            said = {language: text.format(label[language]) for language, text in named if language in label}
            labels.setdefault(companion + end, said or {"en": local_name(companion + end)})
        pair = (f"{companion}Earliest", f"{companion}Latest")
        if not any((c, *pair) in ordered for c in above):
            ordered.add((target, *pair))
            shapes.add(DERIVED, _order(shapes, node, shape, pair))
    return labels


def _held(shapes: Graph) -> Iterator[tuple[str, str, str]]:
    """Every (target class, node shape, property shape)."""
    for node in shapes.instances(f"{SH}NodeShape"):
        for target in shapes.values(node, f"{SH}targetClass"):
            for shape in shapes.values(node, f"{SH}property"):
                yield target, node, shape


def _ordered(shapes: Graph, held: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """(class, lower, upper) of every constraint of that kind in the files."""
    for target, _, shape in held:
        for upper in shapes.values(shape, f"{SH}lessThanOrEquals"):
            for lower in shapes.values(shape, f"{SH}path"):
                yield target, lower, upper


def _first(shapes: Graph, same_path: Iterable[str], predicate: str) -> Labels:
    """What the first of the shapes that says it says."""
    return next((said for s in same_path if (said := shapes.labels(s, predicate))), {})


def _companion(shapes: Graph, same_path: tuple[str, ...], properties: Collection[str]) -> str:
    """How the IRIs of a field's companions begin."""
    path = shapes.value(same_path[0], f"{SH}path") or ""
    name = _first(shapes, same_path, f"{KG}field").get("en") or local_name(path)
    return (path[: -len(local_name(path))] if path in properties else KG) + name


def _order(shapes: Graph, node: str, shape: str, pair: tuple[str, str]) -> list[pyoxigraph.Triple]:
    """The constraint, as severe as the field, and the node shape that holds it."""
    import pyoxigraph as ox  # noqa: PLC0415 - not needed for ``kg --help``

    iri = f"{shape}-order"
    while iri in shapes.index:
        iri += "-order"
    order = ox.NamedNode(iri)
    severity = shapes.value(shape, f"{SH}severity") or f"{SH}Violation"
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{RDF}type", ox.NamedNode(f"{SH}PropertyShape")),
        (f"{SH}path", ox.NamedNode(pair[0])),
        (f"{SH}lessThanOrEquals", ox.NamedNode(pair[1])),
        (f"{SH}severity", ox.NamedNode(severity)),
        *((f"{SH}description", ox.Literal(text, language=language)) for language, text in _ADVICE.items()),
    ]
    held = ox.Triple(ox.NamedNode(node), ox.NamedNode(f"{SH}property"), order)
    return [held, *(ox.Triple(order, ox.NamedNode(predicate), value) for predicate, value in said)]
