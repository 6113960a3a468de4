"""The syntaxes of RDF: their names, the ends of their files' names, their media types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax of RDF."""

    name: str
    label: str
    extensions: tuple[str, ...]
    media_type: str
    named_graphs: bool = False


SYNTAXES: Final = (
    Syntax("turtle", "Turtle", (".ttl", ".turtle"), "text/turtle"),
    Syntax("trig", "TriG", (".trig",), "application/trig", named_graphs=True),
    Syntax("ntriples", "N-Triples", (".nt", ".ntriples"), "application/n-triples"),
    Syntax("nquads", "N-Quads", (".nq", ".nquads"), "application/n-quads", named_graphs=True),
    Syntax("jsonld", "JSON-LD", (".jsonld",), "application/ld+json", named_graphs=True),
    Syntax("rdfxml", "RDF/XML", (".rdf", ".owl", ".rdfxml"), "application/rdf+xml"),
)


def syntax_of(name: str | PurePath) -> Syntax:
    """The format that a name, a media type, or the end of a file's name says.

    Raises ``UsageError`` that lists the known ones.

    >>> syntax_of("out/stargate.ttl").name, syntax_of("nq").name, syntax_of("text/turtle").name
    ('turtle', 'nquads', 'turtle')
    """
    text = str(name).lower()
    ending = PurePath(text).suffix or f".{text}"
    for known in SYNTAXES:
        names = {known.name, known.label.lower(), known.media_type}
        if text in names or ending in known.extensions:
            return known
    allowed = ", ".join(f"{f.name} ({', '.join(f.extensions)})" for f in SYNTAXES)
    raise UsageError("rdf-format-unknown", received=str(name), allowed=allowed)
