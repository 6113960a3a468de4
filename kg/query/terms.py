"""RDF terms taken apart: what a renderer needs of ``"text"@ko``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kg.rdf import XSD

_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIMPLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

NUMBERS: Final = frozenset(
    f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI, a blank node or a literal; of a literal its text without escapes."""

    kind: Literal["iri", "blank", "literal", "triple"]
    value: str
    language: str = ""
    datatype: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a literal of a numeric datatype."""
        return self.datatype in NUMBERS


@lru_cache(1 << 16)
def term(written: str) -> Term:
    r"""Take apart a term of N-Triples.

    >>> term('"a \\"b\\""@ko'), term("<http://x/a>").value
    (Term(kind='literal', value='a "b"', language='ko', datatype=''), 'http://x/a')
    """
    if written.startswith("<<"):
        return Term("triple", written)
    if written.startswith("<"):
        return Term("iri", written[1:-1])
    if written.startswith("_:"):
        return Term("blank", written[2:])
    found = _LITERAL.match(written)
    if found is None:
        raise ValueError(f"not a term of N-Triples: {written!r}")
    return Term("literal", _ESCAPE.sub(_character, found[1]), found[2] or "", found[3] or "")


def _character(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        return chr(int(code, 16))
    return _SIMPLE.get(match[3], match[3])
