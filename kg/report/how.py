"""How much of a report is shown, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.pipeline.kept import field_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.validation.finding import Finding

FOLLOWS: Final = frozenset({"header-wrong"})
LIMIT: Final = 20


@dataclass(frozen=True, slots=True)
class How:
    """The language of messages; how many findings of one kind are shown, 0 for all; whether in colour."""

    language: str
    limit: int = LIMIT
    colour: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """What is counted and not shown: findings like one that is shown."""

    like: Finding
    count: int


def kind(finding: Finding) -> tuple[str, str, str]:
    """What makes findings alike: how bad it is, what, and in which field.

    >>> from kg.errors import Place, Problem
    >>> from kg.validation.finding import Finding
    >>> kind(Finding(Problem("pattern", "/name/0/ko"), Place("")))
    ('error', 'pattern', '/name/*/ko')
    """
    problem = finding.problem
    return problem.severity, problem.code, field_of(problem.code, problem.pointer)


def shown(findings: Iterable[Finding], limit: int) -> tuple[list[Finding], list[More]]:
    """The first ``limit`` of each kind, in their order, and how many more there are of which kind.

    What only follows from another finding, the same for each record, is shown once.
    """
    first: list[Finding] = []
    count: dict[tuple[str, str, str], int] = {}
    last: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        of = kind(finding)
        count[of] = count.get(of, 0) + 1
        if not limit or count[of] <= _most(finding, limit):
            first.append(finding)
            last[of] = finding
    more = [More(last[of], n - _most(last[of], limit)) for of, n in count.items()]
    return first, [rest for rest in more if limit and rest.count > 0]


def _most(finding: Finding, limit: int) -> int:
    return 1 if finding.problem.code in FOLLOWS else limit
