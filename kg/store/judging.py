"""From one set of judgements to the next: what names an entity that becomes, or no longer is, another.

What was said before judgements is in the named graphs for entities, and for claims in the archive. A claim
that names nothing that is one with others stands in the default graph as it was said, so the archive is read
only where something is taken apart, or joined to what is joined already.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.store.applying import Moved, said_of
from kg.store.blocks import lines_of, raw_blocks, subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.store.archive import Archive
    from kg.store.embedded import Changes, Embedded
    from kg.store.together import Together


@dataclass(frozen=True, slots=True)
class Touched:
    """The lines of the default graph that a change of judgements takes away and brings."""

    old: set[str]
    new: set[str]
    entities: tuple[str, ...]
    """The entities, as they are called after the change, of which something else is said."""
    claims: tuple[str, ...]


def judge(touched: Touched, changes: Changes) -> Moved:
    """Change the default graph."""
    changes.change(touched.old, touched.new)
    if changes.too_much:
        return Moved(changes.removed, changes.added, done=False)
    changes.send()
    return Moved(changes.removed, changes.added)


def touched(embedded: Embedded, archives: Sequence[Archive], old: Together, new: Together) -> Touched:
    """What a change from old judgements to new ones touches."""
    this = _Touching(embedded, {a.manifest.iri: a for a in archives}, old, new)
    moved = {
        iri
        for iri in {*old.clusters.canonical, *new.clusters.canonical}
        if old.clusters.of(iri) != new.clusters.of(iri)
    }
    this.see(moved)
    return this.found(moved)


@dataclass
class _Touching:
    embedded: Embedded
    archives: Mapping[str, Archive]
    old: Together
    new: Together
    entities: set[str] = field(default_factory=set)
    """Before judgements."""
    claims: dict[str, str] = field(default_factory=dict)
    """Claim -> the dataset's IRI."""
    evidence: set[str] = field(default_factory=set)

    def see(self, moved: Iterable[str]) -> None:
        """Find what names those that move."""
        for node in {self.old.clusters.of(iri) for iri in moved}:
            for root in set(self.embedded.referring(node)):
                if part_of := self.embedded.parts_of(root) & self.archives.keys():
                    self.claims[root] = min(part_of)
                elif self._told(self.old.clusters.all_of(root)):
                    self.entities.update(self.old.clusters.all_of(root))
                else:
                    self.evidence.add(root)

    def found(self, moved: Collection[str]) -> Touched:
        """The lines before and after."""
        members = {*moved, *self.entities}
        while more := self._beside(members) - members:
            members |= more
        lines: list[set[str]] = []
        claims = self._as_said()
        for together in (self.old, self.new):
            said: set[str] = set()
            for canonical in {together.clusters.of(iri) for iri in members}:
                said.update(said_of(together, canonical, self._told(together.clusters.all_of(canonical))))
            for text, parties in claims.values():
                said.update(together.claim(text, parties))
            lines.append(said)
        entities = {self.new.clusters.of(iri) for iri in members}
        return Touched(lines[0], lines[1], tuple(sorted(entities)), tuple(sorted(self.claims)))

    def _beside(self, members: Iterable[str]) -> set[str]:
        """Those that are one with some, before or after."""
        both = (self.old.clusters, self.new.clusters)
        return {other for iri in members for c in both for other in c.all_of(c.of(iri))}

    def _told(self, members: Iterable[str]) -> dict[str, dict[str, list[str]]]:
        found = {member: self.embedded.told(member, self.archives.keys()) for member in members}
        return {member: told for member, told in found.items() if told}

    def _as_said(self) -> dict[str, tuple[list[str], Mapping[str, Sequence[str]]]]:
        """Claim or evidence -> what was said before judgements, and which properties are parties then."""
        found: dict[str, tuple[list[str], Mapping[str, Sequence[str]]]] = {}
        wanted: dict[str, set[str]] = {}
        for root, iri in self.claims.items():
            lines = self.embedded.describe((root,))
            if self._is_as_said(lines):
                found[root] = lines, self.archives[iri].manifest.parties
            else:
                wanted.setdefault(iri, set()).add(root)
        for node in self.evidence:
            lines = self.embedded.about(node)
            if self._is_as_said(lines):
                found[node] = lines, {}
            else:
                for claim in set(self.embedded.referring(node)):
                    for iri in self.embedded.parts_of(claim) & self.archives.keys():
                        wanted.setdefault(iri, set()).add(claim)
        for iri, roots in wanted.items():
            found |= self._archived(self.archives[iri], roots)
        return found

    def _is_as_said(self, lines: Iterable[str]) -> bool:
        return not self.old.names("\n".join(lines).encode())

    def _archived(
        self, archive: Archive, roots: Collection[str]
    ) -> dict[str, tuple[list[str], Mapping[str, Sequence[str]]]]:
        found: dict[str, tuple[list[str], Mapping[str, Sequence[str]]]] = {}
        for root, text in raw_blocks(archive):
            name = root.decode()
            if name not in roots:
                continue
            lines = lines_of(text)
            if name in self.claims:
                own = [line for line in lines if line.startswith((f"<{name}> ", f"<{name}#"))]
                found[name] = own, archive.manifest.parties
            for node in self.evidence.intersection(map(subject_of, lines)):
                found[node] = _about(node, lines), {}
        return found


def _about(node: str, lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.startswith(f"<{node}> ")]
