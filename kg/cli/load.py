"""``kg load``: facts into the project's store."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from typing import Annotated

import typer

from kg.cli import console, options, reporting
from kg.errors import UsageError


def load(  # noqa: PLR0913, PLR0917 - these are its options
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE… DIR…", help="Facts, or folders of them.", show_default=False),
    ] = None,
    dataset: Annotated[
        str,
        typer.Option(metavar="NAME", help="The dataset of one file.  [default: its header's, else its name]"),
    ] = "",
    mapping: options.Mapping = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it; change nothing.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing if anything is wrong.")] = False,
    replay: Annotated[
        str,
        typer.Option(
            "--replay",
            metavar="DATASET",
            help="Load a dataset again without its file: what waited, and the FILEs, which correct records.",
            show_default=False,
        ),
    ] = "",
    drop_corrections: Annotated[
        bool,
        typer.Option("--drop-corrections", help="Load files as they are: forget what --replay corrected."),
    ] = False,
    cascade: options.Cascade = False,
    output_format: reporting.Format = "text",
    limit: reporting.Limit = 20,
    fail_on: reporting.FailOn = None,
    baseline: reporting.Baseline = None,
    write_baseline: reporting.WriteBaseline = False,
    repair: options.Repair = False,
    engine: options.Engine = "shacl",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Load facts: check them with what the store knows, and take in those that are right.

    Each file is a dataset; loading it again replaces it by the difference, an unchanged one changes nothing.
    A report for programs goes to stdout.
    """
    if not files and not replay:
        raise UsageError("load-what")
    if replay and (dataset or mapping or drop_corrections):
        raise UsageError("replay-alone")
    from kg.pipeline import judging  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import load as loading  # noqa: PLC0415
    from kg.pipeline import replay as replaying  # noqa: PLC0415
    from kg.report import How, as_text, writer  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    write = writer(output_format)
    reporting.refuse(baseline, write=write_baseline)
    folder, config = options.in_project(project)
    config = reporting.settings(config, fail_on)
    model = options.modelled(config)
    named = options.facts_files(files or [], mapping, config)
    sources = options.sources(named, dataset, mapping, model, config)
    progress = console.Progress()
    how = loading.Options(engine, dry_run, strict, repair, drop_corrections, cascade)
    with options.opened_store(folder, write=True, not_taken=True) as store:
        if not dry_run:
            judging.follow(store, model, folder)
        done = None
        if replay:
            done = replaying.replay(store, model, config, replay, sources, how, progress)
            report = done.report
        else:
            report = loading.load(store, model, config, sources, how, progress)
    progress.done()
    if done and sources and (done.records or not done.back):
        console.say("replay-done", dataset=replay, records=done.records, instead=done.instead)
    if done and done.back:
        console.say("replay-back", dataset=replay, count=done.back)
    report = replace(report, outcome=reporting.beside(report.outcome, baseline, write=write_baseline))
    with contextlib.suppress(OSError, ValueError):  # nobody hears: what is loaded is loaded
        shown = How(console.language(), limit, console.colour(sys.stderr))
        if output_format == "text":
            as_text.write_findings(report.outcome, sys.stderr.buffer, shown)
        as_text.write_loaded(report, sys.stderr.buffer, shown.language)
        sys.stderr.flush()
    if output_format != "text":
        with options.reported() as out:
            write(report.outcome, out, shown)
    raise typer.Exit(report.outcome.exit_code)
