"""Loading: facts into a project's store, each file its own dataset, by the difference.

files ─▶ run ─▶ per file: records, resolutions, blocks ─▶ store.replace

Of a file that is loaded already, what is as it was is not looked at again (``kg.pipeline.before``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Place, Problem, StoreError
from kg.mapping.repair import repaired
from kg.pipeline import Outcome, Progress, Run, holding, quarantine
from kg.pipeline import told as told_of
from kg.pipeline.ahead import Ahead
from kg.pipeline.corrections import as_bytes, from_bytes, over
from kg.pipeline.way import Way, collector_paused
from kg.validation import check
from kg.validation.finding import Finding, in_order
from kg.validation.settle import State

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

TAKEN: Final = frozenset({State.ACCEPTED, State.DUPLICATE})


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
    progress: Progress = lambda _stage, _count: None,
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
        corrected = told_of.corrections_of(store, info)
    elif source.header.dataset in store.names and not options.uncorrected:  # the manifest is damaged
        corrected = from_bytes(store.corrected_by(source.header.dataset))
    told = told_of.manifest(source, model, config, repair=options.repair, corrections=corrected)
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
    progress: Progress = lambda _stage, _count: None,
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
    told_of.refuse_another_base(known, config)
    distrusted = {problem.args["dataset"] for problem in store.distrusted()}
    changed = [
        file
        for file in files
        if file.again
        or not told_of.is_as_it_was(file.source, told[file.source.path], known, together)
        or told_of.left(store, file.source)
        or file.source.header.dataset in distrusted
        or not store.is_whole(file.source.header.dataset)
    ]
    skipped = tuple(f.source.path for f in files if f not in changed)
    if not changed:
        return LoadReport(Outcome([], None, 0, options.engine), [], skipped)
    others = {info.name: info.version for info in known.values() if info.name not in together}
    around = {"beside": others, "together": sorted(together), "parties": told_of.parties(model)}
    sources = [file.source for file in changed]
    # what is held was read as it is written
    held = {
        s.path: known[s.header.dataset]
        for s in sources
        if not (forced and forced.again)
        and "repair" not in told[s.path]
        and told_of.is_alike(s, told[s.path], known)
    }
    manifests = [{**told[source.path], **around} for source in sources]

    def through(held: Mapping[str, DatasetInfo]) -> LoadReport:
        ahead = Ahead(
            store,
            manifests,
            wanted=not options.dry_run,
            because=forced.because if forced and forced.again else None,
        )
        way = Way(store, model, config, sources, options.engine, progress, ahead, forced)
        with collector_paused(), ahead, way.changes(held) or way.everything() as facts:
            notes = [note for file in changed for note in file.notes]
            facts.findings = in_order([*facts.findings, *facts.policy.findings(notes)])
            report = LoadReport(facts.outcome, [], skipped)
            if options.dry_run or (options.strict and facts.outcome.exit_code):
                return report
            if look is not None:
                wanted, seen = _looked_at(store, facts, ahead, report, look, forced)
                if not wanted:
                    return seen
            return _taken_in(store, facts, ahead, report, progress, changed, forced)

    try:
        return through(held)
    except StoreError as error:
        damaged = [info.name for info in held.values() if not store.is_whole(info.name)]
        if error.code != "store-damaged" or not damaged:
            raise
    return through({})  # what is held is damaged, and all is in the files


def _looked_at(
    store: Store, facts: Run, ahead: Ahead, report: LoadReport, look: Look, forced: Forced | None
) -> tuple[bool, LoadReport]:
    """Whether the versions are wanted, and the report that says which of them would break what stands."""
    prepared = [ahead.take(facts, number) for number in range(len(facts.sources))]
    wanted = False
    try:
        refused = {}
        for one in prepared:
            name = one.archive.manifest.dataset
            if forced is None and (broken := holding.broken(store, facts.model, facts.config, name, one)):
                refused[name] = broken
        report = _refused(report, refused)
        wanted = look(prepared, report)
    finally:
        for number, one in enumerate(prepared):
            if wanted:
                ahead.put_back(number, one)
            else:
                store.drop(one)
    return wanted, report


def _refused(report: LoadReport, refused: Mapping[str, Sequence[Finding]]) -> LoadReport:
    """A report that says of datasets what their change would break."""
    findings = in_order([*report.outcome.findings, *(f for found in refused.values() for f in found)])
    return replace(report, outcome=replace(report.outcome, findings=findings), refused=tuple(refused))


def _taken_in(  # noqa: PLR0913, PLR0917 - what there is of a load
    store: Store,
    facts: Run,
    ahead: Ahead,
    report: LoadReport,
    progress: Progress,
    files: Sequence[Given],
    forced: Forced | None,
) -> LoadReport:
    """Commit each file, but for those that would break what stands, unless that is ``forced``.

    One file may take away what another one brings, so those that would are tried again after the others.
    """
    left = list(range(len(facts.sources)))
    prepared = {number: ahead.take(facts, number) for number in left}
    refused: dict[int, list[Finding]] = {}
    while left:
        todo, refused = left, {}
        for number in todo:
            progress("loading", number)
            name = facts.sources[number].header.dataset
            broken = holding.broken(store, facts.model, facts.config, name, prepared[number])
            if forced is not None:
                forced.broken.update(found.result.focus for found in broken if found.result)
                forced.books[name] = facts.books_of(number)
            elif broken:
                refused[number] = broken
                continue
            store.keep_corrections(as_bytes(files[number].corrections))
            not_taken = quarantine.not_taken(facts, number)
            report.loaded.append(_loaded(facts, number, store.commit(prepared[number], not_taken)))
        left = list(refused)
        if len(left) == len(todo):
            break
    if not refused:
        return report
    for number in refused:
        store.drop(prepared[number])
    return _refused(report, {facts.sources[n].header.dataset: found for n, found in refused.items()})


def _loaded(facts: Run, number: int, change: Change) -> Loaded:
    before = facts.before[number]
    taken = sum(row.source == number and row.state in TAKEN for row in facts.rows)
    held = sum(before.count()) if before is not None else 0
    source = facts.sources[number]
    return Loaded(source.header.dataset, source.path, taken + held, change)
