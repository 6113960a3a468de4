"""What is loaded, to be read: by the writer as it is, by a reader as it was at a checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from kg.errors import Problem, StoreError, UsageError
from kg.store import corrections, judged, quarantine
from kg.store.archive import RECORDS, Archive
from kg.store.around import Around
from kg.store.blocks import merged, said_of_entities
from kg.store.durable import said
from kg.store.entities import entities
from kg.store.state import DatasetInfo
from kg.store.writing import DAMAGED, Writing
from kg.values.nearest import choices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from kg.identity.clusters import Clusters
    from kg.identity.judgements import Judgements
    from kg.store.blocks import Block
    from kg.store.layout import Layout
    from kg.store.lock import WriterLock
    from kg.store.names import Names
    from kg.store.quarantine import NotTaken
    from kg.store.reading import Reading
    from kg.store.state import EntityRow, State


class Graph:
    """The datasets that are loaded, and the graph that comes of them."""

    def __init__(self, layout: Layout, side: Writing | Reading, lock: WriterLock | None) -> None:
        """Use ``Store.open``."""
        self.layout = layout
        self.notices: list[Problem] = side.notices
        self._side = side
        self._lock = lock
        self._closed = False
        self._broken = False

    def close(self) -> None:
        """Let go of the embedded store and the lock."""
        self._closed = True
        self._side.let_go()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        """Use as a context, so that the lock is let go."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def datasets(self, even_damaged: Collection[str] = ()) -> list[DatasetInfo]:
        """What is loaded, by name.

        Of ``even_damaged`` those are left out whose manifests can't be read.
        """
        found = []
        for name, known in self._state().loaded.items():
            try:
                manifest = self._archive(name).manifest
            except StoreError as error:
                if error.code == DAMAGED and name in even_damaged:
                    continue
                raise
            given, counts = manifest.given, manifest.counts
            found.append(
                DatasetInfo(
                    name=name,
                    iri=manifest.iri,
                    version=manifest.version,
                    records=counts.records,
                    claims=counts.claims,
                    entities=counts.entities,
                    triples=counts.triples,
                    source=given.get("source", ""),
                    digests=given.get("digests", {}),
                    when=known.when,
                    files=manifest.files,
                    manifest=given,
                )
            )
        return found

    @property
    def names(self) -> list[str]:
        """The names of the datasets that are loaded, sorted."""
        return list(self._state().loaded)

    def blocks(self, datasets: Collection[str] = ()) -> Iterator[Block]:
        """The graph, or that of some datasets, by root IRI; streamed from the archive."""
        names = self.known(datasets) if datasets else list(self._state().loaded)
        return merged([self._archive(name) for name in names], self._open().together)

    def statements(self, dataset: str) -> Iterator[Block]:
        """What one dataset says of entities, by root IRI: its named graph, which judgements do not touch."""
        self.known((dataset,))
        return said_of_entities(self._archive(dataset))

    def entities(self, without: Collection[str] = ()) -> Iterator[EntityRow]:
        """The entities that are described, by IRI, some datasets left out; streamed from the archive."""
        return entities([self._archive(name) for name in self._state().loaded if name not in without])

    def entity_names(self) -> Names | None:
        """The same entities, to be looked up one by one, to be closed.

        None for a reader, and if a dataset is damaged: it may be among those that are left out.
        """
        side = self._open()
        if not isinstance(side, Writing):
            return None
        with said(self.layout.data):
            try:
                return side.names()
            except StoreError as error:
                if error.code != DAMAGED:
                    raise
                return None

    def describe(self, iris: Collection[str]) -> list[str]:
        """The N-Triples lines of nodes and their parts, from the embedded store, as judgements have them.

        An entity that is one with others is described as what they are, under the IRI that is asked for.
        """
        side = self._open()
        with said(self.layout.store):
            found = side.embedded.describe({side.together.clusters.of(iri) for iri in iris})
            for iri in iris:
                canonical = side.together.clusters.of(iri)
                if canonical != iri:
                    about = f"<{canonical}> "
                    found += [
                        f"<{iri}> {line.removeprefix(about)}"
                        for line in side.embedded.describe((canonical,))
                        if line.startswith(about)
                    ]
            return found

    def records(self, dataset: str) -> Iterator[dict[str, Any]]:
        """The archived records of a dataset, in the order in which they were read."""
        from kg.reading.decode import decoder  # noqa: PLC0415 - only where records are read again

        self.known((dataset,))
        decode = decoder()
        return (decode(line) for line in self._archive(dataset).lines(RECORDS))

    def lines(self, dataset: str, file: str) -> Iterator[bytes]:
        """The lines of one of the files that are archived of a dataset."""
        self.known((dataset,))
        return self._archive(dataset).lines(file)

    def archive(self, dataset: str) -> Archive:
        """The version of a dataset that is loaded; what is in it stays when the dataset changes."""
        self.known((dataset,))
        return self._archive(dataset)

    def corrections(self, digest: str) -> bytes:
        """What is kept under a digest."""
        return corrections.kept(self.layout, digest)

    def corrected_by(self, dataset: str) -> bytes:
        """The corrections of a dataset that is loaded, even if its manifest is damaged."""
        return corrections.kept(self.layout, self._state().loaded[dataset].corrections)

    def said_by(self, dataset: str, root: str) -> list[str]:
        """What a dataset says of an entity, without looking through the archive."""
        with said(self.layout.store):
            iri = self._state().loaded[dataset].iri
            return self._open().embedded.told(root, (iri,)).get(iri, [])

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """(subject, N-Triples term) of all triples of the graph with a predicate, in no order."""
        with said(self.layout.store):
            yield from self._open().embedded.pairs(predicate)

    def told(self, root: str, without: Collection[str] = ()) -> list[list[str]]:
        """What each dataset says of an entity, some left out, without looking through the archive.

        What is said of those that it is one with is said of it.
        """
        loaded = self._state().loaded
        graphs = {known.iri for name, known in loaded.items() if name not in without}
        if not graphs:
            return []
        side = self._open()
        found: dict[str, list[str]] = {}
        with said(self.layout.store):
            for member in side.together.clusters.all_of(side.together.clusters.of(root)):
                for graph, lines in side.embedded.told(member, graphs).items():
                    about = (f"<{root}> {line.removeprefix(f'<{member}> ')}" for line in lines)
                    found.setdefault(graph, []).extend(lines if member == root else about)
        return list(found.values())

    def referring(self, node: str) -> Iterator[str]:
        """The nodes that have a node as an object, in no order, some more than once.

        All that is one with a node that has it, or with the one it has, is among them.
        """
        side = self._open()
        with said(self.layout.store):
            for found in side.embedded.referring(side.together.clusters.of(node)):
                yield from side.together.clusters.all_of(found)

    def sayers(self, root: str) -> list[str]:
        """The datasets that say something of an entity, or whose claim it is, or whose claims have it.

        Of those that are one with others, the datasets of all of them.
        """
        side = self._open()
        names = {known.iri: name for name, known in self._state().loaded.items()}
        with said(self.layout.store):
            members = side.together.clusters.all_of(side.together.clusters.of(root))
            found = {graph for member in members for graph in side.embedded.told(member, names)}
            found |= side.embedded.parts_of(root) & names.keys()
            if not found:
                for node in set(side.embedded.referring(root)):
                    found |= side.embedded.parts_of(node) & names.keys()
        return sorted(names[iri] for iri in found)

    def as_it_is(self) -> Around:
        """The default graph as it is."""
        with said(self.layout.store):
            return Around(self._open().embedded)

    def judgements(self) -> Judgements:
        """The judgements that hold in the graph."""
        return judged.kept(self.layout, self._state().judged)

    def clusters(self) -> Clusters:
        """What is one in the graph."""
        return self._open().together.clusters

    def checkpoint(self) -> Path:
        """The newest checkpoint, for readers."""
        return self._open().checkpoint()

    def is_whole(self, dataset: str) -> bool:
        """Whether all that is archived of a dataset is what was written; all of it is read."""
        try:
            self._archive(dataset).verify()
        except StoreError as error:
            if error.code != DAMAGED:
                raise
            return False
        return True

    def known(self, datasets: Collection[str]) -> list[str]:
        """The names of datasets, sorted; raises ``UsageError`` if there is no such one."""
        loaded = self._state().loaded
        for name in datasets:
            if name not in loaded:
                near, _ = choices(name, sorted(loaded))
                raise UsageError("store-dataset-unknown", received=name, near=near)
        return sorted(set(datasets))

    def distrusted(self) -> list[Problem]:
        """What is to be said of files with records that were not taken and are not what was written."""
        with said(self.layout.data):
            return quarantine.distrusted(self.layout, self.names)

    def quarantined(self, dataset: str) -> list[bytes]:
        """The records of a dataset that were not taken, as lines of JSON."""
        with said(self.layout.data):
            return quarantine.lines(self.layout.quarantine(dataset))

    def not_taken(self, dataset: str) -> NotTaken:
        """How many records of a dataset are kept because they were not taken."""
        with said(self.layout.data):
            return quarantine.count(self.layout.quarantine(dataset))

    def _archive(self, name: str) -> Archive:
        known = self._state().loaded[name]
        return Archive.read(self.layout.version(name, known.version), known.digest)

    def _state(self) -> State:
        return self._open().state

    def _open(self) -> Writing | Reading:
        if self._closed:
            raise StoreError("store-closed")
        return self._side
