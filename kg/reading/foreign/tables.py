"""Value tables: what stands in a column -> what it is in a record; in the mapping, or in a file beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError, Problem
from kg.reading.content import open_content
from kg.reading.foreign.row import Bad

if TYPE_CHECKING:
    from kg.reading.foreign.tree import Node

KEYS: Final = ("file", "beside", "from", "to", "delimiter", "encoding", "columns")
MOST: Final = 5_000_000
"""Rows of a table."""


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
        elif "file" in below.items and "from" in below.items and "to" in below.items:
            found[name] = _from_file(below, mapping, data, faults)
        else:
            found[name] = Table({key: value.data() for key, value in below.items.items()})
    return found


def _from_file(node: Node, mapping: Path, data: Path | None, faults: list[Problem]) -> Table:
    from kg.reading.foreign.delimited import Dialect, Rows  # noqa: PLC0415 - most tables stand in the mapping

    told = node.items
    for key, below in told.items():
        if key not in KEYS:
            faults.append(
                Problem("mapping-key", below.pointer, received=key, allowed=KEYS, place=below.place)
            )
    name = told["file"].value
    inside = (
        isinstance(name, str)
        and name
        and not PurePosixPath(name).is_absolute()
        and ".." not in PurePosixPath(name).parts
    )
    if not inside:
        faults.append(Problem("map-file", told["file"].pointer, received=name, place=told["file"].place))
        return Table({})
    beside_data = "beside" in told and told["beside"].value == "data"
    if beside_data and data is None:
        return Table({})
    path = (data if beside_data and data is not None else mapping).parent / name
    dialect = Dialect(
        delimiter=_text(told.get("delimiter")),
        encoding=_text(told.get("encoding")),
        columns=tuple(str(n.value) for n in told["columns"].value) if "columns" in told else (),
        header="columns" not in told,
    )
    try:
        rows = Rows.open(open_content(path, any_encoding=True), dialect)
        at = []
        for key in ("from", "to"):
            if told[key].value not in rows.columns:
                allowed = tuple(n for n in rows.columns if n)[:20]
                problem = Problem(
                    "column-unknown", told[key].pointer, received=told[key].value, allowed=allowed
                )
                faults.append(Problem(**{**_plain(problem), "place": told[key].place}))
                return Table({}, (path,))
            at.append(rows.columns.index(told[key].value))
        values: dict[str, Any] = {}
        for row in rows:
            if isinstance(row.cells, Bad):
                args = {"file": str(path), "line": row.line}
                faults.append(Problem("map-file-row", node.pointer, args, place=node.place))
                break
            values.setdefault(row.cells[at[0]].strip(), row.cells[at[1]].strip())
            if len(values) > MOST:
                raise InputError("map-file-large", file=str(path), limit=MOST)
    except InputError as error:
        faults.append(Problem(error.code, node.pointer, error.args_shown, place=node.place))
        return Table({}, (path,))
    return Table(values, (path,))


def _plain(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("code", "pointer", "received", "allowed")}


def _text(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""
