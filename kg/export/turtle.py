"""Turtle and TriG that read well and whose diffs are as small as the change.

The order of everything is fixed by the data alone: ``a`` first, then labels, then the other
predicates as they are written; one object a line; the closing full stop on a line
of its own, so that a new predicate is one new line. Input streams through.

The syntax is that of https://www.w3.org/TR/turtle/ and https://www.w3.org/TR/trig/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from kg.export.blocks import Block, Subject, ordered, split
from kg.export.names import DATA_PREFIXES, namer, usable_base
from kg.export.streams import Out, send
from kg.rdf import SKOS, TYPE, XSD

Graph = tuple[str, Iterable[Block]]
"""A named graph: the text of its IRI ("" for the default graph) and its blocks."""

_FIRST: Final = {TYPE: "0", f"<{SKOS}prefLabel>": "1", f"<{SKOS}altLabel>": "2"}
_MOST: Final = 40
"""Longer numbers stay quoted, and so do decimals with more than six places: rdflib makes numbers of
them, and would write ``1E-7``, which is no ``xsd:decimal``."""
_BARE: Final = {
    f"<{XSD}integer>": re.compile(r"0|-?[1-9][0-9]*"),
    f"<{XSD}decimal>": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    f"<{XSD}boolean>": re.compile(r"true|false"),
}

Render = Callable[[str], str]


def write_turtle(
    blocks: Iterable[Block],
    out: Out,
    *,
    base: str = "",
    prefixes: Mapping[str, str] = DATA_PREFIXES,
) -> None:
    """Write ``blocks`` as Turtle.

    IRIs below ``base`` are written relative to it if it ends with ``/``. All of ``prefixes`` stand
    at the head, sorted. Raises ``UsageError`` for a blank node.

    >>> import io
    >>> out = io.StringIO()
    >>> line = '<http://x/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "오픈AI"@ko .'
    >>> write_turtle([("http://x/a", [line])], out, base="http://x/", prefixes={})
    >>> print(out.getvalue(), end="")
    @base <http://x/> .
    <BLANKLINE>
    <a>
        <http://www.w3.org/2004/02/skos/core#prefLabel> "오픈AI"@ko ;
    .
    """
    send(_turtle(blocks, base, prefixes), out)


def write_trig(
    graphs: Iterable[Graph],
    out: Out,
    *,
    base: str = "",
    prefixes: Mapping[str, str] = DATA_PREFIXES,
) -> None:
    """Write named graphs as TriG, otherwise as ``write_turtle`` does."""
    send(_trig(graphs, base, prefixes), out)


def _turtle(blocks: Iterable[Block], base: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    name = namer(base, prefixes)
    yield _head(base, prefixes)
    render = _renderer(name, "\n")
    for block in ordered(blocks):
        for subject in block:
            yield "\n" + render(subject) + "\n"


def _trig(graphs: Iterable[Graph], base: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    name = namer(base, prefixes)
    yield _head(base, prefixes)
    outside, inside = _renderer(name, "\n"), _renderer(name, "\n    ")
    for graph, blocks in graphs:
        if graph:
            yield f"\n{name(f'<{graph}>')} {{\n"
        for number, block in enumerate(ordered(blocks)):
            for place, subject in enumerate(block):
                if graph:
                    yield ("\n    " if number or place else "    ") + inside(subject) + "\n"
                else:
                    yield "\n" + outside(subject) + "\n"
        if graph:
            yield "}\n"


def _head(base: str, prefixes: Mapping[str, str]) -> str:
    lines = [f"@prefix {p}: <{n}> .\n" for p, n in sorted(prefixes.items())]
    if usable_base(base):
        lines.insert(0, f"@base <{base}> .\n")
    return "".join(lines)


def _renderer(name: Render, newline: str) -> Callable[[Subject], str]:
    """A function from a subject to its text, whose lines begin with ``newline``."""
    term = _term(name)
    indent, deeper = newline + "    ", " ," + newline + "        "

    def rank(predicate: str) -> str:
        return _FIRST.get(predicate) or "3" + name(predicate)

    def render(subject: Subject) -> str:
        objects: dict[str, list[str]] = {}
        for tail in subject[1]:
            predicate, written = split(tail)
            objects.setdefault(predicate, []).append(written)
        parts = [name(subject[0])]
        for predicate in sorted(objects, key=rank):
            terms = objects[predicate]
            if len(terms) == 1:
                listed = term(terms[0])
            else:
                listed = deeper.join(map(term, sorted(terms, key=sort_key)))
            verb = "a" if predicate == TYPE else name(predicate)
            parts.append(f"{verb} {listed} ;")
        return indent.join(parts) + newline + "."

    def sort_key(written: str) -> tuple[str, str, str]:
        if written[0] == "<":
            return ("1", "", name(written))
        text, _, after = written.rpartition('"')
        return ("2", after, text)

    return render


def _term(name: Render) -> Render:
    """A function from an object, as N-Triples write it, to its Turtle."""

    def term(written: str) -> str:
        if written[0] == "<":
            return name(written)
        if written[-1] != ">":
            return written
        text, _, datatype = written.rpartition("^^")
        bare = _BARE.get(datatype)
        if bare is not None and len(text) <= _MOST and bare.fullmatch(text, 1, len(text) - 1):
            return text[1:-1]
        return f"{text}^^{name(datatype)}"

    return term
