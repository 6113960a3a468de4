"""The formats that a graph can be written in, each a function of the same form.

Turtle, TriG, N-Triples and N-Quads stream: memory stays bounded. JSON-LD and RDF/XML are
written by libraries and hold the whole graph. All give the same bytes for the same blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.export.blocks import Block, ordered
from kg.export.names import DATA_PREFIXES
from kg.export.streams import Out, send
from kg.export.turtle import write_trig, write_turtle
from kg.rdf import iri
from kg.rdf_io import SYNTAXES, Syntax, syntax_of

if TYPE_CHECKING:
    from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is written; a format ignores what it has no use for."""

    base: str = ""
    """Turtle and TriG write IRIs below it relative to it."""
    prefixes: Mapping[str, str] = field(default_factory=lambda: DATA_PREFIXES)
    """All of them stand at the head of Turtle and TriG; RDF/XML declares them too."""
    graphs: Sequence[tuple[str, Iterable[Block]]] = ()
    """What TriG and N-Quads also say in named graphs: (IRI of the graph, blocks)."""
    context: Mapping[str, Any] | None = None
    """A JSON-LD context (what stands below ``@context``); without one the form is expanded."""


Write = Callable[[Iterable[Block], Out, Settings], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A syntax and the function that writes it."""

    syntax: Syntax
    write: Write
    streams: bool = True


def writer_of(name: str | PurePath) -> Format:
    """The format that a name or the end of a file's name says.

    Raises ``UsageError`` that lists the known ones.

    >>> writer_of("stargate.nt").syntax.label
    'N-Triples'
    """
    return FORMATS[syntax_of(name).name]


def turtle(blocks: Iterable[Block], out: Out, settings: Settings) -> None:
    """Write Turtle by our own writer."""
    write_turtle(blocks, out, base=settings.base, prefixes=settings.prefixes)


def trig(blocks: Iterable[Block], out: Out, settings: Settings) -> None:
    """Write TriG by our own writer: the blocks in the default graph, then the named graphs."""
    named = [(iri(graph)[1:-1], said) for graph, said in settings.graphs]
    write_trig([("", blocks), *named], out, base=settings.base, prefixes=settings.prefixes)


def ntriples(blocks: Iterable[Block], out: Out, _settings: Settings) -> None:
    """Write the lines of each block sorted, the blocks as they come, each line once."""
    send((f"{line}\n" for line in _lines(blocks)), out)


def nquads(blocks: Iterable[Block], out: Out, settings: Settings) -> None:
    """Write as N-Triples do, then the named graphs, with the graph before the full stop."""
    named = ((f" {iri(graph)} .\n", said) for graph, said in settings.graphs)
    send((line[:-2] + end for end, said in ((" .\n", blocks), *named) for line in _lines(said)), out)


def jsonld(blocks: Iterable[Block], out: Out, settings: Settings) -> None:
    """Write JSON-LD with sorted keys: expanded, or compacted by ``settings.context``.

    Holds the graph. Raises ``UsageError`` for a context that can't be used.
    """
    from kg.export.jsonld import compacted, expanded  # noqa: PLC0415 - loads the libraries

    lines = (f"{subject} {tail}" for block in ordered(blocks) for subject, tails in block for tail in tails)
    if settings.context is None:
        send(expanded(lines), out)
    else:
        send(compacted(lines, settings.context), out)


def rdfxml(blocks: Iterable[Block], out: Out, settings: Settings) -> None:
    """Write RDF/XML.

    Holds the graph. Raises ``UsageError`` for a property that no XML name can stand for, and for control
    characters that XML can't hold.
    """
    from kg.export.rdfxml import document  # noqa: PLC0415 - loads the library

    send([document(ordered(blocks), settings.prefixes)], out)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in ordered(blocks):
        yield from sorted(f"{subject} {tail}" for subject, tails in block for tail in tails)


_WRITE: Final[dict[str, tuple[Write, bool]]] = {
    "turtle": (turtle, True),
    "trig": (trig, True),
    "ntriples": (ntriples, True),
    "nquads": (nquads, True),
    "jsonld": (jsonld, False),
    "rdfxml": (rdfxml, False),
}
FORMATS: Final = {s.name: Format(s, *_WRITE[s.name]) for s in SYNTAXES}
"""Every format by name."""
