"""The difference of the graph between two states: which of its lines are gone, and which are new.

Where the same judgements hold, only datasets that differ are read, old and new side by side, and only blocks
that differ are looked at closely. A claim and its parts are their dataset's own. Evidence may be another
claim's of the dataset too, and an entity is worked out again from what all datasets say of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.store.applying import said_of
from kg.store.archive import TRIPLES
from kg.store.blocks import changed, is_claim, lines_of, merged, raw_blocks, subject_of

if TYPE_CHECKING:
    from kg.store.archive import Archive
    from kg.store.blocks import Difference, Raw
    from kg.store.state import State
    from kg.store.together import Together

Told = Callable[[str], Mapping[str, list[str]]]
"""What each dataset (its IRI) of the new state that describes an entity says of it."""
Same = Callable[[str], str]
"""From a line to a text that is the same for those that count as one."""
_Entities = dict[str, dict[str, list[str]]]
"""What was said of entities that changed, by IRI and dataset."""
_DIGITS = 32


class Moved(NamedTuple):
    """Lines that are no more in the graph, and lines that are new in it, each sorted."""

    gone: list[str]
    came: list[str]


class Origin(NamedTuple):
    """What a graph is made of: by the name of a dataset its version and the digest of its manifest.

    ``judged`` is the digest of the judgements.
    """

    datasets: Mapping[str, tuple[str, str]]
    judged: str = ""

    @classmethod
    def of(cls, state: State) -> Origin:
        """What the graph of a state is made of."""
        return cls(
            {name: (known.version, known.digest) for name, known in state.loaded.items()}, state.judged
        )

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Origin:
        """What ``as_data`` gave, as it comes back from JSON."""
        return cls({name: (str(v), str(d)) for name, (v, d) in data["datasets"].items()}, data["judged"])

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {"datasets": dict(self.datasets), "judged": self.judged}


@dataclass(frozen=True)
class Made:
    """The graph that some versions of datasets, by name, make under judgements with a digest."""

    archives: Mapping[str, Archive]
    together: Together
    judged: str = ""

    @property
    def revision(self) -> str:
        """What names the graph by what it is made of: 32 digits."""
        manifests = [archive.manifest for archive in self.archives.values()]
        said = sorted(f"{known.iri} {known.files[TRIPLES].sha256}\n" for known in manifests)
        if self.together:
            said += [self.judged, *sorted(f"{known.iri} {known.parties}" for known in manifests)]
        return sha256("".join(said).encode()).hexdigest()[:_DIGITS]

    def raw(self) -> Iterator[Raw]:
        """All of it, by root."""
        for root, lines in merged(self.archives.values(), self.together):
            yield root.encode(), "\n".join(lines).encode()


def difference(old: Made, new: Made, told: Told, same: Same = str) -> Iterator[Moved]:
    """What leads from one graph to another, a few lines at a time.

    No line comes twice, and none both goes and comes, so that their order does not matter. It is the same
    each time.
    """
    if old.judged != new.judged:
        yield from _of_blocks(old.raw(), new.raw, same, lambda *_: False)
        return
    entities: _Entities = {}
    for name in sorted({*old.archives, *new.archives}):
        before, after = old.archives.get(name), new.archives.get(name)
        if not _alike(before, after, new.together):
            yield from _of_dataset(before, after, entities, new.together, same)
    yield from _of_entities(old, new, entities, told, same)


def compared(
    old: Iterator[Raw], new: Callable[[], Iterator[Raw]], same: Same = str
) -> Iterator[tuple[Difference | None, Moved]]:
    """The blocks in which two graphs differ, each with its lines that are gone and that came.

    What differs of evidence, which several blocks may have, comes at the end, with no block.
    """
    seen: list[Difference] = []

    def see(root: bytes, was: bytes | None, now: bytes | None) -> bool:
        seen[:] = [(root, was, now)]
        return False

    for moved in _of_blocks(old, new, same, see):
        yield (seen.pop() if seen and _is_of(seen[-1][0], moved) else None), moved


def _is_of(root: bytes, moved: Moved) -> bool:
    """Whether what moved is a block's own, and not evidence."""
    line = (moved.gone or moved.came)[0]
    return line.startswith((f"<{root.decode()}> ", f"<{root.decode()}#"))


def _alike(old: Archive | None, new: Archive | None, together: Together) -> bool:
    """Whether two versions make the same lines."""
    if old is None or new is None or old.manifest.files[TRIPLES] != new.manifest.files[TRIPLES]:
        return False
    return not together or old.manifest.parties == new.manifest.parties


def _of_dataset(
    old: Archive | None, new: Archive | None, entities: _Entities, together: Together, same: Same
) -> Iterator[Moved]:
    """What differs of a dataset's claims and their evidence; what it said of entities is noted."""
    iri = "".join({archive.manifest.iri for archive in (old, new) if archive is not None})

    def apart(root: bytes, was: bytes | None, now: bytes | None) -> bool:
        is_one = [text is not None and not is_claim((root, text), iri) for text in (was, now)]
        if any(is_one):
            entities.setdefault(root.decode(), {})[iri] = lines_of(was) if is_one[0] else []
        return any(is_one)

    yield from _of_blocks(_claims(old, together), partial(_claims, new, together), same, apart)


def _claims(archive: Archive | None, together: Together) -> Iterator[Raw]:
    """The blocks of a version, its claims after judgements."""
    if archive is None:
        return iter(())
    if not together:
        return raw_blocks(archive)
    iri, parties = archive.manifest.iri, archive.manifest.parties
    return (
        (root, together.block(text, parties) if is_claim((root, text), iri) else text)
        for root, text in raw_blocks(archive)
    )


def _of_blocks(
    old: Iterator[Raw],
    new: Callable[[], Iterator[Raw]],
    same: Same,
    apart: Callable[[bytes, bytes | None, bytes | None], bool],
) -> Iterator[Moved]:
    """What differs between blocks but those that are seen to ``apart``."""
    evidence: tuple[set[str], set[str]] = (set(), set())
    roots: set[bytes] = set()
    for root, *texts in changed(old, new()):
        roots.add(root)
        if apart(root, *texts):
            continue
        start = (f"<{root.decode()}> ", f"<{root.decode()}#")
        claims: tuple[list[str], list[str]] = ([], [])
        for text, own, shared in zip(texts, claims, evidence, strict=True):
            lines = lines_of(text)
            own.extend(line for line in lines if line.startswith(start))
            shared.update(line for line in lines if not line.startswith(start))
        yield from _moved(*claims, same)
    gone, came = evidence
    for line in _kept(new(), roots, gone ^ came):
        gone.discard(line)
        came.discard(line)
    yield from _moved(gone, came, same)


def _kept(new: Iterator[Raw], roots: set[bytes], lines: set[str]) -> Iterator[str]:
    """Those of some lines of evidence that a block which did not change has too."""
    if not lines:
        return
    nodes = {subject_of(line) for line in lines}
    for root, text in new:
        start = b"<" + root
        # evidence comes last, so most blocks have none, and need not be looked through
        if root in roots or text.startswith(start, text.rfind(b"\n") + 1):
            continue
        yield from (line for line in lines_of(text) if subject_of(line) in nodes)


def _of_entities(old: Made, new: Made, entities: _Entities, told: Told, same: Same) -> Iterator[Moved]:
    """What follows for entities from what was said of them, and is said now."""
    clusters = new.together.clusters
    before = {archive.manifest.iri for archive in old.archives.values()}
    for canonical in sorted({clusters.canonical.get(root, root) for root in entities}):
        then: _Entities = {}
        now: _Entities = {}
        for member in clusters.all_of(canonical):
            is_said = told(member)
            was_said = {iri: lines for iri, lines in is_said.items() if iri in before}
            was_said |= entities.get(member, {})
            for version, said in ((then, was_said), (now, is_said)):
                if any(said.values()):
                    version[member] = {iri: lines for iri, lines in said.items() if lines}
        was, lines = (said_of(new.together, canonical, version) for version in (then, now))
        yield from _moved(was, lines, same)


def _moved(old: Iterable[str], new: Iterable[str], same: Same) -> Iterator[Moved]:
    before, after = ({same(line): line for line in sorted(lines)} for lines in (old, new))
    gone = sorted(before[key] for key in before.keys() - after.keys())
    came = sorted(after[key] for key in after.keys() - before.keys())
    if gone or came:
        yield Moved(gone, came)
