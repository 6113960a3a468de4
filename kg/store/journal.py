"""The journal: what was done to the store, one JSON object a line.

Each line has a sequence number and a checksum over the rest of it. A line is on the disk when
``append`` returns. The first says the format: the lowest of those in which all lines can be read.
A last line that is cut off was never acted upon; any other damage is an error.
The store's journal has a copy beside it, from which ``mended`` makes it again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from kg.errors import StoreError
from kg.store.durable import PART, sync_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

PLAIN: Final = 1
"""The format of a journal each of whose entries tells of one dataset, or of judgements."""
TOGETHER: Final = 2
"""That of one with entries that tell of several datasets at once, which older versions of kg do not know."""
FORMATS = (PLAIN, TOGETHER)
"""Those that can be read."""
UPGRADES: Final[dict[int, Callable[[list[Entry]], list[Entry]]]] = {}
"""From a format to the next."""
CREATED: Final = "created"
PREPARED: Final = "prepared"
COMMITTED: Final = "committed"
UNDONE: Final = "undone"
REBUILT: Final = "rebuilt"
NOTED: Final = "noted"
_CHECKSUM: Final = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what happened (``state``), when (UTC, ISO 8601), and the particulars."""

    seq: int
    state: str
    at: str
    facts: Mapping[str, Any]


def _checksum(fields: Mapping[str, Any]) -> str:
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECKSUM]


def _line(entry: Entry) -> bytes:
    fields = {"seq": entry.seq, "state": entry.state, "at": entry.at, **entry.facts}
    text = json.dumps(fields | {"sum": _checksum(fields)}, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def as_lines(entries: Iterable[Entry]) -> bytes:
    """Entries as they are written, the same bytes each time."""
    return b"".join(map(_line, entries))


def _parse(line: bytes) -> Entry | None:
    """The entry of a line; None for a line that is not what was written."""
    try:
        fields = json.loads(line)
        if fields.pop("sum") != _checksum(fields):
            return None
        return Entry(fields.pop("seq"), fields.pop("state"), fields.pop("at"), fields)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None


@dataclass
class Journal:
    """The entries of a journal; ``torn`` is how many bytes at its end are no entry.

    What is appended is also written to ``copy``, if there is to be one.
    """

    path: Path
    entries: list[Entry]
    torn: int = 0
    copy: Path | None = None

    @classmethod
    def read(cls, path: Path) -> Journal:
        """Read and verify; raises ``StoreError`` for damage and for a newer format."""
        data = path.read_bytes()
        lines = data.split(b"\n")
        whole = not lines[-1]
        lines = lines[:-1] if whole else lines
        entries: list[Entry] = []
        for number, line in enumerate(lines, 1):
            entry = _parse(line)
            last = number == len(lines)
            if last and number > 1 and (entry is None or not whole):
                return cls(path, entries, len(line) + whole)
            if entry is None or entry.seq != number or (number == 1) != (entry.state == CREATED):
                raise StoreError("store-journal-damaged", file=str(path), line=number)
            entries.append(entry)
        if not entries or not whole:
            raise StoreError("store-journal-damaged", file=str(path), line=1)
        if (found := entries[0].facts.get("format")) not in FORMATS:
            check_format(found, FORMATS[-1], path)
        return cls(path, entries)

    @classmethod
    def create(cls, path: Path, *more: tuple[str, Mapping[str, Any]]) -> Journal:
        """Begin a journal, with ``more`` entries (states and facts), where there is none or another one."""
        journal = cls(path, [])
        temporary = path.with_name(path.name + PART)
        said = ((CREATED, {"format": PLAIN}), *more)
        journal.entries += (Entry(n, state, _now(), facts) for n, (state, facts) in enumerate(said, 1))
        _append(temporary, b"".join(map(_line, journal.entries)), truncate=True)
        temporary.replace(path)
        sync_folder(path.parent)
        return journal

    def cut(self) -> None:
        """Take off what is torn at the end."""
        with self.path.open("r+b") as file:
            file.seek(-self.torn, os.SEEK_END)
            file.truncate()
            os.fsync(file.fileno())
        self.torn = 0

    def append(self, state: str, **facts: Any) -> Entry:  # noqa: ANN401 - what JSON can hold
        """Write an entry; it is durable when this returns."""
        entry = Entry(self.entries[-1].seq + 1, state, _now(), facts)
        line = _line(entry)
        _append(self.path, line)
        self.entries.append(entry)
        if self.copy is not None:  # of use only beside the journal, so it need not be on the disk yet
            with self.copy.open("ab") as file:
                file.write(line)
        return entry

    def at_least(self, wanted: int) -> None:
        """Have the first line say, durably, that only who knows this format can read what will follow."""
        first = self.entries[0]
        if first.facts["format"] >= wanted:
            return
        self.entries[0] = replace(first, facts={**first.facts, "format": wanted})
        for file in (self.path, self.copy):
            if file is not None:
                write_file(file, (as_lines(self.entries),))

    def keep_copy(self, path: Path) -> None:
        """Have a copy from now on; one that is another is written anew."""
        self.copy = path
        whole = self.path.read_bytes()
        if not path.exists() or path.read_bytes() != whole:
            write_file(path, (whole,))


def _upgraded(entries: list[Entry]) -> list[Entry]:
    """The entries of a journal of an older format as today's has them; of another as they are."""
    while (found := entries[0].facts.get("format")) in UPGRADES:
        first, *rest = UPGRADES[found](entries)
        entries = [replace(first, facts={**first.facts, "format": found + 1}), *rest]
    return entries


def gathered(path: Path, copy: Path) -> list[Entry]:
    """The entries that a journal or its copy still has; raises ``StoreError`` if some are in neither."""
    found: dict[int, Entry] = {}
    for file in (path, copy):
        for line in file.read_bytes().split(b"\n") if file.exists() else ():
            entry = _parse(line)
            if entry is not None and isinstance(entry.seq, int):
                found.setdefault(entry.seq, entry)
    for number in range(1, max(found, default=1) + 1):
        if number not in found:
            raise StoreError("store-journal-damaged", file=str(path), line=number)
    return [found[number] for number in sorted(found)]


def mended(path: Path, copy: Path) -> bool:
    """Make a journal again, in today's format, of the lines that it or its copy still has.

    Gives whether it has become another. Raises ``StoreError`` if lines are in neither.
    """
    if not path.exists() and not copy.exists():
        return False
    whole = as_lines(_upgraded(gathered(path, copy)))
    other = not path.exists() or path.read_bytes() != whole
    for file in (path, copy):
        if not file.exists() or file.read_bytes() != whole:
            write_file(file, (whole,))
    return other


def check_format(found: object, known: int, path: Path) -> None:
    """Refuse what another version of kg has written and this one can't read."""
    if isinstance(found, int) and found > known:
        raise StoreError("store-newer", file=str(path), received=found, allowed=known)
    if found != known:
        raise StoreError("store-older", file=str(path), received=found, allowed=known)


def _append(path: Path, data: bytes, *, truncate: bool = False) -> None:
    with path.open("wb" if truncate else "ab", buffering=0) as file:
        before = file.tell()
        written = 0
        try:
            written = file.write(data)
            os.fsync(file.fileno())
        finally:
            if written != len(data):
                # half a line must not come to stand in the middle
                file.truncate(before)
    if written != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
