"""The strong identifier that names an entity's IRI is the one that the graph holds, however it is written."""

from __future__ import annotations

import re
from typing import Any

import pytest

import kg

LEI = "549300S4KLFTLO7GSQ80"


def iri_of(identifier: object, **more: object) -> str:
    """The IRI of a company with this identifier."""
    graph = kg.convert([{"type": "Company", "name": "A", "identifier": identifier, **more}])
    assert graph.report.conforms, graph.report.findings
    iri: str
    [iri] = set(re.findall(r"^<([^>]*)>", graph.serialize("ntriples"), re.MULTILINE))
    return iri


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ({"wikidata": "Q1"}, "wikidata:Q1"),
        ("Q1", "wikidata:Q1"),
        (["https://www.wikidata.org/wiki/Q1", {"isin": "US0378331005"}], "wikidata:Q1"),
        ([{"wikidata": "Q1"}], "wikidata:Q1"),
        ([{"isin": "US0378331005"}, {"wikidata": "Q1"}], "wikidata:Q1"),
        ({"wikidata": ["Q2", "Q1"]}, "wikidata:Q1"),
        ([{"wikidata": "Q2"}, {"wikidata": ["Q3", "Q1"]}], "wikidata:Q1"),
        ({"wikidata": " q1 "}, "wikidata:Q1"),
        ({"lei": f"{LEI[:4].lower()}-{LEI[4:]}"}, f"lei:{LEI}"),
        ({"lei": f"{LEI[:4]}\u2011{LEI[4:]}"}, f"lei:{LEI}"),
        ({"lei": f"{LEI[:4]}\u00a0{LEI[4:]}"}, f"lei:{LEI}"),
        ([{"wikidata": "Q1"}, {"lei": LEI}], f"lei:{LEI}"),
    ],
)
def test_the_iri_is_made_of_the_identifier_that_the_graph_holds(identifier: object, name: str) -> None:
    assert iri_of(identifier).endswith(f"/organization/{name}")
    assert iri_of(identifier, id="x").endswith(f"/organization/{name}")


@pytest.mark.parametrize(
    "forms", [({"wikidata": "Q1"}, [{"wikidata": "Q1"}]), ({"lei": LEI}, {"lei": LEI.lower()})]
)
def test_two_forms_of_one_identifier_are_one_entity(forms: tuple[Any, Any]) -> None:
    records = [{"type": "Company", "name": {"en": "A"}, "identifier": form} for form in forms]
    graph = kg.convert([{"ids": "shared"}, *records])
    assert len(set(re.findall(r"^<([^>]*)>", graph.serialize("ntriples"), re.MULTILINE))) == 1


@pytest.mark.parametrize(
    "wrong", [{"wikidata": "x"}, {"wikidata": 5}, {"wikidata": []}, "one", 5, [[]], {"lei": LEI[:-1] + "1"}]
)
def test_an_identifier_that_cant_be_read_names_nothing(wrong: object) -> None:
    report = kg.validate([{"type": "Company", "name": "A", "id": "a", "identifier": wrong}])
    assert report.books.quarantined == 1
    assert all(f.problem.pointer.startswith("/identifier") for f in report.findings)
