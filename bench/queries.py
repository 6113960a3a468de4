"""Every named query on a graph of 100,000 claims: processor seconds, asked of everything and of one thing.

The graph is that of ``bench/mapping.py``. Each question is answered as ``kg query`` answers it, up to the
rows that the worker would send; how a table is set is not in the times. ``--facts N`` asks fewer claims.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import mapping
import pyoxigraph

import kg
from kg import query
from kg.query.only import FEW
from kg.query.solve import Rows, solve

if TYPE_CHECKING:
    from kg.query.named import Named

ONE: Final = 30
"""The thing that is asked about is that of the subject with this number."""
GOAL: Final = 10
GOAL_ONE: Final = 1
DAY: Final = '"2025-02-04"^^<http://www.w3.org/2001/XMLSchema#date>'


def seconds(store: pyoxigraph.Store, q: Named, given: dict[str, str]) -> tuple[int, float]:
    """How many rows there are, and the processor time that they take."""
    needed = {p.variable: DAY for p in q.params if p.required and p.type == "date"}
    inner = needed | {f"_{name}": term for name, term in given.items() if name in q.inner}
    lookups = [(q.lookups[name], {f"_{name}": term}) for name, term in given.items()]
    started = time.process_time()
    request = {"query": q.sparql, "bindings": inner, "subject": q.subject, "only": lookups}
    found = solve(store, request)
    if not isinstance(found, Rows):
        raise TypeError(q.name)
    count = sum(1 for row in found.rows for _ in [[str(term) for term in row]])
    return count, time.process_time() - started


def value_of(store: pyoxigraph.Store, q: Named, name: str) -> str:
    """Something that the parameter may be given, or ""."""
    found: Any = store.query(f"{q.lookups[name]} LIMIT {ONE}")
    values = [str(row[1]) for row in found]
    return values[-1] if values else ""


def graph(facts: int, folder: Path) -> pyoxigraph.Store:
    """The graph of so many investments, in a store on disk."""
    store = pyoxigraph.Store(str(folder / "store"))
    made = [
        f
        for f in mapping.facts(facts, as_text=False)
        if "investor" not in f or f["investor"] != f["investee"]
    ]
    (header, *records) = made
    file = folder / "facts.jsonl"
    file.write_text("".join(f"{json.dumps(record)}\n" for record in (header, *records)), "utf-8")
    lines = "".join(f"{line}\n" for line in kg.convert(file).triples())
    store.bulk_load(lines.encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    store.optimize()
    return store


def main() -> None:
    """Print a line for each query; exit 1 where a goal is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--facts", type=int, default=mapping.INVESTMENTS)
    options.add_argument("--store", type=Path, help="ask this store instead")
    chosen = options.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        store = (
            pyoxigraph.Store.read_only(str(chosen.store))
            if chosen.store
            else graph(chosen.facts, Path(folder))
        )
        print(f"{'query':16} {'rows':>8} {'seconds':>8}  one thing: rows, seconds")
        for name, q in query.load().items():
            if q.data:
                continue
            line, late = f"{name:16}", False
            if not any(p.required and p.type == "reference" for p in q.params):
                rows, took = seconds(store, q, {})
                line, late = f"{line} {rows:8} {took:8.2f}", took > GOAL
            else:
                line += " " * 18
            for parameter in q.lookups:
                if value := value_of(store, q, parameter):
                    rows, took = seconds(store, q, {parameter: value})
                    line, late = (
                        f"{line}  --{parameter} {rows} {took:.3f}",
                        late or took > (GOAL_ONE if rows < FEW else GOAL),
                    )
            print(line + ("  LATE" if late else ""), flush=True)
            missed |= late
    sys.exit(missed)


if __name__ == "__main__":
    main()
