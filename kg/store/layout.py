"""Where the files of a project's store lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.identity.iris import digest, segment
from kg.store.durable import PART

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DATA: Final = ".kg"
FIRST_VERSION: Final = 1
_DIGITS: Final = 6
_LONGEST: Final = 220
"""Bytes; a file system has 255 for a name, and there are ends of names."""


def version_name(number: int) -> str:
    """The folder of a version; names sort as their numbers do.

    >>> version_name(12)
    '000012'
    """
    return f"{number:0{_DIGITS}d}"


def file_name(dataset: str) -> str:
    """What a dataset's files are called: its name in an IRI, or a digest where no file may be called that.

    >>> file_name("a/b"), len(file_name("*" * 200))
    ('a%2Fb', 53)
    """
    found = segment(dataset)
    return found if len(found.encode()) <= _LONGEST else f"~{digest((dataset,))}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths below a project's folder."""

    project: Path

    @property
    def data(self) -> Path:
        """What the project's store owns."""
        return self.project / DATA

    @property
    def lock(self) -> Path:
        """Locked by the one writer."""
        return self.data / "lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock; beside it, since trying a lock may empty the locked file."""
        return self.data / "lock.json"

    @property
    def journal(self) -> Path:
        """What was done."""
        return self.data / "journal"

    @property
    def journal_copy(self) -> Path:
        """The journal once more, so that it can be mended."""
        return self.data / "journal.copy"

    @property
    def archive(self) -> Path:
        """Datasets in their versions."""
        return self.data / "archive"

    @property
    def store(self) -> Path:
        """The embedded store."""
        return self.data / "store"

    @property
    def new_store(self) -> Path:
        """The embedded store while it is made anew."""
        return self.data / "store.new"

    @property
    def old_store(self) -> Path:
        """The embedded store that a new one has taken the place of."""
        return self.data / "store.old"

    @property
    def trial(self) -> Path:
        """A copy of the store, in which a change is tried."""
        return self.data / "trial"

    @property
    def aside(self) -> Path:
        """Files that come into their places when a change is committed, by the number of its entry."""
        return self.data / "aside"

    @property
    def names(self) -> Path:
        """What entities are called, for the writer; made anew from the archive if it is lost."""
        return self.data / "names"

    @property
    def checkpoints(self) -> Path:
        """Copies for readers."""
        return self.data / "checkpoints"

    def judged(self, digest: str) -> Path:
        """The judgements that hold, or held until lately, by their digest."""
        return self.data / "judged" / f"{digest}.jsonl"

    @property
    def pushes(self) -> Path:
        """What is known of each graph on a server."""
        return self.data / "push"

    def quarantine(self, name: str) -> Path:
        """The records of a dataset that were not taken."""
        return self.data / "quarantine" / f"{file_name(name)}.jsonl"

    def corrections(self, digest: str) -> Path:
        """What stands in the place of records that were not taken, by its digest."""
        return self.data / "corrections" / f"{digest}.jsonl"

    def unfinished(self) -> list[Path]:
        """Files of the writer that were cut off while they were written."""
        folders = (self.data, self.data / "quarantine", self.data / "corrections")
        return [path for folder in folders for path in sorted(folder.glob(f"*{PART}")) if path.is_file()]

    def dataset(self, name: str) -> Path:
        """The versions of a dataset."""
        return self.archive / file_name(name)

    def version(self, name: str, version: str) -> Path:
        """One version of a dataset."""
        return self.dataset(name) / version

    def next_version(self, name: str, used: Iterable[str] = ()) -> str:
        """A version that was never used; those ``used`` may be there no more."""
        folder = self.dataset(name)
        known = [int(p.name) for p in folder.iterdir() if p.name.isdigit()] if folder.is_dir() else []
        return version_name(max([*known, *map(int, used)], default=FIRST_VERSION - 1) + 1)
