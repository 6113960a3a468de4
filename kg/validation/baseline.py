"""A baseline: the findings that a project has accepted, so that only new ones are shown.

A file of JSON: an entry for each fingerprint, how often it was found, and in words what it is.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.messages import as_json
from kg.validation.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.validation.finding import Finding

FORMAT: Final = 1
_WORDS: Final = ("code", "file", "record", "pointer")


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings with one fingerprint: how many, and what they are."""

    mark: str
    count: int
    code: str
    file: str
    record: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing findings with a baseline."""

    new: list[Finding]
    known: int
    """How many findings are in the baseline."""
    gone: tuple[Entry, ...]
    """What is in the baseline and was not found; ``count`` is how many are missing."""


def entries(findings: Iterable[Finding]) -> list[Entry]:
    """The baseline that accepts all findings; sorted, whatever their order."""
    found: dict[str, Entry] = {}
    count: Counter[str] = Counter()
    for finding in findings:
        mark = fingerprint(finding)
        count[mark] += 1
        problem = finding.problem
        what = Entry(mark, 1, problem.code, finding.place.file, finding.record, problem.pointer)
        found[mark] = min(found.get(mark, what), what, key=_order)
    each = (Entry(mark, count[mark], e.code, e.file, e.record, e.pointer) for mark, e in found.items())
    return sorted(each, key=_order)


def compare(findings: Iterable[Finding], baseline: Iterable[Entry]) -> Compared:
    """What of the findings is new; of several alike the first are those that are known."""
    left = {entry.mark: entry.count for entry in baseline}
    known, new = 0, []
    for finding in findings:
        mark = fingerprint(finding)
        if left.get(mark, 0):
            left[mark] -= 1
            known += 1
        else:
            new.append(finding)
    gone = tuple(
        Entry(e.mark, left[e.mark], e.code, e.file, e.record, e.pointer) for e in baseline if left[e.mark]
    )
    return Compared(new, known, gone)


def written(baseline: Iterable[Entry]) -> str:
    """The file: JSON with an entry a line, so that a change is read as a difference."""
    lines = ",\n".join(
        as_json({"fingerprint": e.mark, "count": e.count} | {word: getattr(e, word) for word in _WORDS})
        for e in baseline
    )
    text = f'{{"format": {FORMAT}, "findings": [\n{lines}\n]}}\n'
    return text.encode("utf-8", "backslashreplace").decode()


def read(path: Path) -> list[Entry]:
    """Read a baseline; raises ``UsageError`` for what is none."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError("baseline-unreadable", file=str(path), reason=str(error)) from error
    if (
        not isinstance(data, dict)
        or data.get("format") != FORMAT
        or not isinstance(data.get("findings"), list)
    ):
        raise UsageError("baseline-format", file=str(path), allowed=FORMAT)
    found = {entry.mark: entry for entry in (_entry(path, each) for each in data["findings"])}
    return list(found.values())


def _entry(path: Path, data: object) -> Entry:
    if not isinstance(data, dict):
        raise UsageError("baseline-format", file=str(path), allowed=FORMAT)
    given: Mapping[str, Any] = data
    mark, count = given.get("fingerprint"), given.get("count")
    if not isinstance(mark, str) or type(count) is not int or count < 1:
        raise UsageError("baseline-format", file=str(path), allowed=FORMAT)
    return Entry(mark, count, *(str(given.get(word, "")) for word in _WORDS))


def _order(entry: Entry) -> tuple[str, ...]:
    return entry.file, entry.code, entry.pointer, entry.record, entry.mark
