"""Records beside each other: one id for different contents, and claims that refer in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import Problem
from kg.pipeline import tell
from kg.reading.locate import locate as place_in
from kg.validation import conflict, settle

if TYPE_CHECKING:
    from kg.pipeline.state import Run
    from kg.validation.settle import Row


OTHERS: Final = 5
"""How many of the other records a message names."""


def compare(this: Run) -> None:
    """Quarantine what gives one id to different contents, claims in a circle, and what is known to fall."""
    same_id(this)
    circles(this)
    fallen(this)


def same_id(this: Run) -> None:
    """Claims differ if their keys do, since evidence and notes may be added to a claim.

    Entities differ unless one record says all that the others say.
    """
    groups = list(conflict.same_id(this.rows))
    claims = {row.number for same in groups for row in same if row.is_claim}
    keys = {record.number: mapper.key(record) for mapper, record in this.records(claims)}
    for same in groups:
        if _differ(this, same, keys):
            for row in same:
                this.conflicting.add(row.number)
                others = tuple(r.place for r in same[: OTHERS + 1] if r is not row)[:OTHERS]
                tell.quarantine(this, row, Problem("id-conflict", "/id", received=row.id, others=others))


def _differ(this: Run, same: list[Row], keys: dict[int, str]) -> bool:
    if same[0].is_claim:
        return len({keys[row.number] for row in same}) > 1
    return conflict.entities_differ(same, this.spool)


def fallen(this: Run) -> None:
    """What a change elsewhere leaves without what it rests on, where the record alone does not show it."""
    problems = this.known.fallen
    for row in this.rows if problems else ():
        for root in sorted({this.known.clusters.of(kept.root) for kept in row.kept} & problems.keys()):
            tell.quarantine(this, row, problems[root])


def circles(this: Run) -> None:
    """A claim that leads back to itself says nothing."""
    claims = {row.iri: row.number for row in this.rows if row.is_claim and row.iri}
    found = settle.circles(this.rows, claims)
    for mapper, record in this.records(found):
        following = found[record.number][1:] or found[record.number]
        claim = this.rows[following[0]]
        pointer = mapper.trace(record).pointer_to(claim.iri)
        others = tuple(this.rows[n].place for n in following)
        problem = Problem("claim-circle", pointer, received=claim.id, others=others)
        tell.quarantine(this, this.rows[record.number], problem, place_in(record, pointer))
