"""RDF/XML by library, with what the library leaves open settled.

The syntax is that of https://www.w3.org/TR/rdf-syntax-grammar/.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.export.blocks import split
from kg.export.names import NAME_REST, NAME_START
from kg.rdf import RDF, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph

    from kg.export.blocks import Subject

_NAMED: Final = re.compile(rf"<.+?([{NAME_START}][{NAME_REST}.]*)>")
"""An IRI that splits into a namespace and an NCName."""
_SYNTAX_NAMES: Final = (
    "RDF ID about bagID parseType resource nodeID datatype Description aboutEach aboutEachPrefix li"
)
_NO_NAMES: Final = frozenset(f"<{RDF}{name}>" for name in _SYNTAX_NAMES.split(" "))
"""Names that mean something else as an element (sections 5.1 and 7.2.4)."""
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PREFIX: Final = re.compile(r"(?!(?i:xml))(?!(?:rdf|its)$)[A-Za-z_][A-Za-z0-9_.-]*")
_DECLARED: Final = re.compile(r"<rdf:RDF( [^>]*)>")


def document(blocks: Iterable[list[Subject]], prefixes: Mapping[str, str]) -> str:
    """The RDF/XML of the subjects.

    Raises ``UsageError`` for a property that XML can't name, and for control characters.
    """
    import pyoxigraph as ox  # noqa: PLC0415 - only who writes RDF/XML needs it

    lines = [line for block in blocks for subject in block for line in _description(subject)]
    triples = [q.triple for q in ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES, lenient=True)]
    _check_characters(triples)
    usable = {p: n for p, n in sorted(prefixes.items()) if _PREFIX.fullmatch(p)}
    written = (ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=usable) or b"").decode()
    # XML parsers turn a bare carriage return into a line feed.
    return _DECLARED.sub(_sorted_declarations, written, count=1).replace("\r", "&#xD;")


def _description(subject: Subject) -> Iterator[str]:
    """The lines of a subject, beginning with one that the library can make an element of.

    It takes a type that comes first as the element's name, without asking whether XML allows it.
    """
    first: list[str] = []
    rest: list[str] = []
    for tail in subject[1]:
        predicate, written = split(tail)
        if not _nameable(predicate):
            raise UsageError("export-xml-name", received=predicate[1:-1])
        starts = _nameable(written) if predicate == TYPE else not first
        (first if starts else rest).append(f"{subject[0]} {tail}")
    if not first:
        raise UsageError("export-xml-name", received=split(subject[1][0])[1][1:-1])
    yield from first
    yield from rest


@lru_cache(4096)
def _nameable(term: str) -> bool:
    """Whether an IRI can name an element; expat is asked too, as it knows fewer letters than XML has now."""
    from xml.parsers import expat  # noqa: PLC0415 - only who writes RDF/XML needs it

    named = _NAMED.fullmatch(term)
    if named is None or term in _NO_NAMES:
        return False
    try:
        expat.ParserCreate("utf-8").Parse(f"<{named[1]}/>".encode(), True)  # noqa: FBT003 - all the data
    except expat.ExpatError:
        return False
    return True


def _check_characters(triples: Iterable[pyoxigraph.Triple]) -> None:
    for triple in triples:
        value = getattr(triple.object, "value", "")
        found = _NOT_IN_XML.search(value)
        if found is not None:
            codepoint = f"{ord(found.group()):04X}"
            subject = str(triple.subject)[1:-1]
            raise UsageError("export-xml-character", received=subject, codepoint=codepoint)


def _sorted_declarations(match: re.Match[str]) -> str:
    names = sorted(re.findall(r'xmlns:[^ =]+="[^"]*"', match[1]))
    return "<rdf:RDF" + "".join(f"\n\t{name}" for name in names) + ">"
