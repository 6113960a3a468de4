"""What the journal says is loaded, and what the store tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.store.journal import COMMITTED, CREATED, NOTED, PREPARED, REBUILT, UNDONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.store.archive import FileDigest
    from kg.store.journal import Entry


JUDGEMENTS: Final = "judgements"
"""The fact of a journal entry that prepares a change of judgements: their digest, "" for none."""
CORRECTIONS: Final = "corrections"
"""The fact of an entry that prepares a version, as in its manifest: the digest of its corrections."""
PARTS: Final = "parts"
"""The fact of a journal entry that prepares a change of several datasets at once: what each is to be."""
MIGRATED: Final = "migrated"
"""What an entry notes that tells a version which is one that was loaded, in today's format."""
NOT_TAKEN: Final = "quarantine"
"""What an entry notes that tells the digest of a dataset's records that were not taken, "" for none."""


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """A dataset that is loaded.

    ``source`` and ``digests`` are those of ``manifest``, which whoever loaded it gave; ``files``
    are the digests of what is archived. ``when`` is UTC, ISO 8601.
    """

    name: str
    iri: str
    version: str
    records: int
    claims: int
    entities: int
    triples: int
    source: str
    digests: Mapping[str, str]
    when: str
    files: Mapping[str, FileDigest]
    manifest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What a load or a retraction did.

    ``version`` is None after a retraction, ``replaces`` for a new dataset; they are the same if nothing
    had changed. ``removed`` and ``added`` count triples of the default graph.
    """

    dataset: str
    version: str | None
    replaces: str | None
    removed: int = 0
    added: int = 0

    @property
    def unchanged(self) -> bool:
        """Whether there was nothing to do."""
        return self.version == self.replaces


@dataclass(frozen=True, slots=True)
class EntityRow:
    """What the index needs of an entity.

    ``types`` are IRIs, ``names`` are (language or "", name), preferred and others; ``published`` is a
    document's date, as precise as it was given, or "".
    """

    iri: str
    types: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    unnamed: bool
    published: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version that is current: the digest of its manifest, and when it was committed.

    ``corrections`` is the digest of those that its manifest refers to, so that these are known without it.
    """

    iri: str
    version: str
    digest: str
    when: str
    corrections: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What the entries of a journal amount to."""

    loaded: Mapping[str, Loaded] = field(default_factory=dict)
    """By the dataset's name, sorted."""
    pending: Entry | None = None
    """Prepared, and neither committed nor undone."""
    number: int = 1
    """Of the entry that last changed the store; the checkpoint made after it has the same."""
    judged: str = ""
    """The digest of the judgements that hold; "" if there are none."""
    not_taken: Mapping[str, str] = field(default_factory=dict)
    """By the name of a dataset, the digest of the file with its records that were not taken."""


def loaded_by(part: Mapping[str, Any], when: str) -> Loaded:
    """The version to which a part of a change brings its dataset."""
    return Loaded(part["iri"], part["version"], part["digest"], when, part.get(CORRECTIONS, ""))


def parts(facts: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """What an entry that prepares a change says of each dataset; nothing if it changes judgements alone."""
    if PARTS in facts:
        found: Sequence[Mapping[str, Any]] = facts[PARTS]
        return found
    return (facts,) if "dataset" in facts else ()


def replay(entries: Iterable[Entry]) -> State:
    """The state after some entries."""
    loaded: dict[str, Loaded] = {}
    pending: Entry | None = None
    number = 1
    judged = ""
    not_taken: dict[str, str] = {}
    for entry in entries:
        if entry.state == NOTED and entry.facts.get("what") == NOT_TAKEN:
            not_taken[entry.facts["dataset"]] = entry.facts["digest"]
        if entry.state == NOTED and entry.facts.get("what") == MIGRATED:
            loaded[entry.facts["dataset"]] = loaded_by(entry.facts, loaded[entry.facts["dataset"]].when)
        if entry.state == PREPARED:
            pending = entry
        elif entry.state == COMMITTED and pending is not None:
            judged = pending.facts.get(JUDGEMENTS, judged)
            not_taken |= pending.facts.get(NOT_TAKEN, {})
            for part in parts(pending.facts):
                if part["version"] is None:
                    del loaded[part["dataset"]]
                else:
                    loaded[part["dataset"]] = loaded_by(part, entry.at)
        if entry.state in {COMMITTED, UNDONE}:
            pending = None
        if entry.state in {CREATED, COMMITTED, UNDONE, REBUILT}:
            number = entry.seq
    return State(dict(sorted(loaded.items())), pending, number, judged, not_taken)


def versions(entries: Iterable[Entry], *, undone: bool = False) -> Iterator[Mapping[str, Any]]:
    """What was said of each version that was prepared; of those that were ``undone`` only if wanted."""
    whole = list(entries)
    gone = set() if undone else {entry.facts["of"] for entry in whole if entry.state == UNDONE}
    for entry in whole:
        if entry.state == PREPARED and entry.seq not in gone:
            yield from (part for part in parts(entry.facts) if part["version"] is not None)
        elif entry.state == NOTED and entry.facts.get("what") == MIGRATED:
            yield entry.facts
