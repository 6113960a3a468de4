"""The columns of a file and some of what stands in them, for a draft of its mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kg.reading.foreign.delimited import Dialect, Rows
from kg.reading.foreign.doubts import signs
from kg.reading.foreign.mapping import Mapping, Reading
from kg.reading.foreign.row import Bad
from kg.reading.foreign.source import open_rows
from kg.reading.foreign.titles import HEAD, header_line
from kg.reading.foreign.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.reading.foreign.row import RowFile

LOOKED_AT: Final = 1000
"""How many rows are looked at."""
SHOWN: Final = 3
KEPT: Final = 30
"""How many values of a column are shown, and kept."""
WIDTH: Final = 24
DEPTH: Final = 6


@dataclass
class Column:
    """A column or path: how often it says something, and some of what it says."""

    name: str
    filled: int = 0
    values: dict[str, None] = field(default_factory=dict)
    many: bool = False
    """Whether there is a list of them in one row."""
    signs: dict[str, None] = field(default_factory=dict)
    """What seems to stand between several in one cell."""

    def see(self, value: object) -> None:
        """Count a value."""
        text = str(value).strip()
        if value is not None and text:
            self.filled += 1
            self.signs.update(dict.fromkeys(signs(text)))
            if len(self.values) < KEPT:
                self.values.setdefault(text[:WIDTH] + ("…" if len(text) > WIDTH else ""))


def opened(path: str, known: Callable[[str], bool]) -> tuple[RowFile, str]:
    """The rows of a file; of one JSON object with a list of objects in it, those, and where they are.

    ``known`` says whether a column is called as a field is: by that a header is told from titles above it.
    """
    file = open_rows(path, Mapping("", Reading(), None, None, ()))
    if isinstance(file, Rows | Workbook) and (skip := _titles(file, known)):
        if isinstance(file, Rows):  # standard input can't be opened again
            file = Rows.open(file.content, replace(file.dialect, skip=skip))
        else:
            file = open_rows(path, Mapping("", Reading(dialect=Dialect(skip=skip)), None, None, ()))
        file.told["skip"] = str(skip)
    if file.columns is None:
        first = [row for _, row in zip(range(2), file, strict=False)]
        if len(first) == 1 and isinstance(first[0].cells, dict):
            for key, value in first[0].cells.items():
                if isinstance(value, list) and value and isinstance(value[0], dict):
                    return open_rows(path, Mapping("", Reading(each=((key,),)), None, None, ())), key
    return file, ""


def _titles(file: Rows | Workbook, known: Callable[[str], bool]) -> int:
    """How many lines come before the header."""
    first = [
        (row.line, ["" if cell is None else str(cell) for cell in row.cells])
        for row in islice(file.every(), HEAD)
        if isinstance(row.cells, list)
    ]
    return header_line(first, known) - 1


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
