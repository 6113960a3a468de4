"""The columns of a file and some of what stands in them, for a draft of its mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.reading.foreign.delimited import Dialect, Rows
from kg.reading.foreign.mapping import Mapping, Reading
from kg.reading.foreign.row import Bad
from kg.reading.foreign.source import open_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.foreign.row import RowFile

LOOKED_AT: Final = 1000
"""How many rows are looked at."""
SHOWN: Final = 3
WIDTH: Final = 24
SEPARATOR: Final = ";"
HEAD: Final = 20
"""How many rows are looked at to find the header."""
DEPTH: Final = 6


@dataclass
class Column:
    """A column or path: how often it says something, and some of what it says."""

    name: str
    filled: int = 0
    values: dict[str, None] = field(default_factory=dict)
    many: bool = False
    """Whether there is a list of them in one row."""
    parted: bool = False
    """Whether several seem to stand in one cell."""

    def see(self, value: object) -> None:
        """Count a value."""
        text = str(value).strip()
        if value is not None and text:
            self.filled += 1
            self.parted = self.parted or SEPARATOR in text
            if len(self.values) < SHOWN:
                self.values.setdefault(text[:WIDTH] + ("…" if len(text) > WIDTH else ""))


def opened(path: str) -> tuple[RowFile, str]:
    """The rows of a file; of one JSON object with a list of objects in it, those, and where they are."""
    file = open_rows(path, Mapping("", Reading(), None, None, ()))
    if isinstance(file, Rows) and (skip := _titles(path)):
        file = open_rows(path, Mapping("", Reading(dialect=Dialect(skip=skip)), None, None, ()))
        file.told["skip"] = str(skip)
    if file.columns is None:
        first = [row for _, row in zip(range(2), file, strict=False)]
        if len(first) == 1 and isinstance(first[0].cells, dict):
            for key, value in first[0].cells.items():
                if isinstance(value, list) and value and isinstance(value[0], dict):
                    return open_rows(path, Mapping("", Reading(each=((key,),)), None, None, ())), key
    return file, ""


def _titles(path: str) -> int:
    """How many lines come before the header: those that are mostly empty, where others below are full."""
    file = open_rows(path, Mapping("", Reading(dialect=Dialect(header=False, short=True)), None, None, ()))
    first = [
        (row.line, sum(bool(cell.strip()) for cell in row.cells))
        for _, row in zip(range(HEAD), file, strict=False)
        if isinstance(row.cells, list)
    ]
    full = max((filled for _, filled in first), default=0)
    header = next((line for line, filled in first if filled == full), 1)
    before = [filled for line, filled in first if line < header]
    return header - 1 if before and max(before) * 2 <= full else 0


def seen(file: RowFile) -> dict[str, Column]:
    """The columns, or the paths of nested rows, with some of what the first rows have there."""
    columns = {name: Column(name) for name in file.columns or ()}
    for number, row in enumerate(file):
        if number == LOOKED_AT:
            break
        if isinstance(row.cells, Bad):
            continue
        pairs = zip(file.columns, row.cells, strict=True) if file.columns is not None else _paths(row.cells)
        for name, value in pairs:
            column = columns.setdefault(name, Column(name))
            for one in value if isinstance(value, list) else [value]:
                column.see(one)
            column.many = column.many or isinstance(value, list)
    return columns


def _paths(row: Any, before: str = "", room: int = DEPTH) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """The values of a nested row by their paths; of lists of objects the first."""
    if isinstance(row, dict) and room:
        for key, value in row.items():
            name = key if re.fullmatch(r'[^.\[\]{}":#]+', key) else f'"{key}"'
            yield from _paths(value, f"{before}.{name}" if before else name, room - 1)
    elif isinstance(row, list) and row and isinstance(row[0], dict | list):
        yield from _paths(row[0], f"{before}[0]", room - 1)
    elif before:
        yield before, row
