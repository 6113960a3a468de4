"""The triples of ontology and shapes, read once."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def by_file() -> dict[str, list[ox.Quad]]:
    """The triples of ``ontology/*.ttl`` and ``shapes/*.ttl``, by file."""
    files = sorted([*ROOT.glob("ontology/*.ttl"), *ROOT.glob("shapes/*.ttl")])
    return {
        file.relative_to(ROOT).as_posix(): list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
        for file in files
    }


@pytest.fixture(scope="session")
def triples(by_file: dict[str, list[ox.Quad]]) -> list[ox.Quad]:
    """Every triple of ontology and shapes, in the default graph."""
    return [quad for quads in by_file.values() for quad in quads]


@pytest.fixture(scope="session")
def homes(by_file: dict[str, list[ox.Quad]]) -> dict[str, str]:
    """Term -> the file that says what it is, or else one that names it."""
    found: dict[str, str] = {}
    for file, quads in by_file.items():
        found |= {str(quad.subject): file for quad in quads}
    for file, quads in by_file.items():
        for quad in quads:
            found.setdefault(str(quad.predicate), file)
            found.setdefault(str(quad.object), file)
    return found
