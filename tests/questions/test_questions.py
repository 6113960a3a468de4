"""Named queries answer what they ask: ``<case>/args`` asked of ``facts.jsonl``, else of the example, gives ``expected.csv``.

``KG_RENEW=1`` writes the expected files anew, to be read before they are committed.
"""

from __future__ import annotations

import io
import os
import shlex
from pathlib import Path

import pytest

import kg
from kg import model, query
from kg.query.ask import Setting, ask
from kg.query.render import as_csv

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples/stargate/stargate.ttl"
CASES = sorted(path.parent for path in HERE.glob("*/args"))
BASE = "https://kg.example/"


def graph_of(case: Path, folder: Path) -> Path:
    facts = case / "facts.jsonl"
    if not facts.exists():
        return EXAMPLE
    graph = kg.convert(facts)
    assert graph.report.conforms, [str(finding) for finding in graph.report.findings]
    path = folder / "graph.nt"
    path.write_text("".join(f"{line}\n" for line in graph.triples()), "utf-8")
    return path


def answer(name: str, words: list[str], graph: Path) -> str:
    out = io.BytesIO()
    with query.Session(query.Asked(data=(graph,))) as session:
        found, view = ask(session, query.load()[name], words, Setting(model.load(), BASE))
        as_csv(found, out, view)
    return out.getvalue().decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_question_is_answered(case: Path, tmp_path: Path) -> None:
    name, *words = shlex.split((case / "args").read_text("utf-8"))
    said = answer(name, words, graph_of(case, tmp_path))
    expected = case / "expected.csv"
    if os.environ.get("KG_RENEW"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")


def test_every_query_has_a_case() -> None:
    asked = {(case / "args").read_text("utf-8").split()[0] for case in CASES}
    assert asked == {name for name, known in query.load().items() if not known.data}


def test_a_joint_total_is_no_third_payment() -> None:
    """Rows that name no whole and are not joint, plus the parts, are what may be added up."""
    rows = [line.split(",") for line in answer("investments", ["--from", "softbank"], EXAMPLE).splitlines()]
    head = rows[0]
    assert head[-3:-1] == ["joint", "part_of"]
    assert sum(row[-3] == "yes" for row in rows[1:]) == 1
    assert sum(bool(row[-2]) for row in rows[1:]) == len(rows) - 2
