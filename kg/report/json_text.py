"""JSON whose text can mislead no terminal, build server or reader, and decodes to what was meant."""

from __future__ import annotations

import json
import re
from typing import Final

_UNSAFE: Final = re.compile(
    r"#(?=#\[)|[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def json_text(data: object) -> str:
    r"""The data as JSON, with a line end; numbers that JSON readers would round are text.

    >>> json_text({"a": "\u202e"})
    '{\n  "a": "\\u202e"\n}\n'
    """
    return dumped(data, indent=2) + "\n"


def dumped(data: object, indent: int | None = None) -> str:
    """The same, by default on one line, without a line end."""
    return plain(json.dumps(data, ensure_ascii=False, indent=indent, default=str))


def plain(text: str) -> str:
    """JSON text with such characters escaped."""
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """A character that a terminal or a reader could be misled by, as JSON can write it too."""
    return f"\\u{ord(match.group()):04x}"
