"""Validation of RDF that is there already: results by node, since there are no records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DOES_NOT_CONFORM, DONE, Place, Problem
from kg.rdf import TYPE
from kg.validation import check, locate
from kg.validation.finding import Finding, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model.types import Class, Model


@dataclass(frozen=True, slots=True)
class GraphReport:
    """What came of it: ``nodes`` were checked, ``unchecked`` subjects are of no class with shapes."""

    findings: list[Finding]
    nodes: int
    unchecked: int
    checked: check.Checked

    @property
    def exit_code(self) -> int:
        """0 if something was checked and nothing violates, else 1."""
        return DOES_NOT_CONFORM if any(f.problem.severity == "error" for f in self.findings) else DONE


def validate(
    model: Model, files: Mapping[str, Sequence[str]], engine: str = check.DEFAULT, seconds: float = 0
) -> GraphReport:
    """Check the union of RDF files, given as name -> N-Triples lines; ``seconds`` as ``check.check`` has it.

    A graph in which no node is of a class that shapes target does not conform: nothing was checked.
    """
    types: dict[str, set[str]] = {}
    home: dict[str, str] = {}
    for name, lines in files.items():
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            home.setdefault(subject, name)
            found = types.setdefault(subject, set())
            if predicate == TYPE:
                found.add(rest.rstrip("\n").removesuffix(" .")[1:-1])
    targeted = {s for s, classes in types.items() if any(_is_target(model, c) for c in classes)}
    classes = {c for found in types.values() for c in found}
    every = (line for lines in files.values() for line in lines)
    checked = check.check(model, every, classes, engine, seconds=seconds)
    findings = []
    said = _said(files, {result.focus for result in checked.results})

    def values(node: str, path: str) -> list[str]:
        return said.get((f"<{node}>", f"<{path}>"), [])

    for result in checked.results:
        class_ = _class(model, types.get(result.focus, set()))
        problem = locate.problem(result, model, class_, values=values)
        place = Place(home.get(result.focus, next(iter(files), "")))
        findings.append(Finding(problem, place, result.focus.strip("<>"), result=result))
    unchecked = len(types) - len(targeted)
    if not targeted:
        findings += [Finding(Problem("nothing-checked", received=n), Place(n)) for n in files]
    elif unchecked:
        problem = Problem("some-unchecked", args={"count": unchecked, "of": len(types)}, severity="warning")
        findings.append(Finding(problem, Place(", ".join(files))))
    return GraphReport(in_order(findings), len(targeted), unchecked, checked)


def _said(files: Mapping[str, Sequence[str]], nodes: set[str]) -> dict[tuple[str, str], list[str]]:
    """(node, property) -> its values, as terms, of some nodes."""
    found: dict[tuple[str, str], list[str]] = {}
    for lines in files.values():
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            if subject in nodes:
                found.setdefault((subject, predicate), []).append(rest.rstrip("\n").removesuffix(" ."))
    return found


def _is_target(model: Model, class_iri: str) -> bool:
    return bool(model.superclasses.get(class_iri, {class_iri}) & model.targets)


def _class(model: Model, types: set[str]) -> Class | None:
    """The most special of the record classes that a node is typed with."""
    known = [model.by_iri[t] for t in types if t in model.by_iri]
    return max(known, key=lambda c: (len(c.ancestors), c.iri), default=None)
