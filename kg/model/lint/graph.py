"""The triples of all files in one index, and what counts as a shape in them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.errors import Place, Problem
from kg.rdf import KG, OWL, PREFIXES, RDF, RDFS, SH, SHAPES, compact, local_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph

    from kg.errors import Severity

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
    About = dict[str, list[Term]]

TO_SHAPES: Final = tuple(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
"""Predicates whose object is a shape."""
RECORDS: Final = frozenset({f"{KG}Entity", f"{KG}Claim"})
"""What every class of records is below."""
RANGES: Final = tuple(SH + name for name in ("class", "datatype", "node", "nodeKind"))
"""What a property shape can say of the values of a field."""
TO_LISTS: Final = tuple(SH + name for name in ("and", "or", "xone"))
"""Predicates whose object is a list of shapes."""
TARGETS: Final = tuple(
    SH + name for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)
_CLASS_TYPES: Final = {f"{OWL}Class", f"{RDFS}Class"}
_PROPERTY_TYPES: Final = {
    f"{RDF}Property",
    *(f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation")),
}
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
        self,
        files: Mapping[str, Sequence[pyoxigraph.Triple]],
        value_types: Collection[str],
        added: Collection[str] | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Index the triples once; all rules ask the index. See ``lint`` for the arguments."""
        self.files = files
        self.added = files.keys() if added is None else frozenset(added)
        self.prefixes = prefixes or {}
        self.value_types = frozenset(SHAPES + local for local in value_types)
        self.about: dict[str, About] = {}
        self.blank: set[str] = set()
        self.home: dict[str, str] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
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

    def typed(self, types: Collection[str]) -> list[str]:
        """The subjects that are of one of the types, in the order of the files."""
        return [s for s, found in self.having(f"{RDF}type") if any(name(t) in types for t in found)]

    @cached_property
    def classes(self) -> list[str]:
        """The classes that the files declare, in their order."""
        return self.typed(_CLASS_TYPES)

    @cached_property
    def properties(self) -> frozenset[str]:
        """The properties that the files declare."""
        return frozenset(self.typed(_PROPERTY_TYPES))

    @cached_property
    def declared(self) -> frozenset[str]:
        """The classes that the files declare or put above a declared one, and the nodes of value types."""
        nodes = {name(c) for t in self.value_types for c in self.get(t, f"{SH}targetClass")}
        nodes = {c for c in nodes if not c.startswith(KG)}
        above = {c for s in self.classes for c in self.superclasses.get(s, ())}
        return frozenset({*self.classes, *above, *nodes, *_OF_RDF})

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """Those in which the files declare terms: what they do not declare there is nowhere."""
        declared = (*self.classes, *self.properties)
        found = {s[: -len(local_name(s))] for s in declared if local_name(s)}
        return frozenset(found - (set(PREFIXES.values()) - {KG}))

    def is_missing(self, iri: str, among: Collection[str]) -> bool:
        """Whether a term should be declared, since its namespace is the files' own, and is not."""
        return iri not in among and iri[: len(iri) - len(local_name(iri))] in self.namespaces

    def ancestors(self, class_iri: str) -> frozenset[str]:
        """A class and all above it; circles end."""
        known = self._ancestors.get(class_iri)
        if known is None:
            found, left = {class_iri}, [class_iri]
            while left:
                new = set(self.superclasses.get(left.pop(), ())) - found
                found |= new
                left += new
            known = self._ancestors[class_iri] = frozenset(found)
        return known

    @cached_property
    def records(self) -> frozenset[str]:
        """The classes of entities and claims, and those above them that several share (mixins)."""
        below = [above for c in self.classes if (above := self.ancestors(c)) & RECORDS]
        return frozenset(c for above in below for c in above)

    def short(self, iri: str) -> str:
        """An IRI with a prefix of the project or of the files, else in full; a blank node as ``[ ]``."""
        if iri in self.blank:
            return "[ ]"
        shown = compact(iri)
        if shown == iri:
            for prefix, namespace in self.prefixes.items():
                local = iri.removeprefix(namespace)
                if local != iri and re.fullmatch(r"[\w-]+", local):
                    return f"{prefix}:{local}"
        return shown

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

    def shown(self, term: Term) -> str:
        """A term as messages show it."""
        return "[ ]" if is_blank(term) else self.short(name(term))

    def problem(
        self,
        code: str,
        subject: str,
        allowed: Iterable[str] = (),
        *,
        near: Sequence[str] = (),
        severity: Severity = "error",
        **args: object,
    ) -> Problem:
        """A problem of a shape or term.

        ``received`` among ``args`` is what was wrong, ``allowed`` what would do; ``near`` are the
        nearest of many that would.
        """
        received = {"received": args["received"]} if "received" in args else {}
        return Problem(
            code,
            args={"shape": self.short(self.named(subject)), "near": tuple(near), **args},
            severity=severity,
            allowed=tuple(allowed) or tuple(near),
            place=Place(self.home.get(subject, "")),
            **received,  # type: ignore[arg-type]
        )

    def last(self, subjects: Iterable[str]) -> str:
        """Of several things that clash, the one in the file that was read last: the user's, not ours."""
        order = {file: number for number, file in enumerate(self.files)}
        return max(subjects, key=lambda s: order.get(self.home.get(s, ""), -1))


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Up to three of ``known`` that are most like a word."""
    return get_close_matches(word, sorted(known), n=3, cutoff=0.6)


def nearest_first(word: str, known: Iterable[str]) -> list[str]:
    """All of ``known``, those that are most like a word before the others."""
    every = sorted(known)
    return list(dict.fromkeys((*get_close_matches(word, every, n=3, cutoff=0.6), *every)))
