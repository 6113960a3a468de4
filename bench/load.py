"""Loading into a store, beside what the embedded store alone takes to bulk-load the finished triples.

100,000 Investment records between 5,000 organizations; wall time of one run each, since loading
writes to disk. Then the same file again, and with ten records changed.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import mapping
import pyoxigraph as ox

import kg

COUNT: Final = 100_000
GOAL: Final = 2.5


def timed(label: str, work: object) -> float:
    """Run, print the seconds, give them."""
    start = time.perf_counter()
    work()  # type: ignore[operator]
    took = time.perf_counter() - start
    print(f"{label:44}{took:8.2f} s", flush=True)
    return took


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        facts = folder / "bench.jsonl"
        lines = [
            json.dumps(fact)
            for fact in mapping.facts(count, as_text=False)
            if "investor" not in fact or fact["investor"] != fact["investee"]
        ]
        facts.write_text("\n".join(lines) + "\n", "utf-8")
        project = kg.init(folder / "project", base=mapping.BASE)
        print(f"{len(lines):,} records")
        first = timed("kg load, into an empty store", lambda: project.load(facts))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        finished = folder / "finished.nt"
        with finished.open("w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in kg.convert(facts).triples())
        alone = timed(
            "the embedded store alone, bulk load",
            lambda: ox.Store(folder / "alone").bulk_load(path=finished, format=ox.RdfFormat.N_TRIPLES),
        )
        timed("kg load, the file unchanged", lambda: project.load(facts))
        for n in range(10):
            place = len(lines) // 2 + n * 100
            lines[place] = lines[place].replace('"planned"', '"actual"')
        facts.write_text("\n".join(lines) + "\n", "utf-8")
        timed("kg load, ten records changed", lambda: project.load(facts))
        print(f"load / bulk load: {first / alone:.2f} (goal {GOAL}); peak memory {peak / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
