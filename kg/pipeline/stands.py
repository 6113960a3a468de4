"""Whether what was not looked at stands after a change: nothing that it rests on is gone or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.pipeline.before import Before
    from kg.pipeline.state import Run
    from kg.store import Store


def stands(facts: Run, store: Store, far: Collection[str]) -> bool:
    """Whether all that refers to what has changed may stay as it is, without a look at it.

    ``far`` are the properties of a node that the check of another one may read.
    """
    held = [(number, before) for number, before in enumerate(facts.before) if before is not None]
    touched = {root for row in facts.rows for root in row.named}
    touched.update(root for _, before in held for root in before.gone)
    risky = {root for number, before in held for root in _risky(facts, number, before, store, far)}
    return not any(node not in touched for root in risky for node in store.referring(root))


def _risky(facts: Run, number: int, before: Before, store: Store, far: Collection[str]) -> set[str]:
    """What was there and now is not taken, is gone, or differs in what a shape may see from elsewhere."""
    out = {root for row in facts.of_source(number) if not row.taken for root in row.named}
    found = out & before.gone
    now = {laid.root: laid.own for laid in facts.laid(number)}
    for root in before.gone - found:
        said = set(store.said_by(before.dataset, root))
        # of claims nothing stands there: who refers to them is looked at anyway
        differing = said.symmetric_difference(now.get(root, b"").decode().split("\n")[:-1]) if said else ()
        if root not in now or any(line.split(" ", 2)[1][1:-1] in far for line in differing):
            found.add(root)
    return found
