"""All that a project's store holds, held against what was written; nothing is changed.

A problem of severity "error" is damage, a "warning" should be looked after, an "info" is good to know. Each
names the file it is about as its place.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.checkup import beside, files, index, versions
from kg.store.checkup.seen import Seen, problem_of
from kg.store.journal import Journal, as_lines, gathered
from kg.store.reading import open_journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.errors import Problem
    from kg.store.layout import Layout

__all__ = ["Checked", "checkup"]


@dataclass
class Checked:
    """What was found, and how much was looked at."""

    problems: list[Problem] = field(default_factory=list)
    seen: Seen | None = None
    """None where the journal can't be read, so that nothing else can be told."""
    files: int = 0


def checkup(layout: Layout, told: Callable[[str], None] = lambda _what: None) -> Checked:
    """Check everything below ``.kg``. ``told`` hears what is being looked at."""
    checked = Checked()
    if not layout.data.is_dir():
        return checked
    told("files")
    if not layout.journal.exists() and not files.anything(layout):
        return checked
    checked.problems += files.permissions(layout)
    checked.seen = _seen(layout, checked.problems)
    checked.files = files.count(layout)
    if checked.seen is None:
        return checked
    seen = checked.seen
    parts: Iterable[tuple[str, Callable[[Seen], Iterable[Problem]]]] = (
        ("files", files.files),
        ("files", files.space),
        ("versions", versions.versions),
        ("beside", beside.judgements),
        ("beside", beside.corrections),
        ("beside", beside.not_taken),
        ("beside", beside.pushes),
        ("beside", beside.names),
        ("checkpoints", index.checkpoint_files),
        ("index", index.contents),
    )
    for what, part in parts:
        told(what)
        try:
            checked.problems += part(seen)
        except OSError as error:
            reason = error.strerror or str(error)
            checked.problems.append(
                problem_of(StoreError("store-disk", file=str(error.filename or layout.data), reason=reason))
            )
    return checked


def _seen(layout: Layout, problems: list[Problem]) -> Seen | None:
    """What the journal says, or if it is damaged its copy; None if neither can be read."""
    with ExitStack() as stack:
        locked = files.lock(layout, stack, problems)
        try:
            journal = _journal(layout, problems)
        except StoreError:
            return None
        except OSError as error:
            reason = error.strerror or str(error)
            problems.append(problem_of(StoreError("store-disk", file=str(layout.journal), reason=reason)))
            return None
        seen = Seen(layout, journal, busy=not locked)
        problems += _copy(seen, journal) if locked else ()
        problems += files.pending(seen)
        return seen


def _journal(layout: Layout, problems: list[Problem]) -> Journal:
    """The journal; if it is damaged, which is said, what it and its copy still have. Nothing is written."""
    try:
        return open_journal(layout, begin=False)
    except StoreError as error:
        problems.append(problem_of(error))
        if not error.code.startswith("store-journal-"):
            raise
        return Journal(layout.journal, gathered(layout.journal, layout.journal_copy))


def _copy(seen: Seen, journal: Journal) -> Iterable[Problem]:
    """Whether the copy of the journal is one."""
    copy = seen.layout.journal_copy
    if not copy.exists():
        yield seen.problem("doctor-no-journal-copy", copy, "warning")
        return
    copied = copy.read_bytes()
    if journal.torn or copied == (whole := as_lines(journal.entries)):
        return
    if copied and whole.startswith(copied):  # a command that wrote was killed, or power was lost
        yield seen.problem("doctor-journal-copy-behind", copy, "warning")
    else:
        yield seen.problem("doctor-journal-copy", copy)
