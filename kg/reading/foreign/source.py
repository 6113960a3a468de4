"""A file of foreign rows and its mapping as a source of records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError, MappingError, Place, Problem
from kg.reading.content import STDIN, open_content
from kg.reading.decode import LONGEST
from kg.reading.foreign.delimited import Rows
from kg.reading.foreign.nested import Document, Lines, is_lines
from kg.reading.foreign.paths import FIRST
from kg.reading.foreign.row import Bad
from kg.reading.foreign.specs import Compiled, From, Spec, compiled
from kg.reading.foreign.tables import tables
from kg.reading.header import read_header
from kg.reading.memory import encoder, faults_of
from kg.reading.record import Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model.types import Model
    from kg.reading.foreign.mapping import Mapping
    from kg.reading.foreign.row import RowFile

ENDS: Final = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv", ".json": "json", ".jsonl": "json",
    ".ndjson": "json", ".geojson": "json", ".xlsx": "xlsx", ".xlsm": "xlsx", ".parquet": "parquet",
}  # fmt: skip
"""How a file's name ends -> its format; which of the two JSONs is told by what it holds."""
ALL: Final = "*"
UNWRITABLE: Final = (ValueError, TypeError, RecursionError, OverflowError)
"""What the encoder of JSON raises."""


@dataclass
class Foreign:
    """What is known of a file of rows when it has been gone through: the books, and what is to be said."""

    file: RowFile
    compiled: Compiled
    mapping: Mapping
    path: str
    rows: int = 0
    used: int = 0
    """How many rows gave a record, or could not be read."""
    filtered: int = 0
    """How many rows gave none, as the mapping has it."""
    superseded: frozenset[int] | None = None
    """The numbers of the rows that later ones replace, once that is known."""

    def notes(self) -> Iterator[Problem]:
        """How the file was read where nobody said how, and which columns nobody uses."""
        place = Place(self.path)
        if self.file.told:
            told = ", ".join(f"{key} “{value}”" for key, value in self.file.told.items())
            yield Problem("rows-read-as", args={"told": told}, severity="info", place=place)
        if isinstance(self.file, Rows) and self.file.encoding.guessed:
            args = {"encoding": self.file.encoding.name.upper()}
            yield Problem("encoding-guessed", args=args, severity="warning", place=place)
        columns = self.compiled.columns
        ignored = self.mapping.reading.ignored
        if columns is not None and ALL not in ignored:
            unused = tuple(name for name in columns.unused() if name not in ignored)
            if unused:
                place = Place(self.path, self.file.header_line)
                yield Problem("columns-unused", args={"columns": unused}, severity="info", place=place)


def notes(files: Sequence[Foreign]) -> Iterator[Problem]:
    """What is to be said of files with one mapping: of each, and which fields none of them fills."""
    for file in files:
        yield from file.notes()
    for specs in zip(*(file.compiled.specs for file in files), strict=True):
        made = [spec for spec in specs if spec.used]
        never = [name for name in specs[0].never if all(name in spec.never for spec in made)] if made else ()
        if never:
            args = {"fields": tuple(sorted(never))}
            yield Problem("field-never", args=args, severity="info", place=specs[0].node.place)
        if left := sum(spec.left.rows for spec in specs):
            node = specs[0].node
            needs = node.items["needs"]
            type_ = node.items["type"].value
            told = {
                "type": type_ if isinstance(type_, str) else "",
                "needs": tuple(
                    str(n) for n in (needs.data() if isinstance(needs.value, list) else [needs.value])
                ),
                "count": left,
            }
            yield Problem("record-left", args=told, severity="info", place=needs.place)


def read_foreign(path: str, mapping: Mapping, model: Model | None = None, *, dataset: str = "") -> Source:
    """Open a file of rows with its mapping; ``-`` is standard input.

    Raises ``InputError`` for what can't be read at all, and ``MappingError`` if the mapping names what the
    file, or the model, does not have.
    """
    return read_together([path], mapping, model, dataset=dataset)


def read_together(
    paths: Sequence[str], mapping: Mapping, model: Model | None = None, *, dataset: str = ""
) -> Source:
    """Open files of rows as one dataset, called as the first of them unless somebody says another name."""
    opened = [_open(path, mapping, model) for path in paths]
    files = tuple(file for file, _ in opened)
    header, problems = read_header(paths[0], mapping.header, dataset)

    def pass_through(number: int) -> Iterator[Record]:
        once = True
        for file in files:
            for record in _records(file, number, once=once):
                yield record
                number += 1
            once = False

    also = {table: None for _, known in opened for table in known}
    further = (*map(Path, paths[1:]), Path(mapping.path), *also)
    return Source(paths[0], header, problems, pass_through, also=further, foreign=files)


def _open(path: str, mapping: Mapping, model: Model | None) -> tuple[Foreign, list[Path]]:
    """A file of rows, and the files of its value tables."""
    faults: list[Problem] = []
    file = open_rows(path, mapping)
    known = tables(mapping.maps, Path(mapping.path), None if path == STDIN else Path(path), faults)
    made, unfit = compiled(mapping, file.columns, known, model)
    faults += unfit
    if faults:
        raise MappingError("mapping-unfit", mapping=mapping.path, file=path, faults=faults)
    return Foreign(file, made, mapping, path), [f for table in known.values() for f in table.files]


def open_rows(path: str, mapping: Mapping) -> RowFile:
    """The rows of a file, in the format that the mapping, the file's name or its contents say."""
    reading = mapping.reading
    form = reading.format or ENDS.get(Path(path).suffix.lower(), "")
    if form == "xlsx":
        from kg.reading.foreign.workbook import Workbook  # noqa: PLC0415 - only where there is one

        _exists(path)
        return Workbook(path, reading.sheet, reading.dialect)
    if form == "parquet":
        from kg.reading.foreign.parquet import Parquet  # noqa: PLC0415 - only where there is one

        _exists(path)
        return Parquet(path)
    content = open_content(path, any_encoding=form not in {"json", "jsonl"})
    if not form:
        form = "json" if next(content.chunks(), b"").lstrip()[:1] in {b"{", b"["} else "csv"
    if form in {"json", "jsonl"}:
        as_lines = form == "jsonl" or is_lines(content)
        file: RowFile = (Lines if as_lines else Document)(content, reading.each)
        return file
    dialect = reading.dialect
    if form == "tsv" and not dialect.delimiter:
        dialect = replace(dialect, delimiter="\t")
    return Rows.open(content, dialect)


def _exists(path: str) -> None:
    if not Path(path).is_file():
        raise InputError("file-is-folder" if Path(path).is_dir() else "file-missing", file=path)


def _records(foreign: Foreign, number: int, *, once: bool) -> Iterator[Record]:
    """The records of all rows; ``number`` is that of the first. Counts the rows.

    What no row changes is only given ``once`` for a dataset.
    """
    for record in _constant(foreign, number) if once else ():
        yield record
        number += 1
    varying = [(spec, _scope(spec)) for spec in foreign.compiled.specs if not spec.constant]
    for spec, _ in varying:
        spec.begin()
    latest = _latest(foreign)
    rows = used = filtered = 0
    for row in foreign.file:
        rows += 1
        before = number
        if isinstance(row.cells, Bad):
            yield _unread(number, foreign.path, row.line, row.cells, rows)
            number += 1
        elif latest is None or rows not in latest:
            for spec, scope in varying:
                scope[0], scope[1] = row.cells, rows
                for data, problems in spec.make(scope):
                    place = Place(foreign.path, row.line, 0, From(rows, number - before, spec))
                    text = foreign.file.text(row) if problems else ""
                    record = _record(number, place, data, problems, text)
                    if spec.doubts is not None:
                        record.doubts = tuple(spec.doubts.of(data))
                    yield record
                    number += 1
        if number > before:
            used += 1
        else:
            filtered += 1
    foreign.rows, foreign.used, foreign.filtered = rows, used, filtered


def _constant(foreign: Foreign, number: int) -> Iterator[Record]:
    for spec in foreign.compiled.specs:
        for data, problems in spec.make(_scope(spec)) if spec.constant else ():
            yield _record(number, Place(foreign.path, origin=From(0, number, spec)), data, problems)
            number += 1


def _scope(spec: Spec) -> list[Any]:
    return [None] * spec.size


def _record(
    number: int, place: Place, data: dict[str, Any], problems: list[Problem], text: str = ""
) -> Record:
    """A record; with ``text``, that of its row, if it has problems."""
    try:
        raw = encoder()(data)
    except UNWRITABLE:
        raw = b""
    if not raw or len(raw) > LONGEST or b"\\u0000" in raw:
        problems = [
            *problems,
            *(faults_of(data) or [Problem("record-too-large", "", {"limit": LONGEST >> 20})]),
        ]
    if problems:
        return Record(number, place, data, text.encode("utf-8", "surrogateescape") or raw, problems)
    return Record(number, place, data, raw, [])


def _unread(number: int, path: str, line: int, bad: Bad, row: int) -> Record:
    """The record of a row that can't be read."""
    place = Place(path, line, 0, From(row, 0, None))
    # a place that says no more than the record's own is left to that
    problems = [
        replace(p, place=replace(p.place, origin=place.origin) if p.place and p.place.column else None)
        for p in bad.problems
    ]
    return Record(number, place, {}, bad.text.encode("utf-8", "surrogateescape"), problems)


def _latest(foreign: Foreign) -> frozenset[int] | None:
    """The numbers of the rows that a later one replaces; None if rows don't."""
    if foreign.compiled.latest is None or foreign.superseded is not None:
        return foreign.superseded
    of, by = foreign.compiled.latest
    best: dict[str, tuple[str, int]] = {}
    gone: set[int] = set()
    scope: list[Any] = [None] * FIRST
    for number, row in enumerate(foreign.file, 1):
        if isinstance(row.cells, Bad):
            continue
        scope[0], scope[1] = row.cells, number
        key = of(scope)
        if key is None:
            continue
        told = (str(by(scope) or ""), number)
        other = best.get(str(key))
        if other is None or told >= other:
            best[str(key)] = told
            gone.update([other[1]] if other else ())
        else:
            gone.add(number)
    foreign.superseded = frozenset(gone)
    return foreign.superseded
