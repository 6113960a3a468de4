"""RDF terms and prefixes: the one door to RDF syntax.

Terms travel through ``kg`` as N-Triples text (``<iri>``, ``"text"@ko``,
``"1"^^<datatype>``): it is canonical, hashable, and what the engines and stores
read. Nothing here makes a blank node.

The syntax is that of RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

KG: Final = "https://w3id.org/kg-loader/ontology#"
SHAPES: Final = "https://w3id.org/kg-loader/shapes#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
SCHEMA: Final = "https://schema.org/"

PREFIXES: Final[dict[str, str]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "geo": GEO,
    "kg": KG,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "shape": SHAPES,
    "skos": SKOS,
    "xsd": XSD,
}
"""The prefixes of the project, sorted; Turtle and the JSON-LD context use these."""

TYPE: Final = f"<{RDF}type>"

_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    **{chr(c): f"\\u{c:04X}" for c in (*range(8), 0x0B, *range(0x0E, 0x20), 0x7F)},
}
_TO_ESCAPE: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_NOT_IN_IRI: Final = re.compile(
    # what RFC 3987 does not let stand: controls, delimiters, private use, noncharacters, tags
    r'[\x00-\x20<>"{}|^`\\\[\]\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]'
    # a bad escape, two fragments, a port that is no number, two users
    r"|%(?![0-9A-Fa-f]{2})|#.*#|^[^:]*://[^/?#]*:(?![0-9]*(?:[/?#]|$))|^[^:]*://[^/?#]*@[^/?#]*@"
)
_LAST_TWO: Final = 0xFFFE
_ABSOLUTE_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def is_iri(text: str) -> bool:
    """Whether ``text`` is an absolute IRI that N-Triples can hold unescaped.

    >>> is_iri("https://kg.example/organization/softbank")
    True
    >>> is_iri("softbank"), is_iri("http://a b"), is_iri("http://x/<y>"), is_iri("http://x/a#b#c")
    (False, False, False, False)
    """
    if _ABSOLUTE_IRI.fullmatch(text) is None or _NOT_IN_IRI.search(text) is not None:
        return False
    # the last two code points of every plane are no characters
    return text.isascii() or all(ord(c) & _LAST_TWO != _LAST_TWO for c in text)


def iri(text: str) -> str:
    """The N-Triples term of an absolute IRI.

    Raises ``ValueError`` for text that could not stand between ``<`` and ``>``.

    >>> iri("https://kg.example/a")
    '<https://kg.example/a>'
    """
    if not is_iri(text):
        raise ValueError(f"not an absolute IRI: {text!r}")
    return f"<{text}>"


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match.group()]


def literal(text: str, datatype: str = "", language: str = "") -> str:
    r"""The canonical N-Triples term of a literal; ``text`` is brought to NFC.

    ``datatype`` is an IRI without brackets; ``xsd:string`` is left out, as the
    canonical form asks. ``language`` is a BCP 47 tag, written in lower case.

    >>> literal("소프트뱅크", language="ko")
    '"소프트뱅크"@ko'
    >>> literal('a "b"\n')
    '"a \\"b\\"\\n"'
    >>> literal("15", XSD + "decimal")
    '"15"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _TO_ESCAPE.search(text) is not None:
        text = _TO_ESCAPE.sub(_escape, text)
    if language:
        return f'"{text}"@{language.lower()}'
    if datatype and datatype != f"{XSD}string":
        return f'"{text}"^^<{datatype}>'
    return f'"{text}"'


def local_name(iri_text: str) -> str:
    """What follows the last ``#``, ``/`` or ``:`` of an IRI.

    >>> local_name("https://schema.org/amount")
    'amount'
    """
    return re.split(r"[#/:]", iri_text)[-1]


def compact(iri_text: str) -> str:
    """An IRI as ``prefix:name`` where a prefix of the project fits, else unchanged.

    >>> compact("https://schema.org/amount"), compact("http://x.example/y")
    ('schema:amount', 'http://x.example/y')
    """
    for prefix, namespace in PREFIXES.items():
        name = iri_text[len(namespace) :]
        if iri_text.startswith(namespace) and re.fullmatch(r"[\w-]+", name):
            return f"{prefix}:{name}"
    return iri_text
