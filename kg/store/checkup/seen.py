"""What a check-up knows: the journal, and the versions of datasets that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Place, Problem
from kg.store.aside import waiting
from kg.store.state import JUDGEMENTS, State, replay, versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.errors import Severity, StoreError
    from kg.store.archive import Archive
    from kg.store.contents import Sum
    from kg.store.journal import Entry, Journal
    from kg.store.layout import Layout


class Version(NamedTuple):
    """A version that the journal speaks of, with the digest of its manifest."""

    dataset: str
    version: str
    digest: str


@dataclass
class Seen:
    """The state that the journal tells, and which versions were found whole."""

    layout: Layout
    journal: Journal
    busy: bool
    """Whether somebody is writing meanwhile."""
    whole: dict[Version, Archive] = field(default_factory=dict)
    given: dict[tuple[tuple[Version, ...], str], Mapping[str, Sum]] = field(default_factory=dict)
    """What versions of datasets under judgements come to, as ``kg.store.contents`` adds it up."""
    sound: set[int] = field(default_factory=set)
    """The numbers of copies for readers whose files are what they were."""
    unknown: bool = False
    """Whether the store has tables without known digests: the engine wrote them after the newest copy."""
    triples: int = 0
    """How many are loaded, each dataset's counted by itself."""
    state: State = field(init=False)
    waiting: Mapping[Path, Path] = field(init=False)
    """The files that are not in their places yet, as ``kg.store.aside`` has it."""

    def __post_init__(self) -> None:
        """Know what is loaded."""
        self.state = replay(self.journal.entries)
        self.waiting = waiting(self.layout, self.journal.entries)

    @property
    def versions(self) -> list[Version]:
        """All that were prepared and not undone, in order."""
        return lasting(self.journal.entries)

    @property
    def loaded(self) -> dict[str, Version]:
        """The version of each dataset that is loaded."""
        return of_state(self.state)

    @property
    def judged(self) -> set[str]:
        """The digests of judgements that the journal speaks of."""
        return {e.facts[JUDGEMENTS] for e in self.journal.entries if JUDGEMENTS in e.facts} - {""}

    def problem(self, code: str, path: Path, severity: Severity = "error", /, **args: object) -> Problem:
        """A problem with a file or folder."""
        return Problem(code, args={"file": str(path), **args}, severity=severity, place=Place(str(path)))


def lasting(entries: list[Entry]) -> list[Version]:
    """The versions that were prepared and not undone."""
    return [Version(part["dataset"], part["version"], part["digest"]) for part in versions(entries)]


def of_state(state: State) -> dict[str, Version]:
    """The version of each dataset that is loaded."""
    return {name: Version(name, known.version, known.digest) for name, known in state.loaded.items()}


def problem_of(error: StoreError) -> Problem:
    """What a command would have ended with, as a problem."""
    args = dict(error.args_shown)
    file = str(args.get("file") or args.get("folder") or "")
    return Problem(error.code, args=args, place=Place(file))
