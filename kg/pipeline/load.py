"""Loading: facts into a project's store, each file its own dataset, by the difference.

files ─▶ run ─▶ per file: records, resolutions, blocks ─▶ store.replace

Of a file that is loaded already, what is as it was is not looked at again (``kg.pipeline.before``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.errors import Place, Problem, StoreError
from kg.mapping.repair import repaired
from kg.pipeline import Outcome, Progress, Run, holding, manifests, quarantine
from kg.pipeline.ahead import Ahead
from kg.pipeline.corrections import as_bytes, from_bytes, over
from kg.pipeline.state import nobody
from kg.pipeline.way import Way, collector_paused
from kg.validation import check
from kg.validation.finding import Finding, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.config import Config
    from kg.errors import Severity
    from kg.model.types import Model
    from kg.pipeline.cascading import TakenOut
    from kg.pipeline.corrections import Correction
    from kg.reading.record import Source
    from kg.store import Change, DatasetInfo, Prepared, Store
    from kg.validation.settle import Books


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file."""

    dataset: str
    file: str
    records: int
    change: Change


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load says: the outcome of validation, and what became of each file."""

    outcome: Outcome
    loaded: list[Loaded] = field(default_factory=list)
    skipped: tuple[str, ...] = ()
    """Files that are as they were when they were loaded."""
    refused: tuple[str, ...] = ()
    """Datasets that were not changed, since that would break what others say."""
    taken_out: tuple[TakenOut, ...] = ()
    """What that took out of datasets, where that was wanted."""
    dry_run: bool = False
    """Whether nothing of it was done."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to load."""

    engine: str = check.DEFAULT
    dry_run: bool = False
    """Say what would come of it, and change nothing."""
    strict: bool = False
    """Change nothing if anything is wrong."""
    repair: bool = False
    """Take what a record writes for what it can only mean."""
    uncorrected: bool = False
    """Take files as they are, and drop the corrections of their datasets."""
    cascade: bool = False
    """Take out of other datasets what can't stand after the change, where it would be refused else."""


@dataclass(slots=True)
class Forced:
    """A load that is not refused: what it breaks is gathered, for who sees to it."""

    because: Mapping[str, Any]
    """What the manifests of the datasets say of it."""
    broken: set[str] = field(default_factory=set)
    """Nodes of which something is wrong after it, or was on the way, as terms."""
    fallen: dict[str, Problem] = field(default_factory=dict)
    """As ``Known`` has it."""
    again: bool = False
    """Whether it loads datasets again because of a change elsewhere, so that nothing is as it was."""
    books: dict[str, Books] = field(default_factory=dict)
    """Of each dataset that was loaded."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be loaded, and by what its load is known again."""

    source: Source
    told: Mapping[str, Any]
    corrections: Sequence[Correction] = ()
    notes: Sequence[Finding] = ()
    again: bool = False
    """Whether it is a dataset that is loaded again without its file."""


def load(
    store: Store,
    model: Model,
    config: Config,
    sources: Sequence[Source],
    options: Options,
    progress: Progress = nobody,
) -> LoadReport:
    """Load files into a store, each as the dataset that its header or its name says.

    A file that is as it was when it was loaded is skipped.
    """
    known = {info.name: info for info in store.datasets({source.header.dataset for source in sources})}
    files = [given(store, model, config, source, options, known) for source in sources]
    return take(store, model, config, files, options, progress)


def given(
    store: Store,
    model: Model,
    config: Config,
    source: Source,
    options: Options,
    known: Mapping[str, DatasetInfo],
) -> Given:
    """A file with what was corrected of it."""
    info = known.get(source.header.dataset)
    corrected: Sequence[Correction] = ()
    if info is not None and not options.uncorrected:
        corrected = manifests.corrections_of(store, info)
    elif source.header.dataset in store.names and not options.uncorrected:  # the manifest is damaged
        corrected = from_bytes(store.corrected_by(source.header.dataset))
    told = manifests.manifest(source, model, config, repair=options.repair, corrections=corrected)
    notes = []
    if corrected:
        source, what = over(source, corrected)
        told_of_them = {
            "corrections-used": what.used,
            "corrections-lapsed": what.lapsed,
            "retractions-lapsed": what.let_in,
        }
        for code, count in told_of_them.items():
            severity: Severity = "info" if code == "corrections-used" else "warning"
            if count:
                args = {"count": count, "dataset": source.header.dataset}
                notes.append(Finding(Problem(code, args=args, severity=severity), Place(source.path)))
    return Given(repaired(source, model) if options.repair else source, told, corrected, notes)


Look = Callable[["Sequence[Prepared]", "LoadReport"], bool]
"""Shown the versions that are to be loaded, and what would be said of them; whether they are loaded."""


def take(  # noqa: PLR0913, PLR0917 - what a load takes
    store: Store,
    model: Model,
    config: Config,
    files: Sequence[Given],
    options: Options,
    progress: Progress = nobody,
    look: Look | None = None,
    forced: Forced | None = None,
) -> LoadReport:
    """Load files of which it is said by what they are known again, unless who looks does not want it."""
    if options.cascade:
        from kg.pipeline import cascading  # noqa: PLC0415 - it loads too

        whole = replace(options, cascade=False)
        return cascading.take(store, model, config, files, whole, progress, look)
    judged = {"judgements": store.clusters().digest()}
    told = {file.source.path: {**file.told, **judged} for file in files}
    together = {file.source.header.dataset for file in files}
    known = {info.name: info for info in store.datasets(together)}
    manifests.refuse_another_base(known, config)
    distrusted = {problem.args["dataset"] for problem in store.distrusted()}
    changed = [
        file
        for file in files
        if file.again
        or not manifests.is_as_it_was(file.source, told[file.source.path], known, together)
        or manifests.left(store, file.source)
        or file.source.header.dataset in distrusted
        or not store.is_whole(file.source.header.dataset)
    ]
    skipped = tuple(f.source.path for f in files if f not in changed)
    if not changed:
        return LoadReport(Outcome([], None, 0, options.engine), [], skipped)
    others = {info.name: info.version for info in known.values() if info.name not in together}
    around = {"beside": others, "together": sorted(together), "parties": manifests.parties(model)}
    # what is held was read as it is written
    held = {
        s.path: known[s.header.dataset]
        for s in (file.source for file in changed)
        if not (forced and forced.again)
        and "repair" not in told[s.path]
        and manifests.is_alike(s, told[s.path], known)
    }
    now_told = [{**told[file.source.path], **around} for file in changed]
    one = _Load(store, model, config, options, progress, changed, now_told, skipped, look, forced)
    try:
        return one.through(held)
    except StoreError as error:
        damaged = [info.name for info in held.values() if not store.is_whole(info.name)]
        if error.code != "store-damaged" or not damaged:
            raise
    return one.through({})  # what is held is damaged, and all is in the files


@dataclass(frozen=True)
class _Load:
    """The files of a load that have changed, and what is to become of them."""

    store: Store
    model: Model
    config: Config
    options: Options
    progress: Progress
    files: Sequence[Given]
    manifests: Sequence[Mapping[str, Any]]
    """By what each of them is known again."""
    skipped: tuple[str, ...]
    look: Look | None
    forced: Forced | None

    def through(self, held: Mapping[str, DatasetInfo]) -> LoadReport:
        """Take them all the way, of those that are ``held``, by path, only what has changed in them."""
        sources = [file.source for file in self.files]
        because = self.forced.because if self.forced and self.forced.again else None
        fallen = self.forced.fallen if self.forced else {}
        ahead = Ahead(self.store, self.manifests, wanted=not self.options.dry_run, because=because)
        engine, progress = self.options.engine, self.progress
        way = Way(self.store, self.model, self.config, sources, engine, progress, ahead, fallen)
        with collector_paused(), ahead, way.changes(held) or way.everything() as facts:
            notes = [note for file in self.files for note in file.notes]
            facts.findings = in_order([*facts.findings, *facts.policy.findings(notes)])
            report = LoadReport(facts.outcome, [], self.skipped)
            if self.options.dry_run or (self.options.strict and facts.outcome.exit_code):
                return report
            if self.look is not None:
                wanted, seen = self._looked_at(self.look, facts, ahead, report)
                if not wanted:
                    return seen
            return self._taken_in(facts, ahead, report)

    def _looked_at(self, look: Look, facts: Run, ahead: Ahead, report: LoadReport) -> tuple[bool, LoadReport]:
        """Whether the versions are wanted, and the report that says which of them would break what stands."""
        prepared = [ahead.take(facts, number) for number in range(len(facts.sources))]
        wanted = False
        try:
            refused = {}
            for one in prepared:
                if self.forced is None and (broken := self._broken(one)):
                    refused[one.archive.manifest.dataset] = broken
            report = _refused(report, refused)
            wanted = look(prepared, report)
        finally:
            for number, one in enumerate(prepared):
                if wanted:
                    ahead.put_back(number, one)
                else:
                    self.store.drop(one)
        return wanted, report

    def _taken_in(self, facts: Run, ahead: Ahead, report: LoadReport) -> LoadReport:
        """Commit each file, but for those that would break what stands, unless that is ``forced``.

        One file may take away what another one brings, so those that would are tried again after the others.
        """
        left = list(range(len(facts.sources)))
        prepared = {number: ahead.take(facts, number) for number in left}
        refused: dict[int, list[Finding]] = {}
        while left:
            todo, refused = left, {}
            for number in todo:
                self.progress("loading", number)
                broken = self._broken(prepared[number])
                if self.forced is not None:
                    self.forced.broken.update(found.result.focus for found in broken if found.result)
                    self.forced.books[facts.sources[number].header.dataset] = facts.books_of(number)
                elif broken:
                    refused[number] = broken
                    continue
                self.store.keep_corrections(as_bytes(self.files[number].corrections))
                not_taken = quarantine.not_taken(facts, number)
                change = self.store.commit(prepared[number], not_taken)
                report.loaded.append(_loaded(facts, number, change))
            left = list(refused)
            if len(left) == len(todo):
                break
        if not refused:
            return report
        for number in refused:
            self.store.drop(prepared[number])
        return _refused(report, {facts.sources[n].header.dataset: found for n, found in refused.items()})

    def _broken(self, prepared: Prepared) -> list[Finding]:
        """What a version would break of what others say."""
        dataset = prepared.archive.manifest.dataset
        return holding.broken(self.store, self.model, self.config, dataset, prepared)


def _refused(report: LoadReport, refused: Mapping[str, Sequence[Finding]]) -> LoadReport:
    """A report that says of datasets what their change would break."""
    findings = in_order([*report.outcome.findings, *(f for found in refused.values() for f in found)])
    return replace(report, outcome=replace(report.outcome, findings=findings), refused=tuple(refused))


def _loaded(facts: Run, number: int, change: Change) -> Loaded:
    before = facts.before[number]
    taken = sum(row.taken for row in facts.of_source(number))
    held = sum(before.count()) if before is not None else 0
    source = facts.sources[number]
    return Loaded(source.header.dataset, source.path, taken + held, change)
