"""rdflib graphs from lines of N-Triples, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError
from kg.rdf import PREFIXES, XSD, is_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import rdflib

_LINE: Final = re.compile(r'(<[^<>"{}|^`\x00-\x20]*>|_:\S+) (<[^<>"{}|^`\x00-\x20]*>) (.+) \.')
_ESCAPED: Final = re.compile(r'\\(?:([tbnrf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_PLAIN: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TO_ESCAPE: Final = str.maketrans(
    {
        **{c: f"\\u{c:04X}" for c in (*range(0x20), 0x7F)},
        **{ord(real): f"\\{letter}" for letter, real in _PLAIN.items()},
        ord('"'): '\\"',
        ord("\\"): "\\\\",
    }
)


def to_rdflib(lines: Iterable[str]) -> rdflib.Graph:
    """An rdflib graph of N-Triples lines, with the prefixes of the project bound.

    Literals keep their spelling, whatever ``rdflib.NORMALIZE_LITERALS`` says.

    >>> graph = to_rdflib(['<http://x/a> <http://x/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .'])
    >>> [str(o) for o in graph.objects()]
    ['01']
    """
    import rdflib  # noqa: PLC0415 - heavy, and not everyone wants a graph of it

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    term = _reader()
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a line of N-Triples: {line!r}")
        graph.add((term(match[1]), term(match[2]), term(match[3])))
    return graph


def from_rdflib(graph: rdflib.Graph) -> list[str]:
    """The distinct, sorted N-Triples lines of an rdflib graph; of a dataset's, if it is one, merged.

    Blank nodes get the names of RDFC-1.0 (``_:c14n0``, …), so that the same graph always gives the same
    lines; a graph made to be hard for that algorithm takes long. Raises ``InputError`` for
    a term that is no full IRI.
    """
    names: dict[str, str] = {}
    lines = {
        f"{_written(s, names)} {_written(p, names)} {_written(o, names)} ."
        for s, p, o in graph.triples((None, None, None))
    }
    return sorted(_canonical(lines) if names else lines)


def _reader() -> Callable[[str], Any]:
    from rdflib import BNode, Literal, URIRef  # noqa: PLC0415 - as above

    known: dict[str, URIRef] = {}

    def reference(text: str) -> URIRef:
        found = known.get(text)
        if found is None:
            found = known[text] = URIRef(_unescaped(text[1:-1]))
        return found

    def term(text: str) -> URIRef | BNode | Literal:
        if text[0] == "<":
            return reference(text)
        if text[0] == "_":
            return BNode(text[2:])
        quoted, _, after = text.rpartition('"')
        words = _unescaped(quoted[1:])
        if after.startswith("^^"):
            return Literal(words, datatype=reference(after[2:]), normalize=False)
        return Literal(words, lang=after[1:] or None)

    return term


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    letter, short, long = match.groups()
    if letter is not None:
        return _PLAIN.get(letter, letter)
    return chr(int(short or long, 16))


def _written(term: object, names: dict[str, str]) -> str:
    from rdflib import BNode, Literal, URIRef  # noqa: PLC0415 - as above

    if isinstance(term, URIRef) and is_iri(term):
        return f"<{term}>"
    if isinstance(term, BNode):
        return names.setdefault(term, f"_:n{len(names)}")
    if not isinstance(term, Literal):
        raise InputError("rdf-iri", received=str(term))
    text = f'"{str(term).translate(_TO_ESCAPE)}"'
    if term.language:
        return f"{text}@{term.language.lower()}"
    if term.datatype is None or str(term.datatype) == f"{XSD}string":
        return text
    return f"{text}^^{_written(term.datatype, names)}"


def _canonical(lines: Iterable[str]) -> list[str]:
    import pyoxigraph as ox  # noqa: PLC0415 - only for graphs with blank nodes

    dataset = ox.Dataset(ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [f"{quad.triple} ." for quad in dataset]
