"""Findings as people read them: place, severity, code, field, sentence; the words there; a hint."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.messages import text
from kg.report.how import shown
from kg.validation.finding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.pipeline import Outcome
    from kg.pipeline.cascading import TakenOut
    from kg.pipeline.load import LoadReport
    from kg.report.how import How, More
    from kg.validation.baseline import Entry
    from kg.validation.settle import Books


VERDICTS: Final = {
    (True, ""): "conforms",
    (True, "store"): "conforms-with-store",
    (True, "server"): "conforms-with-server",
    (False, ""): "does-not-conform",
    (False, "store"): "does-not-conform-with-store",
    (False, "server"): "does-not-conform-with-server",
}
"""(whether it conforms, what was consulted) -> message."""
GONE: Final = 20
"""How many entries of a baseline that are gone are named."""
_COLOURS: Final = {"error": "1;31", "warning": "1;33", "info": "36", "place": "1", "words": "2"}
"""Part of a finding -> how a terminal shows it (ECMA-48, SGR)."""


def coloured(part: str, said: str) -> str:
    """A part of a finding in its colour."""
    return f"\x1b[{_COLOURS[part]}m{said}\x1b[0m" if part in _COLOURS else said


def write(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write the findings, of each kind as many as are shown; then the books and the verdict."""
    write_findings(outcome, out, how)
    out.write((summary(outcome, how.language) + "\n").encode())


def write_findings(outcome: Outcome, out: BinaryIO, how: How) -> None:
    """Write the findings, and how many there are that are like them."""
    first, more = shown(outcome.findings, how.limit)
    paint = coloured if how.colour else plain
    out.writelines((finding.text(how.language, paint) + "\n").encode() for finding in first)
    out.writelines((more_like_it(rest, how.language) + "\n").encode() for rest in more)


def more_like_it(rest: More, language: str) -> str:
    """How many findings are not shown, and of which kind."""
    problem = rest.like.problem
    args = {"count": f"{rest.count:,}", "code": problem.code, "pointer": problem.pointer}
    return text("more-like-it", args, language).rstrip()


def write_loaded(report: LoadReport, out: BinaryIO, language: str) -> None:
    """Write what became of each file, and the books."""
    out.writelines(
        (text("load-skipped", {"file": path}, language) + "\n").encode() for path in report.skipped
    )
    out.writelines(
        (text("load-refused", {"dataset": name}, language) + "\n").encode() for name in report.refused
    )
    for loaded in report.loaded:
        args = {"file": loaded.file, "dataset": loaded.dataset, "records": loaded.records}
        moved = {"added": loaded.change.added, "removed": loaded.change.removed}
        code = "load-unchanged" if loaded.change.unchanged else "load-done"
        out.write((text(code, {**args, **moved}, language) + "\n").encode())
    out.writelines(
        f"{line}\n".encode() for line in taken_out(report.taken_out, language, done=not report.dry_run)
    )
    if report.outcome.books:
        out.write((summary(report.outcome, language) + "\n").encode())


def taken_out(found: Iterable[TakenOut], language: str, *, done: bool = True) -> Iterator[str]:
    """What a change takes out of each dataset, with the books after it; a line of each."""
    for one in found:
        counts = {"quarantined": one.quarantined, "waiting": one.waiting}
        books = books_text(one.books, language)
        args = {"dataset": one.dataset, "count": one.quarantined + one.waiting, **counts, "books": books}
        yield text("cascade-done" if done else "cascade-would", args, language)


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
    if outcome.gone is not None:
        gone = sum(entry.count for entry in outcome.gone)
        lines.append(text("baseline-known", {"count": outcome.known, "gone": gone}, language))
        lines += [_gone(entry, language) for entry in outcome.gone[:GONE]]
    if outcome.nodes:
        lines.append(text("nodes-checked", {"count": outcome.nodes}, language))
    verdict = VERDICTS[not outcome.exit_code, outcome.looked_in]
    lines.append(text(verdict, {**count, "engine": outcome.engine}, language))
    return "\n".join(lines)


def _gone(entry: Entry, language: str) -> str:
    """What a baseline has and was not found; of a record without a name, the fingerprint."""
    args = asdict(entry) | {"record": entry.record or entry.mark}
    return text("baseline-gone", args, language)


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
