"""What a reader holds: the journal up to the newest checkpoint, and that checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Problem, StoreError
from kg.store import checkpoints, judged
from kg.store.embedded import Embedded
from kg.store.journal import Journal
from kg.store.state import JUDGEMENTS, parts, replay

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.journal import Entry
    from kg.store.layout import Layout
    from kg.store.state import State
    from kg.store.together import Together

_TRIES: Final = 3
"""How often the newest checkpoint is looked for while a writer replaces them."""


def is_ready(layout: Layout) -> bool:
    """Whether there is something to read; else somebody has to open the store for writing first."""
    return layout.journal.exists() and bool(checkpoints.numbers(layout.checkpoints))


def open_journal(layout: Layout, *, begin: bool = True) -> Journal:
    """Read the journal, or ``begin`` one where nothing is.

    Raises ``StoreError`` if it is damaged, or missing or shorter than what lies beside it shows it was.
    """
    made = checkpoints.numbers(layout.checkpoints)
    copy = layout.journal_copy
    if not layout.journal.exists():
        if not begin or made or copy.exists() or any(layout.archive.glob("*/*")):
            raise StoreError("store-journal-missing", file=str(layout.journal))
        return Journal.create(layout.journal)
    copied = copy.stat().st_size if copy.exists() else 0  # before the journal, which is written first
    journal = Journal.read(layout.journal)
    last = journal.entries[-1].seq
    shown = made[-1:]
    if copied > layout.journal.stat().st_size:
        shown += [copied_to(copy)]
    if max(shown, default=0) > last + bool(journal.torn):
        raise StoreError("store-journal-short", file=str(layout.journal), received=last, expected=max(shown))
    return journal


def copied_to(copy: Path) -> int:
    """The number of the last entry that the copy of a journal has; 0 if it can't be read."""
    try:
        return Journal.read(copy).entries[-1].seq
    except StoreError:
        return 0


def _not_seen(seen: State, now: State) -> list[Problem]:
    """What is to be said of changes that are under way, or done and in no checkpoint yet."""
    pending = now.pending.facts if now.pending is not None else {}
    changing = {part["dataset"] for part in parts(pending)}
    changing |= {name for name, _ in now.loaded.items() ^ seen.loaded.items()}
    if changing:
        args = {"dataset": ", ".join(sorted(changing))}
        return [Problem("store-pending", args=args, severity="info")]
    if JUDGEMENTS in pending or now.judged != seen.judged:
        return [Problem("store-judging-pending", severity="info")]
    return []


class Reading:
    """The state at a checkpoint; it stays as it is while others write."""

    def __init__(self, layout: Layout) -> None:
        """Look at the newest checkpoint."""
        self.layout = layout
        self.notices: list[Problem] = []
        """What is not yet as the journal says that it is to be."""
        self._embedded: Embedded | None = None
        self._look()

    def _look(self) -> None:
        # the checkpoint first: the journal then has at least the entries up to it
        made = checkpoints.numbers(self.layout.checkpoints)
        journal = open_journal(self.layout)
        last = journal.entries[-1].seq
        self._number = max(number for number in made if number <= last)
        self.entries: list[Entry] = [e for e in journal.entries if e.seq <= self._number]
        self.state: State = replay(self.entries)
        self.notices = _not_seen(self.state, replay(journal.entries))
        self._together: Together | None = None

    @property
    def together(self) -> Together:
        """What the judgements that hold make of lines."""
        if self._together is None:
            self._together = judged.together(judged.kept(self.layout, self.state.judged))
        return self._together

    def checkpoint(self) -> Path:
        """The checkpoint; the newest one if a writer has taken this one away before it was opened."""
        folder = self.layout.checkpoints / str(self._number)
        if self._embedded is None and not folder.exists():
            self._look()
        return self.layout.checkpoints / str(self._number)

    @property
    def embedded(self) -> Embedded:
        """The checkpoint, opened when it is first asked for."""
        tries = _TRIES
        while self._embedded is None:
            folder = self.checkpoint()
            tries -= 1
            try:
                self._embedded = Embedded(folder, write=False)
            except (OSError, RuntimeError) as error:
                if not tries:
                    raise StoreError("store-unopened", folder=str(folder), reason=str(error)) from error
        return self._embedded

    def let_go(self) -> None:
        """Close the checkpoint."""
        if self._embedded is not None:
            self._embedded.close()
            self._embedded = None
