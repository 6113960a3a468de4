"""Which line of a file is its header, where titles may come before it; for a draft of its mapping."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEAD: Final = 30
"""How many rows are looked at."""
TITLES: Final = 12
"""How many lines there may be before a header."""
LEAST: Final = 2
"""So many names that are known make a row a header."""
LONGEST: Final = 60
"""Characters of a cell that may be the name of a column."""

Line = tuple[int, "Sequence[str]"]
"""The number of a line and its cells."""


def header_line(lines: Sequence[Line], known: Callable[[str], bool]) -> int:
    """The number of the line that is the header; ``known`` says whether a cell is called as a field is.

    It is the line with the most names that are known, among those down to the first that is as wide as most
    rows are, and the one after that. Without such names it is the first that is as wide, or the one before
    if there the data begin: numbers stand in it that do not stand above.

    >>> table = [(2, ["Investor", "Amount"]), (3, ["Acme", "5"]), (4, ["Apex", "6"])]
    >>> header_line([(1, ["Deals", ""]), *table], {"Investor", "Amount"}.__contains__)
    2
    >>> header_line([(1, ["Deals", ""]), *table], lambda _cell: False)
    2
    """
    rows = [(line, [c for c in map(str.strip, cells) if c]) for line, cells in lines]
    rows = [(line, cells) for line, cells in rows if cells]
    if not rows:
        return 1
    widths = Counter(len(cells) for _, cells in rows)
    usual = max(widths, key=lambda width: (widths[width], width))
    full = next(n for n, (_, cells) in enumerate(rows) if len(cells) >= usual)
    names = [_names(cells, known) for _, cells in rows[: min(full + 2, TITLES)]]
    if max(names, default=0) >= LEAST:
        return rows[names.index(max(names))][0]
    before = rows[full - 1][1] if full else []
    if usual - 1 <= len(before) and len(before) >= LEAST and not _digits(before) and _digits(rows[full][1]):
        return rows[full - 1][0]
    return rows[full][0]


def _names(cells: Sequence[str], known: Callable[[str], bool]) -> int:
    """How many cells of a row are names of columns that are known, each once."""
    return len({cell for cell in cells if len(cell) <= LONGEST and known(cell)})


def _digits(cells: Sequence[str]) -> bool:
    return any(cell[0].isdigit() or cell[-1].isdigit() for cell in cells)
