"""The words that amounts, dates and durations are written with: one table for each language.

A table is a TOML file named after its language; ``und.toml`` holds what belongs to no
language (symbols, codes, punctuation). ``[section.kind]`` maps a word to its value, or
``section.kind`` lists words that need none. A new language is a new file: here, or one of a
project's own (``kg.values.vocabulary.own``).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeVar, cast

from kg.language_tags import primary_language
from kg.values.vocabulary.forms import of_table, other_forms, with_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

P = ParamSpec("P")
R = TypeVar("R")

ANY: Final = "und"
"""The table that goes before all languages."""
BASE: Final = (ANY, "en", "ko", "ja", "zh")
"""The tables that win where languages differ and the text's own language is not known."""
OF_WORDS: Final = frozenset({"number", "mark", "percent", "unit", "money", "date", "duration", "ordinal"})
"""The sections whose kinds hold words; those of the others are settings."""
_WORDINGS: Final = frozenset({"say", "date-said", "duration-said"})
"""The sections that say how a value is said: a later table says it anew."""
_HAN: Final = "[\u3400-\u9fff]"
_MADE: list[Callable[[], None]] = []
"""What forgets that which was made of the tables."""


_OF_TEXTS: list[Callable[[], None]] = []
"""What forgets that which was kept of texts."""


class _Own:
    """The further tables that are in use."""

    folders: tuple[Path, ...] = ()
    """Those that a program has named."""
    tables: Sequence[tuple[str, dict[str, Any]]] = ()
    """(language, table) of those that a project has."""
    digest = ""


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


def with_gaps(tokens: Sequence[Token]) -> str:
    """The words of tokens, with a space where one stands between them."""
    words, end = "", None
    for token in tokens:
        words += token.text if end is None or token.start == end else f" {token.text}"
        end = token.end
    return words


def finder(words: Iterable[str], alone: Iterable[str] = ()) -> Callable[[str], re.Match[str] | None]:
    """Finds any of some words in small letters: those in Latin letters as whole ones, others anywhere.

    Those ``alone`` are found only where no Han character stands beside one.

    >>> finder(["up", "超"])("supply"), finder(["up", "超"])("超過") is None
    (None, False)
    >>> finder([], ["達"])("調達"), finder([], ["達"])("に達する") is None
    (None, False)
    """
    found = [
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in words
    ]
    found += (rf"(?<!{_HAN}){re.escape(word)}(?!{_HAN})" for word in alone)
    return re.compile("|".join(found) or "(?!)").search


def of_tables(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function makes of the tables, until there are others."""
    kept = cache(function)
    _MADE.append(kept.cache_clear)
    return cast("Callable[P, R]", kept)


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """As :func:`of_tables`, for what depends on texts too: the last ``most`` are kept."""

    def keeping(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(most)(function)
        of_texts(kept.cache_clear)
        return cast("Callable[P, R]", kept)

    return keeping


def of_texts(forget: Callable[[], None]) -> None:
    """Call this when what was kept of texts is to be forgotten."""
    _OF_TEXTS.append(forget)


def add(folder: Path) -> None:
    """Use the tables of a folder too: a table of a language that is known already adds its words."""
    if folder not in _Own.folders:
        _Own.folders = (*_Own.folders, folder)
    forget()


def choose(own: Sequence[tuple[str, dict[str, Any]]], digest: str) -> None:
    """Use these tables of a project, (language, table), and no other project's."""
    _Own.tables, _Own.digest = own, digest
    forget()


def chosen() -> str:
    """The digest of the project's tables that are in use, "" if there are none."""
    return _Own.digest


def forget() -> None:
    """Forget all that was made of the tables."""
    forget_texts()
    for made in _MADE:
        made()


def forget_texts() -> None:
    """Forget what was kept of texts that have been read."""
    for kept in _OF_TEXTS:
        kept()


@of_tables
def tables() -> dict[str, dict[str, Any]]:
    """Language -> its table, ``und`` first."""
    found = {language: _copied(table) for language, table in packaged().items()}
    own = [pair for folder in _Own.folders for pair in _read(folder).items()]
    for language, table in (*own, *_Own.tables):
        forms = of_table(packaged().get(language, {})) | of_table(table)
        _merge(found.setdefault(language, {}), with_forms(table, forms, OF_WORDS))
    return dict(sorted(found.items(), key=lambda item: (_rank(item[0]), item[0])))


@cache
def packaged() -> dict[str, dict[str, Any]]:
    """Language -> its table, of those that the package has."""
    found = _read(resources.files("kg.values.vocabulary"))
    return {language: with_forms(table, of_table(table), OF_WORDS) for language, table in found.items()}


def _read(folder: Traversable | Path) -> dict[str, dict[str, Any]]:
    import tomllib  # noqa: PLC0415 - read only when the first text is read

    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    files = [entry for entry in entries if entry.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files}


def _copied(table: dict[str, Any]) -> dict[str, Any]:
    """A table that others can be merged into."""
    return {key: _copied(value) if isinstance(value, dict) else value for key, value in table.items()}


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
    main = primary_language(language)
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
    forms = {tongue: of_table(table) for tongue, table in tables().items()}
    for tongue, name, code in sorted(currency_names(), key=lambda row: row[0] != main):
        for word in (name, *other_forms(name, forms.get(tongue, {}))):
            if word not in found:
                found[word] = Token("currency", code, word, 0, 0, tongue)
    und = tables()[ANY]
    for code in und["money"]["code"]:
        if code not in und["currency"]["no-small"]:
            found.setdefault(code.lower(), Token("code", code, code))


def habit(name: str, language: str) -> bool:
    """Whether a language's table says so under ``[language]``: ``comma``, ``shorthand``."""
    table = tables().get(primary_language(language), {})
    return bool(table.get("language", {}).get(name, False))


def _rank(language: str) -> int:
    return BASE.index(language) if language in BASE else len(BASE)


def _merge(found: dict[str, Any], more: dict[str, Any]) -> None:
    """Put the sections of a table into another; the words of the later one win."""
    for section, kinds in more.items():
        known = found.setdefault(section, {})
        if section in OF_WORDS:
            _leave_out(known, {word for entries in kinds.values() for word in _words_of(entries)})
        if section in _WORDINGS:
            known |= kinds
        else:
            _merge_kinds(known, kinds)


def _words_of(entries: object) -> Iterator[str]:
    if isinstance(entries, dict | list):
        yield from (entry for entry in entries if isinstance(entry, str))


def _leave_out(kinds: dict[str, Any], words: set[str]) -> None:
    """Take words out of the kinds that they have had: they now say something else."""
    for kind, entries in kinds.items():
        if isinstance(entries, dict):
            kinds[kind] = {word: value for word, value in entries.items() if word not in words}
        elif isinstance(entries, list):
            kinds[kind] = [word for word in entries if not isinstance(word, str) or word not in words]


def _merge_kinds(found: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            found[key] = {**found[key], **value}
        elif isinstance(value, list) and isinstance(found.get(key), list):
            found[key] = [*found[key], *value]
        else:
            found[key] = value


def _entries(entries: dict[str, Any] | list[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(entries, dict):
        yield from entries.items()
    else:
        yield from ((word, word) for word in entries)
