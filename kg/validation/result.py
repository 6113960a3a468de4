"""What a SHACL engine found: one ``Result``, the same whichever engine ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.rdf import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEVERITIES: Final = {f"{SH}{name}": name for name in ("Violation", "Warning", "Info")}


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One top-level ``sh:ValidationResult``, https://www.w3.org/TR/shacl/#validation-report.

    Results are equal when the engines agree on what is wrong where; the messages don't count.
    """

    focus: str
    """N-Triples term of the node that was checked."""
    path: str
    """IRI of the property, without brackets; the SPARQL path text of a complex path; "" if none."""
    value: str
    """N-Triples term of the offending value, or ""."""
    component: str
    """Local name of the constraint component without its ending: ``MinCount``, ``SPARQL``."""
    shape: str
    """IRI of the shape that holds the constraint (the property shape, if it is one); "" if blank."""
    severity: str
    """``Violation``, ``Warning``, ``Info``, or the IRI of another severity."""
    messages: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Language -> text of ``sh:message``, "" for no language; texts that an engine made up are left out."""


def component_name(iri: str) -> str:
    """The short name of a constraint component.

    >>> component_name("http://www.w3.org/ns/shacl#MinCountConstraintComponent")
    'MinCount'
    """
    return iri.rpartition("#")[2].rpartition("/")[2].removesuffix("ConstraintComponent")


def severity_name(iri: str) -> str:
    """The local name of a severity of SHACL's own, another one's IRI unchanged.

    >>> severity_name("http://www.w3.org/ns/shacl#Info"), severity_name("http://x.example/Bad")
    ('Info', 'http://x.example/Bad')
    """
    return SEVERITIES.get(iri, iri)


def sorted_unique(results: Iterable[Result]) -> list[Result]:
    """Each result once, in an order that no run changes; of equal ones the least messages are kept."""
    by_key: dict[Result, Result] = {}
    for result in results:
        seen = by_key.get(result)
        if seen is None or sorted(result.messages.items()) < sorted(seen.messages.items()):
            by_key[result] = result
    return sorted(by_key.values())
