"""The tables of a project's own: found, read and checked against those of the package."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.language_tags import is_tag
from kg.values.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def files(paths: Sequence[Path]) -> dict[Path, str]:
    """The tables that paths name, files or folders of them, with their texts."""
    return {file: _text(file) for path in paths for file in _files(path)}


def _files(path: Path) -> list[Path]:
    found = sorted(path.glob("*.toml"), key=lambda file: file.name) if path.is_dir() else [path]
    if not found or not found[0].is_file():
        raise UsageError("vocabulary-missing", file=str(path))
    for file in found:
        name = file.stem
        if file.suffix != ".toml" or not is_tag(name) or "-" in name or name != name.lower():
            raise UsageError("vocabulary-name", file=str(file), received=file.name)
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("config-unreadable", file=str(file), reason=str(error)) from error


def checked(file: Path, text: str, packaged: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The table of a file; raises ``UsageError`` for the first key or value that no packaged table has."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError("config-unreadable", file=str(file), reason=str(error)) from error
    for section, kinds in table.items():
        known = _known(packaged, section)
        if not known:
            _refuse_key(file, section, section, {s for t in packaged.values() for s in t})
        _must(file, section, kinds, "[…]", fits=isinstance(kinds, dict))
        for kind, entries in kinds.items():
            if kind not in known:
                _refuse_key(file, f"{section}.{kind}", kind, known)
            _check_entries(file, f"{section}.{kind}", entries, known[kind])
    return table


def _known(packaged: Mapping[str, Mapping[str, Any]], section: str) -> dict[str, list[Any]]:
    """Kind -> what stands there in the packaged tables."""
    found: dict[str, list[Any]] = {}
    for table in packaged.values():
        for kind, entries in table.get(section, {}).items():
            found.setdefault(kind, []).append(entries)
    return found


def _check_entries(file: Path, key: str, entries: object, examples: list[Any]) -> None:
    kinds = {type(example) for example in examples}
    shown = {dict: "{ word = value }", list: '["…"]', str: '"…"', bool: "true", int: "1"}
    _must(file, key, entries, *(shown[kind] for kind in kinds if kind in shown), fits=type(entries) in kinds)
    if isinstance(entries, dict):
        values = [value for example in examples for value in example.values()]
        for word, value in entries.items():
            _check_value(file, f"{key}.{word}", value, values)
            _must(file, key, word, '"…"', fits=bool(word.strip()))
    elif isinstance(entries, list) and all(isinstance(w, str) for example in examples for w in example):
        for word in entries:
            _must(file, key, word, '["…"]', fits=isinstance(word, str) and bool(word.strip()))


def _check_value(file: Path, key: str, value: object, known: list[Any]) -> None:
    """A value has the form of those known: a number within their range, a text of theirs."""
    if isinstance(value, bool) or type(value) not in {type(example) for example in known}:
        _must(file, key, value, *map(str, known[:6]), fits=False)
    numbers = [example for example in known if isinstance(example, int)]
    if isinstance(value, int):
        low, high = min(numbers), max(*numbers, 31)
        _must(file, key, value, f"{low} – {high}", fits=low <= value <= high)
    elif isinstance(value, str) and not key.startswith(("canonical", "quantity", "date-canonical")):
        texts = sorted({text for text in known if isinstance(text, str)})
        _must(file, key, value, *nearest(value, texts)[:20], fits=value in texts or "/" in value)


def _refuse_key(file: Path, key: str, word: str, known: Mapping[str, Any] | set[str]) -> None:
    raise UsageError(
        "vocabulary-value", file=str(file), key=key, received=word, allowed=nearest(word, sorted(known))
    )


def _must(file: Path, key: str, value: object, *allowed: str, fits: bool) -> None:
    if not fits:
        raise UsageError("vocabulary-value", file=str(file), key=key, received=value, allowed=allowed)
