"""Parquet files: rows that may be nested. Needs pyarrow, the extra ``parquet``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError, UsageError
from kg.reading.foreign.row import Row, joined
from kg.reading.foreign.workbook import cell

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH: Final = 1024
DEPTH: Final = 64


@dataclass
class Parquet:
    """A Parquet file; the line of a row is its number."""

    path: str
    columns: tuple[str, ...] = ()
    header_line: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the names of the columns."""
        self.columns = tuple(self._file().schema_arrow.names)

    def __iter__(self) -> Iterator[Row]:
        """The rows, a batch at a time."""
        line = 0
        for batch in self._file().iter_batches(BATCH):
            columns = [column.to_pylist() for column in batch.columns]
            for cells in zip(*columns, strict=True):
                line += 1
                yield Row(line, [_plain(c, DEPTH) for c in cells])

    def text(self, row: Row) -> str:
        """The cells with commas between them."""
        return joined(row.cells)

    def _file(self) -> Any:  # noqa: ANN401 - pyarrow has no types
        try:
            from pyarrow import lib, parquet  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError("rows-extra", file=self.path, extra="parquet", library="pyarrow") from error
        try:
            return parquet.ParquetFile(self.path)
        except (lib.ArrowException, OSError) as error:
            raise InputError("file-unreadable", file=self.path, reason=str(error)) from error


def _plain(value: Any, room: int) -> Any:  # noqa: ANN401 - whatever a cell holds
    if isinstance(value, list) and room:
        return [_plain(item, room - 1) for item in value]
    if isinstance(value, dict) and room:
        return {str(key): _plain(item, room - 1) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dt.timedelta):
        return f"PT{value.total_seconds():f}S"
    return cell(value)
