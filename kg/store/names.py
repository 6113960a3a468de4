"""What entities are called, to be looked up without reading all of them.

An index over the rows of entities in the archive, in a file of its own: by IRI, by the key of a name, and by
the last segment of an IRI, which holds an id or an identifier. It is brought to what is loaded when it is
first asked, by the datasets that have changed since, and made anew when it is lost, damaged, or made
with other keys of names.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.identity.names import keys_version, name_key
from kg.store.archive import ENTITIES
from kg.store.durable import remove
from kg.store.entities import entity_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.store.archive import Archive
    from kg.store.entities import Row
    from kg.store.state import EntityRow, Loaded

FORMAT: Final = "1"
_TABLES: Final = """
CREATE TABLE made (version TEXT);
CREATE TABLE datasets (name TEXT PRIMARY KEY, number INTEGER, digest TEXT);
CREATE TABLE entities (dataset INTEGER, iri TEXT, row BLOB, PRIMARY KEY (dataset, iri)) WITHOUT ROWID;
CREATE INDEX by_iri ON entities (iri);
CREATE TABLE keys (key TEXT, dataset INTEGER, iri TEXT, PRIMARY KEY (key, dataset, iri)) WITHOUT ROWID;
"""
_TAIL: Final = "\t"
"""Begins the key of a last segment; no key of a name has a tab."""


class Names:
    """The file, open for the one writer."""

    def __init__(self, path: Path, loaded: Mapping[str, Loaded], archive: Callable[[str], Archive]) -> None:
        """Open or make the file, and bring it to what is loaded."""
        self._path = path
        try:
            self._open(loaded, archive)
        except sqlite3.DatabaseError:
            self.close()
            remove(path)
            self._open(loaded, archive)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def without(self, datasets: Collection[str]) -> Known:
        """The entities that datasets describe, some left out."""
        numbers = dict(self._file.execute("SELECT name, number FROM datasets"))
        out = frozenset(number for name, number in numbers.items() if name in datasets)
        return Known(self._file, out, empty=len(out) == len(numbers))

    def _open(self, loaded: Mapping[str, Loaded], archive: Callable[[str], Archive]) -> None:
        self._file = sqlite3.connect(self._path)
        version = f"{FORMAT} {keys_version()}"
        tables = self._file.execute("SELECT name FROM sqlite_master WHERE name = 'made'").fetchone()
        made = self._file.execute("SELECT version FROM made").fetchone() if tables else None
        if made != (version,):
            self._file.close()
            remove(self._path)
            self._file = sqlite3.connect(self._path)
            self._file.executescript(_TABLES)
            self._file.execute("INSERT INTO made VALUES (?)", (version,))
        self._follow(loaded, archive)
        self._file.commit()

    def _follow(self, loaded: Mapping[str, Loaded], archive: Callable[[str], Archive]) -> None:
        known = {
            name: (number, digest)
            for name, number, digest in self._file.execute("SELECT name, number, digest FROM datasets")
        }
        for name, (number, _) in known.items():
            if name not in loaded:
                self._replace(number, ())
                self._file.execute("DELETE FROM datasets WHERE name = ?", (name,))
        next_number = max((number for number, _ in known.values()), default=0)
        for name, version in sorted(loaded.items()):
            number, digest = known.get(name, (0, ""))
            if digest == version.digest:
                continue
            if not number:
                number = next_number = next_number + 1
            self._replace(number, archive(name).lines(ENTITIES))
            self._file.execute(
                "INSERT OR REPLACE INTO datasets VALUES (?, ?, ?)", (name, number, version.digest)
            )

    def _replace(self, number: int, rows: Iterable[bytes]) -> None:
        """Have a dataset say this of entities, by what differs."""
        of_dataset = "SELECT iri, row FROM entities WHERE dataset = ?"
        gone: dict[str, bytes] = dict(self._file.execute(of_dataset, (number,)))
        came: list[tuple[int, str, bytes]] = []
        for row in rows:
            iri = json.loads(row)[0]
            if gone.get(iri) == row:
                del gone[iri]
            else:
                came.append((number, iri, row))
        keys = ((key, number, iri) for iri, row in gone.items() for key in _keys(json.loads(row)))
        self._file.executemany("DELETE FROM keys WHERE key = ? AND dataset = ? AND iri = ?", keys)
        old = ((number, iri) for iri in gone)
        self._file.executemany("DELETE FROM entities WHERE dataset = ? AND iri = ?", old)
        self._file.executemany("INSERT INTO entities VALUES (?, ?, ?)", came)
        keys = ((key, number, iri) for _, iri, row in came for key in _keys(json.loads(row)))
        self._file.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", keys)


def is_right(path: Path, whole: Mapping[str, Archive]) -> bool:
    """Whether the file has of these versions, by the digests of their manifests, what they say of entities.

    What it has of others is made anew when it is next opened; so is all of it if its keys are made otherwise.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            if file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return False
            if file.execute("SELECT version FROM made").fetchone() != (f"{FORMAT} {keys_version()}",):
                return True
            for number, digest in file.execute("SELECT number, digest FROM datasets").fetchall():
                if digest in whole and not _has(file, number, whole[digest]):
                    return False
    except sqlite3.DatabaseError:
        return False
    return True


def _has(file: sqlite3.Connection, number: int, archive: Archive) -> bool:
    """Whether the rows and keys of a dataset are those of a version, by what their hashes come to."""
    rows = keys = 0
    for line in archive.lines(ENTITIES):
        row = json.loads(line)
        rows += hash((row[0], line))
        keys += sum(hash((key, row[0])) for key in set(_keys(row)))
    there = file.execute("SELECT iri, row FROM entities WHERE dataset = ?", (number,))
    named = file.execute("SELECT key, iri FROM keys WHERE dataset = ?", (number,))
    return (rows, keys) == (sum(map(hash, there)), sum(map(hash, named)))


def _keys(row: Row) -> Iterator[str]:
    """The keys of an entity's names, and of the last segment of its IRI."""
    iri, _, preferred, others, *_ = row
    yield _TAIL + unquote(iri.rpartition("/")[2])
    yield from {name_key(name) for _, name in (*preferred, *others)}


@dataclass(frozen=True)
class Known:
    """What the datasets but some say of entities."""

    _file: sqlite3.Connection
    _without: frozenset[int]
    empty: bool
    """Whether there is no other dataset."""

    def entity(self, iri: str) -> EntityRow | None:
        """One entity."""
        if self.empty:
            return None
        found = self._file.execute("SELECT dataset, row FROM entities WHERE iri = ? ORDER BY dataset", (iri,))
        rows = [json.loads(row) for dataset, row in found if dataset not in self._without]
        return entity_row(rows) if rows else None

    def named(self, key: str) -> list[EntityRow]:
        """Those with a name that has a key."""
        return self._with(key)

    def ending_in(self, segment: str) -> list[EntityRow]:
        """Those whose IRIs end in a segment, as it is before it is written in an IRI."""
        return self._with(_TAIL + segment)

    def _with(self, key: str) -> list[EntityRow]:
        if self.empty:
            return []
        found = self._file.execute("SELECT iri, dataset FROM keys WHERE key = ?", (key,))
        iris = sorted({iri for iri, dataset in found if dataset not in self._without})
        return [row for iri in iris if (row := self.entity(iri)) is not None]
