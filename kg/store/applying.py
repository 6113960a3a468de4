"""From one state of the embedded store to the next: a dataset comes, changes, or goes.

Old and new version are streamed side by side from the archive. Claims are their dataset's own; an
entity is worked out again from what all datasets say of it. Everything is a difference of sets, so
that what was cut off can be done once more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kg.store.blocks import changed, is_claim, lines_of, merged, raw_blocks, said_of_entities
from kg.store.derivation import derived
from kg.store.embedded import Bulk, Changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.store.archive import Archive
    from kg.store.embedded import Embedded

Step = Callable[[str], None]
"""Told the name of a step when it begins or is done; a test ends a run there."""
BULK_FROM: Final = 20_000
"""A new dataset with as many triples is bulk-loaded, which writes files of its own."""

Moved = tuple[int, int]
"""How many triples went out of the default graph, and how many came in."""


def apply(
    embedded: Embedded, old: Archive | None, new: Archive | None, others: Collection[str], step: Step
) -> Moved:
    """Bring the store from one version of a dataset to another; None: the dataset is not there.

    ``others`` are the IRIs of the datasets that stay as they are.
    """
    if old is None and new is not None and new.manifest.counts.triples >= BULK_FROM:
        return bring_in(embedded, new, others, step)
    return by_difference(embedded, old, new, others, step)


def bring_in(embedded: Embedded, new: Archive, others: Collection[str], step: Step) -> Moved:
    """Load a dataset that is not there yet, in bulk."""
    iri = new.manifest.iri
    default, named = Bulk(embedded, "", step), Bulk(embedded, iri, step)
    changes = Changes(embedded, iri, step)
    for root, text in raw_blocks(new):
        if is_claim((root, text), iri):
            default.add(text)
            continue
        named.add(text)
        name, lines = root.decode(), lines_of(text)
        told = embedded.told(name, others) if others else []
        if told:
            changes.change(derived(name, told), derived(name, [*told, lines]))
        else:
            default.add("\n".join(derived(name, [lines])).encode())
    for batch in (default, named, changes):
        batch.send()
    return changes.removed, new.manifest.counts.triples


def by_difference(
    embedded: Embedded, old: Archive | None, new: Archive | None, others: Collection[str], step: Step
) -> Moved:
    """Change what differs between two versions of a dataset."""
    iri = "".join({a.manifest.iri for a in (old, new) if a is not None})
    changes = Changes(embedded, iri, step)
    evidence: set[str] = set()
    before, after = (raw_blocks(a) if a is not None else iter(()) for a in (old, new))
    for root, was, now in changed(before, after):
        name = root.decode()
        (claim_was, entity_was), (claim_is, entity_is) = (_by_kind(root, t, iri) for t in (was, now))
        if claim_was or claim_is:
            evidence |= _claim(changes, name, claim_was, claim_is)
        if entity_was or entity_is:
            _entity(changes, embedded.told(name, others), name, (entity_was, entity_is))
    changes.send()
    for node in sorted(evidence):
        if not embedded.is_referred_to(node):
            changes.removed += embedded.delete_subject(node)
    if new is None or not new.manifest.counts.entities:
        embedded.forget(iri)
    return changes.removed, changes.added


def _by_kind(root: bytes, text: bytes | None, iri: str) -> tuple[list[str], list[str]]:
    """(lines of a claim, lines of an entity): one of the two is empty."""
    lines = lines_of(text)
    return (lines, []) if text is not None and is_claim((root, text), iri) else ([], lines)


def _claim(changes: Changes, name: str, old: list[str], new: list[str]) -> set[str]:
    """Change a claim and its parts; gives the evidence that it no longer has.

    Evidence may be another claim's too, so it goes when all is done and nothing refers to it.
    """
    kept = set(new)
    own = (f"<{name}> ", f"<{name}#")
    gone = [line for line in old if line not in kept]
    changes.change([line for line in gone if line.startswith(own)], kept.difference(old))
    return {line[1 : line.index(">")] for line in gone if not line.startswith(own)}


def _entity(
    changes: Changes, told: list[list[str]], name: str, versions: tuple[list[str], list[str]]
) -> None:
    """Change what the dataset says of an entity, and what follows from it."""
    old, new = versions
    changes.change(old, new, named=True)
    before, after = (derived(name, [*told, said] if said else told) for said in (old, new))
    changes.change(before, after)


def fill(embedded: Embedded, archives: Iterable[Archive], step: Step) -> None:
    """Load all datasets into an empty store."""
    whole = list(archives)
    default = Bulk(embedded, "", step)
    for _, lines in merged(whole):
        default.add("\n".join(lines).encode())
    default.send()
    for archive in whole:
        iri = archive.manifest.iri
        named = Bulk(embedded, iri, step)
        for _, lines in said_of_entities(archive):
            named.add("\n".join(lines).encode())
        named.send()
