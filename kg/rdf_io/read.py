"""An RDF file of any syntax → sorted lines of N-Triples."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from kg.errors import InputError, Place, Problem, UsageError
from kg.rdf import is_iri
from kg.rdf_io.faults import explained
from kg.rdf_io.syntaxes import Syntax, syntax_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyoxigraph

LARGEST: Final = 1 << 30
"""Bytes of one RDF file, unless the caller says otherwise."""
BOM: Final = b"\xef\xbb\xbf"
_PIECE: Final = 1 << 20

_NO_BASE: Final = "kg-no-base:/"
"""Relative IRIs are resolved against this where the parser would drop them silently (JSON-LD) or
stop without saying where (RDF/XML), and are then found by it."""
_MARK: Final = "<kg-no-base:"


@dataclass(frozen=True, slots=True)
class RdfInput:
    """What RDF files say."""

    lines: tuple[str, ...]
    """N-Triples lines without line ends, distinct, sorted by code point."""
    graphs: tuple[str, ...] = ()
    """The named graphs that the triples came from, as terms, sorted; they are merged."""
    notes: tuple[Problem, ...] = ()
    """What should be known: graphs that were merged, a file without triples."""


def read_rdf(  # noqa: PLR0913 - what a file may be
    source: Path | bytes,
    form: str = "",
    *,
    name: str = "",
    base: str = "",
    scope: str = "b",
    largest: int = LARGEST,
    default_only: bool = False,
) -> RdfInput:
    """The triples of one RDF file, or of ``source`` as the contents of one.

    The format is the one that the file's name says, unless ``form`` does; ``name`` is what messages call
    the input; relative IRIs count from ``base``, and are an error if neither it nor the file says one.

    Blank nodes stay blank, since shapes may ask for them. They are called ``_:<scope>1``,
    ``_:<scope>2``, … in the order in which the file has them first, so that the same
    file always gives the same lines. Lines of several files may only be put together if each
    was read with a ``scope`` of its own, as ``read_rdf_files`` does.

    With ``default_only`` named graphs are left out.

    Raises ``InputError`` with line and column where the parser knows them, and ``UsageError``
    for an unknown format or base.

    >>> read_rdf(b'<http://x/a> <http://x/p> 1.50, [] .', "turtle").lines[0]
    '<http://x/a> <http://x/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    """
    in_memory = isinstance(source, bytes)
    called = name or ("-" if in_memory else str(source))
    syntax = syntax_of(form or (called if in_memory else str(source)))
    if base and not is_iri(base):
        raise UsageError("rdf-iri", received=base)
    data = source if isinstance(source, bytes) else _contents(source, called, largest)
    if len(data) > largest:
        raise InputError("rdf-too-large", file=called, limit=largest)
    if syntax.name == "rdfxml":
        from kg.rdf_io.xml_guard import check  # noqa: PLC0415 - XML is rare

        check(data, called, largest)
    bare = data.removeprefix(BOM)
    return _parsed(bare, syntax, called, base, scope, default_only=default_only)


def read_rdf_files(paths: Iterable[Path], form: str = "", *, base: str = "") -> RdfInput:
    """Several files as one graph; the blank nodes of each stay its own.

    Those of the first are called ``_:b1``, …, of the second ``_:f2b1``, and so on.
    """
    lines: set[str] = set()
    graphs: set[str] = set()
    notes: list[Problem] = []
    for number, path in enumerate(paths, start=1):
        one = read_rdf(path, form, base=base, scope="b" if number == 1 else f"f{number}b")
        lines.update(one.lines)
        graphs.update(one.graphs)
        notes += one.notes
    return RdfInput(tuple(sorted(lines)), tuple(sorted(graphs)), tuple(notes))


def _contents(path: Path, called: str, largest: int) -> bytes:
    # piece by piece: a read of the largest size would reserve that much memory for any file
    contents = io.BytesIO()
    try:
        with path.open("rb") as stream:
            while contents.tell() <= largest and (piece := stream.read(_PIECE)):
                contents.write(piece)
    except OSError as error:
        raise InputError("rdf-unreadable", file=called, said=error.strerror or str(error)) from error
    return contents.getvalue()


def _parsed(
    data: bytes, syntax: Syntax, called: str, base: str, scope: str, *, default_only: bool
) -> RdfInput:
    graphs: set[str] = set()
    try:
        lines = set(lines_of(data, syntax, called, graphs, base, scope, default_only=default_only))
    except SyntaxError as error:
        raise explained(error, data, syntax, called) from error
    if not base and syntax.name in {"jsonld", "rdfxml"}:
        _refuse_relative(lines, graphs, called)
    merged = tuple(sorted(graphs))
    return RdfInput(tuple(sorted(lines)), merged, tuple(notes_of(bool(lines), merged, called)))


def lines_of(  # noqa: PLR0913 - what a file may be
    data: bytes | IO[bytes],
    syntax: Syntax,
    called: str,
    graphs: set[str],
    base: str = "",
    scope: str = "b",
    *,
    default_only: bool,
) -> Iterator[str]:
    """The lines as they come, also twice; the named graphs that they came from are added to ``graphs``.

    Raises ``SyntaxError`` of the parser.
    """
    term = _namer(scope)
    for quad in _quads(data, syntax, base):
        obj = str(quad.object)
        if _is_newer(obj):
            raise InputError("rdf-newer", where=called, received=obj)
        graph = str(quad.graph_name) if syntax.named_graphs else "DEFAULT"
        if default_only and graph != "DEFAULT":
            continue
        yield f"{term(quad.subject)} {quad.predicate} {term(obj)} ."
        if graph != "DEFAULT":
            graphs.add(term(quad.graph_name))


def _quads(data: bytes | IO[bytes], syntax: Syntax, base: str) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph as ox  # noqa: PLC0415 - loaded only when RDF is read

    kinds = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    stand_in = _NO_BASE if syntax.name in {"jsonld", "rdfxml"} else None
    takes_base = syntax.name not in {"ntriples", "nquads"}
    return ox.parse(data, kinds[syntax.name], base_iri=(base or stand_in) if takes_base else None)


def _namer(scope: str) -> Callable[[object], str]:
    """A function from a term to its text that numbers blank nodes as they come."""
    names: dict[str, str] = {}

    def term(value: object) -> str:
        text = str(value)
        if text.startswith("_:"):
            return names.setdefault(text, f"_:{scope}{len(names) + 1}")
        return text

    return term


def _is_newer(obj: str) -> bool:
    """Whether an object is of RDF 1.2: a triple term, or a text with a direction."""
    if obj[0] == '"' and obj[-1] not in '">':
        return "--" in obj[obj.rindex('"') :]
    return obj[0] != '"' and " " in obj


def _refuse_relative(lines: Iterable[str], graphs: Iterable[str], called: str) -> None:
    suspects = [line for line in lines if _MARK in line]
    terms = [t for line in suspects for t in line.removesuffix(" .").split(" ", 2)]
    for term in sorted({*terms, *graphs}):
        found = term if term.startswith("<") else term[term.rfind('"') + 3 :]
        if found.startswith(_MARK):
            relative = found.removeprefix(_MARK)[:-1].removeprefix("/")
            raise InputError("rdf-relative-iri", where=called, said=f"<{relative}>")


def notes_of(any_: bool, graphs: tuple[str, ...], called: str) -> Iterator[Problem]:  # noqa: FBT001
    """What should be known of a file: graphs that were merged, no triples at all."""
    place = Place(called)
    if graphs:
        args = {"file": called, "graphs": ", ".join(graphs)}
        yield Problem("rdf-graphs-merged", args=args, severity="info", place=place)
    if not any_:
        yield Problem("rdf-empty", args={"file": called}, severity="warning", place=place)
