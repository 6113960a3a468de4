"""``kg retract``: take a dataset, a document or a fact out of the graph."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options, reporting
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline import Outcome
    from kg.pipeline.cascading import TakenOut
    from kg.pipeline.load import Options
    from kg.report.changed import Report
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """What a retraction comes to; ``told`` is what is counted."""

    datasets: tuple[str, ...]
    told: Mapping[str, object]
    findings: Outcome
    refused: Collection[str] = ()
    taken_out: Collection[TakenOut] = ()


def retract(  # noqa: PLR0913, PLR0917 - these are its options
    taken: Annotated[
        str, typer.Argument(metavar="[DATASET]", help="The dataset to take out.", show_default=False)
    ] = "",
    document: Annotated[
        str,
        typer.Option(
            metavar="IRI|ID|NAME", help="A source: take back what it alone says.", show_default=False
        ),
    ] = "",
    fact: Annotated[
        str, typer.Option(metavar="IRI|ID|NAME", help="A claim or an entity.", show_default=False)
    ] = "",
    dataset: Annotated[
        str, typer.Option(metavar="NAME", help="Only in this dataset.  [default: in all]", show_default=False)
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it; change nothing.")
    ] = False,
    cascade: options.Cascade = False,
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json", help="How to report.")
    ] = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Take out what a dataset says and no other does; or what a document, or a single record, says.

    What is taken back of a dataset stays so when its file is loaded again: the records are counted as
    quarantined. `kg quarantine export DATASET --code retracted -o FILE` and `kg load FILE --replay DATASET`
    bring them back. If anything would break what another dataset says, nothing is taken out of the dataset,
    unless by --cascade that goes too.
    """
    from kg.errors import DOES_NOT_CONFORM, DONE  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import load as loading  # noqa: PLC0415
    from kg.report.changed import Report  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    if sum(map(bool, (taken, document, fact))) != 1 or (taken and dataset):
        raise UsageError("retract-what")
    as_data = options.is_json(output_format)
    folder, config = options.in_project(project)
    model = options.modelled(config)
    how = loading.Options(dry_run=dry_run, cascade=cascade)
    with options.opened_store(folder, write=True) as store, Report() as report:
        if taken:
            done = _dataset(store, model, config, taken, how)
        else:
            what, meant = ("document", document) if document else ("fact", fact)
            done = _part(store, model, config, (what, meant, dataset), how, report if as_data else None)
        if as_data:
            _write(done, how, report, options.noticed(store))
        else:
            _show(done, how)
    raise typer.Exit(DOES_NOT_CONFORM if done.refused else DONE)


def _dataset(store: Store, model: Model, config: Config, dataset: str, how: Options) -> Done:
    """Take out a dataset, if that may be."""
    from kg.pipeline import Outcome, holding, retracting  # noqa: PLC0415 - not needed for --help

    store.known((dataset,))
    info = next(info for info in store.datasets() if info.name == dataset)
    if how.dry_run and not how.cascade:
        retracted = retracting.Retracted(None, tuple(holding.broken(store, model, config, dataset, None)))
    else:
        retracted = retracting.retract(store, model, config, dataset, how)
    broken = retracted.broken
    found = broken or tuple(found for one in retracted.taken_out for found in one.findings)
    change = None if how.dry_run else retracted.change
    told = {
        "claims": info.claims,
        "entities": info.entities,
        "removed": change.removed if change else None,
        "added": change.added if change else None,
    }
    outcome = Outcome(list(found), None, 0, "")
    return Done((dataset,), told, outcome, (dataset,) if broken else (), retracted.taken_out)


def _part(
    store: Store,
    model: Model,
    config: Config,
    meant: tuple[str, str, str],
    how: Options,
    kept: Report | None,
) -> Done:
    """Take back a document or a fact, if that may be; what differs is shown before, or kept."""
    from kg.pipeline import withdrawing  # noqa: PLC0415 - not needed for --help

    progress = console.Progress()
    look = partial(reporting.differences, store, model, config, progress, kept=kept)
    done = withdrawing.withdraw(store, model, config, *meant, look, progress, how)
    progress.done()
    wrong = [
        finding
        for finding in done.report.outcome.findings
        if finding.problem.severity == "error" or finding.problem.code == "taken-out"
    ]
    told = {
        "records": done.records,
        "corrected": done.corrected,
        "rested": done.rested,
    }
    found = replace(done.report.outcome, findings=wrong)
    return Done(done.datasets, told, found, done.report.refused, done.report.taken_out)


def _show(done: Done, how: Options) -> None:
    """Say it in words."""
    from kg.report import How, as_text  # noqa: PLC0415 - not needed for --help

    shown = How(console.language(), colour=console.colour(sys.stderr))
    as_text.write_findings(done.findings, sys.stderr.buffer, shown)
    for name in done.refused:
        console.say("retract-refused", dataset=name)
    for line in as_text.taken_out(done.taken_out, console.language(), done=not how.dry_run):
        typer.echo(line, err=True)
    if done.refused:
        return
    if "records" in done.told:
        code = "retract-would-part" if how.dry_run else "retract-done-part"
        console.say(code, done.told, datasets=done.datasets)
    else:
        code = "retract-would" if how.dry_run else "retract-done"
        console.say(code, done.told, dataset=done.datasets[0])


def _write(done: Done, how: Options, report: Report, notices: list[dict[str, object]]) -> None:
    """Write it for a program, once it is done."""
    from kg.report import changed  # noqa: PLC0415 - not needed for --help

    told = {
        "dry_run": how.dry_run,
        "done": not how.dry_run and not done.refused,
        "datasets": done.datasets,
        **done.told,
        "refused": done.refused,
        "taken_out": changed.taken_out(done.taken_out),
        "findings": changed.findings(done.findings.findings, console.language()),
        "notices": notices,
    }
    with options.reported() as out:
        report.write(told, out)
