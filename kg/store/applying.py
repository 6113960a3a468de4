"""From one state of the embedded store to the next: a dataset comes, changes, or goes.

Old and new version are streamed side by side from the archive. Claims are their dataset's own; an
entity is worked out again from what all datasets say of it. Everything is a difference of sets, so
that what was cut off can be done once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.store.blocks import changed, is_claim, lines_of, merged, raw_blocks, said_of_entities, subject_of
from kg.store.embedded import Bulk, Changes, Gathered
from kg.store.together import NOTHING, Together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.store.archive import Archive
    from kg.store.blocks import Difference
    from kg.store.embedded import Embedded

_Told = dict[str, dict[str, list[str]]]
"""Member of a cluster -> dataset -> what it says of it."""
Step = Callable[[str], None]
"""Told the name of a step when it begins or is done; a test ends a run there."""
BULK_FROM: Final = 20_000
"""A new dataset with as many triples is bulk-loaded, which writes files of its own."""

CHANGE_AT_MOST: Final = 100_000
"""Triples that are always changed one by one, and of a larger store this part of it: more are changed
faster by making the store anew. A change costs two to four times what a bulk-loaded triple does."""
PART_OF_STORE: Final = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """How many triples went out of the default graph, and how many came in.

    If it is not ``done`` there were so many that the store has to be made anew.
    """

    removed: int
    added: int
    done: bool = True


def apply(
    embedded: Embedded,
    versions: tuple[Archive | None, Archive | None],
    others: Collection[Archive],
    step: Step,
    differences: Iterable[Difference] | None = None,
    together: Together = NOTHING,
) -> Moved:
    """Bring the store from the old version of a dataset to the new; None: the dataset is not there.

    ``others`` are the datasets that stay as they are; ``differences`` is what differs between the
    versions, if that is known; ``together`` is what is judged to be one.
    """
    old, new = versions
    iri = "".join({a.manifest.iri for a in versions if a is not None})
    graphs = {archive.manifest.iri for archive in others}
    triples = sum(a.manifest.counts.triples for a in (*others, new) if a is not None)
    limit = max(CHANGE_AT_MOST, triples // PART_OF_STORE)
    if old is None and new is not None and new.manifest.counts.triples >= BULK_FROM:
        return bring_in(embedded, new, graphs, step, together)
    changes = Changes(embedded, iri, step, limit)
    return by_difference(embedded, (old, new), graphs, changes, differences, together)


def bring_in(
    embedded: Embedded, new: Archive, others: Collection[str], step: Step, together: Together = NOTHING
) -> Moved:
    """Load a dataset that is not there yet, in bulk."""
    iri = new.manifest.iri
    changes = Changes(embedded, iri, step, 2 * new.manifest.counts.triples)
    entities = _Entities(embedded, others, changes, together)
    added = new.manifest.counts.triples
    with Bulk(embedded, step) as bulk:
        for root, text in raw_blocks(new):
            if is_claim((root, text), iri):
                bulk.add(together.block(text, new.manifest.parties))
                continue
            bulk.add(text, iri)
            name, lines = root.decode(), lines_of(text)
            added -= len(lines)
            if entities.waits(name, [], lines):
                continue
            told = entities.told_elsewhere(name)
            if told:
                entities.change(name, told, ([], lines))
            else:
                came = together.entity(name, {name: {iri: lines}})
                bulk.add("\n".join(came).encode())
                added += len(came)
    entities.settle()
    changes.send()
    return Moved(changes.removed, added + changes.added)


def gathered(
    embedded: Embedded,
    versions: tuple[Archive | None, Archive | None],
    others: Collection[Archive],
    differences: Iterable[Difference] | None,
    together: Together,
    *,
    entities_only: bool,
) -> Gathered | None:
    """What ``apply`` would change in the default graph, as far as shapes see it; None if that is too much.

    Where nothing can be seen of a claim from elsewhere, what a new dataset says of ``entities_only`` is
    enough to know.
    """
    old, new = versions
    iri = "".join({a.manifest.iri for a in versions if a is not None})
    changes = Gathered(embedded, iri, CHANGE_AT_MOST)
    graphs = {archive.manifest.iri for archive in others}
    entities = _Entities(embedded, graphs, changes, together)
    if old is None and new is not None and entities_only:
        for root, text in raw_blocks(new):
            if not is_claim((root, text), iri):
                name, lines = root.decode(), lines_of(text)
                if not entities.waits(name, [], lines) and (told := entities.told_elsewhere(name)):
                    entities.change(name, told, ([], lines))
        entities.settle()
    else:
        evidence = _differ(embedded, versions, graphs, changes, differences, together)
        for named in evidence.came.values():
            changes.change((), named)  # claims that come name it
        for node in _let_go(embedded, evidence, changes):
            changes.change(embedded.about(node), ())
    return None if changes.too_much else changes


def _let_go(embedded: Embedded, evidence: _Evidence, changes: Gathered) -> Iterator[str]:
    """The nodes of evidence that no claim will have, when what was gathered is done."""
    going = set(changes.gone)
    for node in sorted(evidence.gone.keys() - evidence.came.keys()):
        held = (f"{s} <{p}> {o} ." for s, p, o in embedded.matching("", "", f"<{node}>"))
        if all(line in going for line in held):
            yield node


def by_difference(
    embedded: Embedded,
    versions: tuple[Archive | None, Archive | None],
    others: Collection[str],
    changes: Changes,
    differences: Iterable[Difference] | None = None,
    together: Together = NOTHING,
) -> Moved:
    """Change what differs between the old and the new version of a dataset."""
    _, new = versions
    evidence = _differ(embedded, versions, others, changes, differences, together)
    if changes.too_much or evidence.lines > changes.limit:
        removed, added = (sum(map(len, nodes.values())) for nodes in (evidence.gone, evidence.came))
        return Moved(changes.removed + removed, changes.added + added, done=False)
    changes.send()
    for node, lines in _evidence(embedded, evidence, new, together).items():
        changes.change(embedded.about(node), lines)
    changes.send()
    if new is None or not new.manifest.counts.entities:
        embedded.forget(changes.graph)
    return Moved(changes.removed, changes.added)


def _differ(
    embedded: Embedded,
    versions: tuple[Archive | None, Archive | None],
    others: Collection[str],
    changes: Changes,
    differences: Iterable[Difference] | None,
    together: Together,
) -> _Evidence:
    """Gather what differs between two versions of a dataset; what evidence goes and comes."""
    iri = changes.graph
    evidence = _Evidence()
    entities = _Entities(embedded, others, changes, together)
    parties = [a.manifest.parties if a is not None else {} for a in versions]
    if differences is None:
        before, after = (raw_blocks(a) if a is not None else iter(()) for a in versions)
        differences = changed(before, after)
    for root, was, now in differences:
        name = root.decode()
        (claim_was, entity_was), (claim_is, entity_is) = (_by_kind(root, t, iri) for t in (was, now))
        if claim_was or claim_is:
            if together:
                claim_was, claim_is = (
                    together.claim(c, p) if c else c
                    for c, p in zip((claim_was, claim_is), parties, strict=True)
                )
            _claim(changes, evidence, name, (claim_was, claim_is))
        if entity_was or entity_is:
            changes.change(entity_was, entity_is, named=True)
            if not entities.waits(name, entity_was, entity_is):
                entities.change(name, entities.told_elsewhere(name), (entity_was, entity_is))
    entities.settle()
    return evidence


@dataclass
class _Evidence:
    """The evidence that claims no longer have, and that which they have now: node -> its lines.

    It may be another claim's too, so it comes and goes when all claims are as they are to be.
    """

    gone: dict[str, set[str]] = field(default_factory=dict)
    came: dict[str, set[str]] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """How many there are at the least."""
        return len(self.gone) + len(self.came)


def _by_kind(root: bytes, text: bytes | None, iri: str) -> tuple[list[str], list[str]]:
    """(lines of a claim, lines of an entity): one of the two is empty."""
    lines = lines_of(text)
    return (lines, []) if text is not None and is_claim((root, text), iri) else ([], lines)


def _claim(changes: Changes, evidence: _Evidence, name: str, versions: tuple[list[str], list[str]]) -> None:
    """Change a claim and its parts, and note what evidence goes and comes."""
    old, new = map(set, versions)
    own = (f"<{name}> ", f"<{name}#")
    gone, came = old - new, new - old
    changes.change(
        [line for line in gone if line.startswith(own)], [line for line in came if line.startswith(own)]
    )
    for lines, noted in ((gone, evidence.gone), (came, evidence.came)):
        for line in lines:
            if not line.startswith(own):
                noted.setdefault(subject_of(line), set()).add(line)


def _evidence(
    embedded: Embedded, evidence: _Evidence, new: Archive | None, together: Together
) -> dict[str, set[str]]:
    """What is to be there of each node of evidence: of one that a claim no longer has, what others have."""
    found = {node: lines.union(embedded.about(node)) for node, lines in evidence.came.items()}
    found |= {node: set() for node in evidence.gone}
    shared = {node for node in evidence.gone if embedded.is_referred_to(node)}
    if shared and new is not None:
        for _, text in raw_blocks(new):
            for line in lines_of(text):
                if subject_of(line) in shared:
                    found[subject_of(line)].update(together.lines((line,)))
    return dict(sorted(found.items()))


@dataclass
class _Entities:
    """What the default graph says of entities while a dataset changes.

    Of those that are judged to be one, what all of them are said to be comes when all is known.
    """

    embedded: Embedded
    others: Collection[str]
    """The graphs of the datasets that stay as they are."""
    changes: Changes
    together: Together
    _waiting: dict[str, dict[str, tuple[list[str], list[str]]]] = field(default_factory=dict)

    def told_elsewhere(self, name: str) -> dict[str, list[str]]:
        """What the other datasets say of an entity."""
        return self.embedded.told(name, self.others) if self.others else {}

    def change(self, name: str, told: dict[str, list[str]], versions: tuple[list[str], list[str]]) -> None:
        """Change what follows from what the dataset says of an entity."""
        here = self.changes.graph
        before, after = (
            self.together.entity(name, {name: told | ({here: said} if said else {})}) for said in versions
        )
        self.changes.change(before, after)

    def waits(self, name: str, old: list[str], new: list[str]) -> bool:
        """Whether an entity is one with others, so that ``settle`` sees to it."""
        canonical = self.together.clusters.canonical.get(name)
        if canonical is None:
            return False
        self._waiting.setdefault(canonical, {})[name] = old, new
        return True

    def settle(self) -> None:
        """Change what follows for those that are one with others."""
        here = self.changes.graph
        for canonical, by_member in sorted(self._waiting.items()):
            told: tuple[_Told, _Told] = ({}, {})
            for member in self.together.clusters.all_of(canonical):
                elsewhere = self.told_elsewhere(member)
                same = [] if member in by_member else self.embedded.told(member, (here,)).get(here, [])
                for version, said in zip(told, by_member.get(member, (same, same)), strict=True):
                    if said or elsewhere:
                        version[member] = elsewhere | ({here: said} if said else {})
            before, after = (said_of(self.together, canonical, version) for version in told)
            self.changes.change(before, after)


def said_of(together: Together, canonical: str, told: _Told) -> list[str]:
    """All that the default graph has of what an IRI stands for, and of its members."""
    return [*together.entity(canonical, told), *together.links(canonical, told)] if told else []


def fill(embedded: Embedded, archives: Iterable[Archive], step: Step, together: Together = NOTHING) -> None:
    """Load all datasets into an empty store."""
    whole = list(archives)
    with Bulk(embedded, step) as bulk:
        for _, lines in merged(whole, together):
            bulk.add("\n".join(lines).encode())
        for archive in whole:
            for _, lines in said_of_entities(archive):
                bulk.add("\n".join(lines).encode(), archive.manifest.iri)
