"""The triples of ontology and shapes, read once."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def triples() -> list[ox.Quad]:
    """Every triple of ``ontology/*.ttl`` and ``shapes/*.ttl``, in the default graph."""
    files = sorted([*ROOT.glob("ontology/*.ttl"), *ROOT.glob("shapes/*.ttl")])
    return [quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)]
