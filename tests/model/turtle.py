"""Lines of Turtle that are added to a sound model."""

from __future__ import annotations


def prop(rest: str, path: str = "sh:path kg:more ;") -> str:
    """One more property of a deal."""
    return (
        "shape:Deal sh:property shape:Deal-more . "
        f"shape:Deal-more a sh:PropertyShape ; sh:severity sh:Violation ; {path} {rest} ."
    )


def query(select: str, more: str = "", on_shape: str = "") -> str:
    """One more SPARQL constraint."""
    return (
        f"shape:More a sh:NodeShape ; sh:targetClass kg:Deal ; sh:severity sh:Warning ; {on_shape} "
        f"sh:sparql shape:More-query . shape:More-query a sh:SPARQLConstraint ; {more} sh:select '{select}' ."
    )


GOOD_QUERY = "SELECT $this ?path ?value WHERE { $this ?path ?value }"
