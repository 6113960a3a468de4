"""Records of one file that claim the same id, or that say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.validation.settle import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.mapping.spool import Spool
    from kg.validation.settle import Owners, Row


def same_id(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of one source that have the same id and are of one kind."""
    first: dict[tuple[int, str, str], int] = {}
    several: dict[int, list[Row]] = {}
    for row in rows:
        if row.id and row.iri:
            number = first.setdefault((row.source, row.kind, row.id), row.number)
            if number != row.number:
                several.setdefault(number, [rows[number]]).append(row)
    yield from several.values()


def entities_differ(same: list[Row], spool: Spool) -> bool:
    """Whether no record of an entity says all that the others say, or they are known by other things."""
    if len({row.iri for row in same}) > 1:
        return True
    said = [set(spool.block(kept).lines()) for row in same for kept in row.kept if kept.root == row.iri]
    return max(said, key=len) != set().union(*said)


def duplicates(rows: Sequence[Row], owners: Owners, spool: Spool) -> list[Row]:
    """Those of the accepted rows, in the order of the input, that add no triple."""
    found = []
    shared = {root: set[str]() for root in owners.shared()}
    for row in rows:
        if row.state is not State.ACCEPTED:
            continue
        new = False
        for kept in row.kept:
            said = shared.get(kept.root)
            if said is None:
                new = True
                continue
            lines = spool.block(kept).lines()
            new = new or not said.issuperset(lines)
            said.update(lines)
        if not new:
            found.append(row)
    return found
