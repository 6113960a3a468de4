"""Pairs of entities that may be one, best first, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.identity.blocking import blocks, names_of
from kg.identity.scoring import score
from kg.identity.things import conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.identity.things import Reason, Thing

THRESHOLD: Final = 0.85


class Proposal(NamedTuple):
    """Two entities that may be one: how likely, from 0 to 1, and why."""

    score: float
    one: Thing
    other: Thing
    reasons: tuple[Reason, ...]


class Conflict(NamedTuple):
    """Two entities that are as alike as others that are proposed, and why they are not."""

    score: float
    one: Thing
    other: Thing
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a search found."""

    proposals: list[Proposal]
    conflicts: list[Conflict]
    compared: int
    """Pairs that were compared."""
    cut: list[tuple[str, int]]
    """(what too many have in common, how many): not all of these were compared."""


def propose(
    things: Sequence[Thing],
    threshold: float = THRESHOLD,
    judged: Callable[[str, str], bool] = lambda _one, _other: False,
) -> Proposals:
    """Search entities for those that may be one; pairs that are ``judged`` are left out.

    The result does not depend on the order of the entities.
    """
    things = sorted(things, key=lambda thing: thing.iri)
    ready = [names_of(thing) for thing in things]
    found = blocks(things, ready)
    proposals: list[Proposal] = []
    conflicts: list[Conflict] = []
    for a, b in found.pairs:
        one, other = things[a], things[b]
        if one.kind != other.kind:
            continue
        alike, reasons = score(one, other, (ready[a], ready[b]))
        if alike < threshold or judged(one.iri, other.iri):
            continue
        against = conflict(one, other)
        if against is None:
            proposals.append(Proposal(round(alike, 2), one, other, reasons))
        else:
            conflicts.append(Conflict(round(alike, 2), one, other, against))
    proposals.sort(key=_rank)
    conflicts.sort(key=_rank)
    return Proposals(proposals, conflicts, len(found.pairs), found.cut)


def _rank(found: Proposal | Conflict) -> tuple[float, str, str]:
    return -found.score, found.one.iri, found.other.iri
