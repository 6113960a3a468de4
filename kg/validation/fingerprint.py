"""By what a finding is known again when lines have moved: the record, the field, what is wrong, the value."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.errors import NOTHING
from kg.messages import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.validation.finding import Finding

NAME: Final = "kg/v1"
_DIGITS: Final = 32


def fingerprint(finding: Finding) -> str:
    """The same for the same fault of the same record, wherever it stands; of 128 bits.

    A record is known by its id, or by its IRI, which is made of what it says; one that could not be
    read at all is known by its words. Of the file's path only the name counts.
    """
    problem = finding.problem
    received = finding.snippet if problem.received is NOTHING and not finding.record else problem.received
    says = [
        PurePath(finding.place.file).name,
        finding.record,
        problem.pointer,
        problem.code,
        finding.result.shape if finding.result is not None else "",
        as_json(None if received is NOTHING else received),
    ]
    text = as_json(says).encode("utf-8", "backslashreplace")
    return hashlib.sha256(text).hexdigest()[:_DIGITS]


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint and which of those with the same one it is, ``…:1`` for the first."""
    count: dict[str, int] = {}
    for finding in findings:
        found = fingerprint(finding)
        count[found] = count.get(found, 0) + 1
        yield finding, f"{found}:{count[found]}"
