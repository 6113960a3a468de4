"""How Turtle writes an IRI: ``prefix:name``, relative to the base, or in full."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.rdf import PREFIXES, is_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DATA_PREFIXES: Final = {p: n for p, n in PREFIXES.items() if p not in {"geo", "sh", "shape"}}
"""The prefixes at the head of a data file: all of the vocabulary, whether in use or not, so that
the head stays as it is when the facts change."""

NAME_START: Final = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""What a name may start with, in Turtle and in XML, as the inside of a character class."""
NAME_REST: Final = NAME_START + "0-9\u00b7\u0300-\u036f\u203f\u2040\\-"
"""What may follow; a full stop may too, but Turtle does not allow it at the end."""
_LOCAL: Final = re.compile(rf"[{NAME_START}0-9](?:[{NAME_REST}.]*[{NAME_REST}])?")
"""PN_LOCAL of Turtle without ``:``, ``%`` and escapes, which would be legal but hard to read."""
_PREFIX: Final = re.compile(r"(?:[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")

_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+-]*://[^/?#\\]+/(?:[^/?#\\]+/)*")
_SEGMENT: Final = r"[^/?#:;\\]+"
_RELATIVE: Final = re.compile(rf"(?![=-]){_SEGMENT}(?:/{_SEGMENT})*(?:#{_SEGMENT})?")
"""Paths that every resolver joins to the base as they stand. RFC 3986, section 5.2, allows more
(``a//b``, ``a;``, ``?q``, ``a#b:c``), but parsers in use differ on them, and rdflib takes ``<=`` for an
operator. Checked by reading back with two of them, on thousands of examples."""
_DOTS: Final = re.compile(r"(?:^|/)(?:\.|%2[eE]){1,2}(?:[/#]|$)")

_CACHED: Final = 1 << 16


def usable_base(base: str) -> str:
    """``base`` if IRIs can be written relative to it, else ""; it must end with ``/``.

    >>> usable_base("https://kg.example/"), usable_base("urn:kg:"), usable_base("http://x/a#")
    ('https://kg.example/', '', '')
    """
    fits = _BASE.fullmatch(base) is not None and _DOTS.search(base) is None and is_iri(base)
    return base if fits else ""


def namer(base: str, prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """A function from an N-Triples IRI (``<…>``) to its shortest safe form in Turtle.

    The most recent 65,536 answers are kept, so memory stays bounded.

    >>> name = namer("https://kg.example/", {"schema": "https://schema.org/"})
    >>> name("<https://schema.org/amount>"), name("<https://kg.example/person/손정의#x>")
    ('schema:amount', '<person/손정의#x>')
    >>> name("<https://schema.org/a/b>"), name("<https://kg.example/../b>")
    ('<https://schema.org/a/b>', '<https://kg.example/../b>')
    """
    for prefix, namespace in prefixes.items():
        if _PREFIX.fullmatch(prefix) is None or not is_iri(namespace):
            raise UsageError("export-prefix", received=f"{prefix}: <{namespace}>")
    longest_first = sorted(((n, p) for p, n in prefixes.items()), key=lambda x: (-len(x[0]), x[1]))
    root = usable_base(base)
    cut = len(root) + 1

    def name(term: str) -> str:
        for namespace, prefix in longest_first:
            if term.startswith(namespace, 1) and _LOCAL.fullmatch(term, len(namespace) + 1, len(term) - 1):
                return f"{prefix}:{term[len(namespace) + 1 : -1]}"
        if root and term.startswith(root, 1):
            rest = term[cut:-1]
            if _RELATIVE.fullmatch(rest) and not _DOTS.search(rest):
                return f"<{rest}>"
        return term

    return lru_cache(_CACHED)(name)
