"""A row of foreign data: its cells, or what is wrong with it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that can't be read: why, and its text."""

    problems: tuple[Problem, ...]
    text: str


class Row(NamedTuple):
    """A row: the line on which it begins, and its cells, or the object that it is."""

    line: int
    cells: Any
    """A list as long as there are columns, an object of a nested file, or ``Bad``."""


class RowFile(Protocol):
    """A file of rows, which can be gone through again and again."""

    @property
    def columns(self) -> tuple[str, ...] | None:
        """None where rows are objects."""

    @property
    def header_line(self) -> int:
        """0 if there is none."""

    @property
    def told(self) -> dict[str, str]:
        """What was found out that nobody declared: ``format``, ``encoding``, ``delimiter``, …."""

    def __iter__(self) -> Iterator[Row]:
        """A new pass over the rows, without the header and without blank lines."""

    def text(self, row: Row) -> str:
        """A row as text, to be shown and to be kept."""


def joined(cells: list[Any]) -> str:
    """Cells as a line of CSV.

    >>> joined(["a", None, 1])
    'a,,1'
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
