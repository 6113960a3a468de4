"""From the triples of ontology and shapes to a ``Model``: classes with their fields, concepts."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from kg.model import types as t
from kg.model.dates import derive_orders
from kg.model.engines import for_engines, slim
from kg.rdf import KG, OWL, PREFIXES, RDF, RDFS, SCHEMA, SH, SHAPES, SKOS, XSD, local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model.files import Graph

CONCEPT: Final = f"{SKOS}Concept"
PARTIES: Final = f"{SHAPES}parties"
_DECLARED_CLASS: Final = (f"{OWL}Class", f"{RDFS}Class")
_DECLARED_PROPERTY: Final = (
    f"{RDF}Property",
    f"{OWL}ObjectProperty",
    f"{OWL}DatatypeProperty",
    f"{OWL}AnnotationProperty",
)
_FACETS: Final = ("pattern", "minInclusive", "maxInclusive", "minLength", "maxLength")
_PAIRS: Final = ("lessThan", "lessThanOrEquals", "equals", "disjoint")
_RANGES: Final = ("class", "datatype", "node", "nodeKind")


def compile_model(ontology: Graph, shapes: Graph) -> t.Model:
    """Compile what ``kg.model.files.read`` gave; both graphs are expected to be linted."""
    superclasses = _superclasses(ontology)
    properties = set(ontology.instances(*_DECLARED_PROPERTY))
    derived_labels = derive_orders(shapes, superclasses, properties)
    concepts = _concepts(ontology, superclasses)
    fields = _property_shapes(shapes)
    declared = set(ontology.instances(*_DECLARED_CLASS))
    classes = {}
    for iri in sorted(declared, key=local_name):
        above = superclasses[iri]
        root = next((r for r in (t.ENTITY, t.CLAIM) if r in above and iri != r), None)
        if root is None:
            continue
        classes[local_name(iri)] = t.Class(
            iri=iri,
            name=local_name(iri),
            kind=_kind(iri, root, superclasses, ontology),
            is_claim=root == t.CLAIM,
            ancestors=above,
            types=_types(iri, root, superclasses, ontology, declared),
            fields=_fields(above, superclasses, fields, shapes, properties),
            labels=ontology.labels(iri, f"{RDFS}label", f"{SKOS}prefLabel"),
            definitions=ontology.labels(iri, f"{SKOS}definition", f"{RDFS}comment"),
        )
    shape_lines = shapes.lines()
    digest = hashlib.sha256("".join(shape_lines + ontology.lines()).encode()).hexdigest()
    return t.Model(
        classes=classes,
        concepts=concepts,
        prefixes=_prefixes(ontology.prefixes | shapes.prefixes),
        labels=derived_labels | _labels(ontology, shapes),
        superclasses=superclasses,
        shapes="".join(for_engines(shape_lines, shapes)),
        slim=slim(ontology, concepts, classes),
        targets=frozenset(o for s in shapes.index for o in shapes.values(s, f"{SH}targetClass")),
        codes=_codes(shapes),
        constraints=_constraints(shapes),
        names={s: d for s in sorted(shapes.index) if (d := shapes.labels(s, f"{SH}name"))},
        descriptions={s: d for s in sorted(shapes.index) if (d := shapes.labels(s, f"{SH}description"))},
        digest=digest,
    )


def _prefixes(declared: Mapping[str, str]) -> dict[str, str]:
    """The prefixes of users' files that do not stand for something else already."""
    return {
        p: n for p, n in sorted(declared.items()) if p and p not in PREFIXES and n not in PREFIXES.values()
    }


def _superclasses(graph: Graph) -> dict[str, frozenset[str]]:
    """Every class -> itself and all above it (``rdfs:subClassOf``), cycles tolerated."""
    direct = {s: graph.values(s, f"{RDFS}subClassOf") for s in graph.index}
    closed: dict[str, frozenset[str]] = {}
    for start in {*direct, *(o for above in direct.values() for o in above)}:
        seen, todo = {start}, [start]
        while todo:
            for above in direct.get(todo.pop(), ()):
                if above not in seen:
                    seen.add(above)
                    todo.append(above)
        closed[start] = frozenset(seen)
    return closed


def _kind(iri: str, root: str, superclasses: Mapping[str, frozenset[str]], graph: Graph) -> str:
    """The local name of the ancestor directly below the root."""
    below = [c for c in superclasses[iri] if root in graph.values(c, f"{RDFS}subClassOf")]
    return local_name(min(below)).lower()


def _types(
    iri: str, root: str, superclasses: Mapping[str, frozenset[str]], graph: Graph, declared: set[str]
) -> tuple[str, ...]:
    """The class, its ancestors up to the kind, and the published superclasses of these."""
    own = {c for c in superclasses[iri] if root in superclasses[c] and c != root}
    published = {
        above for c in own for above in graph.values(c, f"{RDFS}subClassOf") if above not in declared
    }
    return tuple(sorted(own | published))


def _concepts(graph: Graph, superclasses: Mapping[str, frozenset[str]]) -> dict[str, tuple[t.Concept, ...]]:
    """Every concept class -> its members, those of its subclasses too."""
    found: dict[str, list[t.Concept]] = {}
    for class_iri in graph.instances(*_DECLARED_CLASS):
        if CONCEPT in superclasses[class_iri]:
            below = [c for c, above in superclasses.items() if class_iri in above]
            found[class_iri] = [
                _concept(graph, s, class_iri)
                for s in graph.instances(*below)
                if graph.value(s, f"{SKOS}notation") is not None
            ]
    return {c: tuple(sorted(members, key=lambda m: (m.order, m.notation))) for c, members in found.items()}


def _concept(graph: Graph, iri: str, class_iri: str) -> t.Concept:
    restriction = graph.value(iri, f"{OWL}withRestrictions")
    patterns = [
        p
        for item in (graph.items(restriction) if restriction else ())
        for p in graph.values(item, f"{XSD}pattern")
    ]
    return t.Concept(
        iri=iri,
        class_iri=class_iri,
        notation=graph.value(iri, f"{SKOS}notation") or "",
        labels=graph.labels(iri, f"{SKOS}prefLabel", f"{RDFS}label"),
        definitions=graph.labels(iri, f"{SKOS}definition", f"{RDFS}comment"),
        aliases=tuple(
            sorted({*graph.values(iri, f"{SKOS}prefLabel"), *graph.values(iri, f"{SKOS}altLabel")})
        ),
        order=float(graph.value(iri, f"{SH}order") or 1_000_000),
        pattern=patterns[0] if patterns else "",
        example=graph.value(iri, f"{SKOS}example") or "",
        addresses=tuple(sorted(graph.values(iri, f"{SCHEMA}urlTemplate"))),
    )


def _property_shapes(shapes: Graph) -> dict[str, dict[str, list[str]]]:
    """Target class -> path -> the property shapes that its node shapes have for it."""
    found: dict[str, dict[str, list[str]]] = {}
    for node in shapes.instances(f"{SH}NodeShape"):
        for target in shapes.values(node, f"{SH}targetClass"):
            paths = found.setdefault(target, {})
            for shape in shapes.values(node, f"{SH}property"):
                path = shapes.value(shape, f"{SH}path")
                if path is not None:
                    paths.setdefault(path, []).append(shape)
    return found


def _fields(
    above: frozenset[str],
    superclasses: Mapping[str, frozenset[str]],
    property_shapes: Mapping[str, Mapping[str, list[str]]],
    shapes: Graph,
    properties: set[str],
) -> dict[str, t.Field]:
    """The fields of a class: the more general shapes first, each tightened by what comes after."""
    general_first = sorted(above, key=lambda c: (len(superclasses[c]), c))
    by_path: dict[str, list[str]] = {}
    for c in general_first:
        for path, found in property_shapes.get(c, {}).items():
            by_path.setdefault(path, []).extend(found)
    made = [
        f
        for path, found in by_path.items()
        if (f := _field(path, found, shapes, superclasses, declared=path in properties))
    ]
    return {f.name: f for f in sorted(made, key=lambda f: (f.order, f.name))}


def _field(
    path: str,
    found: list[str],
    shapes: Graph,
    superclasses: Mapping[str, frozenset[str]],
    *,
    declared: bool,
) -> t.Field | None:
    last: dict[str, str] = {}
    labels: dict[str, t.Labels] = {}
    field_range: t.Range | None = None
    counts_min, counts_max = [0], []
    must, may = [0], []
    default: str | None = None
    for shape in found:
        field_range = _range(shape, shapes, superclasses) or field_range
        binding = shapes.value(shape, f"{SH}severity") in {None, f"{SH}Violation"}
        for key in ("order", "group", *(_FACETS if binding else ())):
            last[key] = shapes.value(shape, f"{SH}{key}") or last.get(key, "")
        for key in ("name", "description") if not _is_pair_rule(shape, shapes) else ():
            labels[key] = shapes.labels(shape, f"{SH}{key}") or labels.get(key, {})
        least = [int(v) for v in shapes.values(shape, f"{SH}minCount")]
        most = [int(v) for v in shapes.values(shape, f"{SH}maxCount")]
        counts_min += least
        counts_max += most
        must += least if binding else []
        may += most if binding else []
        default = next((str(o) for o in shapes.objects(shape, f"{SH}defaultValue")), default)
        for key in ("field", "key"):
            last[key] = shapes.value(shape, f"{KG}{key}") or last.get(key, "")
    if field_range is None:
        return None
    return t.Field(
        name=last["field"] or local_name(path),
        path=path,
        range=field_range,
        min_count=max(counts_min),
        max_count=min(counts_max, default=None),
        least=max(must),
        most=min(may, default=None),
        default=default,
        key=last["key"] not in {"false", "0"},
        party=last["group"] == PARTIES,
        group=last["group"],
        order=float(last["order"] or 1_000),
        companions=path[: -len(local_name(path))] if declared else KG,
        labels=labels.get("name", {}),
        descriptions=labels.get("description", {}),
        facets={k: last[k] for k in _FACETS if last.get(k)},
    )


def _range(shape: str, shapes: Graph, superclasses: Mapping[str, frozenset[str]]) -> t.Range | None:
    """What a property shape lets a field hold, or None if it only constrains."""
    made: t.Range | None = None
    for key in _RANGES:
        value = shapes.value(shape, f"{SH}{key}")
        if value is None or made is not None:
            continue
        if key == "class" and value == f"{RDF}Property":
            made = t.FieldNames()
        elif key == "class":
            is_concept = CONCEPT in superclasses.get(value, ())
            made = t.ConceptRange(value) if is_concept else t.Reference(value)
        elif key == "datatype":
            made = t.Datatype(value)
        elif key == "node":
            made = t.ValueType(local_name(value))
        elif value == f"{SH}IRI":
            made = t.AnyIri()
    return made


def _is_pair_rule(shape: str, shapes: Graph) -> bool:
    """Whether a shape only compares two properties: then its texts are about both."""
    stated = shapes.index.get(shape, {})
    return any(f"{SH}{p}" in stated for p in _PAIRS) and not any(f"{SH}{r}" in stated for r in _RANGES)


def _codes(shapes: Graph) -> dict[str, str]:
    """The shapes that are a rule of their own: SPARQL, a pair of properties, or no field."""
    paths = {s: shapes.value(s, f"{SH}path") for s in shapes.index}
    fields = {p for s, p in paths.items() if any(shapes.objects(s, f"{SH}{key}") for key in _RANGES)}
    rules = [
        s
        for s, path in paths.items()
        if shapes.objects(s, f"{SH}sparql")
        or _is_pair_rule(s, shapes)
        or (path is not None and path not in fields)
    ]
    return {s: re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local_name(s)).lower() for s in sorted(rules)}


def _constraints(shapes: Graph) -> dict[str, dict[str, str]]:
    """What the property shapes state, for messages: the local names of SHACL's parameters."""
    return {
        s: {local_name(p): objects[0].value for p, objects in stated.items() if p.startswith(SH)}
        for s, stated in sorted(shapes.index.items())
        if f"{SH}path" in stated
    }


def _labels(ontology: Graph, shapes: Graph) -> dict[str, t.Labels]:
    """Labels of terms; a borrowed property is called what the shapes call it."""
    named = {
        path: shapes.labels(s, f"{SH}name")
        for s in reversed(shapes.index)
        if (path := shapes.value(s, f"{SH}path")) is not None and shapes.objects(s, f"{SH}name")
    }
    own = {
        s: labels
        for s in sorted(ontology.index)
        if (labels := ontology.labels(s, f"{RDFS}label", f"{SKOS}prefLabel"))
    }
    return named | own
