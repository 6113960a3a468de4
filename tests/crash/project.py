"""A small project, what is done to it, and what there is of it afterwards."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from kg.cli import main
from kg.push.http import Client
from kg.store import Store, applying
from kg.store.archive import Archive
from kg.store.journal import Journal
from kg.store.layout import Layout
from kg.store.state import versions
from tests.crash import children
from tests.store.graphs import stored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_opened = Store.open
SETTINGS: Final = """format = 1
base = "https://data.example.org/"
languages = ["en"]
"""
HEADER: Final = {"ids": "shared", "defaults": {"source": "paper"}}
PAPER: Final = {"type": "NewsArticle", "id": "paper", "published": "2025-02-04"}


def _company(name: str, *also: str) -> dict[str, Any]:
    return {"type": "Company", "id": name.lower(), "name": {"en": [name, *also]}}


def _investment(number: int, investor: str, investee: str, amount: str) -> dict[str, Any]:
    return {
        "type": "Investment",
        "id": f"i{number}",
        "investor": investor,
        "investee": investee,
        "amount": amount,
        "status": "actual",
        "evidence": {"paragraph": 1 + number % 2, "quote": "they said so"},
    }


WRONG: Final = _investment(90, "alpha", "beta", "USD 25m-15m")
"""Is not taken."""
WAITS: Final = _investment(91, "newcomer", "alpha", "USD 7m")
"""Waits for a company that is not taken."""
NOT_A_COMPANY: Final = {
    "type": "Company",
    "id": "newcomer",
    "name": {"en": "Newcomer"},
    "website": "no, none",
}
COMPANIES: Final = [_company("Alpha", "Alpha Inc"), _company("Beta"), _company("Gamma")]

FILES: Final[dict[str, list[dict[str, Any]]]] = {
    "a": [
        *(PAPER, *COMPANIES),
        *(_investment(n, "alpha", "beta", f"USD {n + 1}m") for n in range(8)),
        *(WRONG, NOT_A_COMPANY, WAITS),
    ],
    # the same file later
    "a.later": [
        *(PAPER, *COMPANIES[:2], _company("Gamma", "Gamma Ltd"), _company("Delta")),
        *(_investment(n, "alpha", "beta", f"USD {n + 1 + n % 2}m") for n in range(1, 9)),
        *(NOT_A_COMPANY, WAITS),
    ],
    "b": [
        PAPER,
        _company("Alpha", "Alpha Corp"),
        *(_investment(n, "alpha", "gamma", "USD 3m") for n in range(4)),
    ],
    "c": [
        PAPER,
        _company("Beta"),
        _company("Epsilon"),
        WRONG,
        *(_investment(n, "beta", "epsilon", "USD 9m") for n in range(6)),
    ],
    "corrected": [_company("Newcomer")],
}


@dataclass(frozen=True)
class Doing:
    """A command, what is put in place before it, and how small is big to it."""

    name: str
    command: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()
    """(what is put, in the place of what)."""
    bulk_from: int = applying.BULK_FROM
    change_at_most: int = applying.CHANGE_AT_MOST
    part_of_store: int = applying.PART_OF_STORE
    pushes: bool = False
    begins_with: str = "base"
    """The project that it is done in."""
    exit_code: int = 0


LOAD_C: Final = ("load", "c.jsonl")
LOAD_A: Final = ("load", "a.jsonl")
LATER: Final = (("a.later.jsonl", "a.jsonl"),)
DOINGS: Final = (
    Doing("load", LOAD_C, exit_code=1),
    Doing("load in bulk", LOAD_C, bulk_from=10, exit_code=1),
    Doing("replace", LOAD_A, LATER, exit_code=1),
    Doing("replace, made anew", LOAD_A, LATER, change_at_most=5, part_of_store=10_000, exit_code=1),
    Doing("retract", ("retract", "b")),
    Doing("cascade", ("retract", "a", "--cascade")),
    Doing("drop", ("quarantine", "drop", "a", "--yes")),
    Doing("judge", ("resolve", "--same", "beta", "gamma", "--by", "me")),
    Doing("replay", ("load", "--replay", "a", "corrected.jsonl"), exit_code=1),
    Doing("rebuild", ("rebuild",)),
    Doing("push", ("push", "server"), pushes=True),
    Doing("push of a change", ("push", "server"), pushes=True, begins_with="later"),
)


def doing(name: str) -> Doing:
    """The one with a name."""
    return next(one for one in DOINGS if one.name == name)


def new(folder: Path, log: Path) -> None:
    """A project with two datasets, one of them with records that were not taken."""
    folder.mkdir(parents=True)
    (folder / "kg.toml").write_text(SETTINGS, "utf-8")
    for name, facts in FILES.items():
        lines = [HEADER, *facts]
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    for file, code in (("a.jsonl", 1), ("b.jsonl", 0)):
        ended = children.run(partial(_load, folder, file), log)
        assert ended.code == code, log.read_text("utf-8")


def _load(folder: Path, file: str, _tell: Callable[[str], None]) -> int:
    return command(folder, ("load", file))


def command(folder: Path, words: Sequence[str]) -> int:
    """Run ``kg`` in this process; its exit code."""
    os.chdir(folder)
    sys.argv = ["kg", *words]
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


def do(folder: Path, doing: Doing, step: Callable[[str], None]) -> int:
    """Do it, told each step: those of the store and, around each request, those of a push."""
    for name in ("BULK_FROM", "CHANGE_AT_MOST", "PART_OF_STORE"):
        setattr(applying, name, getattr(doing, name.lower()))
    once = Client._once  # noqa: SLF001 - one request, sent and answered

    def opening(folder: Path, *, write: bool, **more: Any) -> Store:
        step("opening")
        store = _opened(folder, write=write, **{"step": step, **more})
        step("opened")
        return store

    numbers = count(1)

    def requesting(*args: Any, **more: Any) -> Any:
        number = next(numbers)
        step(f"request {number}")
        answer = once(*args, **more)
        step(f"answer {number}")
        return answer

    Store.open, Client._once = staticmethod(opening), requesting  # type: ignore[method-assign]  # noqa: SLF001
    step("started")
    code = command(folder, doing.command)
    step("done")
    return code


def _nothing(_step: str) -> None:
    """Nobody is told."""


def seen(folder: Path, step: Callable[[str], None] = _nothing) -> dict[str, Any]:
    """What there is of a project, in this process: opened, mended, held against itself, and put in short."""
    layout = Layout(folder)
    with _opened(folder, write=True, step=step) as store:
        lines = [line for _, block in store.blocks() for line in block]
        graphs = stored(store.checkpoint())
        datasets = {
            d.name: [
                d.records,
                d.claims,
                d.entities,
                d.triples,
                _short(json.dumps(dict(d.manifest), sort_keys=True, default=str)),
            ]
            for d in store.datasets()
        }
        assert graphs.pop("") == sorted(set(lines)), "the embedded store is not what is archived"
        said = {
            info.iri: sorted({line for _, block in store.statements(info.name) for line in block})
            for info in store.datasets()
        }
        assert graphs == {iri: lines for iri, lines in said.items() if lines}, (
            "a named graph is not what is archived"
        )
        judged = store.judgements().as_bytes()
        assert not store.distrusted(), "what was not taken is not what the journal says"
    _check_files(layout)
    quarantined = {path.name: _short(path.read_bytes()) for path in sorted(layout.data.glob("quarantine/*"))}
    file = folder / "judgements.jsonl"
    return {
        "graph": _short("\n".join(lines)),
        "datasets": datasets,
        "quarantine": quarantined,
        "judged": _short(judged),
        "judgements": _short(file.read_bytes() if file.exists() else b""),
    }


def _check_files(layout: Layout) -> None:
    """Every version that the journal speaks of is there and whole, and there is no other, nor anything unfinished."""
    journal = Journal.read(layout.journal)
    assert not journal.torn
    known = {
        layout.version(part["dataset"], part["version"]): part["digest"] for part in versions(journal.entries)
    }
    there = {path for path in layout.archive.glob("*/*") if path.is_dir()}
    assert there == set(known), f"{there} {set(known)}"
    for folder, digest in known.items():
        Archive.read(folder, digest).verify()
    ours = (p for p in layout.data.glob("**/*") if p.parent != layout.pushes)  # a push may be under way
    left = [str(p) for p in ours if p.suffix in {".part", ".next", ".new", ".old"}]
    assert not left, left


def exported(folder: Path) -> str:
    """The bytes of ``kg export``, in short, in this process."""
    out = io.BytesIO()
    code = command(folder, ("export", "-o", "exported.ttl"))
    assert code == 0
    out.write((folder / "exported.ttl").read_bytes())
    (folder / "exported.ttl").unlink()
    return _short(out.getvalue())


def _short(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()[:16]


def copy(source: Path, target: Path) -> None:
    """Copy a project; what never changes is linked."""

    def put(file: str, to: str) -> None:
        lasts = file.endswith((".sst", ".zst")) or "/.kg/checkpoints/" in file or "/.kg/archive/" in file
        (os.link if lasts else shutil.copyfile)(file, to)

    shutil.copytree(source, target, copy_function=put)
