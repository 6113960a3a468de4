"""The syntaxes of RDF: their names, the ends of their files' names, their media types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class RdfFormat:
    """A syntax of RDF."""

    name: str
    label: str
    extensions: tuple[str, ...]
    media_type: str
    named_graphs: bool = False


FORMATS: Final = (
    RdfFormat("turtle", "Turtle", (".ttl", ".turtle"), "text/turtle"),
    RdfFormat("trig", "TriG", (".trig",), "application/trig", named_graphs=True),
    RdfFormat("ntriples", "N-Triples", (".nt", ".ntriples"), "application/n-triples"),
    RdfFormat("nquads", "N-Quads", (".nq", ".nquads"), "application/n-quads", named_graphs=True),
    RdfFormat("jsonld", "JSON-LD", (".jsonld",), "application/ld+json", named_graphs=True),
    RdfFormat("rdfxml", "RDF/XML", (".rdf", ".owl", ".rdfxml"), "application/rdf+xml"),
)


def format_of(name: str | PurePath) -> RdfFormat:
    """The format that a name, a media type, or the end of a file's name says.

    Raises ``UsageError`` that lists the known ones.

    >>> format_of("out/stargate.ttl").name, format_of("nq").name, format_of("text/turtle").name
    ('turtle', 'nquads', 'turtle')
    """
    text = str(name).lower()
    ending = PurePath(text).suffix or f".{text}"
    for known in FORMATS:
        names = {known.name, known.label.lower(), known.media_type}
        if text in names or ending in known.extensions:
            return known
    allowed = ", ".join(f"{f.name} ({', '.join(f.extensions)})" for f in FORMATS)
    raise UsageError("rdf-format-unknown", received=str(name), allowed=allowed)
