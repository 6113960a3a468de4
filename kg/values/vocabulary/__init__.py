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
EXACT_KINDS: Final = frozenset({"code"})
"""Kinds whose words are written in just one way: ``TOP`` is a currency, ``top`` is not."""


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
    """Every spelling of every word of some sections, of all languages -> its token.

    Where two languages differ about a word, the one named wins, else the first by name.
    A word in small letters may also begin with a capital or stand in capitals.

    >>> words(("number",))["Billion"].value
    9
    """
    found: dict[str, Token] = {}
    main = language.partition("-")[0].lower()
    for _, table in sorted(tables().items(), key=lambda item: item[0] != main):
        for section in sections:
            for kind, entries in table.get(section, {}).items():
                for word, value in _entries(entries):
                    token = Token(kind, value, word)
                    for spelling in (word,) if kind in EXACT_KINDS else _spellings(word):
                        found.setdefault(spelling, token)
    return found


def _entries(entries: dict[str, Any] | list[str]) -> list[tuple[str, Any]]:
    return list(entries.items()) if isinstance(entries, dict) else [(word, word) for word in entries]


def _spellings(word: str) -> tuple[str, ...]:
    if word == word.upper():
        return (word,)
    return word, word[0].upper() + word[1:], word.title(), word.upper()
