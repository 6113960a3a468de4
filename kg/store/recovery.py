"""What a writer does first: finishes or undoes what was cut off, mends, and removes what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import StoreError
from kg.store import aside, checkpoints, judged
from kg.store.archive import upgraded
from kg.store.durable import PART, is_corruption, remove
from kg.store.embedded import CURRENT
from kg.store.journal import NOTED, REBUILT
from kg.store.state import CORRECTIONS, JUDGEMENTS, MIGRATED, PARTS, loaded_by, parts, versions
from kg.store.writing import DAMAGED, OLDER, REFUSED, UNOPENED, Writing

if TYPE_CHECKING:
    from kg.store.journal import Entry


JUDGED_KEPT: Final = 3
"""So many of the last judgements are kept, for readers of earlier checkpoints."""


def recover(writing: Writing) -> None:
    """Finish or undo what was cut off, and have a checkpoint of what is there."""
    remove(writing.layout.trial)
    _mend_journal(writing)
    writing.journal.keep_copy(writing.layout.journal_copy)
    if not _has_store(writing) and (writing.state.loaded or writing.state.pending is not None):
        writing.make_anew(writing.archives(writing.state.loaded))
        writing.say("store-made-anew")
    try:
        _settle(writing)
    except (RuntimeError, StoreError) as error:
        if not _is_broken(error):
            raise
        writing.make_anew(writing.archives(writing.state.loaded))
        writing.say("store-made-anew")
        _settle(writing)


def _settle(writing: Writing) -> None:
    if writing.state.pending is not None:
        _finish_or_undo(writing, writing.state.pending)
    _sweep(writing)
    if writing.state.number not in checkpoints.numbers(writing.layout.checkpoints):
        writing.make_checkpoint()


def _has_store(writing: Writing) -> bool:
    """Whether there is something to open: where this file is missing the engine would begin anew."""
    return (writing.layout.store / CURRENT).is_file()


def _mend_journal(writing: Writing) -> None:
    """Take off a torn line. It may have been the one that said what the store was to become."""
    if writing.journal.torn:
        writing.make_anew(writing.archives(writing.state.loaded))
        last = writing.journal.entries[-1].seq
        for number in checkpoints.numbers(writing.layout.checkpoints):
            if number > last:
                remove(writing.layout.checkpoints / str(number))
        writing.journal.cut()
        if writing.state.pending is None:
            writing.record(REBUILT)
        writing.say("store-journal-cut")


def _finish_or_undo(writing: Writing, entry: Entry) -> None:
    if PARTS in entry.facts:
        from kg.store import trial  # noqa: PLC0415 - rarely needed

        writing.say(trial.finish(writing, entry), dataset=", ".join(p["dataset"] for p in parts(entry.facts)))
        return
    if JUDGEMENTS in entry.facts:
        _finish_judging(writing, entry)
        return
    name, version = entry.facts["dataset"], entry.facts["version"]
    new = None
    if version is not None:
        try:
            new = writing.archive(name, loaded_by(entry.facts, entry.at))
            new.verify()
        except StoreError as error:
            if error.code not in {DAMAGED, OLDER}:
                raise
            writing.undo(entry)
            writing.say("store-undone", dataset=name)
            return
    try:
        writing.carry_out(new)
    except StoreError as error:
        if error.code != REFUSED:
            raise
        writing.say("store-undone", dataset=name)
    else:
        writing.say("store-redone", dataset=name)


def _finish_judging(writing: Writing, entry: Entry) -> None:
    """Make the store anew with the judgements that were prepared: how far they came is not known."""
    try:
        judgements = judged.kept(writing.layout, entry.facts[JUDGEMENTS])
    except StoreError as error:
        if error.code != DAMAGED:
            raise
        writing.undo(entry)
        writing.say("store-judging-undone")
        return
    writing.make_anew(writing.archives(writing.state.loaded), judged.together(judgements))
    writing.commit()
    writing.say("store-judging-redone")


def _sweep(writing: Writing) -> None:
    """Remove what no entry of the journal speaks of."""
    for path in (writing.layout.new_store, writing.layout.old_store, *writing.layout.unfinished()):
        remove(path)
    aside.sweep(writing.layout, writing.journal.entries)
    known = {
        writing.layout.version(part["dataset"], part["version"]) for part in versions(writing.journal.entries)
    }
    for version in sorted(writing.layout.archive.glob("*/*")):
        if version not in known and version.name.removesuffix(PART).isdigit():
            remove(version)
            writing.say("store-cut-off", dataset=version.parent.name)
    prepared = [e.facts[JUDGEMENTS] for e in writing.journal.entries if JUDGEMENTS in e.facts]
    judged.sweep(writing.layout, {writing.state.judged, *prepared[-JUDGED_KEPT:]})


def migrate(writing: Writing) -> None:
    """Have what is loaded in today's format."""
    for name, known in writing.state.loaded.items():
        try:
            writing.archive(name)
        except StoreError as error:
            if error.code != OLDER:
                continue
            used = [
                part["version"] for part in versions(writing.entries, undone=True) if part["dataset"] == name
            ]
            folder = writing.layout.version(name, writing.layout.next_version(name, used))
            new = upgraded(writing.layout.version(name, known.version), known.digest, folder)
            facts = {"dataset": name, "version": folder.name, "digest": new.digest, "iri": known.iri}
            facts |= {CORRECTIONS: known.corrections} if known.corrections else {}
            writing.record(NOTED, what=MIGRATED, **facts)
            writing.say("store-migrated", dataset=name)


def _is_broken(error: Exception) -> bool:
    """Whether an error says that the embedded store can't be used."""
    return is_corruption(error) or (isinstance(error, StoreError) and error.code == UNOPENED)
