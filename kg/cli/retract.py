"""``kg retract``: take a dataset, a document or a fact out of the graph."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options, reporting
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline.load import Options
    from kg.store import Store


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

    if lang:
        console.choose_language(lang)
    if sum(map(bool, (taken, document, fact))) != 1 or (taken and dataset):
        raise UsageError("retract-what")
    folder, config = options.in_project(project)
    model = options.modelled(config)
    how = loading.Options(dry_run=dry_run, cascade=cascade)
    with options.opened_store(folder, write=True) as store:
        if taken:
            done = _dataset(store, model, config, taken, how)
        else:
            what, meant = ("document", document) if document else ("fact", fact)
            done = _part(store, model, config, (what, meant, dataset), how)
    raise typer.Exit(DONE if done else DOES_NOT_CONFORM)


def _dataset(store: Store, model: Model, config: Config, dataset: str, how: Options) -> bool:
    """Take out a dataset; whether that may be."""
    from kg.pipeline import Outcome, holding, retracting  # noqa: PLC0415 - not needed for --help
    from kg.report import How, as_text  # noqa: PLC0415

    store.known((dataset,))
    if how.dry_run and not how.cascade:
        retracted = retracting.Retracted(None, tuple(holding.broken(store, model, config, dataset, None)))
    else:
        retracted = retracting.retract(store, model, config, dataset, how)
    broken = retracted.broken
    if broken:
        outcome = Outcome(list(broken), None, 0, "")
        shown = How(console.language(), colour=console.colour(sys.stderr))
        as_text.write_findings(outcome, sys.stderr.buffer, shown)
        console.say("retract-refused", dataset=dataset)
        return False
    console.found(found for one in retracted.taken_out for found in one.findings)
    for line in as_text.taken_out(retracted.taken_out, console.language(), done=not how.dry_run):
        typer.echo(line, err=True)
    if how.dry_run:
        info = next(info for info in store.datasets() if info.name == dataset)
        console.say("retract-would", dataset=dataset, claims=info.claims, entities=info.entities)
    elif change := retracted.change:
        console.say("retract-done", dataset=dataset, removed=change.removed, added=change.added)
    return True


def _part(store: Store, model: Model, config: Config, meant: tuple[str, str, str], how: Options) -> bool:
    """Take back a document or a fact; whether that may be."""
    from kg.pipeline import withdrawing  # noqa: PLC0415 - not needed for --help
    from kg.report import How, as_text  # noqa: PLC0415

    progress = console.Progress()
    look = partial(reporting.differences, store, model, config, progress)
    done = withdrawing.withdraw(store, model, config, *meant, look, progress, how)
    progress.done()
    shown = How(console.language(), colour=console.colour(sys.stderr))
    wrong = [
        finding
        for finding in done.report.outcome.findings
        if finding.problem.severity == "error" or finding.problem.code == "taken-out"
    ]
    as_text.write_findings(replace(done.report.outcome, findings=wrong), sys.stderr.buffer, shown)
    for name in done.report.refused:
        console.say("retract-refused", dataset=name)
    counts = {"records": done.records, "corrected": done.corrected, "rested": done.rested}
    said = {**counts, "datasets": tuple(done.datasets)}
    for line in as_text.taken_out(done.report.taken_out, console.language(), done=not how.dry_run):
        typer.echo(line, err=True)
    if not done.report.refused:
        console.say("retract-would-part" if how.dry_run else "retract-done-part", said)
    return not done.report.refused
