"""Value tables: what stands in a column -> what it is in a record; in the mapping, or in a file beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError, Problem
from kg.reading.content import open_content
from kg.reading.foreign.delimited import Dialect, Rows
from kg.reading.foreign.row import Bad

if TYPE_CHECKING:
    from kg.reading.foreign.tree import Node

KEYS: Final = ("file", "beside", "from", "to", "delimiter", "quote", "encoding", "columns")
IS_FILE: Final = frozenset({"file", "from", "to"})
"""The keys that make a table one that is read from a file."""
MOST: Final = 5_000_000
"""Rows of a table."""
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A value table; ``files`` are what it was read from."""

    values: dict[str, Any]
    files: tuple[Path, ...] = field(default=())


def tables(node: Node | None, mapping: Path, data: Path | None, faults: list[Problem]) -> dict[str, Table]:
    """The tables of ``maps``; ``data`` is the file of the rows, for tables that lie beside it."""
    found = {}
    for name, below in (node.items if node else {}).items():
        if not isinstance(below.value, dict):
            faults.append(Problem("mapping-object", below.pointer, received=below.data(), place=below.place))
        elif below.items.keys() >= IS_FILE:
            found[name] = _Reader(below, faults).read(mapping, data)
        else:
            found[name] = Table({key: value.data() for key, value in below.items.items()})
    return found


@dataclass
class _Reader:
    """Reads a table from a file; what is wrong goes to the faults of the mapping."""

    node: Node
    faults: list[Problem]

    def fault(self, code: str, node: Node, **more: Any) -> Table:  # noqa: ANN401 - what a problem holds
        self.faults.append(Problem(code, node.pointer, place=node.place, **more))
        return Table({})

    def read(self, mapping: Path, data: Path | None) -> Table:
        told = self.node.items
        for key, below in told.items():
            if key not in KEYS:
                self.fault("mapping-key", below, received=key, allowed=KEYS)
        name = told["file"].value
        if not isinstance(name, str) or not name or not _is_inside(PurePosixPath(name)):
            return self.fault("map-file", told["file"], received=told["file"].data())
        beside_data = "beside" in told and told["beside"].value == "data"
        if beside_data and data is None:
            return Table({})
        path = (data if beside_data and data is not None else mapping).parent / name
        try:
            return Table(self._values(path), (path,))
        except InputError as error:
            return self.fault(error.code, self.node, args=error.args_shown)

    def _values(self, path: Path) -> dict[str, Any]:
        rows = Rows.open(open_content(path, any_encoding=True), self._dialect())
        key, value = (self._column(rows, side) for side in ("from", "to"))
        values: dict[str, Any] = {}
        if key is None or value is None:
            return values
        for row in rows:
            if isinstance(row.cells, Bad):
                self.fault("map-file-row", self.node, args={"file": str(path), "line": row.line})
                break
            values.setdefault(row.cells[key].strip(), row.cells[value].strip())
            if len(values) > MOST:
                raise InputError("map-file-large", file=str(path), limit=MOST)
        return values

    def _dialect(self) -> Dialect:
        told = self.node.items
        texts = {
            key: told[key].value
            for key in ("delimiter", "quote", "encoding")
            if key in told and isinstance(told[key].value, str)
        }
        listed = told["columns"].value if "columns" in told else []
        columns = tuple(str(n.value) for n in listed) if isinstance(listed, list) else ()
        return Dialect(columns=columns, header="columns" not in told, **texts)

    def _column(self, rows: Rows, side: str) -> int | None:
        node = self.node.items[side]
        name = str(node.value)
        if name in rows.columns:
            return rows.columns.index(name)
        self.fault("column-unknown", node, received=name, allowed=tuple(filter(None, rows.columns))[:SHOWN])
        return None


def _is_inside(path: PurePosixPath) -> bool:
    return not path.is_absolute() and ".." not in path.parts
