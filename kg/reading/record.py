"""What reading gives: records that know their place, and the source that they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kg.errors import Place, Problem
    from kg.reading.foreign.source import Foreign

Ids = Literal["own", "shared"]


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for a whole facts file: its first object, if that has no ``type``."""

    dataset: str
    """The header's ``dataset``, else the file's stem, in NFC."""
    ids: Ids = "own"
    language: str = ""
    date_order: str = ""
    """``day`` or ``month``: what stands first in numeric dates, "" if it does not say."""
    defaults: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    """Where the header stands; None if there is none."""
    nulls: bool = False
    """Whether a null says nothing; it is an error otherwise."""


@dataclass(slots=True)
class Record:
    """One fact as it was written.

    ``data`` holds the decoded JSON object: numbers are ``int`` or ``Decimal``, never
    ``float``. ``raw`` is the record's own text, from which ``kg.reading.scan`` finds columns
    and snippets when something is wrong with it. A record with problems is never to be
    accepted; one that could not be decoded has empty ``data`` and at least one problem.
    """

    number: int
    """Counts from 0 over the whole input of a command."""
    place: Place
    """Where ``raw`` begins; column 0 for a record that was never text."""
    data: dict[str, Any]
    raw: bytes
    problems: list[Problem] = field(default_factory=list)
    doubts: tuple[Problem, ...] = ()
    """Warnings of one who reads rows; they keep nothing out."""
    repairs: tuple[Problem, ...] = ()
    """What was taken for what it can only mean, if that is wanted; ``data`` has it as it was taken."""
    written: dict[str, Any] | None = None
    """Of a repaired record: the data as they were written."""
    renamed: Mapping[str, str] | None = None
    """Of a repaired record: pointer of a field as it was taken -> key as it was written."""

    def as_written(self, pointer: str) -> str:
        """The pointer in the record's own text."""
        if not self.renamed:
            return pointer
        steps = pointer.split("/")
        taken = ["/".join(steps[: number + 1]) for number in range(len(steps))]
        return "/".join(self.renamed.get(here, step) for here, step in zip(taken, steps, strict=True))


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """One facts file: its header, and its records, which can be gone through again and again.

    >>> from kg.reading import from_records
    >>> source = from_records([{"type": "Company", "id": "openai"}])
    >>> [r.data["id"] for r in source], [r.data["id"] for r in source]
    (['openai'], ['openai'])
    """

    path: str
    """As it is shown to people."""
    header: Header
    problems: tuple[Problem, ...]
    """What is wrong with the header: what it meant is not known, so no record may be taken."""
    pass_through: Callable[[int], Iterator[Record]] = field(repr=False, compare=False)
    """A new pass over the records, given the number of the first."""
    first_number: int = 0
    """The number of the first record."""
    texts: Callable[[], Iterator[tuple[Place, bytes]]] | None = field(default=None, repr=False, compare=False)
    """The same records not decoded, where they begin and how they are written, if that is less work."""
    also: tuple[Path, ...] = ()
    """Further files that the records depend on: the mapping and its tables."""
    foreign: tuple[Foreign, ...] = field(default=(), repr=False, compare=False)
    """Of foreign data: the files of rows that the records were made of."""
    retracted: Mapping[str, Problem] = field(default_factory=dict, repr=False, compare=False)
    """Why some records are not to be taken, by the keys of their texts: as if they were not in the file."""

    def __iter__(self) -> Iterator[Record]:
        """The records, in the order of the file, read anew."""
        return self.pass_through(self.first_number)
