"""What the worker looks up in the graph itself: names of things, and things by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.identity.iris import segment
from kg.identity.names import name_key
from kg.rdf import DCTERMS, KG, OWL, RDF, SCHEMA, SKOS, is_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import pyoxigraph as ox

    Found = tuple[list[tuple[str, str]], list[str]]

COMPLETED: Final = 100
"""So many words a shell is given at most."""
_LABELS: Final = (f"{SKOS}prefLabel", f"{DCTERMS}title")
_NAMES: Final = (f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{DCTERMS}title")


class Naming:
    """Names of what stands in rows, each looked up and told once."""

    def __init__(self, store: ox.Store, language: str, columns: Sequence[int]) -> None:
        """Names of what stands in some columns, in a language; none at all if that is ""."""
        self._store, self._language, self._columns = store, language, columns
        self._seen: set[str] = set()

    def new(self, rows: Iterable[Sequence[str | None]], lists: set[int]) -> dict[str, str]:
        """IRI -> name of every IRI in the rows that has one, the items of lists too, but for those told."""
        if not self._language:
            return {}
        iris = set()
        for row in rows:
            for i in self._columns:
                if (written := row[i]) is None:
                    continue
                if i in lists:
                    iris.update(written[1:-1].split())
                elif written.startswith("<") and not written.startswith("<<"):
                    iris.add(written[1:-1])
        iris -= self._seen
        self._seen |= iris
        found = ((iri, name_of(self._store, iri, self._language)) for iri in sorted(iris) if is_iri(iri))
        return {iri: name for iri, name in found if name}


def name_of(store: ox.Store, iri: str, language: str) -> str:
    """The name of a thing in a language, else in English, else the first by code point, else "".

    A document without a title is called by its publisher and its date.
    """
    if label := _label(store, iri, language):
        return label
    publisher = min((o.value for o in _objects(store, iri, f"{DCTERMS}publisher")), default="")
    published = min((o.value for o in _objects(store, iri, f"{SCHEMA}datePublished")), default="")
    said = _label(store, publisher, language) if publisher else ""
    return ", ".join(part for part in (said, published) if part) if said else ""


def _label(store: ox.Store, iri: str, language: str) -> str:
    for predicate in _LABELS:
        texts = {(getattr(o, "language", "") or "", o.value) for o in _objects(store, iri, predicate)}
        if texts:
            return min(texts, key=lambda t: (t[0] != language, t[0] != "en", t))[1]
    return ""


def find(store: ox.Store, text: str, classes: Sequence[str], base: str) -> Found:
    """The things of the classes that a text names: an IRI, an id, or a name in any language.

    An IRI may be as tables show it, relative to the base: ``investment/deals/~abc``. An id, and ``~abc`` that
    stands for one, is preferred to a name. Gives (IRI, name) of each, sorted, and, if there is none, the
    nearest names.
    """
    for written in (text, f"{base}{text}" if base and "/" in text else ""):
        if not is_iri(written):
            continue
        # what was judged to be one is known by another IRI
        for iri in (*(o.value for o in _objects(store, written, f"{OWL}sameAs")), written):
            if any(o.value in classes for o in _objects(store, iri, f"{RDF}type")):
                return [(iri, iri)], []
    things = set(_members(store, classes))
    judged = {iri: known for iri, known in _same(store) if known in things}
    ended = f"/{segment(text)}"
    ids = [iri for iri in things if iri.endswith(ended)]
    ids = list(dict.fromkeys([*ids, *(known for iri, known in judged.items() if iri.endswith(ended))]))
    for chosen in ([i for i in ids if _is_shared(i, base)], ids):
        if chosen:
            return [(iri, name_of(store, iri, "en")) for iri in sorted(chosen)], []
    key = name_key(text)
    called = list(_called(store, things - _unnamed(store)))
    if found := {iri for name, iri in called if name_key(name) == key}:
        return [(iri, name_of(store, iri, "en")) for iri in sorted(found)], []
    from kg.values.nearest import close  # noqa: PLC0415 - only when nothing fits

    return [], list(close(text, sorted({name for name, _ in called} | {_id(iri) for iri in things})))


def complete(store: ox.Store, start: str, classes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """The ids and the names of things of the classes that begin like a text, and what they mean, sorted.

    An id means what it names; a name means its language's name of the same thing. At most ``COMPLETED``.
    """
    things = sorted(set(_members(store, classes)), reverse=True)  # of two with one word, the first is told
    words = dict(sorted(_called(store, set(things)), reverse=True)) if start else {}
    words |= {id_: iri for iri in things if not (id_ := unquote(_id(iri))).startswith("~")}
    found = sorted(word for word in words if word.startswith(start))[:COMPLETED]
    return [(word, name_of(store, words[word], language)) for word in found]


def about(store: ox.Store, iris: Iterable[str], *, incoming: bool) -> Iterator[str]:
    """The triples of nodes as sorted lines of N-Triples; with ``incoming`` those that point at them too."""
    import pyoxigraph  # noqa: PLC0415 - loaded already

    lines: set[str] = set()
    default = pyoxigraph.DefaultGraph()
    for iri in iris:
        node = pyoxigraph.NamedNode(iri)
        lines.update(f"{q.triple} ." for q in store.quads_for_pattern(node, None, None, default))
        if incoming:
            lines.update(f"{q.triple} ." for q in store.quads_for_pattern(None, None, node, default))
    return iter(sorted(lines))


def _members(store: ox.Store, classes: Sequence[str]) -> Iterator[str]:
    import pyoxigraph  # noqa: PLC0415 - loaded already

    a, default = pyoxigraph.NamedNode(f"{RDF}type"), pyoxigraph.DefaultGraph()
    for class_iri in classes:
        for quad in store.quads_for_pattern(None, a, pyoxigraph.NamedNode(class_iri), default):
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                yield quad.subject.value


def _same(store: ox.Store) -> Iterator[tuple[str, str]]:
    """What was judged to be one: an IRI, and that by which the graph knows it."""
    import pyoxigraph  # noqa: PLC0415 - loaded already

    same, default = pyoxigraph.NamedNode(f"{OWL}sameAs"), pyoxigraph.DefaultGraph()
    for quad in store.quads_for_pattern(None, same, None, default):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(quad.object, pyoxigraph.NamedNode):
            yield quad.subject.value, quad.object.value


def _unnamed(store: ox.Store) -> set[str]:
    """The things that have no name but a description."""
    import pyoxigraph  # noqa: PLC0415 - loaded already

    said = (None, pyoxigraph.NamedNode(f"{KG}unnamed"), pyoxigraph.Literal(True))  # noqa: FBT003
    found = store.quads_for_pattern(*said, pyoxigraph.DefaultGraph())
    return {quad.subject.value for quad in found if isinstance(quad.subject, pyoxigraph.NamedNode)}


def _called(store: ox.Store, things: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names of some things, and what they name."""
    import pyoxigraph  # noqa: PLC0415 - loaded already

    for predicate in map(pyoxigraph.NamedNode, _NAMES):
        for quad in store.quads_for_pattern(None, predicate, None, pyoxigraph.DefaultGraph()):
            thing, name = quad.subject, quad.object
            if isinstance(name, pyoxigraph.Literal) and isinstance(thing, pyoxigraph.NamedNode):
                yield from [(name.value, thing.value)] if thing.value in things else []


def _objects(store: ox.Store, iri: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    import pyoxigraph  # noqa: PLC0415 - loaded already

    node, property_ = pyoxigraph.NamedNode(iri), pyoxigraph.NamedNode(predicate)
    quads = store.quads_for_pattern(node, property_, None, pyoxigraph.DefaultGraph())
    return [q.object for q in quads if isinstance(q.object, pyoxigraph.NamedNode | pyoxigraph.Literal)]


def _is_shared(iri: str, base: str) -> bool:
    """Whether an IRI is that of an id that is the same in every dataset: ``<base>kind/id``."""
    return iri.startswith(base) and re.fullmatch(r"[^/]+/[^/]+", iri[len(base) :]) is not None


def _id(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
