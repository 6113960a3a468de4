"""The W3C validation report of what was found, https://www.w3.org/TR/shacl/#validation-report.

It has no blank nodes, so that the same findings give the same text: the report is
``urn:kg:report``, its results are ``urn:kg:report#1``, … in the order of the findings. What does not
come from a shape (an amount that can't be read) is reported in the same form; its component is
``urn:kg:code:<code of the message>``. Where a result's record stands is its ``dcterms:source``:
``urn:kg:place:<file>:<line>#<JSON pointer>``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kg.errors import NOTHING
from kg.messages import LANGUAGES, shown
from kg.rdf import DCTERMS, RDF, SH, TYPE, XSD, iri, is_iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.validation.finding import Finding
    from kg.validation.result import Result

REPORT: Final = "urn:kg:report"
_SEVERITY: Final = {"error": "Violation", "warning": "Warning", "info": "Info"}
_POSTFIX: Final = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
_PATH_TOKEN: Final = re.compile(r"<[^<>]*>|[()/|^*+?]")


def report_blocks(
    findings: Iterable[Finding], languages: Sequence[str] = LANGUAGES
) -> list[tuple[str, list[str]]]:
    """The report and each of its results as a block: its IRI and its N-Triples lines.

    ``sh:conforms`` is as the standard has it: false as soon as there is a result, whatever its severity.
    """
    blanks: dict[str, str] = {}
    blocks = [
        (f"{REPORT}#{n}", list(_result(f"{REPORT}#{n}", finding, languages, blanks)))
        for n, finding in enumerate(findings, 1)
    ]
    conforms = "false" if blocks else "true"
    head = [
        f"<{REPORT}> {TYPE} <{SH}ValidationReport> .",
        f'<{REPORT}> <{SH}conforms> "{conforms}"^^<{XSD}boolean> .',
    ]
    return [(REPORT, head + [f"<{REPORT}> <{SH}result> <{name}> ." for name, _ in blocks]), *blocks]


def _result(node: str, finding: Finding, languages: Sequence[str], blanks: dict[str, str]) -> Iterator[str]:
    result, problem = finding.result, finding.problem

    def named(term: str) -> str:
        # Labels of blank nodes change from run to run: they are numbered as they turn up.
        return (
            blanks.setdefault(term, f"<{REPORT}#blank-{len(blanks) + 1}>") if term.startswith("_:") else term
        )

    yield f"<{node}> {TYPE} <{SH}ValidationResult> ."
    yield f"<{node}> <{SH}focusNode> {named(result.focus if result else _focus(finding))} ."
    yield f"<{node}> <{SH}resultSeverity> <{_severity(finding)}> ."
    yield f"<{node}> <{SH}sourceConstraintComponent> <{_component(finding)}> ."
    if result and result.shape:
        yield f"<{node}> <{SH}sourceShape> {iri(result.shape)} ."
    if result and result.path:
        yield from _path(node, result)
    if result and result.value:
        yield f"<{node}> <{SH}value> {named(result.value)} ."
    elif problem.received is not NOTHING:
        yield f"<{node}> <{SH}value> {literal(shown(problem.received))} ."
    for language in languages:
        yield f"<{node}> <{SH}resultMessage> {literal(finding.message(language), language=language)} ."
    if finding.place.file:
        yield f"<{node}> <{DCTERMS}source> <{_place(finding)}> ."


def _place(finding: Finding) -> str:
    pointer = (
        f"#{quote(finding.problem.pointer.encode('utf-8', 'surrogatepass'), safe='/~')}"
        if finding.problem.pointer
        else ""
    )
    return f"urn:kg:place:{quote(str(finding.place).encode('utf-8', 'surrogatepass'), safe='/:~')}{pointer}"


def _focus(finding: Finding) -> str:
    return iri(finding.record) if is_iri(finding.record) else f"<{_place(finding)}>"


def _severity(finding: Finding) -> str:
    own = finding.result.severity if finding.result else ""
    return own if is_iri(own) else SH + _SEVERITY[finding.problem.severity]


def _component(finding: Finding) -> str:
    if finding.result:
        return f"{SH}{finding.result.component}ConstraintComponent"
    return f"urn:kg:code:{finding.problem.code}"


def _path(node: str, result: Result) -> Iterator[str]:
    if is_iri(result.path):
        yield f"<{node}> <{SH}resultPath> {iri(result.path)} ."
        return
    lines: list[str] = []
    term = _Path(node, _PATH_TOKEN.findall(result.path), lines).alternatives()
    yield f"<{node}> <{SH}resultPath> {term} ."
    yield from lines


class _Path:
    """A parser from a SPARQL property path to the RDF of SHACL, each node with an IRI."""

    def __init__(self, node: str, tokens: list[str], lines: list[str]) -> None:
        """Read ``tokens``; the nodes of the path are named after ``node`` and described in ``lines``."""
        self.node, self.left, self.lines, self.made = node, tokens[::-1], lines, 0

    def alternatives(self) -> str:
        """``a|b``: the node of ``sh:alternativePath``."""
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        node = self._new()
        self.lines.append(f"{node} <{SH}alternativePath> {self._list(parts)} .")
        return node

    def _sequence(self) -> str:
        parts = [self._step()]
        while self._take("/"):
            parts.append(self._step())
        return parts[0] if len(parts) == 1 else self._list(parts)

    def _step(self) -> str:
        if self._take("^"):
            return self._wrap("inversePath", self._step())
        if self._take("("):
            term = self.alternatives()
            self._take(")")
        else:
            term = self.left.pop()
        while self.left and self.left[-1] in _POSTFIX:
            term = self._wrap(_POSTFIX[self.left.pop()], term)
        return term

    def _take(self, token: str) -> bool:
        return bool(self.left) and self.left[-1] == token and bool(self.left.pop())

    def _new(self) -> str:
        self.made += 1
        return f"<{self.node}-path-{self.made}>"

    def _wrap(self, predicate: str, term: str) -> str:
        node = self._new()
        self.lines.append(f"{node} <{SH}{predicate}> {term} .")
        return node

    def _list(self, parts: list[str]) -> str:
        nodes = [self._new() for _ in parts]
        for node, part, rest in zip(nodes, parts, [*nodes[1:], f"<{RDF}nil>"], strict=True):
            self.lines += [f"{node} <{RDF}first> {part} .", f"{node} <{RDF}rest> {rest} ."]
        return nodes[0]
