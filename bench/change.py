"""A change of 100 records into stores of 10 thousand, 100 thousand and a million records.

Each store is built once, of facts files of at most 100,000 records, and kept in a folder for temporary
files; each change is made to a copy of it. A tenth of the records are companies, the others investments
between them. The changes:

    added       a new file of 100 records: new companies, known ones with another name, and investments
                whose parties are named by id or by name
    changed     100 records of the store's first file, which is read and compared whole
    retracted   the new file taken out again

"checking" is what looks at shapes: the check of what is new, and of what the change touches of the rest.
Wall times are the best of several runs; processor times count the process of the engine too.

    python bench/change.py [RECORDS...]
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES: Final = (10_000, 100_000, 1_000_000)
A_FILE: Final = 100_000
"""Records of one file at most."""
CHANGED: Final = 100
ROUNDS: Final = 3
FACTOR: Final = 1.5
BASE: Final = "https://data.example.org/"
CHANGES: Final = ("added", "changed", "retracted")
WHOLE: Final = {".sst", ".zst", ".json"}
"""Endings of files that are never written to again, so that a copy may share them."""

Fact = dict[str, Any]


def facts(records: int, first: int = 0) -> Iterator[Fact]:
    """The facts of one file: companies from number ``first``, then investments between all there are."""
    rng = random.Random(first)
    companies = records // 10
    yield {"type": "NewsArticle", "id": f"doc{first}", "published": "2025-02-04"}
    for n in range(first, first + companies):
        yield {"type": "Company", "id": f"c{n}", "name": {"en": f"Company {n}"}}
    for n in range(records - companies - 1):
        yield investment(f"i{n}", *rng.sample(range(first + companies), 2), low=rng.randrange(1, 500))


def investment(id_: str, investor: int | str, investee: int | str, low: int) -> Fact:
    """One investment; a number stands for the id of a company, a text for its name."""
    amount = {"min": str(low * 10**8), "max": str(low * 2 * 10**8), "currency": "USD"}
    parties = {"investor": investor, "investee": investee}
    named = {field: f"c{of}" if isinstance(of, int) else of for field, of in parties.items()}
    return {"type": "Investment", "id": id_, **named, "amount": amount, "status": "planned"}


def addition(companies: int) -> Iterator[Fact]:
    """The new file, beside a store with so many companies."""
    rng = random.Random(companies)
    yield {"type": "NewsArticle", "id": "new", "published": "2025-03-04"}
    for n in range(10):
        yield {"type": "Company", "id": f"new{n}", "name": {"en": f"New Company {n}"}}
        yield {"type": "Company", "id": f"c{rng.randrange(companies)}", "name": {"ko": f"회사 {n}"}}
    for n in range(CHANGED - 21):
        one, other = rng.sample(range(companies), 2)
        yield investment(f"i{n}", one, f"Company {other}" if n % 2 else other, low=rng.randrange(1, 500))


def write(path: Path, dataset: str, source: str, found: Iterator[Fact]) -> None:
    """A facts file."""
    header = {"ids": "shared", "dataset": dataset, "defaults": {"source": source}}
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(fact, ensure_ascii=False) + "\n" for fact in (header, *found))


def build(folder: Path, records: int) -> float:
    """A project with so many records; how many seconds building it took."""
    folder.mkdir(parents=True)
    part = folder / "facts"
    part.mkdir()
    start = time.perf_counter()
    subprocess.run([kg(), "init", str(folder), "--base", BASE], check=True, capture_output=True)  # noqa: S603 - our own
    for number, first in enumerate(range(0, records, A_FILE)):
        path = part / f"part{number}.jsonl"
        write(path, f"part{number}", f"doc{first // 10}", facts(min(A_FILE, records - first), first // 10))
        loaded = subprocess.run([kg(), "load", str(path)], cwd=folder, capture_output=True, check=False)  # noqa: S603 - our own
        if loaded.returncode:
            sys.exit(loaded.stderr.decode())
    return time.perf_counter() - start


def kg() -> str:
    """The command."""
    return str(Path(sys.executable).with_name("kg"))


def kept(records: int) -> tuple[Path, float]:
    """The store with so many records, built now if it is not there, and how long that took."""
    made_by = hashlib.sha256(inspect.getsource(facts).encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir(), f"kg-bench-change-{made_by}", str(records))
    took = folder / "seconds"
    if not took.exists():
        shutil.rmtree(folder, ignore_errors=True)
        seconds = build(folder, records)
        # what the last load left to the next one, such as the names that it brought, is done
        new = folder / "facts" / "new.jsonl"
        write(new, "new", "new", addition(records // 10))
        run(kg(), "load", str(new), folder=folder)
        run(kg(), "retract", "new", folder=folder)
        took.write_text(f"{seconds:.1f}")
    return folder, float(took.read_text())


def copied(store: Path, folder: Path) -> Path:
    """A copy of a store that shares what is never written to again."""

    def share(source: str, target: str) -> None:
        if Path(source).suffix in WHOLE:
            os.link(source, target)
        else:
            shutil.copy2(source, target)

    shutil.copytree(store, folder, copy_function=share)
    return folder


def change_file(project: Path) -> Path:
    """The store's first file with some records changed."""
    path = project / "facts" / "part0.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    every = len(lines) // (2 * CHANGED)
    for n in range(CHANGED):
        place = len(lines) // 2 + n * every
        lines[place] = lines[place].replace('"planned"', '"actual"')
    path.unlink()
    path.write_text("".join(lines), "utf-8")
    return path


def checked(project: str, what: str, *files: str) -> None:
    """Make a change, and print how long its checks took."""
    from kg import config, model  # noqa: PLC0415 - what the parent does not need
    from kg import pipeline as stages  # noqa: PLC0415
    from kg.pipeline import ahead, holding, load, retracting  # noqa: PLC0415
    from kg.reading import read_source  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415
    from kg.validation import stoppable  # noqa: PLC0415

    wall = processor = 0.0

    def timed(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever it is
            nonlocal wall, processor
            start = time.perf_counter(), time.process_time()
            try:
                return function(*args, **options)
            finally:
                wall += time.perf_counter() - start[0]
                processor += time.process_time() - start[1]

        return run

    ahead.Ahead.write = lambda _self, _facts: None  # type: ignore[method-assign]  # archiving is no check
    stages.check_once = timed(stages.check_once)
    holding.broken = timed(holding.broken)
    with Store.open(Path(project), write=True) as store:
        store.describe(())  # opens the embedded store, which is no check either
        settings = config.read(Path(project) / config.FILE)
        compiled = model.load(settings.ontology, settings.shapes)
        if what == "retracted":
            done = retracting.retract(store, compiled, settings, "new").change is not None
        else:
            report = load.load(store, compiled, settings, [read_source(f) for f in files], load.Options())
            done = not report.outcome.exit_code and len(report.loaded) == len(files)
    if not done:
        sys.exit(f"{what}: not done")
    stoppable.stop()
    engine = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([wall, processor + engine.ru_utime + engine.ru_stime]))


def one(store: Path) -> dict[str, dict[str, float]]:
    """The times of each change to a store, made once as the command does it and once to time its checks."""
    found: dict[str, dict[str, float]] = {what: {} for what in CHANGES}
    with tempfile.TemporaryDirectory(prefix="kg-bench-", dir=store.parent) as name:
        new = Path(name, "new.jsonl")
        write(new, "new", "new", addition(int(store.name) // 10))
        projects = [copied(store, Path(name, which)) for which in ("timed", "whole")]
        changed = [str(change_file(project)) for project in projects]
        for what, times in found.items():
            timed, whole = ({"added": [str(new)], "changed": [file]}.get(what, []) for file in changed)
            wall, processor = json.loads(
                run(sys.executable, __file__, "checked", str(projects[0]), what, *timed)[1]
            )
            times |= {"checking": wall, "checking, CPU": processor}
            command = ["retract", "new"] if what == "retracted" else ["load", *whole]
            start = time.perf_counter()
            used, _ = run(kg(), *command, folder=projects[1])
            times["all"] = time.perf_counter() - start
            times["all, CPU"] = used.ru_utime + used.ru_stime
            times["MB"] = used.ru_maxrss / 1024
    return found


def run(*command: str, folder: Path | None = None) -> tuple[resource.struct_rusage, str]:
    """What a command used, its own processes among it, and what it printed."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=folder, **pipes) as process:  # noqa: S603 - our own
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: {process.returncode}")
    return used, said


def best(records: int) -> tuple[float, dict[str, dict[str, float]]]:
    """How long building took, and each change's best times."""
    store, built = kept(records)
    runs = [one(store) for _ in range(ROUNDS)]
    return built, {what: {key: min(r[what][key] for r in runs) for key in runs[0][what]} for what in CHANGES}


def main() -> None:
    """Print the table; exit 1 if checking does not stay within the factor."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    table = {size: best(size) for size in sizes}
    columns = list(table[sizes[0]][1]["added"])
    print(f"{f'{CHANGED} records changed':28}" + "".join(f"{name:>15}" for name in columns))
    wide = []
    for what in CHANGES:
        rows = [table[size][1][what] for size in sizes]
        for size, row in zip(sizes, rows, strict=True):
            print(f"{f'{what} into {size:,}':28}" + "".join(f"{row[name]:15.2f}" for name in columns))
        factors = {name: max(r[name] for r in rows) / min(r[name] for r in rows) for name in columns}
        print(f"{'  most / least':28}" + "".join(f"{factors[name]:15.2f}" for name in columns))
        wide += [what] if factors["checking"] > FACTOR else []
    for size, (built, _) in table.items():
        print(f"building the store of {size:,} records took {built:.0f} s")
    print(f"goal: checking within a factor of {FACTOR}; {'missed by ' + ', '.join(wide) if wide else 'met'}")
    sys.exit(1 if wide else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["checked"]:
        checked(*sys.argv[2:])
    else:
        main()
