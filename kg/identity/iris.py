"""How IRIs are made: letters of every script stay readable, and two ids never fall together."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN: Final = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
DIGEST_BYTES: Final = 20
"""160 bits of the SHA-256 name things: 32 characters of base32, no padding."""

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS: Final = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
_SHIFTS: Final = tuple(range(DIGEST_BYTES * 8 - 10, -10, -10))


@lru_cache(maxsize=100_000)
def segment(text: str) -> str:
    """One segment of an IRI's path: NFC, letters, marks, digits and ``-._~`` stay.

    Anything else is percent-encoded, so that different texts give different segments.

    >>> segment("소프트뱅크"), segment("AT&T/x"), segment("a:b"), segment("..")
    ('소프트뱅크', 'AT%26T%2Fx', 'a%3Ab', '%2E%2E')
    """
    if _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    if text.strip(".") == "":
        return "%2E" * len(text)
    return "".join(c if _stays(c) else _encoded(c) for c in text)


def _stays(c: str) -> bool:
    if c in "-._~":
        return True
    kind = unicodedata.category(c)
    # RFC 3987 leaves out the plane of tags and variation selectors
    return (kind[0] in "LM" or kind == "Nd") and not 0xE0000 <= ord(c) <= 0xE0FFF  # noqa: PLR2004


def _encoded(c: str) -> str:
    return "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogatepass"))


def digest(parts: Iterable[str]) -> str:
    """The name of what has no id: base32 over the first 160 bits of SHA-256, in lower case.

    The parts are joined by newlines, which N-Triples terms never hold.

    >>> digest(["a", "b"])
    'pymponzrdmw4hmxsnhoxqollani7ct5w'
    """
    found = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:DIGEST_BYTES])
    # three times as fast as base64.b32encode, and every claim needs two
    return "".join([_PAIRS[(found >> shift) & 1023] for shift in _SHIFTS])


class Iris:
    """The IRIs of one base; all are given without angle brackets."""

    __slots__ = ("base",)

    def __init__(self, base: str) -> None:
        """Begin every IRI with ``base``, which ends in ``/``."""
        self.base = base

    def dataset(self, name: str) -> str:
        """The IRI of a dataset.

        >>> Iris("https://kg.example/").dataset("stargate")
        'https://kg.example/dataset/stargate'
        """
        return f"{self.base}dataset/{segment(name)}"

    def shared(self, kind: str, id_: str) -> str:
        """The IRI of an entity whose id is the same in every dataset."""
        return f"{self.base}{kind}/{segment(id_)}"

    def own(self, kind: str, dataset: str, id_: str) -> str:
        """The IRI of an entity or a claim whose id is its dataset's own."""
        return f"{self.base}{kind}/{segment(dataset)}/{segment(id_)}"

    def identified(self, kind: str, scheme: str, value: str) -> str:
        """The IRI of an entity by a strong identifier; no id holds an unescaped colon.

        >>> Iris("https://kg.example/").identified("organization", "wikidata", "Q20716")
        'https://kg.example/organization/wikidata:Q20716'
        """
        return f"{self.base}{kind}/{segment(scheme)}:{segment(value)}"

    def named(self, kind: str, dataset: str, key: str) -> str:
        """The IRI of an entity of which only a name is known, by the name's key."""
        return f"{self.base}{kind}/{segment(dataset)}/~{segment(key)}"

    def digested(self, kind: str, dataset: str, parts: Iterable[str]) -> str:
        """The IRI of a claim without an id, or of a piece of evidence, by the digest of what it says."""
        return f"{self.base}{kind}/{segment(dataset)}/~{digest(parts)}"

    def matter(self, parts: Iterable[str]) -> str:
        """The IRI of the bare matter of a claim: its type and its parties."""
        return f"{self.base}matter/~{digest(parts)}"
