"""What was not taken of a dataset as a facts file to be corrected, with the reasons in a file beside it.

facts.jsonl            the header, then the records as they were written, one a line
facts.jsonl.reasons    for each of them, in the same order, where it stood and what is wrong
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.messages import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.pipeline.kept import Entry
    from kg.reading.record import Header
    from kg.store import DatasetInfo

REASONS: Final = ".reasons"
"""What the name of the file with the reasons has more."""


def said(header: Header) -> str:
    """A header as the manifest keeps it: what it says but for the name of the dataset."""
    nulls = {"nulls": "left-out"} if header.nulls else {}
    rest = {"language": header.language, "defaults": header.defaults}
    ids = {"ids": header.ids} if header.ids != "own" else {}
    return as_json({**ids, **{key: value for key, value in rest.items() if value}, **nulls})


def header_of(info: DatasetInfo) -> bytes:
    """The header of the file that a dataset was loaded from; nothing if it said nothing."""
    text = str(info.manifest.get("header", "{}"))
    return b"" if text == "{}" else text.encode("utf-8", "backslashreplace")


def facts(header: bytes, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The lines of the file to be corrected."""
    if header:
        yield header + b"\n"
    for entry in entries:
        yield entry.raw + b"\n"


def reasons(header: bytes, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The lines of the file with the reasons; ``line`` is that in the file to be corrected."""
    for line, entry in enumerate(entries, 2 if header else 1):
        was = {"file": entry.place.file, "line": entry.place.line or None}
        told = {"line": line, "was": was, "key": entry.key, "reasons": entry.reasons}
        yield as_json(told).encode("utf-8", "backslashreplace") + b"\n"


def keys_beside(file: str) -> Sequence[str] | None:
    """The keys of the records that a file was exported with, in order; None if nothing says so."""
    path = Path(file + REASONS)
    if not path.is_file():
        return None
    found: list[str] = []
    for line in path.read_bytes().split(b"\n"):
        try:
            told: Any = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            continue
        if isinstance(told, dict) and isinstance(told.get("key"), str):
            found.append(told["key"])
    return found
