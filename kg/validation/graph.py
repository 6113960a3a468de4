"""Validation of RDF that is there already: results by node, since there are no records."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import DOES_NOT_CONFORM, DONE, Place, Problem
from kg.rdf import OWL, TYPE
from kg.validation import check, locate
from kg.validation.finding import Finding, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kg.model.types import Class, Model
    from kg.validation.result import Result


_SAME: Final = f"<{OWL}sameAs>"


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
    model: Model,
    files: Mapping[str, Sequence[str]],
    engine: str = check.DEFAULT,
    seconds: float = 0,
    beside: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> GraphReport:
    """Check the union of RDF files, given as name -> N-Triples lines; ``seconds`` as ``check.check`` has it.

    What is ``beside`` them is looked at too, but it need not be of a class with shapes. A graph in which
    no node is of a class that shapes target does not conform: nothing was checked.
    """
    types: dict[str, set[str]] = {}
    home: dict[str, str] = {}
    union = {**files, **beside}
    for name, lines in union.items():
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            if predicate == _SAME:
                continue  # all that is said of it stands under the other IRI
            home.setdefault(subject, name)
            found = types.setdefault(subject, set())
            if predicate == TYPE:
                found.add(rest.rstrip("\n").removesuffix(" .")[1:-1])
    own = {subject for subject, name in home.items() if name in files}
    targeted = {s for s, classes in types.items() if s in own and any(_is_target(model, c) for c in classes)}
    classes = {c for found in types.values() for c in found}
    every = (line for lines in union.values() for line in lines)
    checked = check.check(model, every, classes, engine, seconds=seconds)
    findings = []
    said = _said(union, {result.focus for result in checked.results})

    def values(node: str, path: str) -> list[str]:
        return said.get((f"<{node}>", f"<{path}>"), [])

    for result in checked.results:
        problem = problem_of(model, result, types.get(result.focus, set()), values)
        place = Place(home.get(result.focus, next(iter(files), "")))
        findings.append(Finding(problem, place, result.focus.strip("<>"), result=result))
    unchecked = len(own) - len(targeted)
    if not targeted:
        findings += [Finding(Problem("nothing-checked", received=n), Place(n)) for n in files]
    elif unchecked:
        problem = Problem("some-unchecked", args={"count": unchecked, "of": len(own)}, severity="warning")
        findings.append(Finding(problem, Place(", ".join(files))))
    return GraphReport(in_order(findings), len(targeted), unchecked, checked)


def problem_of(
    model: Model, result: Result, types: Collection[str], values: Callable[[str, str], Collection[str]]
) -> Problem:
    """A result as a problem, given the classes of its node and what says the values of properties."""
    return locate.problem(result, model, _class(model, types), values=values)


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


def _class(model: Model, types: Collection[str]) -> Class | None:
    """The most special of the record classes that a node is typed with."""
    known = [model.by_iri[t] for t in types if t in model.by_iri]
    return max(known, key=lambda c: (len(c.ancestors), c.iri), default=None)
