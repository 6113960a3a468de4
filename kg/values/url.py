"""``Url``: the address of a page, normalised as little as is safe (RFC 3986 section 6.2.2, RFC 3987).

Scheme and host are written in small letters, letters of all scripts are kept, and what no IRI
may hold is percent-encoded. Nothing else changes: not the path, not the port, no slash at the end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem
from kg.rdf import is_iri
from kg.values.characters import LONGEST_TEXT, checked, kind_of, unreadable
from kg.values.codec import Context, Written

if TYPE_CHECKING:
    from kg.model.types import Concept, Field
    from kg.values.codec import Read

SCHEMES: Final = ("https", "http")
"""What an address may begin with; the first is assumed where it begins with none."""
LONGEST: Final = 8_000

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARTS: Final = re.compile(r"//([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_HOST: Final = re.compile(r"\[[0-9A-Fa-f:.]+\]|[^\s\[\]:@]+")
_LABEL: Final = re.compile(r"[\w-]{1,63}")
_BARE: Final = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?::[0-9]{1,5})?(?:[/?#]|\Z)")
_MARKUP: Final = re.compile(r"""[<>"\\]""")
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ILLEGAL: Final = re.compile("[\x00-\x20\x7f-\x9f`{|}^\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_LARGEST_PORT: Final = 65535
_WRAPPED: Final = ("<>", "()", "“”", '""', "''")


@dataclass(frozen=True, slots=True)
class Url:
    """The address of a page."""

    value: str
    assumed: str = ""
    """The scheme that the text leaves out, "" if it has one."""


def read(text: str, schemes: tuple[str, ...] = SCHEMES) -> Url:
    """The address that a text is.

    Raises ``Unreadable``: ``url-scheme`` for one that no page has (``javascript:``, ``mailto:``),
    ``url-user`` for one with a name or password, ``url-host``, ``url-character``, ``url-expected``.

    >>> read("HTTPS://Www.SoftBank.JP/About us")
    Url(value='https://www.softbank.jp/About%20us', assumed='')
    >>> read("www.softbank.jp").assumed
    'https'
    """
    written = _unwrapped(checked(text, LONGEST).strip())
    assumed = ""
    bare = _BARE.match(written) if "://" not in written[:10] else None
    found = None if bare else _SCHEME.match(written)
    if bare or written.startswith("//"):
        assumed = scheme = schemes[0]
        rest = written if written.startswith("//") else f"//{written}"
    elif found is not None:
        scheme, rest = found[1].lower(), written[found.end() :]
        if scheme not in schemes:
            raise unreadable("url-scheme", text, schemes, args={"scheme": scheme})
    else:
        raise unreadable("url-expected", text)
    parts = _PARTS.fullmatch(rest)
    if parts is None:
        raise unreadable("url-expected", text)
    _refuse_markup(written, text)
    host = _authority(parts[1], text)
    path, query, fragment = (_legal(part or "") for part in parts.groups()[1:])
    value = f"{scheme}://{host}{path}{query}{fragment[:1]}{fragment[1:].replace('#', '%23')}"
    if not is_iri(value):
        raise unreadable("url-expected", text)
    return Url(value, assumed)


def _unwrapped(text: str) -> str:
    """The address without the signs around it (RFC 3986, appendix C)."""
    if len(text) > 1 and text[0] + text[-1] in _WRAPPED:
        text = text[1:-1].strip()
    return text[4:] if text[:4] in {"URL:", "url:"} else text


def _refuse_markup(written: str, text: str) -> None:
    """Signs of markup, line ends, and what nobody sees: an address with these was copied wrong."""
    for i, c in enumerate(written):
        if _MARKUP.match(c) or c in "\t\r\n" or unicodedata.category(c) == "Cf":
            args = {"character": c if c.isprintable() else f"U+{ord(c):04X}", "position": i + 1}
            raise unreadable("url-character", "".join(x if x.isprintable() else " " for x in text), args=args)


def _authority(authority: str, text: str) -> str:
    """Host and port, in small letters; no name of a user, no password."""
    if "@" in authority:
        raise unreadable("url-user", text.partition("//")[0] + "//…@" + authority.rpartition("@")[2])
    host, colon, port = authority.rpartition(":") if not authority.endswith("]") else (authority, "", "")
    if not colon:
        host, port = authority, ""
    if port and not (port.isascii() and port.isdigit() and int(port[:9]) <= _LARGEST_PORT):
        raise unreadable("url-host", text, args={"host": authority})
    host = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", host).lower())
    labels = host.removesuffix(".").split(".")
    if _HOST.fullmatch(host) is None or not (host[0] == "[" or all(map(_is_label, labels))):
        raise unreadable("url-host", text, args={"host": authority})
    return host + colon + port


def _is_label(label: str) -> bool:
    inner = "".join(c for c in label if unicodedata.category(c)[0] != "M")
    return _LABEL.fullmatch(inner) is not None and label[0] != "-" and label[-1] != "-"


def _legal(part: str) -> str:
    """A path, query or fragment with what no IRI may hold percent-encoded."""
    return _ILLEGAL.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m.group().encode()), _ESCAPE.sub("%25", part)
    )


class UrlCodec:
    """The address of a page."""

    def compile(self, field: Field, concepts: tuple[Concept, ...]) -> Read:  # noqa: ARG002 - contract
        """Read one address into an IRI."""
        head = f"<{field.path}> <"

        def compiled(value: object, context: Context) -> Written:  # noqa: ARG001 - contract
            if not isinstance(value, str):
                raise unreadable("string-expected", value, args={"kind": kind_of(value)})
            found = read(value)
            return Written(
                [f"{head}{found.value}>"], info=(_assumption(value, found),) if found.assumed else ()
            )

        return compiled

    def schema(self, field: Field, concepts: tuple[Concept, ...]) -> dict[str, Any]:  # noqa: ARG002 - contract
        """The JSON Schema of the text."""
        description = "the address of a page: “https://www.softbank.jp/”"
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": min(LONGEST, LONGEST_TEXT),
            "description": description,
        }


def _assumption(written: str, found: Url) -> Problem:
    args = {"scheme": found.assumed, "value": found.value}
    return Problem("url-scheme-assumed", args=args, severity="info", received=written)
