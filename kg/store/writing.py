"""How the store is changed: prepared, applied, flushed, committed, and what to do if that was cut off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, StoreError
from kg.store import aside, checkpoints, corrections, judged, judging
from kg.store.applying import CHANGE_AT_MOST, PART_OF_STORE, Moved, Step, apply, fill
from kg.store.archive import Archive
from kg.store.durable import digest_of, reason, remove, rename, sync_folder
from kg.store.embedded import Changes, Embedded
from kg.store.journal import COMMITTED, NOTED, PREPARED, REBUILT, TOGETHER, UNDONE, Journal
from kg.store.state import (
    CORRECTIONS,
    NOT_TAKEN,
    PARTS,
    State,
    parts,
    replay,
)
from kg.store.together import NOTHING, Together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.identity.judgements import Judgements
    from kg.store.blocks import Difference
    from kg.store.journal import Entry
    from kg.store.layout import Layout
    from kg.store.names import Names
    from kg.store.state import Loaded

DAMAGED: Final = "store-damaged"
OLDER: Final = "store-older"
REFUSED: Final = "store-refused"
UNOPENED: Final = "store-unopened"


@dataclass
class Writing:
    """What the one writer holds. ``step`` is told each step of the protocol."""

    layout: Layout
    journal: Journal
    step: Step
    notices: list[Problem] = field(default_factory=list)
    state: State = field(init=False)
    _embedded: Embedded | None = None
    _together: tuple[str, Together] = ("", NOTHING)

    def __post_init__(self) -> None:
        """Know what is loaded."""
        self.state = replay(self.journal.entries)

    @property
    def embedded(self) -> Embedded:
        """The embedded store, opened when it is first asked for."""
        if self._embedded is None:
            try:
                self._embedded = Embedded(self.layout.store, write=True)
            except (OSError, RuntimeError) as error:
                folder = str(self.layout.store)
                raise StoreError(UNOPENED, folder=folder, reason=reason(error)) from error
        return self._embedded

    def names(self) -> Names:
        """What entities are called in what is loaded now; to be closed."""
        from kg.store.names import Names  # noqa: PLC0415 - only who loads needs it

        return Names(self.layout.names, self.state.loaded, self.archive)

    def let_go(self) -> None:
        """Close the embedded store."""
        if self._embedded is not None:
            self._embedded.close()
            self._embedded = None

    def archive(self, name: str, loaded: Loaded | None = None) -> Archive:
        """The current version of a dataset, or the one that is named."""
        loaded = loaded or self.state.loaded[name]
        return Archive.read(self.layout.version(name, loaded.version), loaded.digest)

    def archives(self, loaded: Mapping[str, Loaded]) -> list[Archive]:
        """The versions that are loaded."""
        return [self.archive(name, known) for name, known in loaded.items()]

    @property
    def together(self) -> Together:
        """What the judgements that hold make of lines."""
        if self._together[0] != self.state.judged:
            self._together = self.state.judged, judged.together(judged.kept(self.layout, self.state.judged))
        return self._together[1]

    def record(self, state: str, **facts: Any) -> Entry:  # noqa: ANN401 - what JSON can hold
        """Write to the journal and follow it."""
        if PARTS in facts:
            self.journal.at_least(TOGETHER)
        entry = self.journal.append(state, **facts)
        self.state = replay(self.journal.entries)
        return entry

    def change(
        self,
        name: str,
        new: Archive | None,
        differences: Iterable[Difference] | None = None,
        not_taken: Iterable[bytes] | None = None,
    ) -> Moved:
        """Bring a dataset to a version whose archive is whole; None takes it out.

        ``differences`` to the version before are worked out from the archive if they are not given;
        ``not_taken`` is what is to be in the quarantine then, None if that stays as it is.
        """
        old = self.state.loaded.get(name)
        facts: dict[str, Any] = {
            "dataset": name,
            "version": new.manifest.version if new else None,
            "replaces": old.version if old else None,
        }
        if new is not None:
            facts |= {"iri": new.manifest.iri, "digest": new.digest}
            if corrections := new.manifest.given.get("digests", {}).get(CORRECTIONS):
                facts[CORRECTIONS] = corrections
        if not_taken is not None:
            facts |= self._lay_aside(name, not_taken)
        self.record(PREPARED, **facts)
        self.step("prepared")
        return self.carry_out(new, differences)

    def _lay_aside(self, name: str, not_taken: Iterable[bytes]) -> dict[str, dict[str, str]]:
        """Write beside what was not taken what is to take its place; what the entry is to say of it."""
        data, path = b"".join(not_taken), self.layout.quarantine(name)
        if not data and not path.exists() and not self.state.not_taken.get(name):
            return {}
        aside.put(self.layout, self.entries[-1].seq + 1, {path: data})
        self.step("aside")
        return {NOT_TAKEN: {name: corrections.digest_of(data)}}

    def keep_not_taken(self, name: str, not_taken: Iterable[bytes]) -> None:
        """Have other records of a dataset, as lines of JSON, be those that were not taken."""
        data = b"".join(not_taken)
        known = self.state.not_taken.get(name, ""), digest_of(self.layout.quarantine(name))
        if set(known) == {corrections.digest_of(data)}:
            return
        for dataset, digest in self._lay_aside(name, (data,)).get(NOT_TAKEN, {}).items():
            entry = self.record(NOTED, what=NOT_TAKEN, dataset=dataset, digest=digest)
            self.step("noted")
            aside.bring(self.layout, entry.seq)
            self.step("brought")

    def judge(self, judgements: Judgements, touched: judging.Touched | None) -> Moved:
        """Have judgements hold instead of those before; without what they touch all is made anew."""
        self.record(PREPARED, judgements=judged.keep(self.layout, judgements))
        self.step("prepared")
        moved = Moved(0, 0, done=False)
        if touched is not None:
            triples = sum(a.manifest.counts.triples for a in self.archives(self.state.loaded))
            limit = max(CHANGE_AT_MOST, triples // PART_OF_STORE)
            moved = judging.judge(touched, Changes(self.embedded, "", self.step, limit))
        if not moved.done:
            self.make_anew(self.archives(self.state.loaded), judged.together(judgements))
        self.commit()
        return moved

    def carry_out(self, new: Archive | None, differences: Iterable[Difference] | None = None) -> Moved:
        """From prepared to committed; done again if it was cut off."""
        pending = self.state.pending
        assert pending is not None  # noqa: S101 - only called with something prepared
        try:
            moved = self._apply(pending.facts["dataset"], new, differences)
        except (SyntaxError, ValueError) as error:
            # what the engine refuses today it will refuse tomorrow
            self.undo(pending)
            raise StoreError(REFUSED, dataset=pending.facts["dataset"], said=str(error)) from error
        self.commit()
        return moved

    def commit(self) -> None:
        """What was prepared is in the embedded store: from there to committed."""
        pending = self.state.pending
        assert pending is not None  # noqa: S101 - only called with something prepared
        self.step("applied")
        self.embedded.flush()
        self.step("flushed")
        self.record(COMMITTED, of=pending.seq)
        self.step("committed")
        aside.bring(self.layout, pending.seq)
        self.step("brought")
        self.make_checkpoint()
        self.step("checkpointed")

    def undo(self, entry: Entry) -> None:
        """Bring back what was committed last."""
        self.make_anew(self.archives(self.state.loaded))
        self.record(UNDONE, of=entry.seq)
        for part in parts(entry.facts):
            if part["version"] is not None:
                remove(self.layout.version(part["dataset"], part["version"]))
        self.make_checkpoint()

    def _apply(self, name: str, new: Archive | None, differences: Iterable[Difference] | None) -> Moved:
        others = self.archives({n: known for n, known in self.state.loaded.items() if n != name})
        target = [*others, new] if new is not None else others
        try:
            old = self.archive(name) if name in self.state.loaded else None
            moved = apply(self.embedded, (old, new), others, self.step, differences, self.together)
        except StoreError as error:
            if error.code != DAMAGED or name not in self.state.loaded:
                raise
            # the old version can't be read; what is to be there does not need it
            moved = Moved(0, new.manifest.counts.triples if new is not None else 0, done=False)
        if not moved.done:
            self.make_anew(target)
        return moved

    def make_anew(self, archives: Iterable[Archive], together: Together | None = None) -> None:
        """Fill a new embedded store from archived triples, and put it in the place of the old one."""
        layout = self.layout
        together = self.together if together is None else together
        self.let_go()
        remove(layout.new_store)
        remove(layout.old_store)
        self.step("rebuilding")
        fresh = Embedded(layout.new_store, write=True)
        try:
            try:
                fill(fresh, archives, self.step, together)
                fresh.flush()
            finally:
                fresh.close()
        except StoreError:  # an archive is damaged
            remove(layout.new_store)
            raise
        self.step("rebuilt")
        self.put(layout.new_store)

    def put(self, fresh: Path) -> None:
        """Have an embedded store that is whole in the place of the one there is."""
        layout = self.layout
        if layout.store.exists():
            rename(layout.store, layout.old_store)
        self.step("swapping")
        rename(fresh, layout.store)
        sync_folder(fresh.parent)
        self.step("swapped")
        remove(layout.old_store)

    def rebuild(self) -> None:
        """Make the embedded store anew, and a checkpoint of it.

        Raises ``StoreError`` naming all datasets whose archive is damaged; then nothing is changed.
        """
        try:
            self.make_anew(self.archives(self.state.loaded))
        except StoreError as error:
            if error.code == DAMAGED and (damaged := self._damaged()):
                raise StoreError("rebuild-damaged", **damaged) from error
            raise
        from kg.store import names  # noqa: PLC0415 - only who loads needs it

        names.forget(self.layout.names)
        self.record(REBUILT)
        self.make_checkpoint()
        checkpoints.prune(self.layout.checkpoints, 1)  # older ones may be damaged too

    def _damaged(self) -> dict[str, tuple[str, ...]]:
        """The datasets that are to be loaded again, and their files."""
        found: dict[str, str] = {}
        for name in self.state.loaded:
            source = name
            try:
                archive = self.archive(name)
                source = str(archive.manifest.given.get("source") or name)
                archive.verify()
            except StoreError as error:
                if error.code == DAMAGED:
                    found[name] = source
        return {"datasets": tuple(found), "sources": tuple(found.values())} if found else {}

    @property
    def entries(self) -> list[Entry]:
        """The journal's."""
        return self.journal.entries

    def checkpoint(self) -> Path:
        """The checkpoint of the newest commit."""
        return self.layout.checkpoints / str(self.state.number)

    def make_checkpoint(self) -> None:
        """Make the checkpoint of the newest commit."""
        checkpoints.make(self.layout.checkpoints, self.state.number, self.embedded)

    def say(self, code: str, **args: object) -> None:
        """Have it told what was found and mended."""
        self.notices.append(Problem(code, args=args, severity="info"))
