"""Findings as people read them: place, severity, code, field, sentence; the words there; a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.messages import text

if TYPE_CHECKING:
    from kg.pipeline import Outcome
    from kg.validation.settle import Books


def write(outcome: Outcome, out: BinaryIO, language: str) -> None:
    """Write every finding, then the books and the verdict."""
    out.writelines((finding.text(language) + "\n").encode() for finding in outcome.findings)
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
