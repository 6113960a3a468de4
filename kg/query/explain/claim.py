"""One claim in words: the sentence, and what stands behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.messages import text
from kg.model.types import ConceptRange, Reference, ValueType, say
from kg.query.explain import wording
from kg.query.explain.node import class_of
from kg.query.explain.sentence import ACTUAL, ENDED, fill, listed, template, used
from kg.query.render import short
from kg.rdf import DCTERMS, KG, OA, XSD, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.types import Class, Field, Model
    from kg.query.explain.node import Nodes
    from kg.query.explain.origin import Origin

Line = tuple[str, str]
"""A label and what it says."""

DEPTH: Final = 2
"""Steps from a claim to all that its words need: amount → converted amount, document → publisher."""
_BEHIND: Final = frozenset(
    ("status", "certainty", "unknown", "attributedTo", "source", "evidence", "note", "part", "event")
)
_SPAN: Final = ("startDate", "endDate")
_STATED: Final = f"{KG}stated"
_GROUP: Final = f"{KG}Group"


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to put claims into words."""

    nodes: Nodes
    model: Model

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.nodes.language

    def class_of(self, iri: str) -> Class | None:
        """The most special class of a node that the model knows."""
        name = class_of(self.nodes.types(iri), self.model)
        return self.model.classes.get(name)


def sentence(reader: Reader, iri: str) -> str:
    """What a claim says, in one sentence; from the model's labels for a class without a template.

    What is not stated as a fact says so first: “Presumed: …”.
    """
    said = _sentence(reader, iri)[0]
    certainty = reader.nodes.one(iri, f"{KG}certainty")
    if certainty in {None, _STATED}:
        return said
    how = reader.nodes.name(certainty or "")
    return f"{how[:1].upper()}{how[1:]}: {said}"


def _sentence(reader: Reader, iri: str) -> tuple[str, set[str]]:
    """The sentence, and the fields that it says."""
    of_class = reader.class_of(iri)
    if of_class is None:
        return short(iri, reader.nodes.base), set()
    said_of = {name: values(reader, iri, field) for name, field in of_class.fields.items()}
    said_of["when"] = said_of.get("date", [])
    place = of_class.fields.get("place")
    said_of["where"] = said_of.get("place", []) if place is not None and not place.party else []
    status = local_name(reader.nodes.one(iri, f"{KG}status") or "")
    if status == ACTUAL and _has_ended(reader, iri):
        status = ENDED
    present = frozenset(name for name, found in said_of.items() if found)
    chain = _by_specialty(reader.model, of_class)
    pattern = template(chain, status, reader.language, present)
    if not pattern:
        return _generic(reader, of_class, said_of), {*said_of}
    plural = _plural(reader, iri, of_class)
    said = fill(pattern, said_of, reader.language, plural).strip()
    shown = used(pattern)
    span = {name: said_of[name][0] for name in _SPAN if said_of.get(name) and name not in shown}
    said += _spanned(reader, of_class, span)
    shown |= {*span}
    shown |= {"date"} if "when" in shown else set()
    shown |= {"place"} if "where" in shown else set()
    begun = said if reader.language == "ko" else said[:1].upper() + said[1:]
    return begun if re.search(r"[.!?…]”$", begun) else f"{begun}.", shown


def _spanned(reader: Reader, of_class: Class, span: dict[str, str]) -> str:
    """Since when and until when, in brackets after a sentence."""
    parts = [
        f"{say(of_class.fields[name].labels, reader.language, name)}: {when.removesuffix('에')}"
        for name, when in span.items()
    ]
    return f" ({', '.join(parts)})" if parts else ""


def _has_ended(reader: Reader, iri: str) -> bool:
    """Whether what a claim says is over by when its source was published: no clock says it."""
    end = reader.nodes.one(iri, f"{KG}endDateLatest")
    sources = [o.value for o in reader.nodes.get(iri, f"{DCTERMS}source")]
    published = [reader.nodes.one(source, f"{KG}publishedEarliest") for source in sources]
    return bool(end and sources) and all(day is not None and end < day for day in published if end)


def _plural(reader: Reader, iri: str, of_class: Class) -> frozenset[str]:
    """The fields that hold a group, which takes a plural verb."""
    groups = (
        name
        for name, field in of_class.fields.items()
        if field.party
        and any(_GROUP in reader.nodes.types(o.value) for o in reader.nodes.get(iri, field.path))
    )
    return frozenset(groups)


def _by_specialty(model: Model, of_class: Class) -> list[str]:
    """The names of a class and of the record classes above it, the most special first."""
    above = [c for c in model.classes.values() if c.iri in of_class.ancestors]
    return [c.name for c in sorted(above, key=lambda c: (-len(c.ancestors), c.name))]


def _generic(reader: Reader, of_class: Class, said_of: dict[str, list[str]]) -> str:
    """“lawsuit: plaintiff Samsung; defendant Apple”: what the labels of the model give."""
    language = reader.language
    parts = [
        f"{say(field.labels, language, name)} {listed(said_of[name], language)}"
        for name, field in of_class.fields.items()
        if said_of[name] and name not in _BEHIND
    ]
    return f"{say(of_class.labels, language, of_class.name)}: {'; '.join(parts)}."


def title(reader: Reader, iri: str) -> str:
    """What a claim is called inside a sentence: its class and its parties."""
    of_class = reader.class_of(iri)
    if of_class is None:
        return short(iri, reader.nodes.base)
    parties = [
        name for f in of_class.fields.values() if f.party for name in values(reader, iri, f, nested=False)
    ]
    said = say(of_class.labels, reader.language, of_class.name)
    gap = "" if reader.language == "ko" else " "
    return f"{said}{gap}({', '.join(parties)})" if parties else said


def values(reader: Reader, iri: str, field: Field, *, nested: bool = True) -> list[str]:
    """The values of a field, in words."""
    nodes = reader.nodes
    match field.range:
        case ValueType("Date"):
            said = _when(reader, iri, field)
            return [said] if said else []
        case ValueType("Money"):
            return [money(reader, o.value) for o in nodes.get(iri, field.path) if o.kind == "iri"]
        case ValueType("Duration"):
            rough = nodes.one(iri, f"{field.companions}{field.name}Approximate") == "true"
            found = nodes.get(iri, field.path)
            return [wording.duration(o.value, reader.language, approximate=rough) for o in found]
        case ValueType("Text"):
            said = nodes.text(iri, field.path)
            return [said] if said else []
        case ValueType("Evidence"):
            return []
        case Reference() | ConceptRange():
            names = [_called(reader, o.value, nested=nested) for o in nodes.get(iri, field.path)]
            return sorted(names)
        case _:
            return [_plain(reader, o.value, o.kind, o.datatype) for o in nodes.get(iri, field.path)]


def _called(reader: Reader, iri: str, *, nested: bool) -> str:
    of_class = reader.class_of(iri)
    if nested and of_class is not None and of_class.is_claim:
        reader.nodes.read([iri], 1)
        return title(reader, iri)
    return reader.nodes.name(iri)


def _plain(reader: Reader, value: str, kind: str, datatype: str) -> str:
    if kind == "iri":
        return reader.nodes.name(value)
    if datatype == f"{XSD}boolean":
        return text("word-yes" if value == "true" else "word-no", {}, reader.language)
    return value


def _when(reader: Reader, iri: str, field: Field) -> str:
    nodes = reader.nodes
    parts = {end: nodes.one(iri, f"{field.companions}{field.name}{end}") for end in ("Earliest", "Latest")}
    return wording.when(
        nodes.one(iri, field.path),
        parts["Earliest"],
        parts["Latest"],
        approximate=nodes.one(iri, f"{field.companions}{field.name}Approximate") == "true",
        language=reader.language,
    )


def money(reader: Reader, node: str) -> str:
    """An amount in words, with what the source converts it to."""
    nodes = reader.nodes
    said = {local_name(p): nodes.one(node, p) or "" for p in nodes.predicates(node)}
    if "currency" not in said:
        return f"“{said.get('asWritten', '')}”"  # what was not read
    words = wording.amount(said, reader.language)
    converted = [money(reader, o.value) for o in nodes.get(node, f"{KG}convertedAs")]
    gap = "" if reader.language == "ko" else " "
    return f"{words}{gap}({', '.join(converted)})" if converted else words


def behind(reader: Reader, iri: str, origin: Origin) -> Iterator[Line]:
    """All that stands behind a claim: how sure it is, who says so, where, and how it came into the graph."""
    of_class = reader.class_of(iri)
    if of_class is None:
        return
    _, shown = _sentence(reader, iri)
    for name, field in of_class.fields.items():
        label = say(field.labels, reader.language, name)
        if name == "evidence":
            yield from ((label, said) for said in places(reader, iri))
        elif name in {"status", "certainty"}:
            yield from ((label, said) for said in _concepts(reader, iri, field))
        elif name in _BEHIND or name not in shown:
            yield from ((label, said) for said in values(reader, iri, field))
    yield from as_written(reader, iri, of_class)
    language, nodes = reader.language, reader.nodes
    wholes = [s for s, p in nodes.pointing_at(iri) if p == f"{DCTERMS}hasPart"]
    nodes.read(wholes, DEPTH)
    for whole in wholes:
        yield text("word-part-of", {}, language), f"{sentence(reader, whole)} ({short(whole, nodes.base)})"
    dataset = nodes.one(iri, f"{DCTERMS}isPartOf")
    loaded = origin.since(dataset) if dataset else None
    if loaded:
        yield text("word-since", {}, language), f"{loaded} ({short(dataset or '', nodes.base)})"
    place = origin.written(iri)
    if place:
        yield text("word-written", {}, language), str(place)


def _concepts(reader: Reader, iri: str, field: Field) -> Iterator[str]:
    known = {c.iri: c for concepts in reader.model.concepts.values() for c in concepts}
    for found in reader.nodes.get(iri, field.path):
        name = reader.nodes.name(found.value)
        concept = known.get(found.value)
        meaning = say(concept.definitions, reader.language) if concept else ""
        yield f"{name}: {meaning}" if meaning else name


def as_written(reader: Reader, iri: str, of_class: Class) -> Iterator[Line]:
    """The words in which amounts, dates and durations were given."""
    nodes, language = reader.nodes, reader.language
    for name, field in of_class.fields.items():
        said = nodes.one(iri, f"{field.companions}{name}AsWritten") if field.companions else None
        if isinstance(field.range, ValueType) and field.range.name == "Money":
            amounts = [o.value for o in nodes.get(iri, field.path)]
            said = next((w for a in amounts if (w := nodes.one(a, f"{KG}asWritten"))), None)
        if said:
            args = {"field": say(field.labels, language, name)}
            yield text("word-as-written", args, language), f"“{said}”"


def places(reader: Reader, iri: str) -> list[str]:
    """Where exactly a claim stands: paragraph, section or page, and the quoted words."""
    nodes, language = reader.nodes, reader.language
    source = {o.value for o in nodes.get(iri, f"{DCTERMS}source")}
    found = []
    for evidence in nodes.get(iri, f"{KG}evidence"):
        node = evidence.value
        parts = []
        document = nodes.one(node, f"{DCTERMS}source")
        if document and (document not in source or len(source) > 1):
            parts.append(nodes.name(document))
        parts += [
            text(code, {"number": number}, language)
            for name, code in (("page", "word-page"), ("paragraph", "word-paragraph"))
            if (number := nodes.one(node, f"{KG}{name}"))
        ]
        if section := nodes.one(node, f"{KG}section"):
            parts.append(section)
        where = ", ".join(parts)
        quote = nodes.one(node, f"{OA}exact")
        said = " ".join(
            p for p in (f"{where}:" if where and quote else where, f"“{quote}”" if quote else "") if p
        )
        if confidence := nodes.one(node, f"{KG}confidence"):
            said += f" ({nodes.name(f'{KG}confidence')} {confidence})"
        number = nodes.one(node, f"{KG}paragraph")
        found.append((int(nodes.one(node, f"{KG}page") or 0), number is None, int(number or 0), said))
    return [said for *_, said in sorted(found)]


def standing(reader: Reader, iri: str) -> str:
    """From whom, in brackets after a sentence."""
    nodes = reader.nodes
    said = []
    tellers = [nodes.name(o.value) for o in nodes.get(iri, f"{KG}attributedTo")]
    sources = [nodes.name(o.value) for o in nodes.get(iri, f"{DCTERMS}source")]
    if tellers:
        said.append(text("word-according-to", {"who": ", ".join(tellers)}, reader.language))
    return "; ".join([*said, *sources])
