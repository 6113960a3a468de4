"""The store of a project, for one writer and any number of readers.

The archive and the journal are the truth; the embedded store is an index over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import Problem, StoreError
from kg.store import corrections, judged, judging, pruning, recovery, trial
from kg.store.applying import gathered
from kg.store.around import Around, triples
from kg.store.blocks import Patch, merged, write
from kg.store.durable import make_folder, remove, said
from kg.store.journal import NOTED, Journal, mended
from kg.store.layout import Layout
from kg.store.lock import WriterLock
from kg.store.past import Past
from kg.store.reading import Reading, is_ready, open_journal
from kg.store.state import Change, versions
from kg.store.writing import DAMAGED, REFUSED, Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.identity.judgements import Judgements
    from kg.store.archive import Archive
    from kg.store.blocks import Block, Blocks, Difference
    from kg.store.journal import Entry
    from kg.store.judging import Touched
    from kg.store.pruning import Prunable


class Prepared(NamedTuple):
    """A version of a dataset that is archived, and not loaded yet."""

    archive: Archive
    differences: Sequence[Difference] | None
    """To the version that is loaded, if they are known."""


def _nothing(_step: str) -> None:
    """The step of whoever does not want to know."""


class Store(Past):
    """What a project has loaded.

    A writer sees the state as it is; a reader sees that of the newest checkpoint, and goes on seeing it
    while others write. ``notices`` say what was found and mended on opening.
    """

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
        self._broken = True
        writing.keep_not_taken(dataset, lines)
        self._broken = False

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

    def keep_corrections(self, data: bytes) -> None:
        """Keep what a manifest is to refer to by its digest."""
        self._writer()
        with said(self.layout.data):
            corrections.keep(self.layout, data)

    def _holds(self, name: str, new: Archive) -> bool:
        """Whether a dataset is what it is to be replaced by; no if that can't be read."""
        try:
            return self._archive(name).manifest.same_contents(new.manifest) and self.is_whole(name)
        except StoreError:
            return False

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
            recovery.migrate(writing)
        recovery.recover(writing)
        return Store(layout, writing, lock)
    except BaseException:
        if writing is not None:
            writing.let_go()
        lock.release()
        raise
