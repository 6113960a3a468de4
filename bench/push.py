"""What a push sends: all of a graph at first, then what has changed, then nothing.

About a million triples of Investment records, pushed to Oxigraph (or to the server whose URL is given;
user and password from the environment, as for ``kg push``) by way of a proxy that counts the bytes of bodies
which write. Everything runs as users run it; wall time of one run each. Beside it: how long it takes to find
what has changed from the archive, and by going through the whole graph.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import mapping
import requests

sys.path.insert(0, str(Path(__file__).parents[1]))
from kg.push.spool import Spool
from kg.store import Origin, Store
from tests.push import proxy

COUNT: Final = 75_000
GRAPH: Final = "https://data.example.org/graph"
KG: Final = str(Path(sys.executable).with_name("kg"))


def run(*command: str) -> tuple[float, str]:
    """How long a command took, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - start, done.stdout


def facts(count: int) -> list[str]:
    """Lines of a facts file; who buys itself would not conform."""
    made = mapping.facts(count, as_text=False)
    return [json.dumps(f) for f in made if "investor" not in f or f["investor"] != f["investee"]]


def one_percent_more(lines: list[str]) -> list[str]:
    """The facts, and one claim in a hundred once more, under another id."""
    return lines + [line.replace('"id": "i', '"id": "j') for line in lines[::100] if '"planned"' in line]


def one_percent_other(lines: list[str]) -> list[str]:
    """The facts, one in a hundred with another status."""
    return [line if n % 100 else line.replace('"planned"', '"actual"') for n, line in enumerate(lines)]


def oxigraph(opened: ExitStack, folder: Path) -> str:
    """Start a server; its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = str(Path(sys.executable).with_name("oxigraph"))
    place = ["--location", str(folder / "server"), "--bind", f"127.0.0.1:{port}"]
    log = opened.enter_context((folder / "log").open("wb"))
    server = subprocess.Popen([program, "serve", *place], stdout=log, stderr=log)  # noqa: S603 - our own
    opened.callback(server.wait)
    opened.callback(server.terminate)
    for _ in range(100):
        try:
            requests.get(f"http://127.0.0.1:{port}", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            break
    return f"http://127.0.0.1:{port}"


def finding(project: Path) -> tuple[float, float]:
    """Seconds to find what the last load has changed: from the archive; by a digest of each line."""
    with Store.open(project, write=False) as store:
        (first, *_) = [e.facts for e in store.history() if e.state == "prepared"]
        start = time.perf_counter()
        loaded = {first["dataset"]: (first["version"], first["digest"])}
        moved = list(store.since(Origin(loaded, store.origin().judged), str))
        middle = time.perf_counter()
        with Spool(line for _, lines in store.blocks() for line in lines) as spool:
            digests = sorted(spool.digests)
        end = time.perf_counter()
    print(f"{len(moved):,} blocks of {len(digests):,} triples have changed")
    return middle - start, end - middle


STEPS: Final = {
    "everything": list,
    "1 % more claims": one_percent_more,
    "1 % of the claims changed": one_percent_other,
    "nothing": None,
}


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="kg-bench-")))
        url = sys.argv[2] if len(sys.argv) > 2 else oxigraph(opened, folder)  # noqa: PLR2004 - the second
        port = int(url.rpartition(":")[2].strip("/"))
        counted = opened.enter_context(proxy.before(port))
        file, project = folder / "bench.jsonl", folder / "project"
        run(KG, "init", str(project), "--base", mapping.BASE)
        os.chdir(project)
        lines = facts(count)
        whole = 0
        for name, change in STEPS.items():
            if change is not None:
                lines = change(lines)
                file.write_text("\n".join(lines) + "\n", "utf-8")
                run(KG, "load", str(file))
            counted.bodies.clear()
            seconds, printed = run(KG, "push", counted.url, "--graph", GRAPH, "--format", "json")
            done = json.loads(printed)
            whole = whole or counted.bytes
            print(
                f"{name:28}{done['way']:>12}{done['added']:>10,} added{done['removed']:>8,} removed"
                f"{counted.bytes:>14,} bytes {100 * counted.bytes / whole:7.2f} %{seconds:8.2f} s",
                flush=True,
            )
        print(f"{done['found']:,} triples on {done['server']}")
        archive, digests = finding(project)
        print(f"finding what has changed: {archive:.2f} s from the archive, {digests:.2f} s by digests")


if __name__ == "__main__":
    main()
