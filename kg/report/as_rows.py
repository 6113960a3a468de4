"""Rows of foreign data beside the records that they give, each with what is wrong with it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.errors import Place
from kg.messages import harmless, text
from kg.reading.foreign.row import Bad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pipeline import Outcome
    from kg.reading.foreign.source import Foreign
    from kg.reading.record import Record, Source
    from kg.validation.finding import Finding

WIDTH: Final = 240


def write(source: Source, outcome: Outcome, first: int, limit: int, out: BinaryIO, language: str) -> None:
    """Write the first rows of each file, their records and the findings about them; then those about none.

    Of the findings about later rows ``limit`` are written; the others are counted.
    """
    by_origin: dict[tuple[str, object], list[Finding]] = defaultdict(list)
    others = []
    for finding in outcome.findings:
        if finding.place.origin is None:
            others.append(finding)
        else:
            by_origin[finding.place.file, finding.place.origin].append(finding)
    records = _records(source, first)
    for file in source.foreign:
        out.writelines((line + "\n").encode() for line in _file(file, records, by_origin, first, language))
    shown = {origin for said in records.values() for record in said if (origin := record.place.origin)}
    later = [f for (_, origin), found in by_origin.items() if origin not in shown for f in found]
    for finding in (*others, *later[:limit]):
        out.write((finding.text(language) + "\n").encode())
    if len(later) > limit:
        out.write((text("check-more", {"count": len(later) - limit}, language) + "\n").encode())


def _records(source: Source, first: int) -> dict[tuple[str, int], list[Record]]:
    """File and number of a row -> its records, for the first rows; row 0 is what no row changes."""
    found: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in source:
        row = record.place.origin.cell("").row if record.place.origin else 0
        if row <= first:
            found[record.place.file, row].append(record)
    return found


def _file(
    file: Foreign,
    records: dict[tuple[str, int], list[Record]],
    by_origin: dict[tuple[str, object], list[Finding]],
    first: int,
    language: str,
) -> Iterator[str]:
    for record in records.get((file.path, 0), ()):
        yield from _record(record, by_origin, language)
    for number, row in enumerate(file.file, 1):
        if number > first:
            break
        head = text("cell-row", {"row": number}, language)
        cells = row.cells
        if file.file.columns is not None and not isinstance(cells, Bad):
            pairs = zip(file.file.columns, cells, strict=True)
            said = " · ".join(f"{name}={value}" for name, value in pairs if value not in {None, ""})
        else:
            said = file.file.text(row)
        yield f"{Place(file.path, row.line)}: {head}: {harmless(said, WIDTH)}"
        made = records.get((file.path, number), [])
        if not made:
            yield f"    {text('check-no-record', {}, language)}"
        for record in made:
            yield from _record(record, by_origin, language)


def _record(
    record: Record, by_origin: dict[tuple[str, object], list[Finding]], language: str
) -> Iterator[str]:
    if record.data:
        said = json.dumps(record.data, ensure_ascii=False, default=str)
        yield f"    {harmless(said, 4 * WIDTH)}"
    for finding in by_origin.get((record.place.file, record.place.origin), ()):
        lines = finding.text(language).split("\n")
        yield from (f"        {line}" for line in lines)
