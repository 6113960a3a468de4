"""Probes: proof that an engine looked at every class that it had to look at.

An engine that is not given the subclass triples finds no focus nodes and says "conforms". So
every run carries one node for each class in the data, and one shape that all of them must
violate. A probe whose result does not come back was not looked at, and neither was its class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import InputError
from kg.rdf import RDF, SH, TYPE, XSD, iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.model.types import Model
    from kg.validation.result import Result

PROBE: Final = "urn:kg:probe"
"""The property that only probes have; probes are ``urn:kg:probe:1``, …"""

_NAMED: Final = f"<{PROBE}".encode()
_SHAPE: Final = f"<{PROBE}#shape>"
_PROPERTY: Final = f"<{PROBE}#property>"


def probe_shape(targets: Iterable[str]) -> str:
    """A shape (N-Triples) for the classes ``targets`` that whatever has the property violates."""
    lines = [
        f"{_SHAPE} {TYPE} <{SH}NodeShape> .",
        f"{_SHAPE} <{SH}property> {_PROPERTY} .",
        f"{_PROPERTY} {TYPE} <{SH}PropertyShape> .",
        f"{_PROPERTY} <{SH}path> <{PROBE}> .",
        f'{_PROPERTY} <{SH}maxCount> "0"^^<{XSD}integer> .',
        *(f"{_SHAPE} <{SH}targetClass> {iri(target)} ." for target in sorted(targets)),
    ]
    return "".join(f"{line}\n" for line in lines)


def targeted(model: Model, classes: Collection[str]) -> list[str]:
    """Those of ``classes`` that some shape targets, directly or as a subclass, sorted."""
    return sorted(c for c in classes if model.superclasses.get(c, frozenset({c})) & model.targets)


def probe(model: Model, classes: Collection[str]) -> tuple[str, str]:
    """The extra shapes and the extra data (N-Triples) that prove a run.

    There is a probe for each of ``classes`` that the model's shapes target.
    """
    return probe_shape(model.targets), "".join(
        f'{node} <{RDF}type> {iri(name)} .\n{node} <{PROBE}> "{number}" .\n'
        for number, name in enumerate(targeted(model, classes), 1)
        for node in [f"<{PROBE}:{number}>"]
    )


def refuse_probes(text: bytes) -> None:
    """Raise ``InputError`` for data about a node that is named like a probe: nothing would be said of it."""
    at = 0 if text.startswith(_NAMED) else text.find(b"\n" + _NAMED) + 1
    if at or text.startswith(_NAMED):
        raise InputError("probe-name", received=text[at:].partition(b" ")[0].decode())


def without_probes(
    results: Iterable[Result], model: Model, classes: Collection[str]
) -> tuple[list[Result], list[str]]:
    """The results that are about the data, and the classes whose probe did not come back."""
    kept: list[Result] = []
    back: set[str] = set()
    ours = {f"<{PROBE}:{n}>" for n in range(1, len(targeted(model, classes)) + 1)}
    for result in results:
        if result.focus in ours:
            if result.path == PROBE:
                back.add(result.focus)
        else:
            kept.append(result)
    missing = [name for n, name in enumerate(targeted(model, classes), 1) if f"<{PROBE}:{n}>" not in back]
    return kept, missing
