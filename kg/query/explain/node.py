"""What the graph says of nodes, by subject and predicate, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Protocol

from kg.model.types import say
from kg.query.render import short
from kg.query.terms import Term, term
from kg.rdf import DCTERMS, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model.types import Labels, Model

_TYPE: Final = f"{RDF}type"


class Told(Protocol):
    """What is read from: a session that asks the graph, or lines that are at hand."""

    def about(self, iris: Sequence[str], *, incoming: bool = False) -> list[str]:
        """The triples of nodes (and those that point at them) as sorted lines of N-Triples."""


class Nodes:
    """Nodes of the graph, read when they are needed."""

    def __init__(self, told: Told, labels: Mapping[str, Labels], language: str, base: str) -> None:
        """Read from what is told of nodes; ``labels`` are the model's words."""
        self._told = told
        self._labels = labels
        self.language = language
        self.base = base
        self._read: set[str] = set()
        self._objects: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))

    def read(self, iris: Iterable[str], depth: int = 0) -> None:
        """Read nodes, and so many steps of what they point at."""
        wanted = sorted(iri for iri in set(iris) - self._read if iri not in self._labels)
        if not wanted:
            return
        self._read.update(wanted)
        for line in self._told.about(wanted):
            self._add(line)
        if depth:
            self.read((o.value for i in wanted for o in self.all(i) if o.kind == "iri"), depth - 1)

    def pointing_at(self, iri: str) -> list[tuple[str, str]]:
        """What points at a node, as (subject, predicate), sorted."""
        target = f" <{iri}> ."
        found = []
        for line in self._told.about([iri], incoming=True):
            subject, predicate, rest = line.split(" ", 2)
            if f" {rest}" == target and subject.startswith("<"):
                found.append((subject[1:-1], predicate[1:-1]))
        return sorted(found)

    def get(self, iri: str, predicate: str) -> list[Term]:
        """The objects of a node and a predicate, sorted."""
        found = self._objects.get(iri, {}).get(predicate, [])
        return sorted(found, key=lambda t: (t.value, t.language))

    def one(self, iri: str, predicate: str) -> str | None:
        """The first object's IRI or text."""
        found = self.get(iri, predicate)
        return found[0].value if found else None

    def all(self, iri: str) -> list[Term]:
        """All objects of a node."""
        return [o for objects in self._objects.get(iri, {}).values() for o in objects]

    def predicates(self, iri: str) -> list[str]:
        """The predicates of a node, sorted."""
        return sorted(self._objects.get(iri, {}))

    def types(self, iri: str) -> list[str]:
        """The classes of a node, sorted."""
        return [t.value for t in self.get(iri, _TYPE)]

    def text(self, iri: str, predicate: str) -> str:
        """The text of a predicate in the reader's language, else in English, else the first."""
        found = self.get(iri, predicate)
        best = min(
            found, key=lambda t: (t.language != self.language, t.language != "en", t.value), default=None
        )
        return best.value if best else ""

    def name(self, iri: str) -> str:
        """What a node is called: by the model, by its own names, by its title, else its IRI."""
        if iri in self._labels:
            return say(self._labels[iri], self.language) or short(iri, self.base)
        own = self.text(iri, f"{SKOS}prefLabel") or self.text(iri, f"{DCTERMS}title")
        if own:
            return own
        publisher = self.one(iri, f"{DCTERMS}publisher")
        if publisher and publisher != iri:
            self.read([publisher])
            said = self.text(publisher, f"{SKOS}prefLabel")
            published = self.one(iri, f"{SCHEMA}datePublished")
            if said:
                return ", ".join(part for part in (said, published) if part)
        return short(iri, self.base)

    def _add(self, line: str) -> None:
        subject, predicate, rest = line.split(" ", 2)
        self._objects[subject[1:-1]][predicate[1:-1]].append(term(rest.removesuffix(" .")))


def class_of(types: Iterable[str], model: Model) -> str:
    """The most special class of a node that the model knows, by name; "" if there is none."""
    known = [model.by_iri[t] for t in types if t in model.by_iri]
    best = min(known, key=lambda c: (-len(c.ancestors), c.name), default=None)
    return best.name if best else ""
