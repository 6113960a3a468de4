"""The triples of all files in one index, and what counts as a shape in them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.errors import Place, Problem
from kg.rdf import KG, OWL, RDF, RDFS, SH, SHAPES, compact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
    About = dict[str, list[Term]]

TO_SHAPES: Final = tuple(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
"""Predicates whose object is a shape."""
TO_LISTS: Final = tuple(SH + name for name in ("and", "or", "xone"))
"""Predicates whose object is a list of shapes."""
TARGETS: Final = tuple(
    SH + name for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)
_CLASS_TYPES: Final = {f"{OWL}Class", f"{RDFS}Class", f"{RDFS}Datatype"}
_OF_RDF: Final = {f"{RDF}Property", f"{RDFS}Class", f"{RDFS}Resource", f"{RDFS}Datatype", f"{OWL}Thing"}


def name(term: Term) -> str:
    """An IRI, the label of a blank node, or the text of a literal."""
    try:
        return term.value  # type: ignore[union-attr]
    except AttributeError:  # a triple term of RDF 1.2
        return str(term)


def is_iri(term: Term) -> bool:
    """Whether a term is an IRI."""
    return type(term).__name__ == "NamedNode"


def is_blank(term: Term) -> bool:
    """Whether a term is a blank node."""
    return type(term).__name__ == "BlankNode"


def is_literal(term: Term) -> bool:
    """Whether a term is a literal."""
    return type(term).__name__ == "Literal"


class Graph:
    """All triples by subject and predicate; subjects and predicates are known by ``name``."""

    def __init__(
        self, files: Mapping[str, Sequence[pyoxigraph.Triple]], value_types: Collection[str]
    ) -> None:
        """Index the triples once; all rules ask the index."""
        self.files = files
        self.value_types = frozenset(SHAPES + local for local in value_types)
        self.about: dict[str, About] = {}
        self.blank: set[str] = set()
        self.home: dict[str, str] = {}
        for file, triples in files.items():
            for triple in triples:
                term = triple.subject
                subject = name(term)
                about = self.about.get(subject)
                if about is None:
                    about = self.about[subject] = {}
                    self.home[subject] = file
                    if is_blank(term):
                        self.blank.add(subject)
                predicate = triple.predicate.value
                if predicate in about:
                    about[predicate].append(triple.object)
                else:
                    about[predicate] = [triple.object]

    def get(self, subject: str, predicate: str) -> list[Term]:
        """The objects of a subject and a predicate."""
        return self.about.get(subject, {}).get(predicate, [])

    def having(self, predicate: str) -> Iterator[tuple[str, list[Term]]]:
        """The subjects that have a predicate, with its objects."""
        return ((s, about[predicate]) for s, about in self.about.items() if predicate in about)

    def items(self, head: Term) -> list[Term]:
        """The members of a list; a broken or cyclic one ends where it does so."""
        found: list[Term] = []
        node, seen = name(head), set[str]()
        while node not in seen and f"{RDF}first" in self.about.get(node, {}):
            seen.add(node)
            found += self.get(node, f"{RDF}first")[:1]
            node = name(next(iter(self.get(node, f"{RDF}rest")), head))
        return found

    def below(self, shape: str) -> list[Term]:
        """The shapes that a shape refers to."""
        about = self.about.get(shape, {})
        found = [s for p in TO_SHAPES if p in about for s in about[p]]
        return found + [s for p in TO_LISTS if p in about for head in about[p] for s in self.items(head)]

    @cached_property
    def property_shapes(self) -> dict[str, About]:
        """What has a path, is said to be a property shape, or is the object of ``sh:property``."""
        held = {name(o) for _, objects in self.having(f"{SH}property") for o in objects}
        return {
            s: about
            for s, about in self.about.items()
            if f"{SH}path" in about or s in held or self._is(about, f"{SH}PropertyShape")
        }

    @cached_property
    def node_shapes(self) -> dict[str, About]:
        """What has a target or refers to shapes, or is said to be a node shape."""
        marks = {*TARGETS, *TO_SHAPES, *TO_LISTS, f"{SH}sparql"}
        return {
            s: about
            for s, about in self.about.items()
            if s not in self.property_shapes
            and (not marks.isdisjoint(about) or self._is(about, f"{SH}NodeShape"))
        }

    @cached_property
    def shapes(self) -> dict[str, About]:
        """All shapes, those too that stand only inside others."""
        found = {**self.property_shapes, **self.node_shapes}
        left = list(found)
        while left:
            for inner in map(name, self.below(left.pop())):
                if inner not in found and inner in self.about:
                    found[inner] = self.about[inner]
                    left.append(inner)
        return found

    @staticmethod
    def _is(about: About, class_iri: str) -> bool:
        return any(name(t) == class_iri for t in about.get(f"{RDF}type", ()))

    @cached_property
    def superclasses(self) -> dict[str, list[str]]:
        """Class -> the classes directly above it."""
        return {s: [name(o) for o in objects] for s, objects in self.having(f"{RDFS}subClassOf")}

    @cached_property
    def declared(self) -> frozenset[str]:
        """The classes that the files declare or put above a declared one, and the nodes of value types."""
        nodes = {name(c) for t in self.value_types for c in self.get(t, f"{SH}targetClass")}
        nodes = {c for c in nodes if not c.startswith(KG)}
        own = {s for s, types in self.having(f"{RDF}type") if any(name(t) in _CLASS_TYPES for t in types)}
        above = {c for s in own for c in self.superclasses.get(s, ())}
        return frozenset(own | above | nodes | _OF_RDF)

    def ancestors(self, class_iri: str) -> set[str]:
        """A class and all above it; circles end."""
        found, left = {class_iri}, [class_iri]
        while left:
            new = set(self.superclasses.get(left.pop(), ())) - found
            found |= new
            left += new
        return found

    @cached_property
    def _holder(self) -> dict[str, str]:
        # What has an IRI comes last, and so is preferred: a circular list holds itself too.
        subjects = sorted(self.about, key=lambda s: s not in self.blank)
        return {name(o): s for s in subjects for os in self.about[s].values() for o in os if is_blank(o)}

    def named(self, subject: str) -> str:
        """The subject itself, or the nearest thing with an IRI that holds it."""
        seen: set[str] = set()
        while subject in self.blank and subject in self._holder and subject not in seen:
            seen.add(subject)
            subject = self._holder[subject]
        return subject

    def problem(self, code: str, subject: str, allowed: Iterable[str] = (), **args: object) -> Problem:
        """A problem of a shape; ``received`` among ``args`` is what was wrong, ``allowed`` what would do."""
        shown = compact(self.named(subject))
        received = {"received": args["received"]} if "received" in args else {}
        return Problem(
            code,
            args={"shape": shown, **args},
            allowed=tuple(allowed),
            place=Place(self.home.get(subject, "")),
            **received,  # type: ignore[arg-type]
        )


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Up to three of ``known`` that are most like a word."""
    return get_close_matches(word, sorted(known), n=3, cutoff=0.6)
