"""Findings as people read them: place, severity, code, field, sentence; the words there; a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.messages import harmless, text

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.validation.finding import Finding
    from kg.validation.settle import Books

_WIDTH: Final = 400


def write(outcome: Outcome, out: BinaryIO, language: str) -> None:
    """Write every finding, then the books and the verdict."""
    out.writelines((finding_text(finding, language) + "\n").encode() for finding in outcome.findings)
    out.write((summary(outcome, language) + "\n").encode())


def summary(outcome: Outcome, language: str) -> str:
    """The books, and whether everything conforms, by which engine."""
    count = dict.fromkeys(("error", "warning", "info"), 0)
    for finding in outcome.findings:
        count[finding.problem.severity] += 1
    lines = [books_text(outcome.books, language)] if outcome.books else []
    if outcome.nodes:
        lines.append(text("nodes-checked", {"count": outcome.nodes}, language))
    verdict = "does-not-conform" if outcome.exit_code else "conforms"
    lines.append(text(verdict, {**count, "engine": outcome.engine}, language))
    return "\n".join(lines)


def finding_text(finding: Finding, language: str) -> str:
    """One finding in up to three lines; what is only good to know takes one.

    facts.jsonl:12: error[money-order] /amount: the lower bound 25 is above the upper bound 15
        "amount": {"min": 25, "max": 15, "currency": "USD"}
        hint: …
    """
    problem = finding.problem
    where = harmless(str(finding.place), _WIDTH)
    about = f" {problem.pointer or (finding.record if not finding.place.line else '')}".rstrip()
    head = (
        f"{where}: {problem.severity}[{problem.code}]{harmless(about, _WIDTH)}: {finding.message(language)}"
    )
    lines = [head]
    if problem.severity == "info":
        return head
    if finding.snippet:
        lines.append(f"    {harmless(finding.snippet, _WIDTH)}")
    if hint := finding.hint(language):
        lines.append(f"    {text('word-hint', {}, language)}: {hint}")
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
