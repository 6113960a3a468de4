"""The store of a project, for one writer and any number of readers.

The archive and the journal are the truth; the embedded store is an index over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kg.errors import Problem, StoreError
from kg.store import corrections, judged, judging, pruning, quarantine, trial
from kg.store.applying import gathered
from kg.store.archive import RECORDS, Archive
from kg.store.around import Around, triples
from kg.store.blocks import Patch, merged, said_of_entities, write
from kg.store.changes import Changes, archived, between, span, version_of
from kg.store.difference import Made, Origin, difference
from kg.store.durable import make_folder, remove, said
from kg.store.entities import entities
from kg.store.journal import COMMITTED, CREATED, NOTED, Journal, mended
from kg.store.layout import Layout
from kg.store.ledger import Ledger
from kg.store.lock import WriterLock
from kg.store.reading import Reading, is_ready, open_journal
from kg.store.state import NOT_TAKEN, Change, DatasetInfo, parts, replay, versions
from kg.store.writing import DAMAGED, REFUSED, Writing
from kg.values.nearest import choices

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.identity.clusters import Clusters
    from kg.identity.judgements import Judgements
    from kg.store.blocks import Block, Blocks, Difference
    from kg.store.difference import Moved
    from kg.store.journal import Entry
    from kg.store.judging import Touched
    from kg.store.names import Names
    from kg.store.pruning import Prunable
    from kg.store.quarantine import NotTaken
    from kg.store.state import EntityRow, State


class Prepared(NamedTuple):
    """A version of a dataset that is archived, and not loaded yet."""

    archive: Archive
    differences: Sequence[Difference] | None
    """To the version that is loaded, if they are known."""


def _nothing(_step: str) -> None:
    """The step of whoever does not want to know."""


class Store:
    """What a project has loaded.

    A writer sees the state as it is; a reader sees that of the newest checkpoint, and goes on seeing it
    while others write. ``notices`` say what was found and mended on opening.
    """

    def __init__(self, layout: Layout, side: Writing | Reading, lock: WriterLock | None) -> None:
        """Use ``Store.open``."""
        self.layout = layout
        self.notices: list[Problem] = side.notices
        self._side = side
        self._lock = lock
        self._closed = False
        self._broken = False

    @staticmethod
    def open(
        folder: Path, *, write: bool, mend: bool = False, step: Callable[[str], None] = _nothing
    ) -> Store:
        """Open the store of a project's folder.

        A writer takes the lock, and finishes or undoes what was cut off. Raises ``StoreError`` if somebody
        else writes, or if the journal is damaged; to ``mend`` makes it again of its copy, and what has an
        older format anew. ``step`` is told each step of a change, so that a test can end it there.
        """
        layout = Layout(folder)
        with said(layout.data):
            if write:
                return _writer(layout, step, mend=mend)
            mended: list[Problem] = []
            if not is_ready(layout):
                with _writer(layout, step) as writer:
                    mended = writer.notices
            reader = Store(layout, Reading(layout), None)
            reader.notices[:0] = mended
            return reader

    def __enter__(self) -> Self:
        """Use as a context, so that the lock is let go."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the embedded store and the lock."""
        self._closed = True
        self._side.let_go()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

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

    def replace(
        self,
        dataset: str,
        iri: str,
        records: Iterable[bytes],
        resolutions: Iterable[bytes],
        blocks: Blocks,
        manifest: Mapping[str, Any],
    ) -> Change:
        """Load a dataset, or have it replace the one of its name by the difference.

        ``records`` and ``resolutions`` are lines of JSON; ``blocks`` come in the order of their
        roots, each once; or they are, by root, those that differ from the version that is loaded, None
        for one that is no more. Nothing changes if all is as it was.
        """
        return self.commit(self.prepare(dataset, iri, records, resolutions, blocks, manifest))

    def prepare(
        self,
        dataset: str,
        iri: str,
        records: Iterable[bytes],
        resolutions: Iterable[bytes],
        blocks: Blocks,
        manifest: Mapping[str, Any],
    ) -> Prepared:
        """Write the version of a dataset that ``replace`` would bring, without a change; see there."""
        writing = self._writer()
        with said(self.layout.data):
            for other in writing.state.loaded:
                if other != dataset and other.casefold() == dataset.casefold():
                    raise StoreError("store-dataset-case", received=dataset, other=other)
            patch = None
            if isinstance(blocks, Mapping):
                self.known((dataset,))
                blocks = patch = Patch(self._archive(dataset), blocks)
            prepared = versions(writing.entries, undone=True)
            used = [part["version"] for part in prepared if part["dataset"] == dataset]
            folder = self.layout.version(dataset, self.layout.next_version(dataset, used))
            new = write(folder, (dataset, iri), (records, resolutions, blocks), manifest)
            return Prepared(new, patch.differences if patch is not None else None)

    def commit(self, prepared: Prepared, not_taken: Iterable[bytes] | None = None) -> Change:
        """Have a version that was prepared take the place of the one that is loaded.

        ``not_taken`` are the records that it lacks, as lines of JSON; they take the place of those that are
        kept, with the version or not at all. None keeps these.
        """
        writing = self._writer()
        with said(self.layout.data):
            new = prepared.archive
            name = new.manifest.dataset
            known = writing.state.loaded.get(name)
            if known and self._holds(name, new):
                self.drop(prepared)
                if not_taken is not None:
                    self._keep_not_taken(writing, name, not_taken)
                return Change(name, known.version, known.version)
            return self._change(writing, name, new, prepared.differences, not_taken)

    def around(self, dataset: str, prepared: Prepared | None, *, entities_only: bool = True) -> Around | None:
        """What a version that was prepared, or with None the retraction of a dataset, would change.

        Nothing, if there are no other datasets: who stays is what is asked for. None if it is too much to
        gather, or the dataset is damaged. With ``entities_only``, a new dataset is told by what it says of
        entities.
        """
        writing = self._writer()
        with said(self.layout.data):
            loaded = writing.state.loaded
            others = writing.archives({n: known for n, known in loaded.items() if n != dataset})
            if not others:
                return Around(writing.embedded)
            new, differences = (prepared.archive, prepared.differences) if prepared else (None, None)
            try:
                old = writing.archive(dataset) if dataset in loaded else None
                found = gathered(
                    writing.embedded,
                    (old, new),
                    others,
                    differences,
                    writing.together,
                    entities_only=entities_only,
                )
            except StoreError as error:
                if error.code != DAMAGED or self.is_whole(dataset):
                    raise
                return None
            if found is None:
                return None
            return Around(writing.embedded, triples(found.gone), triples(found.came))

    def after(self, dataset: str, prepared: Prepared | None) -> Iterator[Block]:
        """The whole graph as it would be then, by root IRI; streamed from the archive."""
        writing = self._writer()
        loaded = writing.state.loaded
        whole = writing.archives({n: known for n, known in loaded.items() if n != dataset})
        return merged([*whole, prepared.archive] if prepared else whole, writing.together)

    def as_it_is(self) -> Around:
        """The default graph as it is."""
        with said(self.layout.store):
            return Around(self._open().embedded)

    @contextmanager
    def trial(self) -> Iterator[Store]:
        """A copy to try a change in, which ``adopt`` then makes."""
        writing = self._writer()
        with said(self.layout.data):
            layout = trial.laid_out(writing)
            try:
                with Store.open(
                    layout.project, write=True, step=lambda step: writing.step(f"trial {step}")
                ) as copy:
                    yield copy
            finally:
                remove(layout.project)

    def adopt(self, copy: Store) -> None:
        """Have at once what a copy has come to, which ends with it; a death leaves all of it or nothing."""
        writing, theirs = self._writer(), copy._writer()
        with said(self.layout.data):
            changed = trial.changes(writing.state, theirs.state)
            names = {*writing.state.loaded, *theirs.state.loaded}
            aside = trial.not_taken(self.layout, copy.layout, names)
            if not changed:
                for name, data in aside.items():
                    self._keep_not_taken(writing, name, (data,) if data else ())
                return
            theirs.embedded.flush()
            copy.close()
            self._broken = True
            trial.adopt(writing, copy.layout, changed, aside)
            self._broken = False

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

    def drop(self, prepared: Prepared) -> None:
        """Remove a version that was prepared and is not wanted."""
        with said(self.layout.data):
            remove(prepared.archive.folder)

    def retract(self, dataset: str) -> Change:
        """Take a dataset out: what no other holds goes, and what was not taken of it."""
        writing = self._writer()
        with said(self.layout.data):
            self.known((dataset,))
            return self._change(writing, dataset, None, not_taken=())

    def judgements(self) -> Judgements:
        """The judgements that hold in the graph."""
        return judged.kept(self.layout, self._state().judged)

    def clusters(self) -> Clusters:
        """What is one in the graph."""
        return self._open().together.clusters

    def touched(self, judgements: Judgements) -> Touched:
        """What would be another if judgements held instead of those that do."""
        writing = self._writer()
        with said(self.layout.data):
            archives = writing.archives(writing.state.loaded)
            return judging.touched(writing.embedded, archives, writing.together, judged.together(judgements))

    def around_judging(self, touched: Touched) -> Around:
        """The graph as it would be then."""
        gone, came = touched.old - touched.new, touched.new - touched.old
        return Around(self._writer().embedded, triples(gone), triples(came))

    def judging(self, judgements: Judgements) -> tuple[Iterator[Block], Iterator[Block]]:
        """The whole graph as it would be then, and as it is, by root IRI; streamed from the archive."""
        writing = self._writer()
        archives = writing.archives(writing.state.loaded)
        return merged(archives, judged.together(judgements)), merged(archives, writing.together)

    def judge(self, judgements: Judgements, touched: Touched | None = None) -> tuple[int, int]:
        """Have judgements hold instead of those that do; (triples taken out, triples put in).

        ``touched`` is what ``Store.touched`` gave, if it was asked. Nothing changes if all is as it was.
        Raises ``UsageError`` for a contradiction.
        """
        writing = self._writer()
        if judged.digest_of(judgements) == writing.state.judged:
            return 0, 0
        touched = self.touched(judgements) if touched is None else touched
        with said(self.layout.data):
            self._broken = True
            moved = writing.judge(judgements, touched)
            self._broken = False
        return moved.removed, moved.added

    def quarantine(self, dataset: str, lines: Iterable[bytes]) -> None:
        """Keep the records of a dataset that are not taken, as lines of JSON; earlier ones go."""
        writing = self._writer()
        with said(self.layout.data):
            self._keep_not_taken(writing, dataset, lines)

    def _keep_not_taken(self, writing: Writing, dataset: str, lines: Iterable[bytes]) -> None:
        def told(digest: str) -> None:
            if writing.state.not_taken.get(dataset, "") != digest:
                writing.record(NOTED, what=NOT_TAKEN, dataset=dataset, digest=digest)

        quarantine.keep(self.layout.quarantine(dataset), lines, told)

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

    def _change(
        self,
        writing: Writing,
        dataset: str,
        new: Archive | None,
        differences: Iterable[Difference] | None = None,
        not_taken: Iterable[bytes] | None = None,
    ) -> Change:
        old = writing.state.loaded.get(dataset)
        # until it is committed nothing else may be changed; opening the store again mends it
        self._broken = True
        writing.step("archived")
        try:
            moved = writing.change(dataset, new, differences, not_taken)
        except StoreError as error:
            self._broken = error.code != REFUSED
            raise
        self._broken = False
        version = new.manifest.version if new else None
        return Change(dataset, version, old.version if old else None, moved.removed, moved.added)

    def rebuild(self, judgements: Judgements | None = None) -> None:
        """Make the embedded store anew from the archived triples, and from judgements if they are given."""
        writing = self._writer()
        if judgements is not None:
            judged.together(judgements)  # a contradiction is refused before anything is changed
        with said(self.layout.data):
            self._broken = True
            if judgements is not None and judged.keep(self.layout, judgements) != writing.state.judged:
                writing.judge(judgements, None)
            else:
                writing.rebuild()
            self._broken = False

    def prunable(self, keep: int = 0) -> list[Prunable]:
        """What nothing needs any more; ``keep`` newest versions of each dataset stay."""
        self._open()
        with said(self.layout.data):
            return pruning.prunable(self.layout, Journal.read(self.layout.journal).entries, keep)

    def prune(self, keep: int = 0) -> list[Prunable]:
        """Remove what nothing needs any more."""
        self._writer()
        found = self.prunable(keep)
        with said(self.layout.data):
            pruning.prune(found)
        return found

    def note(self, what: str, **facts: Any) -> Entry:  # noqa: ANN401 - what JSON can hold
        """Write to the journal what was done with the graph, such as a push."""
        with said(self.layout.data):
            return self._writer().record(NOTED, what=what, **facts)

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

    def blocks(self, datasets: Collection[str] = ()) -> Iterator[Block]:
        """The graph, or that of some datasets, by root IRI; streamed from the archive."""
        names = self.known(datasets) if datasets else list(self._state().loaded)
        return merged([self._archive(name) for name in names], self._open().together)

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

    def statements(self, dataset: str) -> Iterator[Block]:
        """What one dataset says of entities, by root IRI: its named graph, which judgements do not touch."""
        self.known((dataset,))
        return said_of_entities(self._archive(dataset))

    def entities(self, without: Collection[str] = ()) -> Iterator[EntityRow]:
        """The entities that are described, by IRI, some datasets left out; streamed from the archive."""
        return entities([self._archive(name) for name in self._state().loaded if name not in without])

    def entity_names(self) -> Names | None:
        """The same entities, to be looked up one by one; None for a reader. To be closed."""
        side = self._open()
        if not isinstance(side, Writing):
            return None
        with said(self.layout.data):
            return side.names()

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

    def keep_corrections(self, data: bytes) -> None:
        """Keep what a manifest is to refer to by its digest."""
        self._writer()
        with said(self.layout.data):
            corrections.keep(self.layout, data)

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
        """The names of datasets, sorted; raises ``StoreError`` if there is no such one."""
        loaded = self._state().loaded
        for name in datasets:
            if name not in loaded:
                near, _ = choices(name, sorted(loaded))
                raise StoreError("store-dataset-unknown", received=name, near=near)
        return sorted(set(datasets))

    def _archive(self, name: str) -> Archive:
        known = self._state().loaded[name]
        return Archive.read(self.layout.version(name, known.version), known.digest)

    def _holds(self, name: str, new: Archive) -> bool:
        """Whether a dataset is what it is to be replaced by; no if that can't be read."""
        try:
            return self._archive(name).manifest.same_contents(new.manifest) and self.is_whole(name)
        except StoreError:
            return False

    def _state(self) -> State:
        return self._open().state

    def _open(self) -> Writing | Reading:
        if self._closed:
            raise StoreError("store-closed")
        return self._side

    def _writer(self) -> Writing:
        side = self._open()
        if not isinstance(side, Writing):
            raise StoreError("store-read-only")
        if self._broken:
            raise StoreError("store-unfinished")
        return side


def _writer(layout: Layout, step: Callable[[str], None], *, mend: bool = False) -> Store:
    """Take the lock, read the journal, and finish or undo what was cut off."""
    make_folder(layout.data)
    lock = WriterLock(layout)
    writing = None
    try:
        restored = mend and mended(layout.journal, layout.journal_copy)
        writing = Writing(layout, open_journal(layout), step)
        if restored:
            writing.notices.append(Problem("store-journal-mended", severity="info"))
        if mend:
            writing.migrate()
        writing.recover()
        return Store(layout, writing, lock)
    except BaseException:
        if writing is not None:
            writing.let_go()
        lock.release()
        raise
