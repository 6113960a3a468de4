"""A change with what follows from it in other datasets: their records that can't stand then are taken out.

a copy of the store ─▶ the change ─▶ what is broken? ─▶ the datasets that say it, again ─▶ … ─▶ all at once

Everything is tried in a copy (``kg.store.trial``). A dataset is loaded again without its file as in a replay:
so it comes to what a load after the change would come to, what is taken out is quarantined or waits with its
reasons, and a later replay takes it back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Problem
from kg.messages import LANGUAGES, text
from kg.pipeline import holding, judging, load, quarantine
from kg.pipeline.kept import entries
from kg.pipeline.quarantine import TAKEN_OUT
from kg.pipeline.state import nobody
from kg.pipeline.whole import Whole
from kg.store.changes import steps
from kg.validation.finding import Finding, in_order
from kg.validation.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.config import Config
    from kg.identity.judgements import Judgements
    from kg.model.types import Model
    from kg.pipeline import Progress
    from kg.pipeline.kept import Entry
    from kg.store import Change, Prepared, Store
    from kg.validation.settle import Books

LOAD: Final = "cascade-load"
RETRACT: Final = "cascade-retract"
JUDGE: Final = "cascade-judge"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What a change elsewhere took out of a dataset."""

    dataset: str
    quarantined: int
    """How many of its records can't stand, ..."""
    waiting: int
    """... and how many wait for such."""
    books: Books
    """Of all its records, after the change."""
    findings: tuple[Finding, ...] = ()
    """Each of these records with what is wrong."""


@dataclass(frozen=True)
class Cause:
    """The change: a message that says what was done, and the datasets with which."""

    code: str
    datasets: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, str]:
        """In words, by language."""
        args = {"datasets": ", ".join(f"“{name}”" for name in self.datasets)}
        return {language: text(self.code, args, language) for language in LANGUAGES}

    @property
    def told(self) -> dict[str, Any]:
        """As a manifest says it."""
        return {"change": self.code.removeprefix("cascade-"), "datasets": list(self.datasets)}


def take(  # noqa: PLR0913, PLR0917 - what a load takes
    store: Store,
    model: Model,
    config: Config,
    files: Sequence[load.Given],
    options: load.Options,
    progress: Progress,
    look: load.Look | None = None,
) -> load.LoadReport:
    """Load files, and take out of other datasets what can't stand then; all at once, or nothing.

    Who looks is shown the files' versions, before what follows from them.
    """
    names = tuple(file.source.header.dataset for file in files)
    with store.trial() as copy:
        cascade = _Cascade(copy, model, config, Cause(LOAD, names), options.engine, progress)
        done = replace(options, dry_run=False)

        def seen(prepared: Sequence[Prepared], report: load.LoadReport) -> bool:
            # the copy goes on in any case
            return look is None or look(prepared, report) or True

        report = load.take(copy, model, config, files, done, progress, seen, cascade.forced)
        first = dict(cascade.forced.books)
        left, out = cascade.settled()
        if not left and not options.dry_run:
            store.adopt(copy)
    told = [*report.outcome.findings, *cascade.policy.findings([*left, *_told(out)])]
    report = replace(report, outcome=replace(report.outcome, findings=in_order(told)))
    if left:
        return replace(report, loaded=[], refused=names)
    now = {name: books for name, books in cascade.forced.books.items() if name in first}
    outcome = replace(report.outcome, books=_corrected(report.outcome.books, first, now))
    loaded = [replace(one, records=now[one.dataset].taken) for one in report.loaded]
    loaded = [] if options.dry_run else loaded
    return replace(report, outcome=outcome, loaded=loaded, taken_out=out, dry_run=options.dry_run)


def _corrected(told: Books | None, first: Mapping[str, Books], now: Mapping[str, Books]) -> Books | None:
    """The books of a load, of whose own records some were taken out after it."""
    if told is None:
        return None
    names = [field.name for field in fields(told)]
    moved = {n: sum(getattr(now[d], n) - getattr(first[d], n) for d in first) for n in names}
    return replace(told, **{name: getattr(told, name) + moved[name] for name in names})


def retract(
    store: Store, model: Model, config: Config, dataset: str, options: load.Options
) -> tuple[Change | None, tuple[Finding, ...], tuple[TakenOut, ...]]:
    """Take a dataset out, and what can't stand without it out of others: the change, or what forbids it."""
    with store.trial() as copy:
        cascade = _Cascade(copy, model, config, Cause(RETRACT, (dataset,)), options.engine)
        cascade.note(holding.broken(copy, model, config, dataset, None))
        change = copy.retract(dataset)
        left, out = cascade.settled()
        if left:
            return None, tuple(left), ()
        if not options.dry_run:
            store.adopt(copy)
    return change, (), out


def judge(store: Store, model: Model, config: Config, judgements: Judgements) -> judging.Judged:
    """Have judgements hold, and take out what can't stand with them, of the dataset that came last."""
    with store.trial() as copy:
        cascade = _Cascade(copy, model, config, Cause(JUDGE), one_by_one=_order(store))
        touched = copy.touched(judgements)
        cascade.note(judging.broken(copy, model, judgements, touched))
        moved = copy.judge(judgements, touched)
        left, out = cascade.settled()
        if left:
            return judging.Judged(tuple(left))
        store.adopt(copy)
    warnings = (*judging.several_identifiers(model, touched), *cascade.policy.findings(_told(out)))
    return judging.Judged((), warnings, *moved, out)


def _told(out: Collection[TakenOut]) -> list[Finding]:
    return [finding for one in out for finding in one.findings]


def _order(store: Store) -> dict[str, int]:
    """Dataset -> when it was last changed, as a number."""
    return {str(step["dataset"]): int(str(step["number"])) for step in steps(store.history())}


@dataclass
class _Cascade:
    """What follows from a change that was made in a copy."""

    copy: Store
    model: Model
    config: Config
    cause: Cause
    engine: str = load.Options().engine
    progress: Progress = nobody
    one_by_one: dict[str, int] | None = None
    """Whether of datasets that say one thing, the one that came last gives way first; when each came."""
    forced: load.Forced = field(init=False)
    _before: dict[str, _Before] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Nothing is broken yet."""
        self.policy = Policy.of(self.config, self.model)
        self.forced = load.Forced(self.cause.told)

    def note(self, broken: Collection[Finding]) -> None:
        """Hear of what the change breaks."""
        self.forced.broken.update(found.result.focus for found in broken if found.result)

    def settled(self) -> tuple[list[Finding], tuple[TakenOut, ...]]:
        """Go on until nothing is wrong: what is left that nothing helps against, and what was taken out."""
        self.forced.again = True
        while left := holding.failing(self.copy, self.model, self.config, self.forced.broken):
            new = self._owners(left) - self._before.keys()
            fallen = {f.record: f.problem for f in left if f.record not in self.forced.fallen}
            if new:
                self._before |= {name: _Before.of(self.copy, name) for name in sorted(new)}
            elif fallen:
                self.forced.fallen |= fallen
            else:
                return left, ()
            self._load_again()
        return [], tuple(self._taken_out())

    def _owners(self, left: Collection[Finding]) -> set[str]:
        """The datasets that give way: others than those of the change, if others say it."""
        found = set()
        for finding in left:
            sayers = set(self.copy.sayers(finding.record))
            found |= sayers.difference(self.cause.datasets) or sayers
        if self.one_by_one is None or not (new := found - self._before.keys()):
            return found
        return {max(new, key=lambda name: ((self.one_by_one or {}).get(name, 0), name))}

    def _load_again(self) -> None:
        infos = [info for info in self.copy.datasets() if info.name in self._before]
        how = load.Options(self.engine)
        wholes = [Whole.of(self.copy, info) for info in infos]
        files = [whole.with_((), self.model, self.config, how) for whole in wholes]
        load.take(self.copy, self.model, self.config, files, how, self.progress, forced=self.forced)

    def _taken_out(self) -> Iterator[TakenOut]:
        for name, before in sorted(self._before.items()):
            there = entries(self.copy, name)
            lines, out = [], []
            for entry, is_new in before.told(there):
                reason = before.reasons.get(entry.key)
                if is_new:
                    out.append(entry)
                    reason = Problem(TAKEN_OUT, args={"change": self.cause.said}, severity="info")
                lines.append(quarantine.with_reason(entry.line, reason) if reason else entry.line)
            self.copy.quarantine(name, (line + b"\n" for line in lines))
            waiting = sum(entry.waits for entry in out)
            found = tuple(self._finding(entry) for entry in out)
            if out:
                yield TakenOut(name, len(out) - waiting, waiting, self.forced.books[name], found)

    def _finding(self, entry: Entry) -> Finding:
        """What a record that is taken out lacks: the first of its reasons."""
        first = next(
            entry.findings(), Finding(Problem(TAKEN_OUT, args={"change": self.cause.said}), entry.place)
        )
        said = {language: first.message(language) for language in LANGUAGES}
        args = {"dataset": entry.dataset, "said": said}
        own = entry.dataset in self.cause.datasets  # what is loaded now is not right itself
        problem = Problem("taken-out", first.problem.pointer, args, severity="error" if own else "warning")
        return Finding(problem, entry.place, first.record, first.snippet)


@dataclass(frozen=True)
class _Before:
    """What was taken of a dataset and what not, before something was taken out of it."""

    out: Counter[str]
    """Key of a text -> how often it was not taken."""
    reasons: dict[str, Problem]
    """Key of a text -> the change that took it out earlier."""

    @classmethod
    def of(cls, store: Store, name: str) -> _Before:
        there = entries(store, name)
        reasons = {}
        for entry in there:
            for found in entry.findings():
                if found.problem.code == TAKEN_OUT:
                    reasons[entry.key] = found.problem
        return cls(Counter(entry.key for entry in there), reasons)

    def told(self, there: Collection[Entry]) -> Iterator[tuple[Entry, bool]]:
        """Each record that is not taken now, and whether it was before."""
        left = self.out.copy()
        for entry in there:
            yield entry, left[entry.key] <= 0
            left[entry.key] -= 1
