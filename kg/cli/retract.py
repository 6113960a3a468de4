"""``kg retract``: take a dataset out of the graph."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli import console, options


def retract(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="The dataset to take out.")],
    cascade: options.Cascade = False,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Take out what a dataset says, and nothing that another dataset says too.

    If that would break what another dataset says, nothing is taken out, unless by --cascade that goes too.
    """
    from kg.errors import DOES_NOT_CONFORM  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import Outcome, retracting  # noqa: PLC0415
    from kg.pipeline.load import Options  # noqa: PLC0415
    from kg.report import How, as_text  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    folder, config = options.in_project(project)
    model = options.modelled(config)
    with options.opened_store(folder, write=True) as store:
        retracted = retracting.retract(store, model, config, dataset, Options(cascade=cascade))
    change = retracted.change
    if change is None:
        outcome = Outcome(list(retracted.broken), None, 0, "")
        how = How(console.language(), colour=console.colour(sys.stderr))
        as_text.write_findings(outcome, sys.stderr.buffer, how)
        console.say("retract-refused", dataset=dataset)
        raise typer.Exit(DOES_NOT_CONFORM)
    console.found(found for one in retracted.taken_out for found in one.findings)
    for line in as_text.taken_out(retracted.taken_out, console.language()):
        typer.echo(line, err=True)
    console.say("retract-done", dataset=dataset, removed=change.removed, added=change.added)
