"""An entity in words: its names, and what else is said of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.messages import text
from kg.model.types import say
from kg.query.explain.claim import values
from kg.rdf import SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.types import Class
    from kg.query.explain.claim import Line, Reader

_NAMES: Final = (f"{SKOS}prefLabel", f"{SKOS}altLabel")


def names_of(reader: Reader, iri: str) -> Iterator[Line]:
    """All names, the preferred one first, a line for each language."""
    found = [(t.language, n, t.value) for n, p in enumerate(_NAMES) for t in reader.nodes.get(iri, p)]
    label = text("word-names", {}, reader.language)
    for language, names in groupby(sorted(found), key=lambda name: name[0]):
        yield f"{label} ({language})" if language else label, ", ".join(value for _, _, value in names)


def own_facts(reader: Reader, iri: str, of_class: Class | None) -> Iterator[Line]:
    """The other fields of an entity."""
    for name, field in of_class.fields.items() if of_class else ():
        if field.path not in _NAMES:
            label = say(field.labels, reader.language, name)
            yield from ((label, value) for value in values(reader, iri, field))
