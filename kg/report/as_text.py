"""Findings as people read them: place, severity, code, field, sentence; the words there; a hint."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.messages import text

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.pipeline.load import LoadReport
    from kg.validation.settle import Books


VERDICTS: Final = {
    (True, False): "conforms",
    (True, True): "conforms-with-store",
    (False, False): "does-not-conform",
    (False, True): "does-not-conform-with-store",
}
"""(whether it conforms, whether a store was consulted) -> message."""


def write(outcome: Outcome, out: BinaryIO, language: str) -> None:
    """Write every finding, then the books and the verdict."""
    out.writelines((finding.text(language) + "\n").encode() for finding in outcome.findings)
    out.write((summary(outcome, language) + "\n").encode())


def write_load(report: LoadReport, out: BinaryIO, language: str) -> None:
    """Write the findings of a load, what became of each file, and the books."""
    out.writelines((finding.text(language) + "\n").encode() for finding in report.outcome.findings)
    out.writelines(
        (text("load-skipped", {"file": path}, language) + "\n").encode() for path in report.skipped
    )
    for loaded in report.loaded:
        args = {"file": loaded.file, "dataset": loaded.dataset, "records": loaded.records}
        moved = {"added": loaded.change.added, "removed": loaded.change.removed}
        code = "load-unchanged" if loaded.change.unchanged else "load-done"
        out.write((text(code, {**args, **moved}, language) + "\n").encode())
    if report.outcome.books:
        out.write((summary(report.outcome, language) + "\n").encode())


def summary(outcome: Outcome, language: str) -> str:
    """The books, and whether everything conforms, by which engine."""
    count = dict.fromkeys(("error", "warning", "info"), 0)
    for finding in outcome.findings:
        count[finding.problem.severity] += 1
    lines = []
    if outcome.rows:
        lines.append(text("books-rows", asdict(outcome.rows), language))
    if outcome.books:
        lines.append(books_text(outcome.books, language))
    if outcome.as_before:
        lines.append(text("books-as-before", {"count": outcome.as_before}, language))
    if outcome.nodes:
        lines.append(text("nodes-checked", {"count": outcome.nodes}, language))
    verdict = VERDICTS[not outcome.exit_code, outcome.with_store]
    lines.append(text(verdict, {**count, "engine": outcome.engine}, language))
    return "\n".join(lines)


def books_text(books: Books, language: str) -> str:
    """The books in one line; they are checked where they are made."""
    return text(
        "books",
        {
            "read": books.read,
            "accepted": books.accepted,
            "duplicate": books.duplicate,
            "quarantined": books.quarantined,
            "waiting": books.waiting,
        },
        language,
    )
