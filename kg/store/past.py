"""What the graph was: entries of the journal, versions of datasets, revisions that were pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store import judged
from kg.store.archive import Archive
from kg.store.changes import Changes, archived, between, span, version_of
from kg.store.difference import Made, Origin, difference
from kg.store.durable import said
from kg.store.graph import Graph
from kg.store.journal import COMMITTED, CREATED
from kg.store.ledger import Ledger
from kg.store.state import parts, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store.difference import Moved
    from kg.store.journal import Entry


class Past(Graph):
    """What is loaded, with what was loaded before."""

    def history(self) -> list[Entry]:
        """The journal, oldest entry first."""
        return list(self._open().entries)

    def changes(
        self, since: int | None = None, until: int | None = None, dataset: str = ""
    ) -> Iterator[Changes]:
        """What changed between two entries of the journal, by their numbers; else by the last change."""
        with said(self.layout.data):
            entries = self._open().entries
            yield from between(self.layout, entries, *span(entries, since, until), dataset)

    def ever(self) -> frozenset[str]:
        """The names of all datasets that are loaded or were once."""
        return frozenset(part["dataset"] for e in self._open().entries for part in parts(e.facts))

    def version(self, dataset: str, which: int) -> Archive:
        """A version of a dataset that was loaded once; see ``version_of``."""
        return archived(self.layout, dataset, version_of(self._open().entries, dataset, which))

    def origin(self) -> Origin:
        """What the graph is made of: what ``since`` wants to know of a state later."""
        return Origin.of(self._state())

    def revision(self) -> str:
        """What names the graph by what is in it: 32 digits."""
        return self._made(self.origin()).revision

    def earlier(self, revision: str) -> Origin | None:
        """What made up the graph of a revision, if there was one and it is kept."""
        entries = self._open().entries
        for number in range(len(entries), 0, -1):
            if entries[number - 1].state in {CREATED, COMMITTED}:
                origin = Origin.of(replay(entries[:number]))
                try:
                    if self._made(origin).revision == revision:
                        return origin
                except StoreError:
                    continue
        return None

    def since(self, origin: Origin, same: Callable[[str], str] = str) -> Iterator[Moved]:
        """What leads from the graph of an earlier ``origin`` to the one of now; see ``difference``.

        Raises ``StoreError`` if what that was made of is not there any more.
        """
        graphs = [known.iri for known in self._state().loaded.values()]

        def told(root: str) -> dict[str, list[str]]:
            with said(self.layout.store):
                return self._open().embedded.told(root, graphs)

        return difference(self._made(origin), self._made(self.origin()), told, same)

    def _made(self, origin: Origin) -> Made:
        archives = {
            name: Archive.read(self.layout.version(name, version), digest)
            for name, (version, digest) in origin.datasets.items()
        }
        together = judged.together(judged.kept(self.layout, origin.judged))
        return Made(archives, together, origin.judged)

    def ledger(self, key: str) -> Ledger:
        """What is known of a graph on a server, whose key is ``key``; to be closed."""
        return Ledger(self.layout, key)
