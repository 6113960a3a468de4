"""Loading into a store, beside what the embedded store alone takes to bulk-load the finished triples.

100,000 Investment records between 5,000 organizations: `kg load` into an empty store and its parts, then the
same file again, and with ten records changed. Everything runs in processes of its own, as users run it; wall
time of one run each, since loading writes to disk.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import mapping

COUNT: Final = 100_000
GOAL: Final = 2.5
CHANGED: Final = 10
STAGES: Final = {
    "reading": "reading, and filling the index",
    "mapping": "mapping",
    "checking": "checking",
    "loading": "archiving",
    "prepared": "the store: reading the archive, bulk load",
    "applied": "flushing, journal, checkpoint",
}


def parts(facts: str, project: str) -> None:
    """Load, and print how long each stage took and the most memory used."""
    import kg.pipeline.load as loading  # noqa: PLC0415 - what the parent does not need
    from kg import config, model  # noqa: PLC0415
    from kg.reading import read_source  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    seen: dict[str, float] = {}

    def reached(stage: str, _count: int = 0) -> None:
        seen.setdefault(stage, time.perf_counter())

    start = time.perf_counter()
    with Store.open(Path(project), write=True, step=reached) as store:
        settings = config.read(Path(project) / config.FILE)
        compiled = model.load(settings.ontology, settings.shapes)
        loading.load(store, compiled, settings, [read_source(facts)], loading.Options(), reached)
    end = time.perf_counter()
    stages = [(name, seen[name]) for name in STAGES if name in seen]
    print(f"  {'starting':46}{stages[0][1] - start:8.2f} s")
    for (name, at), (_, following) in zip(stages, [*stages[1:], ("", end)], strict=True):
        print(f"  {STAGES[name]:46}{following - at:8.2f} s")
    print(f"  most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB", flush=True)


def alone(finished: str, folder: str) -> None:
    """Bulk-load finished triples into a default graph, and print how long that took."""
    import pyoxigraph as ox  # noqa: PLC0415 - what the parent does not need

    start = time.perf_counter()
    store = ox.Store(folder)
    store.bulk_load(path=finished, format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    print(time.perf_counter() - start, flush=True)


def run(*command: str) -> tuple[float, str]:
    """How long a command took, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return time.perf_counter() - start, done.stdout


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    kg = str(Path(sys.executable).with_name("kg"))
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        facts, finished = folder / "bench.jsonl", folder / "finished.nt"
        lines = [
            json.dumps(fact)
            for fact in mapping.facts(count, as_text=False)
            if "investor" not in fact or fact["investor"] != fact["investee"]
        ]
        facts.write_text("\n".join(lines) + "\n", "utf-8")
        for project in ("one", "two"):
            run(kg, "init", str(folder / project), "--base", mapping.BASE)
        print(f"{len(lines):,} records")
        _, stages = run(sys.executable, __file__, "parts", str(facts), str(folder / "one"))
        os.chdir(folder / "two")
        first, _ = run(kg, "load", str(facts))
        print(f"{'kg load, into an empty store':48}{first:8.2f} s\n{stages}", end="")
        run(kg, "export", "--to", "ntriples", "--output", str(finished))
        bulk = float(run(sys.executable, __file__, "alone", str(finished), str(folder / "alone"))[1])
        print(f"{'the embedded store alone, bulk load':48}{bulk:8.2f} s")
        unchanged, _ = run(kg, "load", str(facts))
        print(f"{'kg load, the file unchanged':48}{unchanged:8.2f} s")
        for n in range(CHANGED):
            place = len(lines) // 2 + n * 100
            lines[place] = lines[place].replace('"planned"', '"actual"')
        facts.write_text("\n".join(lines) + "\n", "utf-8")
        changed, _ = run(kg, "load", str(facts))
        print(f"{f'kg load, {CHANGED} records changed':48}{changed:8.2f} s")
        print(f"load / bulk load: {first / bulk:.2f} (goal {GOAL})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["parts"]:
        parts(*sys.argv[2:])
    elif sys.argv[1:2] == ["alone"]:
        alone(*sys.argv[2:])
    else:
        main()
