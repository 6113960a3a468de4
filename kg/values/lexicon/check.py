"""The tables of a project's own: found, read and checked against those of the package."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.language_tags import is_tag
from kg.values.lexicon.meanings import KINDS, meaning
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
    sections = {section for known in packaged.values() for section in known}
    for section, kinds in table.items():
        _must(file, section, section, *nearest(section, sorted(sections)), fits=section in sections)
        _must(file, section, kinds, "[…]", fits=isinstance(kinds, dict))
        known = {k: v for t in packaged.values() for k, v in t.get(section, {}).items()}
        for kind, entries in kinds.items():
            key = f"{section}.{kind}"
            _must(file, key, kind, *nearest(kind, sorted(known)), fits=kind in known)
            _must(file, key, entries, _SHOWN[type(known[kind])], fits=type(entries) is type(known[kind]))
            if kind in KINDS and isinstance(entries, dict):
                for said, words in entries.items():
                    _check_meaning(file, f"{key}.{said}", kind, said)
                    _check_words(file, f"{key}.{said}", words)
            elif section not in _OTHERS:
                _check_words(file, key, entries)
    return table


_SHOWN: Final = {dict: "[…]", list: '["…"]', str: '"…"', bool: "true"}
_OTHERS: Final = frozenset(
    {"language", "canonical", "canonical-date", "canonical-duration", "currency", "cldr"}
)
"""Sections that hold no words."""


def _check_meaning(file: Path, key: str, kind: str, said: str) -> None:
    """A key has the form of those of its kind, and a number is in its range."""
    try:
        value = meaning(kind, said)
    except (ValueError, ZeroDivisionError):
        raise UsageError(
            "vocabulary-value", file=str(file), key=key, received=said, allowed=_EXAMPLES.get(kind, ("1",))
        ) from None
    low, high = _RANGES.get(kind, (-_MOST, _MOST))
    _must(file, key, said, f"{low} – {high}", fits=not isinstance(value, int) or low <= value <= high)
    if kind in {"bound", "bound-after"}:
        _must(file, key, said, *_BOUNDS, fits=said in _BOUNDS)


_MOST: Final = 10_000
_BOUNDS: Final = (">=", ">", "<=", "<", ">~", "<~")
_RANGES: Final = {
    **dict.fromkeys(("group", "scale", "multiple"), (1, 60)),
    "digit": (0, 9),
    "month": (1, 12),
    "weekday": (0, 6),
    "half": (1, 2),
    "quarter": (1, 4),
    "season": (21, 24),
    "fiscal": (1, 12),
    "count": (0, _MOST**2),
}
_EXAMPLES: Final = {"fraction": ("1/2",), "relative": ("year -1",), "turn": ("year late",)}


def _check_words(file: Path, key: str, words: object) -> None:
    fits = isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words)
    _must(file, key, words, '["…"]', fits=fits)


def _must(file: Path, key: str, value: object, *allowed: str, fits: bool) -> None:
    if not fits:
        raise UsageError("vocabulary-value", file=str(file), key=key, received=value, allowed=allowed[:20])
