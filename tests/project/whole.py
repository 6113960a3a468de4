"""A project with everything in it: datasets in several versions, judgements, corrections, quarantine, a push."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from kg.store import Store
from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.command import Outcome

HEADER = {"defaults": {"source": "art"}}
SHARED = (
    {"type": "NewsArticle", "id": "art", "published": "2025-02-04"},
    {"type": "Company", "id": "sb", "name": {"en": "SoftBank", "ko": "소프트뱅크"}},
    {"type": "Company", "id": "oa", "name": "OpenAI"},
)
KEY = "0123456789abcdef"


def kg(folder: Path, *arguments: str) -> Outcome:
    """A command in the project."""
    return run([*arguments, "--project", str(folder), "--lang", "en"])


def investment(number: int, **more: object) -> dict[str, object]:
    """A claim with a part and evidence."""
    evidence = {"paragraph": 1, "quote": f"{number} million"}
    record = {"type": "Investment", "id": f"i{number}", "investor": "sb", "investee": "oa"}
    return {**record, "amount": f"USD {number}m", "status": "planned", "evidence": evidence, **more}


def write(path: Path, records: Sequence[object]) -> str:
    """A facts file."""
    path.parent.mkdir(exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) for record in (HEADER, *SHARED, *records)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def facts(folder: Path, name: str) -> str:
    """The facts file of a dataset."""
    return str(folder / "facts" / f"{name}.jsonl")


def made(folder: Path) -> Path:
    """The project."""
    run(["init", str(folder), "--base", "https://x.example/", "--language", "en"])
    bad = investment(90, status="bad")
    for count in (3, 4):
        file = write(folder / "facts/a.jsonl", [*map(investment, range(1, count)), bad])
        assert kg(folder, "load", file).exit_code == 1
    for count in (2, 3):
        file = write(folder / "facts/b.jsonl", [*map(investment, range(1, count)), bad])
        assert kg(folder, "load", file).exit_code == 1
    (folder / "fix.jsonl").write_text(json.dumps(investment(90)) + "\n", "utf-8")
    replayed = kg(folder, "load", str(folder / "fix.jsonl"), "--replay", "b")
    assert replayed.exit_code == 0, replayed.stderr
    one, other = (f"https://x.example/organization/{dataset}/sb" for dataset in "ab")
    assert kg(folder, "resolve", "--same", one, other, "--by", "kim").exit_code == 0
    with Store.open(folder, write=False) as store, store.ledger(KEY) as ledger:
        origin = store.origin().as_data()
        mark = f"{store.revision()} 5"
        ledger.done(mark=mark, origin=origin, server="a server", graph=None)
        patch = b"A <a:b> <a:c> <a:d> .\n"
        ledger.patch.write_bytes(patch)
        digest = hashlib.sha256(patch).hexdigest()
        ledger.begin(mark=mark, was=None, whole=False, patch=digest, origin=origin)
        ledger.acknowledge(1)
    return folder


def exported(folder: Path) -> bytes:
    """The graph with its named graphs, as bytes."""
    done = kg(folder, "export", "--to", "nquads")
    assert done.exit_code == 0, done.stderr
    return done.stdout
