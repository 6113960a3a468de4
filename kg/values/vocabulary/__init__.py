"""The words that amounts, dates and durations are written with: one table for each language.

A table is a TOML file named after its language; ``und.toml`` holds what belongs to no
language (symbols, codes, punctuation). ``[section.kind]`` maps a word to its value, or
``section.kind`` lists words that need none. A new language is a new file: here, or in a folder
of a project's own that :func:`add` names.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANY: Final = "und"
"""The table that goes before all languages."""
BASE: Final = (ANY, "en", "ko", "ja", "zh")
"""The tables that win where languages differ and the text's own language is not known."""
_FOLDERS: list[Path] = []
"""Where more tables are: the folders that a project has named."""


class Token(NamedTuple):
    """One word, number or sign of a text: what it is and what it says."""

    kind: str
    value: Any
    text: str
    start: int = 0
    """Where it begins in the text that was scanned."""
    end: int = 0
    """Where it ends."""
    language: str = ""
    """The language of the table that the word is from, "" for signs and digits."""


def add(folder: Path) -> None:
    """Use the tables of a folder too: a table of a language that is known already adds its words.

    To be called before the first text is read by this process.
    """
    from kg.values import scanner  # noqa: PLC0415 - it stands on this module

    if folder not in _FOLDERS:
        _FOLDERS.append(folder)
    tables.cache_clear()
    scanner.scanner.cache_clear()
    scanner._lookup.cache_clear()  # noqa: SLF001 - made of the tables


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Language -> its table, ``und`` first."""
    import tomllib  # noqa: PLC0415 - read only when the first text is read

    found: dict[str, dict[str, Any]] = {}
    for folder in (resources.files("kg.values.vocabulary"), *_FOLDERS):
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".toml"):
                table = tomllib.loads(entry.read_text("utf-8"))
                _merge(found.setdefault(entry.name.removesuffix(".toml"), {}), table)
    return dict(sorted(found.items(), key=lambda item: (_rank(item[0]), item[0])))


@cache
def currency_names() -> tuple[tuple[str, str, str], ...]:
    """(language, name in small letters, ISO 4217) of ``currencies.tsv``: names by CLDR."""
    text = resources.files("kg.values.vocabulary").joinpath("currencies.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return tuple((language, name, code) for language, name, code in rows)


def words(sections: tuple[str, ...], language: str = "") -> dict[str, Token]:
    """The words of some sections, of all languages -> their tokens.

    The language named goes before all others, then come ``und``, English, Korean, Japanese and
    Chinese, then the rest; within these, of two sections the first wins, and of two languages
    the first. So no word of a language that is only perhaps meant hides one of these. A
    word in small letters stands for any case of letters; one with capitals only for itself:
    ``TOP`` is a currency, ``top`` is not.

    >>> words(("number",))["billion"].value
    9
    """
    found: dict[str, Token] = {}
    main = language.partition("-")[0].lower()
    known = tables()
    tiers = ([main] if main in known else [], [name for name in BASE if name in known], list(known))
    for tier in tiers:
        for section in sections:
            for name in tier:
                _add_words(found, known[name].get(section, {}), "" if name == ANY else name)
    if "unit" in sections:
        for token in [token for token in found.values() if token.kind == "unit"]:
            found.setdefault(token.value, Token("unit", token.value, token.value))
    if "money" in sections:
        _add_currencies(found, main)
    return found


def _add_words(found: dict[str, Token], kinds: dict[str, Any], language: str) -> None:
    for kind, entries in kinds.items():
        for word, value in _entries(entries):
            if word not in found:
                found[word] = Token(kind, value, word, 0, 0, language)


def _add_currencies(found: dict[str, Token], main: str) -> None:
    """The names by CLDR, and the codes in small letters where these are no other word."""
    for tongue, word, code in sorted(currency_names(), key=lambda row: row[0] != main):
        if word not in found:
            found[word] = Token("currency", code, word, 0, 0, tongue)
    und = tables()[ANY]
    for code in und["money"]["code"]:
        if code not in und["currency"]["no-small"]:
            found.setdefault(code.lower(), Token("code", code, code))


def habit(name: str, language: str) -> bool:
    """Whether a language's table says so under ``[language]``: ``comma``, ``shorthand``."""
    table = tables().get(language.partition("-")[0].lower(), {})
    return bool(table.get("language", {}).get(name, False))


def _rank(language: str) -> int:
    return BASE.index(language) if language in BASE else len(BASE)


def _merge(found: dict[str, Any], more: dict[str, Any]) -> None:
    """Put the sections of a table into another; the words of the later one win."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            _merge(found[key], value)
        elif isinstance(value, list) and isinstance(found.get(key), list):
            found[key] = [*found[key], *value]
        else:
            found[key] = value


def _entries(entries: dict[str, Any] | list[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(entries, dict):
        yield from entries.items()
    else:
        yield from ((word, word) for word in entries)
