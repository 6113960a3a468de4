"""Excel workbooks: the rows of a sheet. Needs openpyxl, the extra ``excel``."""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError, Place, Problem, UsageError
from kg.reading.foreign.row import Bad, Row, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.foreign.delimited import Dialect

ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""What a formula gives that gives nothing."""
SMALL: Final = 64 << 20
"""Bytes that any workbook may unpack to."""
EXPANSION: Final = 100
"""A larger one may unpack to so many times its size; tables of numbers do to ten or twenty times."""
HEAD: Final = 4096
_DOCTYPE: Final = b"<!DOCTYPE"
_MIDNIGHT: Final = dt.time()


@dataclass
class Workbook:
    """A sheet of a workbook; rows count as the program shows them."""

    path: str
    sheet: str
    """"" for the first."""
    dialect: Dialect
    columns: tuple[str, ...] = ()
    header_line: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the header."""
        first = next((row for row in self.every() if any(c is not None for c in row.cells)), None)
        if first is None:
            raise InputError("rows-none", file=self.path)
        if self.dialect.header:
            self.header_line = first.line
            self.columns = tuple("" if c is None else str(c).strip() for c in first.cells)
        else:
            self.columns = tuple(str(n + 1) for n in range(len(first.cells)))
        if self.dialect.columns:
            self.columns = self.dialect.columns

    def __iter__(self) -> Iterator[Row]:
        """The rows with something in them."""
        width = len(self.columns)
        for row in self.every():
            if row.line <= self.header_line or all(c is None for c in row.cells):
                continue
            wrong = next((n for n, c in enumerate(row.cells) if c in ERRORS), None)
            if wrong is not None:
                column = self.columns[wrong] if wrong < width else f"#{wrong + 1}"
                args = {"column": column}
                problem = Problem(
                    "row-formula", args=args, received=row.cells[wrong], place=Place(self.path, row.line)
                )
                yield Row(row.line, Bad((problem,), self.text(row)))
            else:
                yield Row(row.line, [*row.cells[:width], *[None] * (width - len(row.cells))])

    def text(self, row: Row) -> str:
        """The cells with commas between them."""
        return row.cells.text if isinstance(row.cells, Bad) else joined(row.cells)

    def every(self) -> Iterator[Row]:
        """All rows as they are, the header too."""
        try:
            import openpyxl  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError("rows-extra", file=self.path, extra="excel", library="openpyxl") from error
        _check(self.path)
        try:
            book = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
        except Exception as error:
            raise InputError("file-unreadable", file=self.path, reason=str(error)) from error
        with closing(book):
            if self.sheet and self.sheet not in book.sheetnames:
                raise InputError(
                    "rows-sheet", file=self.path, received=self.sheet, allowed=tuple(book.sheetnames)
                )
            sheet: Any = book[self.sheet] if self.sheet else book.worksheets[0]
            if len(book.sheetnames) > 1 and not self.sheet:
                self.told["sheet"] = str(sheet.title)
            for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                if line > self.dialect.skip:
                    yield Row(line, [cell(c) for c in cells])


def _check(path: str) -> None:
    """Refuse a workbook that unpacks to far more than there is of it, or that defines words of its own.

    Raises ``InputError``; no workbook has a document type, which is what XML bombs are made of.
    """
    try:
        with zipfile.ZipFile(path) as book:
            size = sum(part.file_size for part in book.infolist())
            if size > max(SMALL, EXPANSION * Path(path).stat().st_size):
                raise InputError("rows-expand", file=path, megabytes=f"{size >> 20:,}", times=EXPANSION)
            for part in book.infolist():
                with book.open(part) as content:
                    if _DOCTYPE in content.read(HEAD).replace(b"\0", b""):
                        raise InputError("rows-doctype", file=path, part=part.filename)
    except (OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        raise InputError("file-unreadable", file=path, reason=str(error)) from error


def cell(value: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    """A cell as JSON has it: numbers exact, days and times as ISO 8601 has them.

    >>> cell(0.1), cell(3.0), cell(dt.datetime(2025, 2, 4))
    (Decimal('0.1'), 3, '2025-02-04')
    """
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return int(exact) if exact == exact.to_integral_value() else exact
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str | Decimal):
        return value
    return str(value)
