"""What is known of earlier pushes to a target: from the ledger, the store's journal, and the graph's mark."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

from kg.push import mark
from kg.push.patch import Patch
from kg.store import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from kg.push.mark import Mark, Seen
    from kg.push.target import Target
    from kg.store import Moved, Store


class Base(NamedTuple):
    """What the graph holds, and what that was made of, if it is known."""

    mark: Mark
    origin: Origin | None


class Past:
    """What was pushed before. Without a store nothing is remembered, and only the mark is known."""

    def __init__(self, target: Target, store: Store | None, *, noting: bool = True) -> None:
        """Take hold of the ledger; raises ``StoreError`` if another push to the target is under way.

        Where nothing is to be noted, a patch is no file of the ledger.
        """
        self._noting = noting
        self._target = target
        self._store = store
        self._opened = ExitStack()
        if store is not None:
            store.describe(())  # opens the checkpoint, which then stays as it is while others load
        self._ledger = self._opened.enter_context(store.ledger(target.key)) if store is not None else None

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the ledger."""
        self._opened.close()

    @cached_property
    def revision(self) -> str:
        """What names the graph of the store; "" without one."""
        return self._store.revision() if self._store is not None else ""

    def base(self, seen: Seen) -> Base | None:
        """What the graph holds, if it is as a push of ours has left it, else None."""
        marks = seen.marks
        if self.left is not None:  # a batch that arrived late has put the mark of its place in again
            late = self.left.text
            marks = frozenset(text for text in marks if not mark.is_becoming(text, late))
        found = mark.read(next(iter(marks))) if len(marks) == 1 else None
        if found is None or found.triples != seen.triples:
            return None
        if self._store is None or self._ledger is None:
            return Base(found, None)
        if found.revision == self.revision:
            return Base(found, self._store.origin())
        for known in (self._ledger.begun, self._ledger.pushed):
            if known is not None and known["mark"] == found.text:
                return Base(found, Origin.read(known["origin"]))
        if self._ledger.pushed is not None:
            return None
        earlier = self._store.earlier(found.revision)
        return Base(found, earlier) if earlier is not None else None

    def is_ours(self, seen: Seen) -> bool:
        """Whether the graph is as it is because a push was cut off."""
        begun = self._begun
        if self._ledger is None:
            return _on_its_way(seen, "")
        return begun is not None and (begun["whole"] or _on_its_way(seen, begun["mark"]))

    @property
    def left(self) -> Mark | None:
        """The mark that the last push has left in the graph, if it is remembered."""
        known = self._ledger.pushed if self._ledger is not None else None
        return mark.read(known["mark"]) if known is not None else None

    def since(self, origin: Origin, same: Callable[[str], str]) -> Iterator[Moved]:
        """What leads from an earlier graph to the one that the store has now."""
        return self._store.since(origin, same) if self._store is not None else iter(())

    def begin(self, new: Mark, was: Seen, patch: Patch | None, *, whole: bool) -> None:
        """Note that the graph will become ``new``, by ``patch`` if there is one."""
        if self._ledger is not None and self._store is not None:
            digest = patch.digest if patch is not None else None
            facts = {"mark": new.text, "was": min(was.marks, default=None), "whole": whole, "patch": digest}
            self._ledger.begin(**facts, origin=self._store.origin().as_data())

    def acknowledge(self, lines: int) -> None:
        """Note that the server has so many lines of what was begun."""
        if self._ledger is not None:
            self._ledger.acknowledge(lines)

    def done(self, new: Mark) -> None:
        """Note that the graph is what it was to become."""
        if self._ledger is not None and self._store is not None:
            known = self._ledger.begun
            now = self._store.origin().as_data()
            origin = known["origin"] if known and known["mark"] == new.text else now
            graph = self._target.graph or None
            self._ledger.done(mark=new.text, origin=origin, server=self._target.shown, graph=graph)

    def cut_off(self, seen: Seen) -> tuple[Patch, Mark] | None:
        """A difference that did not get through, and what it was to bring, if that is still known."""
        begun = self._begun
        if self._ledger is None or begun is None or begun["whole"]:
            return None
        new, was = mark.read(begun["mark"]), mark.read(begun["was"])
        untouched = was is not None and seen == was.seen
        if new is None or not (untouched or _on_its_way(seen, new.text)):
            return None
        patch = Patch.read(self._ledger.patch, begun["patch"])
        return (patch, new) if patch is not None else None

    def got_through(self, patch: Patch, seen: Seen) -> int:
        """How many lines of a patch are on the server, if it is the one that was cut off; else 0."""
        begun = self._begun
        if self._ledger is None or begun is None or begun["patch"] != patch.digest:
            return 0
        there = not begun["whole"] or _on_its_way(seen, begun["mark"])
        return self._ledger.acknowledged if there else 0

    @property
    def patch_file(self) -> Path | None:
        """Where a patch is to be written; None for a temporary file."""
        return self._ledger.patch if self._ledger is not None and self._noting else None

    @property
    def _begun(self) -> Mapping[str, Any] | None:
        return self._ledger.begun if self._ledger is not None else None


def _on_its_way(seen: Seen, text: str) -> bool:
    return any(mark.is_becoming(said, text) for said in seen.marks)
