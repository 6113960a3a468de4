"""Which characters a text of the graph may hold, and how it is brought to one form (NFC)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kg.errors import Problem, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_TEXT: Final = 1_000_000
"""Characters in one text."""
LONGEST_NAME: Final = 1_000
"""Characters in one name, identifier, amount or date."""
_SHOWN: Final = 200
_DASHES: Final = "-‐‑‒–—―−－ㅡー"
"""Hyphens, dashes, minus signs, and the Korean vowel that looks like one."""

_NONCHARACTERS: Final = "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))
_REFUSED: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
INVISIBLE: Final = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))
"""What nobody sees and names do not need, to be left out by ``str.translate``: soft hyphen, space of no
width, marks of direction, word joiner, byte order mark. Joiners of letters (U+200C, U+200D) are needed."""
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def shortened(value: object) -> object:
    """A value as a message may show it: a text is cut after 200 characters."""
    if isinstance(value, str) and len(value) > _SHOWN:
        return value[:_SHOWN] + "…"
    return value


def unreadable(
    code: str,
    received: object,
    allowed: tuple[str, ...] = (),
    pointer: str = "",
    args: Mapping[str, object] | None = None,
) -> Unreadable:
    """An ``Unreadable`` with one problem."""
    return Unreadable(
        Problem(code, pointer=pointer, args=args or {}, received=shortened(received), allowed=allowed)
    )


def kind_of(value: object) -> dict[str, str]:
    """What JSON calls a value, by language.

    >>> kind_of({})
    {'en': 'object', 'ko': '객체'}
    >>> kind_of(True)["en"], kind_of(None)["ko"]
    ('boolean', 'null')
    """
    if value is None:
        return {"en": "null", "ko": "null"}
    if isinstance(value, bool):
        return {"en": "boolean", "ko": "불리언"}
    for kind, name, korean in ((str, "string", "문자열"), (dict, "object", "객체"), (list, "list", "목록")):
        if isinstance(value, kind):
            return {"en": name, "ko": korean}
    return {"en": "number", "ko": "숫자"}


def checked(text: str, limit: int = LONGEST_TEXT) -> str:
    r"""``text`` in NFC; raises ``Unreadable`` if it is blank, too long or holds what no text holds.

    Refused are the C0 control characters but tab, newline and carriage return, lone
    surrogates, and the noncharacters of Unicode (section 23.7).

    >>> checked("a\\nb")
    'a\\nb'
    """
    if len(text) > limit:
        raise unreadable("text-too-long", text, args={"length": len(text), "limit": limit})
    if not text.isprintable() and (bad := _REFUSED.search(text)) is not None:
        raise unreadable("text-character", _visible(text), args=_which(bad))
    if not text or text.isspace():
        raise unreadable("empty-text", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def checked_name(text: str) -> str:
    r"""``text`` as a name: as :func:`checked`, runs of white space made one space, none at the ends.

    Marks that turn the direction of writing around (U+202A-202E, U+2066-2069) are refused:
    they make a name look like another. Other characters that nobody sees are left out.

    >>> checked_name(" SoftBank\n Group ")
    'SoftBank Group'
    """
    text = checked(text, LONGEST_NAME)
    if not text.isprintable():
        if (bad := _BIDI.search(text)) is not None:
            raise unreadable("text-direction", _visible(text), args=_which(bad))
        text = " ".join(text.translate(INVISIBLE).split())
        if not text:
            raise unreadable("empty-text", text)
        return text
    if "  " in text or text[0] == " " or text[-1] == " ":
        return " ".join(text.split())
    return text


def is_dash(text: str) -> bool:
    """Whether a text is only dashes: so tables say that there is nothing.

    >>> is_dash(" - "), is_dash("-5")
    (True, False)
    """
    return bool(text.strip()) and not text.strip().strip(_DASHES)


def _which(bad: re.Match[str]) -> dict[str, object]:
    return {"character": f"U+{ord(bad.group()):04X}", "position": bad.start() + 1}


def _visible(text: str) -> str:
    """The text with what can't be shown escaped, so that a message can be printed."""
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):X}}}" for c in text[:_SHOWN])
