"""An entity or a claim in plain words, English or Korean: ``kg explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.messages import text
from kg.model.types import say
from kg.query.bind import resolve
from kg.query.explain.claim import DEPTH, Reader, behind, sentence, standing
from kg.query.explain.names import names_of, own_facts
from kg.query.explain.node import Nodes
from kg.query.explain.origin import Origin, origin_in
from kg.query.render import labels, short
from kg.query.table import safe, width
from kg.rdf import DCTERMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model.types import Class
    from kg.query.ask import Setting
    from kg.query.explain.claim import Line
    from kg.query.session import Session

__all__ = ["Origin", "explain", "origin_in"]

NOTHING_KNOWN: Final = Origin()


def explain(session: Session, what: str, setting: Setting, origin: Origin = NOTHING_KNOWN) -> Iterator[str]:
    """The lines that explain what an IRI, an id or a name means.

    ``origin`` tells since when a dataset is in the graph, and where the record of a claim stands. Raises
    ``UsageError`` for what is not in the graph, or is ambiguous.
    """
    nodes = Nodes(session, labels(setting.model), setting.language, setting.base)
    reader = Reader(nodes, setting.model)
    what = origin.known_as(what)
    iri = resolve(session, setting.model, what, ("Entity", "Claim"), base=setting.base)
    nodes.read([iri], DEPTH)
    of_class = reader.class_of(iri)
    if of_class is not None and of_class.is_claim:
        lines = _claim(reader, iri, origin)
    else:
        lines = _entity(reader, iri, of_class, origin)
    return (safe(line) for line in lines)


def _claim(reader: Reader, iri: str, origin: Origin) -> Iterator[str]:
    yield sentence(reader, iri)
    yield from _aligned([*behind(reader, iri, origin), ("IRI", iri)])


def _entity(reader: Reader, iri: str, of_class: Class | None, origin: Origin) -> Iterator[str]:
    nodes, language = reader.nodes, reader.language
    kind = say(of_class.labels, language, of_class.name) if of_class else ""
    yield f"{nodes.name(iri)} ({kind})" if kind else nodes.name(iri)
    one = text("word-one-by-judgement", {}, language)
    joined = [(one, judgement) for judgement in origin.joined(iri)]
    yield from _aligned([*names_of(reader, iri), *own_facts(reader, iri, of_class), *joined, ("IRI", iri)])
    pointing = nodes.pointing_at(iri)
    nodes.read({subject for subject, _ in pointing}, DEPTH)
    claims: dict[str, list[str]] = {}
    said_by_it = 0
    for subject, predicate in pointing:
        its_class = reader.class_of(subject)
        if its_class is None or not its_class.is_claim:
            continue
        if predicate == f"{DCTERMS}source":
            said_by_it += 1
        elif subject not in claims.setdefault(its_class.name, []):
            claims[its_class.name].append(subject)
    if said_by_it:
        yield ""
        yield text("word-source-of", {"count": said_by_it}, language)
    for name in sorted(claims):
        its_class = reader.model.classes[name]
        yield ""
        yield f"{say(its_class.labels, language, name)} ({len(claims[name])})"
        for claim in claims[name]:
            yield f"  {sentence(reader, claim)} [{standing(reader, claim)}] {short(claim, nodes.base)}"


def _aligned(lines: Sequence[Line]) -> Iterator[str]:
    widest = max(width(label) for label, _ in lines)
    before = ""
    for label, said in lines:
        shown = label if label != before else ""
        yield f"  {shown}{' ' * (widest - width(shown))}  {said}"
        before = label
