"""Validation with planted faults, beside pySHACL on the same graph.

75,000 Investment records between 5,000 organizations, a million triples, 300 of the records with a fault
of six kinds. `kg validate` reads, maps, checks and leads each result back to its line and field; pySHACL is
given the finished triples and shapes, and only checks. Each runs in a process of its own. Both must find the
same results, and `kg` each planted fault at its line and field, or the bench fails.

    python bench/validation.py [RECORDS]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import mapping

RECORDS: Final = 75_000
FAULTS: Final = 300
FASTER: Final = 30
LESS_MEMORY: Final = 4
KINDS: Final = (
    ("money-order", "/amount", {"amount": {"min": "20", "max": "10", "currency": "USD"}}),
    ("too-small", "/amount/min", {"amount": {"min": "-20", "max": "10", "currency": "USD"}}),
    ("missing-field", "/status", {"status": None}),
    ("missing-field", "/investee", {"investee": None}),
    ("too-many-values", "/status", {"status": ["planned", "actual"]}),
    ("investment-self", "/investor", {"investor": "c0", "investee": "c0"}),
)
"""Code, place in the record, and what is changed in it to get there; None takes a field out."""

Fault = tuple[int, str, str]
"""Line, pointer, code."""


def planted(count: int) -> tuple[list[str], list[Fault]]:
    """The lines of a facts file, and the faults in it."""
    lines, faults = [], []
    every = count // FAULTS
    number = 0
    for fact in mapping.facts(count, as_text=False):
        line = len(lines) + 1
        if fact.get("type") == "Investment":
            if fact["investor"] == fact["investee"]:
                fact["investee"] = f"c{(int(fact['investee'][1:]) + 1) % mapping.ORGANIZATIONS}"
            if number % every == every // 2 and len(faults) < FAULTS:
                code, pointer, change = KINDS[len(faults) % len(KINDS)]
                changed = {**fact, **change}
                lines.append(json.dumps({k: v for k, v in changed.items() if v is not None}))
                faults.append((line, pointer, code))
                number += 1
                continue
            number += 1
        lines.append(json.dumps(fact))
    return lines, faults


def graph(facts: str, folder: str) -> None:
    """Write the triples of all records, good or bad, and the shapes, as files that pySHACL can read."""
    from kg import config, model  # noqa: PLC0415 - what the parent does not need
    from kg.pipeline import map_all, register  # noqa: PLC0415
    from kg.pipeline.known import Nothing  # noqa: PLC0415
    from kg.pipeline.state import Run  # noqa: PLC0415
    from kg.reading import read_source  # noqa: PLC0415
    from kg.validation.policy import Policy  # noqa: PLC0415

    compiled, settings = model.load((), ()), config.Config()
    policy = Policy.of(settings, compiled)
    with Run(
        compiled, settings, [read_source(facts)], "shacl", lambda _s, _c: None, Nothing(), policy
    ) as facts_run:
        register(facts_run)
        map_all(facts_run)
        with Path(folder, "data.nt").open("wb") as out:
            out.writelines(facts_run.data(everything=True))
            out.write(b"\n" + compiled.slim.encode())
    Path(folder, "shapes.nt").write_text(compiled.shapes, "utf-8")


def reference(folder: str) -> None:
    """Check with pySHACL; print the results, the time and the most memory."""
    import rdflib  # noqa: PLC0415 - what the parent does not need
    from pyshacl import validate  # noqa: PLC0415

    rdflib.NORMALIZE_LITERALS = False
    start = time.perf_counter()
    data = rdflib.Graph().parse(Path(folder, "data.nt"), format="nt")
    shapes = rdflib.Graph().parse(Path(folder, "shapes.nt"), format="nt")
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", inplace=True)
    took = time.perf_counter() - start
    from kg.validation.deeper import deeper_only  # noqa: PLC0415
    from kg.validation.engines.w3c import read_report, tagged  # noqa: PLC0415

    found = deeper_only(
        read_report(report.serialize(format="nt"), tagged), Path(folder, "shapes.nt").read_text("utf-8")
    )
    said: dict[str, Any] = {"seconds": took, "memory": _memory(), "results": [_key(r) for r in found]}
    said["triples"] = len(data)
    print(json.dumps(said))


def ours(facts: str) -> None:
    """`kg validate`, as JSON; then the time and the most memory of it and of the process of its engine."""
    from kg.cli import main  # noqa: PLC0415
    from kg.validation import stoppable  # noqa: PLC0415

    sys.argv = ["kg", "validate", facts, "--format", "json"]
    start = time.perf_counter()
    try:
        main()
    except SystemExit:
        took = time.perf_counter() - start
    stoppable.stop()
    engine = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"seconds": took, "memory": _memory(), "engine": engine}), file=sys.stderr)


def results_of(facts: str) -> None:
    """The results behind the findings of `kg`, to compare."""
    from kg import config, model  # noqa: PLC0415 - what the parent does not need
    from kg.pipeline import run  # noqa: PLC0415
    from kg.reading import read_source  # noqa: PLC0415

    with run(model.load((), ()), config.Config(), [read_source(facts)]) as found:
        print(json.dumps([_key(f.result) for f in found.findings if f.result is not None]))


def _key(result: Any) -> list[str]:  # noqa: ANN401 - a Result, in whichever process
    return [result.focus, result.path, result.value, result.component, result.shape, result.severity]


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def asked(*what: str) -> subprocess.CompletedProcess[str]:
    """Run a part of this bench in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, __file__, *what], check=True, capture_output=True, text=True
    )


def main() -> None:
    """Print the table; exit 1 if the results differ or a fault is not found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        facts = str(Path(folder, "facts.jsonl"))
        lines, faults = planted(count)
        Path(facts).write_text("\n".join(lines) + "\n", "utf-8")
        said = asked("ours", facts)
        found = {(f["line"], f["pointer"], f["code"]) for f in json.loads(said.stdout)["findings"]}
        mine = json.loads(said.stderr.splitlines()[-1])
        asked("graph", facts, folder)
        theirs = json.loads(asked("reference", folder).stdout)
        same = json.loads(asked("results", facts).stdout)
    memory = mine["memory"] + mine["engine"]  # each at its most, though that need not be at once
    print(f"{theirs['triples']:,} triples, {len(faults)} planted faults")
    print(f"{'':40}{'seconds':>10}{'MB':>10}{'results':>10}")
    print(f"{'kg validate':40}{mine['seconds']:10.2f}{memory / 1024:10,.0f}{len(same):10}")
    print(f"{'  of that the process of its engine':40}{'':10}{mine['engine'] / 1024:10,.0f}")
    print(
        f"{'pySHACL, checking alone':40}{theirs['seconds']:10.2f}{theirs['memory'] / 1024:10,.0f}"
        f"{len(theirs['results']):10}"
    )
    print(f"times as fast: {theirs['seconds'] / mine['seconds']:.1f} (goal {FASTER})")
    print(f"times less memory: {theirs['memory'] / memory:.1f} (goal {LESS_MEMORY})")
    unlike = Counter(map(tuple, same)) - Counter(map(tuple, theirs["results"]))
    unlike += Counter(map(tuple, theirs["results"])) - Counter(map(tuple, same))
    missed = [fault for fault in faults if fault not in found]
    right = len(faults) - len(missed)
    print(f"the same results: {'no' if unlike else 'yes'}; at their line and field: {right} of {len(faults)}")
    for line in (*list(unlike)[:5], *missed[:5]):
        print(f"  {line}")
    sys.exit(1 if unlike or missed else 0)


PARTS: Final = {"ours": ours, "graph": graph, "reference": reference, "results": results_of}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        PARTS[sys.argv[1]](*sys.argv[2:])
    else:
        main()
