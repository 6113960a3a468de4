"""The words that amounts, dates and durations are written with: one table for each language.

A table is a TOML file named after its language; ``und.toml`` holds what belongs to no
language (symbols, codes, punctuation). ``[section.kind]`` maps a word to its value, or
``section.kind`` lists words that need none. A new language is a new file.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

ANY: Final = "und"
"""The table that goes before all languages."""


class Token(NamedTuple):
    """One word, number or sign of a text: what it is and what it says."""

    kind: str
    value: Any
    text: str


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Language -> its table, ``und`` first, then by name."""
    import tomllib  # noqa: PLC0415 - read only when the first text is read

    found = {}
    for entry in resources.files("kg.values.vocabulary").iterdir():
        if entry.name.endswith(".toml"):
            found[entry.name.removesuffix(".toml")] = tomllib.loads(entry.read_text("utf-8"))
    return dict(sorted(found.items(), key=lambda item: (item[0] != ANY, item[0])))


def words(sections: tuple[str, ...], language: str = "") -> dict[str, Token]:
    """The words of some sections, of all languages -> their tokens.

    Where two sections differ about a word, the first wins; where two languages do, the one
    named, else the first by name. A
    word in small letters stands for any case of letters; one with capitals only for itself:
    ``TOP`` is a currency, ``top`` is not.

    >>> words(("number",))["billion"].value
    9
    """
    found: dict[str, Token] = {}
    main = language.partition("-")[0].lower()
    ordered = [table for _, table in sorted(tables().items(), key=lambda item: item[0] != main)]
    for section in sections:
        for table in ordered:
            for kind, entries in table.get(section, {}).items():
                for word, value in _entries(entries):
                    found.setdefault(word, Token(kind, value, word))
    return found


def _entries(entries: dict[str, Any] | list[str]) -> list[tuple[str, Any]]:
    return list(entries.items()) if isinstance(entries, dict) else [(word, word) for word in entries]
