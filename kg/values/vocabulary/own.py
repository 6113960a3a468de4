"""The tables of a project's own, that ``kg.toml`` names: found, checked, and used from then on.

A table is checked against those of the package: it has their sections and kinds, and values of the
same form, so that no word of it can end a reading in anything but a value or a refusal.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.language_tags import is_tag
from kg.values import vocabulary
from kg.values.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_SHOWN: Final = 20
_FRACTION: Final = re.compile(r"[0-9]{1,6}/[1-9][0-9]{0,5}")
_RANGES: Final = {
    "number.count": (0, 10**15),
    "number.multiple": (1, 60),
    "number.scale": (1, 60),
    "number.times": (1, 10**6),
    "unit.count": (0, 10**15),
    "date.count": (0, 10**4),
    "date.fiscal": (1, 12),
    "date.era": (-9999, 9999),
    "date.season": (21, 32),
}
"""Whole numbers that the tables of the package do not have yet, but could."""
_STEPS: Final = 1000
_CURRENCIES: Final = frozenset({"currency", "assumed", "subunit", "tenth", "country", "unsure"})
_OPEN: Final = frozenset({"unit.unit", "duration.bound"})
"""Kinds whose words may have any text as their value."""
_NO_DIGIT_FIRST: Final = frozenset({"number", "mark", "percent", "money", "ordinal"})
"""The sections whose words do not begin with a digit: that is a number there."""


def use(paths: Sequence[Path]) -> str:
    """Read values with some further tables, files or folders of them, and no others but the package's own.

    Gives the digest of the tables, "" if there are none. Raises ``UsageError`` that names the file and the
    key of what is not as it must be; then nothing has changed.
    """
    files = [file for path in paths for file in _files(path)]
    texts = {file: _text(file) for file in files}
    found = hashlib.sha256()
    for file, text in texts.items():
        found.update(f"{file.name}\n{len(text)}\n{text}".encode())
    digest = found.hexdigest() if texts else ""
    if digest != vocabulary.chosen():
        read = [(file.stem, _table(file, text)) for file, text in texts.items()]
        vocabulary.choose(read, digest)
    return digest


def _files(path: Path) -> list[Path]:
    """A table, or the tables directly in a folder."""
    found = sorted(path.glob("*.toml"), key=lambda file: file.name) if path.is_dir() else [path]
    if not found or not found[0].is_file():
        raise UsageError("vocabulary-missing", file=str(path))
    for file in found:
        if (
            file.suffix != ".toml"
            or not is_tag(file.stem)
            or "-" in file.stem
            or file.stem != file.stem.lower()
        ):
            raise UsageError("vocabulary-name", file=str(file), received=file.name)
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("config-unreadable", file=str(file), reason=str(error)) from error


def _table(file: Path, text: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("config-unreadable", file=str(file), reason=str(error)) from error
    _Check(file, vocabulary.packaged()).table(table)
    return table


class _Check:
    """One table held against those of the package."""

    def __init__(self, file: Path, packaged: Mapping[str, dict[str, Any]]) -> None:
        self.file = file
        self.known: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        """Section -> kind -> what stands there in the languages of the package."""
        for table in packaged.values():
            for section, kinds in table.items():
                for kind, entries in kinds.items():
                    self.known[section][kind].append(entries)
        self.codes = frozenset(packaged[vocabulary.ANY]["money"]["code"])

    def table(self, table: Mapping[str, Any]) -> None:
        """Raise ``UsageError`` for the first thing that is not as in the tables of the package."""
        for section, kinds in table.items():
            self._is_key(section, section, self.known)
            self._must(section, kinds, "[…]", fits=isinstance(kinds, dict))
            for kind, entries in kinds.items():
                self._is_key(f"{section}.{kind}", kind, self.known[section])
                self._entries(f"{section}.{kind}", section, kind, entries)

    def _entries(self, key: str, section: str, kind: str, entries: object) -> None:
        examples = self.known[section][kind]
        forms = {dict: "{ word = value }", list: '["…"]', str: '"…"', bool: "true"}
        allowed = tuple(dict.fromkeys(forms[type(e)] for e in examples if type(e) in forms))
        self._must(key, entries, *allowed, fits=any(type(e) is type(entries) for e in examples))
        if isinstance(entries, list):
            self._list(key, section, entries, examples)
        elif isinstance(entries, dict):
            for word, value in entries.items():
                self._word(f"{key}.{word}", section, word)
                self._value(f"{key}.{word}", section, kind, value)
        elif isinstance(entries, str) and section not in {"say", "date-said", "duration-said"}:
            self._one_of(key, entries, examples)
        elif isinstance(entries, str):
            self._pattern(key, entries, examples)

    def _list(self, key: str, section: str, entries: list[Any], examples: list[Any]) -> None:
        if key == "say.scales":
            right = all(
                isinstance(e, list) and list(map(type, e)) == [int, str] and e[0] > 0 for e in entries
            )
            self._must(key, entries, '[[6, "…"], [3, "…"]]', fits=right)
            return
        self._must(key, entries, '["…"]', fits=all(isinstance(e, str) for e in entries))
        if section in {"date-said", "duration-said"}:
            lengths = sorted({len(e) for e in examples if isinstance(e, list)})
            self._must(key, entries, *(f"{n} × …" for n in lengths), fits=len(entries) in lengths)
        for word in entries:
            self._word(key, section, word)

    def _word(self, key: str, section: str, word: str) -> None:
        if section in vocabulary.OF_WORDS:
            digit = section in _NO_DIGIT_FIRST and word[:1].isdigit()
            self._must(key, word, '"…", no digit first', fits=bool(word.strip() and not digit))

    def _value(self, key: str, section: str, kind: str, value: object) -> None:
        name = f"{section}.{kind}"
        if section == "money" and kind in _CURRENCIES:
            self._currency(key, kind, value)
            return
        known = [
            v for entries in self.known[section][kind] if isinstance(entries, dict) for v in entries.values()
        ]
        if name == "number.fraction":
            fits = isinstance(value, str) and _FRACTION.fullmatch(value) is not None
            self._must(key, value, "1/2", fits=fits)
        elif name == "date.relative":
            self._relative(key, value, known)
        elif name == "date.words":
            self._words(key, value)
        elif isinstance(known[0], list | bool):
            self._one_of(key, value, known)
        elif isinstance(known[0], int):
            low, high = _RANGES.get(name, (min(known), max(known)))
            fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
            self._must(key, value, f"{low} – {high}", fits=fits)
        elif name in _OPEN:
            self._must(key, value, '"…"', fits=isinstance(value, str) and bool(value))
        else:
            self._one_of(key, value, known)

    def _relative(self, key: str, value: object, known: Sequence[Any]) -> None:
        """A unit, and how many of them it is from here."""
        units = sorted({unit for unit, _ in known})
        found = value if isinstance(value, list) else []
        self._must(key, value, '["year", -1]', fits=list(map(type, found)) == [str, int])
        self._must(key, found[0], *units, fits=found[0] in units)
        self._must(key, found[1], f"-{_STEPS} – {_STEPS}", fits=abs(found[1]) <= _STEPS)

    def _currency(self, key: str, kind: str, value: object) -> None:
        codes = value if kind == "unsure" and isinstance(value, list) else [value]
        self._must(
            key, value, '["NOK", "SEK"]', fits=kind != "unsure" or (isinstance(value, list) and bool(value))
        )
        for code in codes:
            near = nearest(code, sorted(self.codes))[:3] if isinstance(code, str) else ("USD", "KRW", "EUR")
            self._must(key, code, *near, fits=isinstance(code, str) and code in self.codes)

    def _words(self, key: str, value: object) -> None:
        """Several pieces of a date in one word: 사흘 is three days."""
        pairs = value if isinstance(value, list) else []
        right = all(isinstance(p, list) and len(p) == 2 and isinstance(p[0], str) for p in pairs)  # noqa: PLR2004 - kind, value
        self._must(key, value, '[["digits", "3"], ["steps", "day"]]', fits=bool(pairs) and right)
        pieces = self._pieces()
        for kind, of in pairs:
            if kind == "digits":
                self._must(key, of, '"3"', fits=isinstance(of, str) and of.isascii() and of.isdigit())
                continue
            if kind in pieces:
                self._one_of(key, of, pieces[kind])
                continue
            self._must(key, kind, *self.known["date"], fits=kind in self.known["date"] and kind != "words")
            if any(isinstance(entries, dict) for entries in self.known["date"][kind]):
                self._value(key, "date", kind, of)

    def _pieces(self) -> dict[str, list[Any]]:
        """The pieces that stand in such words alone -> their values."""
        found: dict[str, list[Any]] = defaultdict(list)
        for table in self.known["date"]["words"]:
            for kind, value in (pair for pairs in table.values() for pair in pairs):
                if kind not in self.known["date"]:
                    found[kind].append(value)
        return found

    def _pattern(self, key: str, value: str, examples: Sequence[str]) -> None:
        """A wording: the places that it names are those of the package's own."""
        places = {place for example in examples for place in re.findall(r"\{[a-z]*\}", example)}
        found = set(re.findall(r"\{[^}]*\}?|\}", value))
        self._must(key, value, *sorted(places), fits=found <= places and (bool(found) or not places))

    def _one_of(self, key: str, value: object, known: Sequence[Any]) -> None:
        fits = any(type(value) is type(k) and value == k for k in known)
        shown = sorted({k if isinstance(k, str) else _shown(k) for k in known})
        allowed = nearest(value, shown) if isinstance(value, str) else tuple(shown)
        self._must(key, value, *allowed, fits=fits)

    def _is_key(self, key: str, name: str, known: Mapping[str, Any]) -> None:
        if name not in known:
            before = key[: -len(name)]
            allowed = tuple(before + k for k in nearest(name, sorted(known)))[:_SHOWN]
            raise UsageError("config-key", file=str(self.file), received=key, allowed=allowed)

    def _must(self, key: str, received: object, *allowed: str, fits: bool) -> None:
        if not fits:
            args = {"received": _shown(received), "allowed": allowed[:_SHOWN]}
            raise UsageError("vocabulary-value", file=str(self.file), key=key, **args)


def _shown(value: object) -> str:
    """A value as TOML writes it, short."""
    import json  # noqa: PLC0415 - only where something is wrong

    return json.dumps(value, ensure_ascii=False, default=str)[:100]
