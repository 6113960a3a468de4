"""How the store is changed: prepared, applied, flushed, committed, and what to do if that was cut off."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem, StoreError
from kg.store import aside, checkpoints, judged, judging
from kg.store.applying import CHANGE_AT_MOST, PART_OF_STORE, Moved, Step, apply, fill
from kg.store.archive import Archive, upgraded
from kg.store.durable import PART, is_corruption, reason, remove, rename, sync_folder
from kg.store.embedded import CURRENT, Changes, Embedded
from kg.store.journal import COMMITTED, NOTED, PREPARED, REBUILT, UNDONE, Journal
from kg.store.state import (
    CORRECTIONS,
    JUDGEMENTS,
    MIGRATED,
    NOT_TAKEN,
    PARTS,
    State,
    loaded_by,
    parts,
    replay,
    versions,
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

JUDGED_KEPT: Final = 3
"""So many of the last judgements are kept, for readers of earlier checkpoints."""
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
        digest = hashlib.sha256(data).hexdigest() if data else ""
        if not data and not path.exists() and not self.state.not_taken.get(name):
            return {}
        aside.put(self.layout, self.entries[-1].seq + 1, {path: data})
        self.step("aside")
        return {NOT_TAKEN: {name: digest}}

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

    def migrate(self) -> None:
        """Have what is loaded in today's format."""
        for name, known in self.state.loaded.items():
            try:
                self.archive(name)
            except StoreError as error:
                if error.code != OLDER:
                    continue
                used = [
                    part["version"] for part in versions(self.entries, undone=True) if part["dataset"] == name
                ]
                folder = self.layout.version(name, self.layout.next_version(name, used))
                new = upgraded(self.layout.version(name, known.version), known.digest, folder)
                facts = {"dataset": name, "version": folder.name, "digest": new.digest, "iri": known.iri}
                facts |= {CORRECTIONS: known.corrections} if known.corrections else {}
                self.record(NOTED, what=MIGRATED, **facts)
                self._say("store-migrated", dataset=name)

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

    def recover(self) -> None:
        """Finish or undo what was cut off, and have a checkpoint of what is there."""
        remove(self.layout.trial)
        self._mend_journal()
        self.journal.keep_copy(self.layout.journal_copy)
        if not self._has_store() and (self.state.loaded or self.state.pending is not None):
            self.make_anew(self.archives(self.state.loaded))
            self._say("store-made-anew")
        try:
            self._settle()
        except (RuntimeError, StoreError) as error:
            if not is_broken(error):
                raise
            self.make_anew(self.archives(self.state.loaded))
            self._say("store-made-anew")
            self._settle()

    def _settle(self) -> None:
        if self.state.pending is not None:
            self._finish_or_undo(self.state.pending)
        self._sweep()
        if self.state.number not in checkpoints.numbers(self.layout.checkpoints):
            self.make_checkpoint()

    def _has_store(self) -> bool:
        """Whether there is something to open: where this file is missing the engine would begin anew."""
        return (self.layout.store / CURRENT).is_file()

    def _mend_journal(self) -> None:
        """Take off a torn line. It may have been the one that said what the store was to become."""
        if self.journal.torn:
            self.make_anew(self.archives(self.state.loaded))
            last = self.journal.entries[-1].seq
            for number in checkpoints.numbers(self.layout.checkpoints):
                if number > last:
                    remove(self.layout.checkpoints / str(number))
            self.journal.cut()
            if self.state.pending is None:
                self.record(REBUILT)
            self._say("store-journal-cut")

    def _finish_or_undo(self, entry: Entry) -> None:
        if PARTS in entry.facts:
            from kg.store import trial  # noqa: PLC0415 - rarely needed

            self._say(trial.finish(self, entry), dataset=", ".join(p["dataset"] for p in parts(entry.facts)))
            return
        if JUDGEMENTS in entry.facts:
            self._finish_judging(entry)
            return
        name, version = entry.facts["dataset"], entry.facts["version"]
        new = None
        if version is not None:
            try:
                new = self.archive(name, loaded_by(entry.facts, entry.at))
                new.verify()
            except StoreError as error:
                if error.code not in {DAMAGED, OLDER}:
                    raise
                self.undo(entry)
                self._say("store-undone", dataset=name)
                return
        try:
            self.carry_out(new)
        except StoreError as error:
            if error.code != REFUSED:
                raise
            self._say("store-undone", dataset=name)
        else:
            self._say("store-redone", dataset=name)

    def _finish_judging(self, entry: Entry) -> None:
        """Make the store anew with the judgements that were prepared: how far they came is not known."""
        try:
            judgements = judged.kept(self.layout, entry.facts[JUDGEMENTS])
        except StoreError as error:
            if error.code != DAMAGED:
                raise
            self.undo(entry)
            self._say("store-judging-undone")
            return
        self.make_anew(self.archives(self.state.loaded), judged.together(judgements))
        self.commit()
        self._say("store-judging-redone")

    def _sweep(self) -> None:
        """Remove what no entry of the journal speaks of."""
        for path in (self.layout.new_store, self.layout.old_store, *self.layout.unfinished()):
            remove(path)
        aside.sweep(self.layout, {e.facts["of"] for e in self.journal.entries if e.state == COMMITTED})
        known = {
            self.layout.version(part["dataset"], part["version"]) for part in versions(self.journal.entries)
        }
        for version in sorted(self.layout.archive.glob("*/*")):
            if version not in known and version.name.removesuffix(PART).isdigit():
                remove(version)
                self._say("store-cut-off", dataset=version.parent.name)
        prepared = [e.facts[JUDGEMENTS] for e in self.journal.entries if JUDGEMENTS in e.facts]
        judged.sweep(self.layout, {self.state.judged, *prepared[-JUDGED_KEPT:]})

    def _say(self, code: str, **args: object) -> None:
        self.notices.append(Problem(code, args=args, severity="info"))


def is_broken(error: Exception) -> bool:
    """Whether an error says that the embedded store can't be used."""
    return is_corruption(error) or (isinstance(error, StoreError) and error.code == UNOPENED)
