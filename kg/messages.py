"""The texts of all messages, in English and Korean, by code.

They are data: one TOML file for each package in ``kg/messages.d``. They are read only when
something is to be said. What comes from input is made harmless for a terminal here, at the
one place where it enters a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

LANGUAGES: Final = ("en", "ko")
SHOWN_AT_MOST: Final = 200
"""Characters of a received value that a message shows."""

_BYTES: Final = range(0xDC80, 0xDD00)
"""Surrogates that stand for bytes (PEP 383)."""
_UNSAFE: Final = re.compile(
    r"#(?=#\[)|[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Code -> ``{"en": …, "ko": …, "hint": {"en": …, "ko": …}}``, of all packages."""
    import tomllib  # noqa: PLC0415 - only needed when a message is shown

    table: dict[str, dict[str, Any]] = {}
    folder = resources.files("kg") / "messages.d"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        for code, texts in tomllib.loads(entry.read_text("utf-8")).items():
            table.setdefault(code, texts)
    return table


def harmless(text: str, at_most: int = SHOWN_AT_MOST) -> str:
    r"""Text that can't move a cursor, turn the line round or fill the screen, or command a build server.

    >>> harmless("a\x1b[31mb\n")
    'a\\x1b[31mb\\x0a'
    >>> harmless("x" * 300, 5)
    'xxxxx…'
    """
    if len(text) > at_most:
        text = text[:at_most] + "…"
    return _UNSAFE.sub(lambda m: f"\\x{_byte_or_code(ord(m.group())):02x}", text)


def _byte_or_code(code: int) -> int:
    """A byte that was no UTF-8 stands in text as a surrogate."""
    return code - 0xDC00 if code in _BYTES else code


def shown(value: object, at_most: int = SHOWN_AT_MOST) -> str:
    """A received value as a message shows it: JSON, but text without its quotation marks.

    >>> shown("SoftBank"), shown({"min": 25}), shown(True), shown(None)
    ('SoftBank', '{"min": 25}', 'true', 'null')
    """
    return harmless(value if isinstance(value, str) else as_json(value), at_most)


def as_json(value: object) -> str:
    """A decoded value as JSON text on one line; a ``Decimal`` stays a number.

    >>> from decimal import Decimal
    >>> as_json({"min": Decimal("1.50"), "of": ["소프트뱅크", None]})
    '{"min": 1.50, "of": ["소프트뱅크", null]}'
    """
    from decimal import Decimal  # noqa: PLC0415 - only needed when a message is shown

    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{as_json(str(k))}: {as_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_json(v) for v in value) + "]"
    if isinstance(value, Decimal):
        return str(value)
    import json  # noqa: PLC0415 - only needed when a message is shown

    return json.dumps(value, ensure_ascii=False, default=repr)


class _Shown(str):
    """An argument as it is shown; ``{count:record|records}`` is the word that goes with it."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, parted, many = spec.partition("|")
        return (one if self == "1" else many) if parted else format(str(self), spec)


class _Args(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _fill(template: str, args: Mapping[str, object], language: str) -> str:
    safe = _Args()
    for name, value in args.items():
        if isinstance(value, tuple):
            safe[name] = ", ".join(shown(v) for v in value)
        elif name != "received" and isinstance(value, Mapping) and LANGUAGES[0] in value:
            safe[name] = harmless(str(value.get(language) or value[LANGUAGES[0]]))
        else:
            safe[name] = _Shown(shown(value))
    return template.format_map(safe)


def text(code: str, args: Mapping[str, object], language: str) -> str:
    """The message of ``code`` in a language; an argument may itself be language -> text.

    An unknown code gives itself and its arguments, so that nothing is hidden.
    """
    entry = catalogue().get(code)
    if entry is None:
        return f"{code} {shown(dict(args))}"
    said = _fill(entry.get(language) or entry["en"], args, language)
    return said.removesuffix(": null") if _is_null(code, args) else said


def _is_null(code: str, args: Mapping[str, object]) -> bool:
    """Whether it is about a null where a value is to be."""
    return args.get("received", "") is None and (code.endswith("-expected") or code == "wrong-kind")


def hint(code: str, args: Mapping[str, object], language: str) -> str:
    """What to do about it, or ""; another one for ``near`` words that may be meant, or for ``rows``."""
    entry = catalogue().get("null-value" if _is_null(code, args) else code, {})
    own = next((key for key in ("near", "rows") if args.get(key) and key in entry), "hint")
    hints = entry.get(own) or {}
    template = hints.get(language) or hints.get("en") or ""
    return _fill(template, args, language) if template else ""
