"""One theme, one word: a file of shapes is called as the file of the ontology whose terms it constrains."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf import KG, PREFIXES, SH

ROOT = Path(__file__).parents[2]
ONTOLOGY = {path.stem: path for path in ROOT.glob("ontology/*.ttl")}
SHAPES = {path.stem: path for path in ROOT.glob("shapes/*.ttl")}

WITHOUT_SHAPES = {"kg", "alignments"}
"""The header with the annotations of shapes, and how the terms relate to published ones."""
WITHOUT_TERMS = {"records"}
"""What crosses fields and records."""


def subjects(path: Path) -> set[str]:
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def test_stems_of_shapes_and_ontology_are_the_same() -> None:
    assert set(ONTOLOGY) - WITHOUT_SHAPES == set(SHAPES) - WITHOUT_TERMS


@pytest.mark.parametrize("stem", sorted(set(SHAPES) - WITHOUT_TERMS))
def test_a_class_and_its_shape_are_in_files_of_the_same_name(stem: str) -> None:
    quads = list(ox.parse(path=str(SHAPES[stem]), format=ox.RdfFormat.TURTLE))
    targets = {
        q.object.value
        for q in quads
        if q.predicate.value == f"{SH}targetClass" and isinstance(q.object, ox.NamedNode)
    }
    assert {t for t in targets if t.startswith(KG)} <= subjects(ONTOLOGY[stem])


def test_a_term_is_defined_in_one_file() -> None:
    seen: dict[str, str] = {}
    for folder in (ONTOLOGY, SHAPES):
        for stem, path in folder.items():
            if stem == "alignments":
                continue
            for subject in subjects(path) - {"https://w3id.org/kg-loader/ontology"}:
                assert seen.setdefault(subject, str(path)) == str(path), subject


@pytest.mark.parametrize(
    "path", [*ONTOLOGY.values(), *SHAPES.values()], ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_turtle_is_written_as_everywhere(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    heads = [line for line in lines if line.startswith("@prefix")]
    used = {p: f"@prefix {p}: <{ns}> ." for p, ns in PREFIXES.items()}
    assert heads == sorted(heads)
    assert set(heads) <= set(used.values())
    assert text.endswith(".\n")
    assert "\n\n\n" not in text
    assert not [line for line in lines if line != line.rstrip() or "\t" in line]
    assert lines[len(heads) + 1].startswith("# "), (
        "the first line after the prefixes says what the file is about"
    )
