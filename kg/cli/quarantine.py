"""``kg quarantine``: the records that a load did not take."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli import console, options
from kg.errors import UsageError

app = typer.Typer(
    help="Show what loads did not take, and why; export it to be corrected, or drop it.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="The dataset.", show_default=False)]
AnyDataset = Annotated[
    str, typer.Argument(metavar="[DATASET]", help="The dataset.  [default: all]", show_default=False)
]
Code = Annotated[
    str,
    typer.Option("--code", metavar="CODE", help="Only records with this reason.", show_default=False),
]


@app.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    output_format: options.TextOrJson = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """List what loads did not take: of each dataset the causes, and how many records wait for these.

    `kg load --replay` takes what was corrected.
    """
    if lang:
        console.choose_language(lang)
    if context.invoked_subcommand is not None:
        return
    from kg.pipeline import kept  # noqa: PLC0415 - not needed for --help
    from kg.report import kept as report  # noqa: PLC0415

    as_data = options.is_json(output_format)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=False, not_taken=True) as store:
        found = kept.kept(store)
    options.print_lines([report.as_json(found)] if as_data else report.as_text(found, console.language()))


@app.command("show")
def show(
    dataset: AnyDataset = "",
    code: Code = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="So many records at most, 0 for all.")
    ] = 20,
    output_format: options.TextOrJson = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Show the records with their places and all their reasons."""
    from kg.pipeline import kept  # noqa: PLC0415 - not needed for --help
    from kg.report import kept as report  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    as_data = options.is_json(output_format)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=False, not_taken=True) as store:
        there = [entry for of_one in kept.kept(store, dataset) for entry in of_one.entries]
    entries = kept.chosen(there, code)
    if code and not entries:
        raise kept.nothing(there, dataset, code)
    if as_data:
        options.print_lines([report.entries_as_json(entries, limit)])
    elif entries:
        options.print_lines(report.entries_as_text(entries, limit, console.language()))
    else:
        console.say("quarantine-nothing")


@app.command("export")
def export(
    dataset: Dataset,
    output: options.Output = "-",
    code: Code = "",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Write the quarantined records as facts to be corrected, and the reasons beside them (FILE.reasons).

    Records that only wait are left out: a replay takes them by itself. What was taken back (kg retract) is
    too, unless it is asked for: --code retracted.
    """
    from kg.pipeline import correcting, kept  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=False, not_taken=True) as store:
        (of_one,) = kept.kept(store, dataset)
        header = correcting.header_of(next(info for info in store.datasets() if info.name == dataset))
    there = [entry for entry in of_one.entries if not entry.waits]
    entries = kept.chosen(there, code) if code else [entry for entry in there if not entry.retracted]
    if not entries:
        raise (
            kept.nothing_wrong(of_one) if of_one.entries and not code else kept.nothing(there, dataset, code)
        )
    if output != "-":
        with options.written_to(output + correcting.REASONS) as out:
            out.writelines(correcting.reasons(header, entries))
    with options.written_to(output) as out:
        out.writelines(correcting.facts(header, entries))
    if output != "-":
        console.say("quarantine-exported", count=len(entries), file=output, dataset=dataset)


@app.command("drop")
def drop(
    dataset: Dataset,
    code: Code = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Forget what was not taken of a dataset. Its file is not touched: a load of it may tell it again."""
    from kg.messages import text  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import kept  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=True, not_taken=True) as store:
        store.known((dataset,))
        there = kept.entries(store, dataset)
        entries = kept.chosen(there, code)
        if not entries:
            raise kept.nothing(there, dataset, code)
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("quarantine-yes", count=len(entries))
            asked = text("quarantine-sure", {"count": len(entries), "dataset": dataset}, console.language())
            typer.confirm(asked, abort=True, err=True)
        dropped = kept.drop(store, dataset, code)
    console.say("quarantine-dropped", count=dropped, dataset=dataset)
