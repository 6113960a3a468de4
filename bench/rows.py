"""Reading alone: a million rows of CSV through a mapping, beside JSON Lines and a bare reader.

Times are processor time of one process; memory is the most that it has taken in all.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.reading import read_source
from kg.reading.foreign import read_foreign, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS: Final = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
MAPPING: Final = """records:
  - type: Company
    fields: {id: "{Id}", name: "{Name}", website: "{Site}", description: "{About}"}
"""


def main() -> None:
    """Write the files, read them, say how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        rows, facts, mapping = (Path(folder) / name for name in ("rows.csv", "facts.jsonl", "mapping.yaml"))
        mapping.write_text(MAPPING, "utf-8")
        with rows.open("w", encoding="utf-8", newline="") as out, facts.open("w", encoding="utf-8") as lines:
            write = csv.writer(out)
            write.writerow(["Id", "Name", "Site", "About"])
            for n in range(ROWS):
                cells = (f"e{n}", f"한빛 {n}", f"https://c{n}.example/", "some words, about it")
                write.writerow(cells)
                record = dict(
                    zip(("type", "id", "name", "website", "description"), ("Company", *cells), strict=True)
                )
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
        foreign = timed("CSV with a mapping", read_foreign(str(rows), read_mapping(str(mapping))))
        plain = timed("JSON Lines", read_source(facts))
        with rows.open(encoding="utf-8", newline="") as file:
            bare = timed("csv.DictReader alone", csv.DictReader(file))
        print(
            f"a row costs {foreign / plain:.2f} of a line of JSON, {foreign / bare:.2f} of DictReader's row"
        )
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB in all")


def timed(name: str, rows: Iterable[object]) -> float:
    """Seconds that going through the rows takes."""
    start = time.process_time()
    count = sum(1 for _ in rows)
    seconds = time.process_time() - start
    print(f"{name}: {count:,} in {seconds:.2f} s, {seconds / count * 1e6:.2f} µs each")
    return seconds


if __name__ == "__main__":
    main()
