"""CSV, TSV and their relatives (RFC 4180): lines of cells, each row with the line on which it begins.

A row that can't be read is given as ``Bad``, and the next line is a row again; so one quotation mark too many
costs its own row, and not the rest of the file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, Place, Problem
from kg.reading.foreign import encoding as encodings
from kg.reading.foreign.row import Bad, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.reading.content import Content
    from kg.reading.foreign.encoding import Encoding

LONGEST: Final = 16 * 1024 * 1024
"""Characters of one cell, or of one line."""
DELIMITERS: Final = (",", ";", "\t", "|")
TAB_WORDS: Final = {"tab": "\t", "\\t": "\t"}
SHOWN: Final = {"\t": "tab"}
LOOKED_AT: Final = 50
"""How many rows are looked at to tell which delimiter it is."""
KEPT: Final = 1000
"""Characters of a row that can't be read that are kept."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows are written; "" is to be found out."""

    delimiter: str = ""
    quote: str = '"'
    """"" if quotation marks mean nothing."""
    escape: str = ""
    encoding: str = ""
    header: bool = True
    columns: tuple[str, ...] = ()
    skip: int = 0
    """How many lines come before the header."""
    short: bool = False
    """Whether rows may have fewer cells than there are columns."""


@dataclass
class Rows:
    """A file of delimited rows."""

    content: Content
    dialect: Dialect
    encoding: Encoding
    delimiter: str
    columns: tuple[str, ...]
    header_line: int
    told: dict[str, str] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    """The header's cells as they stand in the file, where it has several."""
    extra: int = 0
    """How many empty cells every row has beyond the columns: delimiters at the end of the lines."""

    @classmethod
    def open(cls, content: Content, dialect: Dialect) -> Rows:
        """Find out what is not declared, and read the header.

        Raises ``InputError`` for a file without rows, and for a header that can't be read.
        """
        csv.field_size_limit(LONGEST)
        told: dict[str, str] = {}
        if dialect.encoding:
            encoding = encodings.declared(dialect.encoding, content)
        else:
            encoding = encodings.detected(content)
            told["encoding"] = encoding.name.upper()
        delimiter = TAB_WORDS.get(dialect.delimiter, dialect.delimiter)
        this = cls(content, dialect, encoding, delimiter or ",", (), 0, told)
        if not delimiter:
            this.delimiter = this._likely()
            told["delimiter"] = SHOWN.get(this.delimiter, this.delimiter)
        this._read_header()
        this.extra = this._beyond()
        return this

    def __iter__(self) -> Iterator[Row]:
        """The rows; each has as many cells as there are columns, or is ``Bad``."""
        width = len(self.columns)
        short = self.dialect.short
        first = self.header[0] if self.header else None
        for row in self.every():
            cells = row.cells
            if type(cells) is not list or len(cells) == width:
                if row.line != self.header_line:
                    again = type(cells) is list and cells[0] == first and tuple(cells) == self.header
                    yield Row(row.line, self._header_again(row)) if again else row
            elif len(cells) > 1 or (cells and cells[0].strip()):  # no blank line
                yield Row(row.line, self._fitted(row.line, cells, width, short=short))

    def text(self, row: Row) -> str:
        """The cells as a line of the file."""
        if isinstance(row.cells, Bad):
            return row.cells.text
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator="").writerow(row.cells)
        return out.getvalue()

    def _fitted(self, line: int, cells: list[str], width: int, *, short: bool) -> list[str] | Bad:
        if self.extra and len(cells) == width + self.extra and not any(map(str.strip, cells[width:])):
            return cells[:width]
        if len(cells) < width and short:
            return cells + [""] * (width - len(cells))
        code = "row-long" if len(cells) > width else "row-short"
        args = {"cells": len(cells), "columns": width, "header": self.header_line}
        return self._bad(code, line, self.text(Row(line, cells)), args)

    def _header_again(self, row: Row) -> Bad:
        return self._bad("row-header", row.line, self.text(row), {"header": self.header_line})

    def _bad(self, code: str, line: int, text: str, args: Mapping[str, object] | None = None) -> Bad:
        return Bad((Problem(code, args=args or {}, place=Place(self.content.name, line)),), text[:KEPT])

    def every(self) -> Iterator[Row]:
        """All rows as they are, the header too."""
        feed = _Feed(self._lines(), self.dialect.skip)
        reader = csv.reader(
            feed,
            delimiter=self.delimiter,
            quotechar=self.dialect.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.dialect.quote else csv.QUOTE_NONE,
            escapechar=self.dialect.escape or None,
            doublequote=not self.dialect.escape,
            strict=True,
            skipinitialspace=True,
        )
        taken = feed.taken
        while True:
            taken.clear()
            line = feed.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                first = taken[0] if taken else ""
                feed.again()
                yield Row(line, self._unreadable(line, first, str(error)))
                continue
            if feed.dirty and any(type(text) is _Cut for text in taken):
                yield Row(line, self._unreadable(line, taken[0], "limit"))
            elif feed.dirty and any(map(_spoilt, taken)):
                yield Row(line, self._undecodable(line, cells, taken))
            else:
                yield Row(line, cells)

    def _unreadable(self, line: int, text: str, reason: str) -> Bad:
        if len(text) > LONGEST or "limit" in reason:
            return self._bad("row-too-large", line, text, {"limit": LONGEST // 2**20})
        if "end of data" in reason:
            return self._bad("row-quote-open", line, text)
        return self._bad("row-quote-inside", line, text)

    def _undecodable(self, line: int, cells: Sequence[str], taken: list[str]) -> Bad:
        number = next((n for n, cell in enumerate(cells) if _spoilt(cell)), 0)
        column = self.columns[number] if number < len(self.columns) else f"#{number + 1}"
        byte = next(f"0x{ord(c) - 0xDC00:02X}" for c in "".join(taken) if "\udc80" <= c <= "\udcff")
        args = {"byte": byte, "column": column, "encoding": self.encoding.name.upper()}
        return self._bad("row-encoding", line, "".join(taken), args)

    def _lines(self) -> Iterator[tuple[list[str], bool]]:
        """The lines with their ends, in batches; whether any holds bytes that are not of the encoding.

        A line that is longer than any may be is cut; what follows in it is read over.
        """
        rest = ""
        too_long = False
        for piece in encodings.texts(self.content, self.encoding):
            text = rest + piece
            end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
            rest = text[end:]
            start = 0
            if too_long and end:
                start, too_long = text.find("\n") + 1 or text.find("\r") + 1, False
            if start < end:
                yield _split(text[start:end])
            if too_long or len(rest) > LONGEST:
                if not too_long:
                    yield [_Cut(rest[:KEPT])], True
                rest, too_long = "", True
        if rest and not too_long:
            yield _split(rest)

    def _read_header(self) -> None:
        dialect = self.dialect
        first = next((row for row in self.every() if row.cells), None)
        if first is None:
            raise InputError("rows-none", file=self.content.name)
        if isinstance(first.cells, Bad) and (dialect.header or not dialect.columns):
            raise self._no_header(first.line, first.cells)
        cells = [] if isinstance(first.cells, Bad) else [c.strip() for c in first.cells]
        if dialect.header:
            self.header_line = first.line
            self.columns = tuple(cells)
            self.header = tuple(first.cells) if type(first.cells) is list and len(cells) > 1 else ()
        else:
            self.columns = tuple(str(n + 1) for n in range(len(cells)))
        if dialect.columns:
            if dialect.header and len(dialect.columns) != len(cells):
                args = {"declared": len(dialect.columns), "found": len(cells)}
                raise InputError("rows-columns", file=self.content.name, line=first.line, **args)
            self.columns = dialect.columns

    def _no_header(self, line: int, bad: Bad) -> InputError:
        """What is said of a header that can't be read; if the encoding is wrong, which it seems to be."""
        at = {"file": self.content.name, "line": line}
        if bad.problems[0].code != "row-encoding":
            return InputError("rows-header", **at)
        guess = encodings.detected(self.content).name
        args = {"encoding": self.encoding.name.upper(), "guess": guess}
        code = "rows-header" if guess == self.encoding.name else "rows-header-encoding"
        return InputError(code, **at, **args)

    def _beyond(self) -> int:
        """How many empty cells most of the first rows have beyond the columns, if no row is without them.

        A row that alone has them may be shifted: a delimiter stands in one of its cells.
        """
        width = len(self.columns)
        rows = (
            row.cells
            for row in self.every()
            if type(row.cells) is list and row.line != self.header_line and any(map(str.strip, row.cells))
        )
        beyond: Counter[int] = Counter()
        for cells in islice(rows, LOOKED_AT):
            if len(cells) == width:
                return 0
            beyond[0 if any(map(str.strip, cells[width:])) else max(len(cells) - width, 0)] += 1
        return beyond.most_common(1)[0][0] if beyond else 0

    def _likely(self) -> str:
        """The delimiter that gives the same number of cells, more than one, in most of the first rows."""
        best, most = ",", (0, 0)
        for delimiter in DELIMITERS:
            self.delimiter = delimiter
            widths = []
            for row in self.every():
                if type(row.cells) is list and row.cells:
                    widths.append(len(row.cells))
                if len(widths) == LOOKED_AT:
                    break
            common, same = Counter(widths).most_common(1)[0] if widths else (0, 0)
            if common > 1 and (same, common) > most:
                best, most = delimiter, (same, common)
        return best


class _Cut(str):
    """The beginning of a line that is too long."""

    __slots__ = ()


class _Feed:
    """Lines for the reader of rows; those of the row that is being read can be given again."""

    def __init__(self, batches: Iterator[tuple[list[str], bool]], skip: int) -> None:
        self.number = 0
        self.taken: list[str] = []
        self.dirty = False
        self._batches = batches
        self._lines: deque[str] = deque()
        for _ in range(skip):
            next(self, None)

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if not self._lines:
            lines, dirty = next(self._batches)
            self.dirty = self.dirty or dirty
            self._lines.extend(lines)
        line = self._lines.popleft()
        self.number += 1
        self.taken.append(line)
        return line

    def again(self) -> None:
        """Give all but the first line of the row once more."""
        self._lines.extendleft(reversed(self.taken[1:]))
        self.number -= max(len(self.taken) - 1, 0)


def _split(text: str) -> tuple[list[str], bool]:
    """The lines of a text with their ends, which may be of all three kinds."""
    return list(io.StringIO(text, newline="")), not text.isascii() and _spoilt(text)


def _spoilt(text: str) -> bool:
    """Whether a text holds bytes that could not be decoded."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
