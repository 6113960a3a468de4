"""What differs between two graphs: datasets, versions, files, the graph of a project, that of a server.

operands ─▶ sides: blocks by root ─▶ merged: what differs ─▶ facts in words, or a patch
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from kg.pipeline.diff.facts import AT_ONCE, Counts, Words, differing
from kg.pipeline.diff.lines import Lines
from kg.store.difference import compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pipeline.diff.facts import Differing, Fact
    from kg.pipeline.diff.sides import Side
    from kg.query.ask import Setting
    from kg.store.blocks import Raw


class Diff:
    """Two sides that are compared; ``counts`` is filled as facts are taken."""

    def __init__(self, old: Side, new: Side, setting: Setting) -> None:
        """Compare sides that are alike: see ``compare``."""
        self.old, self.new, self.setting = old, new, setting
        self.counts = Counts()

    def facts(self, limit: int = 0) -> Iterator[Fact]:
        """The facts that differ, by IRI, so many of each kind, 0 for all."""
        words = Words(self.old, self.new, self.setting)
        found = self._limited(limit)
        while some := list(islice(found, AT_ONCE)):
            yield from words.of(some)

    def _limited(self, limit: int) -> Iterator[Differing]:
        shown: dict[str, int] = {}
        self.counts = Counts()
        for fact in differing(self.old, self.new, self.setting.model, self.counts):
            shown[fact.kind] = shown.get(fact.kind, 0) + 1
            if not limit or shown[fact.kind] <= limit:
                yield fact

    def lines(self, stack: ExitStack) -> tuple[Lines, Lines]:
        """The lines that are gone and those that came, sorted."""
        gone, came = (self._moved(stack, side) for side in (0, 1))
        return gone, came

    def _moved(self, stack: ExitStack, side: int) -> Lines:
        def same(line: str) -> str:
            return self.new.same(self.old.same(line))

        moves = compared(self.old.raw(), self.new.raw, same)
        return stack.enter_context(Lines(line for _, moved in moves for line in moved[side]))


@contextmanager
def compare(old: Side, new: Side, setting: Setting) -> Iterator[Diff]:
    """Two sides made alike: a file knows no blocks, so where one has none, the other's are taken apart."""
    with ExitStack() as stack:
        if old.whole != new.whole:
            old, new = old.flat(stack), new.flat(stack)
        yield Diff(old, new, setting)


def lines_of(lines: Lines) -> Iterator[str]:
    """The lines of N-Triples, sorted by what they are about; blank nodes as these are written."""
    for raw in lines.raw():
        yield from _written(raw)


def _written(raw: Raw) -> Iterator[str]:
    for line in raw[1].decode().split("\n"):
        if "<_:" not in line:
            yield line
            continue
        subject, predicate, rest = line.split(" ", 2)
        obj = rest.removesuffix(" .")
        yield f"{_term(subject)} {predicate} {_term(obj)} ."


def _term(term: str) -> str:
    return term[1:-1] if term.startswith("<_:") else term
