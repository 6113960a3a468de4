"""The words that values are written with: one immutable value, made once per project.

A table is a TOML file named after its language; ``und.toml`` holds symbols and codes, which belong to
no language. ``[section.kind]`` lists the words of each meaning, a list under ``[section]`` words that need
none. What CLDR has (names of currencies, units, months, weekdays, number symbols) comes from babel.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kg.language_tags import primary_language
from kg.values.grammar.cursor import Habits
from kg.values.grammar.scanner import DATE_ATOM, Scanner, Senses
from kg.values.lexicon import cldr
from kg.values.lexicon.check import checked, files
from kg.values.lexicon.meanings import meaning
from kg.values.lexicon.scripts import is_in_script, of_script, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

ANY: Final = "und"
"""The table of what belongs to no language."""
Table = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of all languages, and the scanners that were made of them."""

    tables: Mapping[str, Table]
    """Language -> section -> kind -> words."""
    digest: str = ""
    """The digest of the tables of a project's own; "" if there are none."""
    _made: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)
    """What was computed from the tables, by (what, language): always the same, whoever computes it."""

    @staticmethod
    def load(paths: Sequence[Path] = ()) -> Lexicon:
        """The tables of the package and of the files or folders named.

        Raises ``UsageError`` that names the file and the key of what is not as it must be.

        >>> Lexicon.load().table("ko")["number"]["scale"]["4"]
        ['만']
        """
        packaged = _packaged()
        if not paths:
            return packaged
        texts = files(paths)
        tables = {language: {s: dict(k) for s, k in t.items()} for language, t in packaged.tables.items()}
        for file, text in texts.items():
            _merge(tables.setdefault(file.stem, {}), checked(file, text, packaged.tables))
        seen = hashlib.sha256()
        for file, text in texts.items():
            seen.update(f"{file.name}\n{len(text)}\n{text}".encode())
        return Lexicon(MappingProxyType(tables), seen.hexdigest())

    def table(self, language: str) -> Table:
        """The table of a language, empty if there is none."""
        return self.tables.get(primary_language(language) or ANY, {})

    def languages(self, text: str, language: str = "") -> Iterator[str]:
        """The languages that a text may be in: those of its script.

        A declared one of that script stands alone, but for English, which is written amid every other.
        """
        main = primary_language(language) if language else ""
        if main in self.tables and main != ANY:
            yield main
            if is_in_script(main, script(text)):
                yield from (name for name in ("en",) if name != main and is_in_script(name, script(text)))
                return
        key = ("script", script(text))
        names = self._made.get(key)
        if names is None:
            names = self._made[key] = of_script(key[1], self.tables)
        yield from (name for name in names if name != main)

    def reader(self, kind: str, language: str) -> tuple[Scanner, Habits]:
        """The scanner for a type of value (one of ``SECTIONS``) in a language, and the language's habits."""
        found: tuple[Scanner, Habits] | None = self._made.get((kind, language))
        if found is None:
            flags = self.table(language).get("language", {})
            habits = Habits(self.comma(language), bool(flags.get("shorthand")), bool(flags.get("vigesimal")))
            found = self._made[kind, language] = (_scanner(self, kind, language), habits)
        return found

    def comma(self, language: str) -> bool | None:
        """Whether a comma separates the decimals in a language; None if it only groups."""
        key = ("comma", language)
        if key not in self._made:
            flags = self.table(language).get("language", {})
            known = None if flags.get("groups") else cldr.comma(language)
            self._made[key] = flags.get("comma", known)
        found: bool | None = self._made[key]
        return found


SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "money": ("number", "interval", "money", "refused"),
    "number": ("number", "interval", "ordinal", "refused"),
    "percent": ("number", "interval", "percent", "refused"),
    "quantity": ("number", "interval", "quantity", "refused"),
    "date": ("number", "date"),
    "duration": ("number", "interval", "duration"),
}
"""Type of value -> the sections whose words it knows."""


@cache
def _packaged() -> Lexicon:
    folder = resources.files("kg.values.lexicon").joinpath("languages")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    found = {e.name.removesuffix(".toml"): tomllib.loads(e.read_text("utf-8")) for e in entries}
    return Lexicon(MappingProxyType(found))


def _merge(table: Table, more: Table) -> None:
    for section, kinds in more.items():
        known = table.setdefault(section, {})
        for kind, entries in kinds.items():
            before = known.get(kind)
            if isinstance(before, dict):
                said = {word for words in entries.values() for word in words}
                kept = {key: [w for w in words if w not in said] for key, words in before.items()}
                known[kind] = {
                    key: [*kept.get(key, ()), *entries.get(key, ())] for key in {**kept, **entries}
                }
            elif isinstance(before, list):
                known[kind] = [*before, *entries]
            else:
                known[kind] = entries


def _scanner(lexicon: Lexicon, kind: str, language: str) -> Scanner:
    """Words of the language go before those of CLDR, and these before those of no language."""
    own = _words(lexicon.table(language), SECTIONS[kind])
    words = dict(own)
    general = _words(lexicon.table(ANY), SECTIONS[kind])
    if kind == "money":
        general |= cldr.codes(**lexicon.table(ANY)["currency"])
    for name, senses in {
        **cldr.words(kind, language, lexicon.table(ANY)["cldr"]["units"]),
        **general,
    }.items():
        known = words.get(name)
        words[name] = senses if known is None else {**senses, **known}
    if kind == "quantity":  # as it is written in the graph
        every = {
            unit for table in lexicon.tables.values() for unit in table.get("quantity", {}).get("unit", ())
        }
        words |= {unit: {"unit": unit} for unit in sorted(every) if unit not in words}
    if kind == "duration":  # 30m are minutes there, not millions
        for word, senses in words.items():
            if "seconds" in senses and "multiple" in senses:
                words[word] = {name: value for name, value in senses.items() if name != "multiple"}
    together = lexicon.table(language).get("language", {}).get("compounds", False)
    numbers = _words(lexicon.table(language), ("number",)) if together else None
    parts = {word: s for word, s in numbers.items() if word.isalpha()} if numbers else None
    return Scanner(words, parts, DATE_ATOM) if kind == "date" else Scanner(words, parts)


def _words(table: Table, sections: Sequence[str]) -> dict[str, Senses]:
    """Word -> its senses by the tables of a language."""
    found: dict[str, dict[str, Any]] = {}
    for section in sections:
        for kind, entries in table.get(section, {}).items():
            if isinstance(entries, dict):
                pairs = [(word, meaning(kind, said)) for said, words in entries.items() for word in words]
            else:
                pairs = [(word, True) for word in entries]
            for word, value in pairs:
                found.setdefault(word, {})[kind] = value
    return dict(found)
