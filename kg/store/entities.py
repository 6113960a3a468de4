"""What the identity index needs of the entities in the store, read in the engine's own speed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.rdf import KG, SCHEMA, TYPE
from kg.store.derivation import OTHER, PREFERRED
from kg.store.state import EntityRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.embedded import Embedded

_UNNAMED: Final = f"<{KG}unnamed>"
_PUBLISHED: Final = f"<{SCHEMA}datePublished>"
_ASKED: Final = (TYPE, PREFERRED, OTHER, _UNNAMED, _PUBLISHED)
_ESCAPE: Final = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_PLAIN: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class _Found:
    """What is gathered about one entity."""

    __slots__ = ("names", "others", "published", "types", "unnamed")

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.names: set[tuple[str, str]] = set()
        self.others: set[tuple[str, str]] = set()
        self.unnamed = False
        self.published: set[str] = set()


def entities(embedded: Embedded, graphs: Iterable[str]) -> Iterator[EntityRow]:
    """The entities that datasets describe, by IRI; names that some dataset prefers come first."""
    found: dict[str, _Found] = {}
    for graph in graphs:
        for subject, predicate, term in embedded.tsv(_query(graph)):
            entity = found.get(subject)
            if entity is None:
                found[subject] = entity = _Found()
            if predicate == TYPE:
                entity.types.add(term)
            elif predicate == PREFERRED:
                entity.names.add(text_of(term))
            elif predicate == OTHER:
                entity.others.add(text_of(term))
            elif predicate == _UNNAMED:
                entity.unnamed |= "true" in term
            else:
                entity.published.add(text_of(term)[1])
    for subject in sorted(found, key=lambda s: s[1:-1]):
        iri, entity = subject[1:-1], found[subject]
        root, part, _ = iri.partition("#")
        if part and f"<{root}>" in found:
            continue
        yield EntityRow(
            iri,
            tuple(sorted(t[1:-1] for t in entity.types)),
            (*sorted(entity.names), *sorted(entity.others - entity.names)),
            entity.unnamed,
            min(entity.published, default=""),
        )


def _query(graph: str) -> str:
    asked = " ".join(_ASKED)
    return f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ VALUES ?p {{ {asked} }} ?s ?p ?o }} }}"


def text_of(term: str) -> tuple[str, str]:
    r"""(language or "", text) of a literal.

    >>> text_of('"\\uC0BC\\"성"@ko'), text_of('"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    (('ko', '삼"성'), ('', '2024'))
    """
    text, _, tail = term.rpartition('"')
    text = text[1:]
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return tail[1:] if tail.startswith("@") else "", text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])
