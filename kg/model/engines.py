"""What the SHACL engines get: the shapes, and of the ontology what they can't do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf import RDF, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import types as t
    from kg.model.files import Graph


def for_engines(lines: list[str], shapes: Graph) -> list[str]:
    """The shapes as engines get them: a value type that is a target class is asked for by its class.

    Its nodes are checked as targets; to check them once more below each field says nothing new,
    and took six times as long as all the rest (measured on 100,000 investments).
    """
    asked = {
        f"<{SH}node> <{shape}> .\n": f"<{SH}class> <{target}> .\n"
        for shape in shapes.instances(f"{SH}NodeShape")
        if (target := shapes.value(shape, f"{SH}targetClass")) is not None
    }
    parts = (line.partition(" ") for line in lines)
    return sorted(f"{subject} {asked.get(rest, rest)}" for subject, _, rest in parts)


def slim(
    ontology: Graph, concepts: Mapping[str, tuple[t.Concept, ...]], classes: Mapping[str, t.Class]
) -> str:
    """What an engine must see of the ontology: without it inherited targets find nothing."""
    lines = {
        f"<{s}> <{RDFS}subClassOf> <{above}> .\n"
        for s in ontology.index
        for above in ontology.values(s, f"{RDFS}subClassOf")
    }
    lines |= {
        f"<{member.iri}> <{RDF}type> <{c}> .\n"
        for members in concepts.values()
        for member in members
        for c in ontology.values(member.iri, f"{RDF}type")
    }
    lines |= {
        f"<{f.path}> <{RDF}type> <{RDF}Property> .\n" for c in classes.values() for f in c.fields.values()
    }
    return "".join(sorted(lines))
