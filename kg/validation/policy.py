"""How bad a finding is, where a project says otherwise: ``[rules."code"] severity`` of ``kg.toml``.

An error may be made less only where its record is whole without what is wrong: what a shape finds, and
the codes of ``LOWERABLE``. What could not be read is in no graph, so a record with it can't be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.errors import SEVERITIES, UsageError
from kg.messages import catalogue
from kg.validation.locate import OF_SHAPES
from kg.values.nearest import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.config import Config
    from kg.errors import Problem, Severity
    from kg.model.types import Model
    from kg.validation.finding import Finding

OFF: Final = "off"
LOWERABLE: Final = frozenset({"unknown-field", "quote-not-found", "quote-elsewhere", "quote-no-paragraph"})
"""Errors of reading without which a record is whole."""
NO_ERRORS: Final = frozenset(
    {
        "columns-unused",
        "date-weekday",
        "date-year-unlikely",
        "judgement-identifiers",
        "language-unregistered",
        "names-invisible",
        "names-language-open",
        "name-described",
        "name-several",
        "names-two",
        "encoding-guessed",
        "endpoint-asked",
        "endpoint-blank",
        "endpoint-whole",
        "field-never",
        "no-records",
        "percent-below-one",
        "quote-several",
        "rdf-empty",
        "repaired-code",
        "repaired-concept",
        "repaired-date",
        "repaired-field",
        "repaired-key",
        "repaired-truth",
        "repaired-type",
        "record-left",
        "rdf-graphs-merged",
        "rows-read-as",
        "some-unchecked",
        "taken-out",
    }
)
"""What is only good to know, or to be looked at, unless a project wants more; a new one is entered here."""
ASSUMED: Final = "-assumed"
"""How the codes of assumptions end; they are only good to know."""
FIXED: Final = frozenset(
    {"retracted", "waits", "taken-out-by", "header-wrong", "more-results", "more-problems"}
)
"""What only says why a record is out, or that there is more; it is as bad as it is."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Code -> severity, or ``off``; of all other codes it is as it is."""

    severities: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, config: Config, model: Model) -> Policy:
        """The policy of a project.

        Raises ``UsageError`` for a code that there is none of, and for an error that may not be less.
        """
        shapes = OF_SHAPES | set(model.codes.values())
        known = shapes | catalogue().keys()
        for code, severity in config.rules.items():
            if code not in known:
                raise UsageError(
                    "rule-unknown", file=str(config.path), received=code, near=close(code, sorted(known))
                )
            may_be_less = code in shapes or _may_be_less(code)
            if code in FIXED or (severity != SEVERITIES[0] and not may_be_less):
                raise UsageError("rule-fixed", file=str(config.path), received=code, severity=severity)
        return cls(dict(config.rules))

    def problem(self, problem: Problem, *, of_shape: bool = False) -> Problem | None:
        """The problem as the project sees it; None for one that it does not want to be told."""
        wanted = self.severities.get(problem.code)
        if wanted is None or wanted == problem.severity:
            return problem
        if problem.severity == "error" and not of_shape and not _may_be_less(problem.code):
            return problem
        return None if wanted == OFF else replace(problem, severity=_severity(wanted))

    def problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """What reading said, as the project sees it."""
        return [seen for problem in problems if (seen := self.problem(problem)) is not None]

    def findings(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings as the project sees them."""
        for finding in findings:
            seen = self.problem(finding.problem, of_shape=finding.result is not None)
            if seen is not None:
                yield finding if seen is finding.problem else replace(finding, problem=seen)


def _may_be_less(code: str) -> bool:
    """Whether what reading says may be less than an error."""
    return code in LOWERABLE or code in NO_ERRORS or code.endswith(ASSUMED)


def _severity(written: str) -> Severity:
    return next(severity for severity in SEVERITIES if severity == written)
