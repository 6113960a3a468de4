"""Findings as JUnit XML, which build servers show as tests: a suite for a file, a case for a finding."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from kg.messages import harmless, text
from kg.report.as_text import more_like_it, summary
from kg.report.how import shown
from kg.report.paths import relative

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.report.how import How
    from kg.validation.finding import Finding

_LONGEST: Final = 4_000
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may not stand in XML at all, https://www.w3.org/TR/xml/#charsets."""
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;"})


class _Case(NamedTuple):
    suite: str
    name: str
    code: str
    said: str
    """What is wrong, or what is only good to know."""
    failed: bool
    line: int = 0


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write the books as a case that passes, then the findings, of a kind as many as are shown."""
    first, more = shown(outcome.findings, how.limit)
    cases = [_case(finding, outcome, how.language) for finding in first]
    for rest in more:
        said = more_like_it(rest, how.language)
        like = rest.like
        code = like.problem.code
        cases.append(_Case(like.place.file, said, code, said, outcome.fails(like)))
    cases.sort(key=lambda case: case.suite)
    cases.insert(0, _Case("", "kg", "", summary(outcome, how.language), failed=False))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="kg" {_counted(cases)}>']
    for suite, together in groupby(cases, key=lambda case: case.suite):
        inside = list(together)
        name = _safe(relative(suite) if suite else "kg")
        lines.append(f'  <testsuite name="{name}" {_counted(inside)}>')
        lines += [_element(case, name) for case in inside]
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    out.write(("\n".join(lines) + "\n").encode())


def _case(finding: Finding, outcome: Outcome, language: str) -> _Case:
    problem = finding.problem
    said = [finding.message(language), finding.snippet]
    if hint := finding.hint(language):
        said.append(f"{text('word-hint', {}, language)}: {hint}")
    where = f"{finding.place.line}:{finding.place.column}" if finding.place.line else ""
    name = " ".join(filter(None, (where, problem.code, problem.pointer or finding.record)))
    lines = "\n".join(harmless(line, _LONGEST) for line in said if line)
    return _Case(finding.place.file, name, problem.code, lines, outcome.fails(finding), finding.place.line)


def _element(case: _Case, suite: str) -> str:
    """A case as XML; what does not fail passes, and is said as output."""
    line = f' line="{case.line}"' if case.line else ""
    said = _safe(case.said, _LONGEST)
    head = f'    <testcase classname="{suite}" name="{_safe(case.name)}" file="{suite}"{line}>'
    if not case.failed:
        return f"{head}<system-out>{said}</system-out></testcase>"
    short = _safe(case.said.split("\n")[0])
    return f'{head}<failure type="{_safe(case.code)}" message="{short}">{said}</failure></testcase>'


def _counted(cases: list[_Case]) -> str:
    return f'tests="{len(cases)}" failures="{sum(case.failed for case in cases)}" errors="0"'


def _safe(said: str, at_most: int = 500) -> str:
    """A text that is XML and no markup; line ends of ours stay."""
    lines = (harmless(line, at_most) for line in said.split("\n"))
    return _NOT_XML.sub("\ufffd", "\n".join(lines)).translate(_MARKUP)
