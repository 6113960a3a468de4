"""What entities are called, to be looked up without reading all of them.

An index over the rows of entities in the archive, in a file of its own: by IRI, by the key of a name, and by
the last segment of an IRI, which holds an id or an identifier. It is brought to what is loaded when it is
first asked, by the datasets that have changed since, and made anew when it is lost, damaged, or made
with other keys of names.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.errors import StoreError
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
        """Open or make the file, and bring it to what is loaded.

        Raises ``StoreError`` if the disk fails or an archive is damaged.
        """
        self._path = path
        try:
            try:
                self._open(loaded, archive)
            except sqlite3.DatabaseError:
                self.close()
                forget(path)
                self._open(loaded, archive)
        except sqlite3.OperationalError as error:
            self.close()
            raise StoreError("store-disk", file=str(path), reason=str(error)) from error
        except StoreError:  # an archive is damaged
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file, if it could be opened."""
        if hasattr(self, "_file"):
            self._file.close()

    def without(self, datasets: Collection[str]) -> Known:
        """The entities that datasets describe, some left out."""
        numbers = dict(self._file.execute("SELECT name, number FROM datasets"))
        out = frozenset(number for name, number in numbers.items() if name in datasets)
        return Known(self._file, out, empty=len(out) == len(numbers))

    def _open(self, loaded: Mapping[str, Loaded], archive: Callable[[str], Archive]) -> None:
        self._file = sqlite3.connect(self._path)
        version = _version()
        tables = self._file.execute("SELECT name FROM sqlite_master WHERE name = 'made'").fetchone()
        made = self._file.execute("SELECT version FROM made").fetchone() if tables else None
        if made != (version,):
            self._file.close()
            forget(self._path)
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


def copy(path: Path, to: Path) -> None:
    """Copy the file, if it is there and whole: what was cut off in the middle has a journal beside it."""
    if path.exists() and not _journal(path).exists():
        shutil.copyfile(path, to)


def is_sound(path: Path, archives: Iterable[Archive]) -> bool:
    """Whether the file says of the versions that it knows what their archives say; nothing is changed."""
    file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if file.execute("SELECT version FROM made").fetchone() != (_version(),):
            return True  # it will be made anew
        numbers = dict(file.execute("SELECT digest, number FROM datasets"))
        return all(_is_said(file, numbers[a.digest], a) for a in archives if a.digest in numbers)
    except sqlite3.DatabaseError:
        return False
    finally:
        file.close()


def _is_said(file: sqlite3.Connection, number: int, archive: Archive) -> bool:
    left = file.execute("SELECT row FROM entities WHERE dataset = ? ORDER BY iri", (number,))
    keys = 0
    for row in archive.lines(ENTITIES):
        if left.fetchone() != (row,):
            return False
        of_row = set(_keys(json.loads(row)))
        keys += len(of_row)
        iri = json.loads(row)[0]
        for key in of_row:
            here = "SELECT 1 FROM keys WHERE key = ? AND dataset = ? AND iri = ?"
            if file.execute(here, (key, number, iri)).fetchone() is None:
                return False
    counted = file.execute("SELECT count(*) FROM keys WHERE dataset = ?", (number,)).fetchone()
    return left.fetchone() is None and counted == (keys,)


def _version() -> str:
    return f"{FORMAT} {keys_version()}"


def forget(path: Path) -> None:
    """Remove the file, which is made anew when it is asked for."""
    remove(path)
    remove(_journal(path))


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


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
