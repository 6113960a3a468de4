"""The rules that ontology and shapes keep: one query each, ``rules/<rule>.rq``.

A query returns offenders. Over the project's own files it finds none; beside each stands
``<rule>.bad.ttl``, which breaks the rule, and must be caught when it is planted among them.
Its first line may say how many offenders it holds.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf import compact

RULES = sorted((Path(__file__).parent / "rules").glob("*.rq"))


@pytest.fixture(scope="module")
def store(triples: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(triples)
    return store


def offenders(rule: Path, store: ox.Store) -> set[str]:
    solutions = store.query(rule.read_text("utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return {" ".join(str(value) for value in solution) for solution in solutions}


def told(rule: Path, found: set[str], homes: dict[str, str]) -> str:
    """What a maintainer reads: the rule's sentence, then each offender with its file."""
    sentence = rule.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    lines = []
    for offender in sorted(found):
        shown = " ".join(compact(term.strip("<>")) for term in offender.split(" "))
        lines.append(f"    {shown} ({homes.get(offender.split(' ')[0], 'in no file')})")
    return "\n".join([sentence, *lines])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_ontology_and_shapes_keep_the_rule(rule: Path, store: ox.Store, homes: dict[str, str]) -> None:
    if found := offenders(rule, store):
        pytest.fail(told(rule, found, homes), pytrace=False)


def test_a_failing_rule_names_itself_the_offender_and_its_file(homes: dict[str, str]) -> None:
    rule = next(rule for rule in RULES if rule.stem == "unlabelled-term")
    said = told(rule, {'<https://w3id.org/kg-loader/ontology#investor> "ko"'}, homes)
    first, second = said.splitlines()
    assert first.startswith("An own term has no label in English or none in Korean: ")
    assert second == '    kg:investor "ko" (ontology/investment.ttl)'


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_what_breaks_the_rule_is_caught(rule: Path, store: ox.Store) -> None:
    bad = rule.with_suffix(".bad.ttl").read_text("utf-8")
    planted = [q for q in ox.parse(bad, format=ox.RdfFormat.TURTLE) if q not in store]
    said = re.match(r"# offenders: (\d+)\n", bad)
    store.extend(planted)
    try:
        found = offenders(rule, store)
    finally:
        for quad in planted:
            store.remove(quad)
    assert len(found) >= (int(said.group(1)) if said else 1)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_a_rule_says_what_it_forbids(rule: Path) -> None:
    assert re.match(r"# [A-Z].+\.\n", rule.read_text("utf-8"))


def test_no_example_of_a_broken_rule_is_left_over() -> None:
    bad = {path.name.removesuffix(".bad.ttl") for path in RULES[0].parent.glob("*.ttl")}
    assert bad == {rule.stem for rule in RULES}
