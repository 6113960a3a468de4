"""``kg load``: facts into the project's store."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from kg.cli import console, options


def load(  # noqa: PLR0913, PLR0917 - these are its options
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE… DIR…", help="Facts, or folders of them.", show_default=False),
    ],
    dataset: Annotated[
        str,
        typer.Option(metavar="NAME", help="The dataset of one file.  [default: its header's, else its name]"),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it; change nothing.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing if anything is wrong.")] = False,
    engine: options.Engine = "shacl",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Load facts: check them with what the store knows, and take in those that are right.

    Each file is a dataset; loading it again replaces it by the difference, an unchanged one changes nothing.
    """
    from kg.pipeline import judging  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import load as loading  # noqa: PLC0415
    from kg.report import as_text  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    folder, config = options.in_project(project)
    model = options.modelled(config)
    sources = options.sources(options.facts_files(files), dataset)
    progress = console.Progress()
    how = loading.Options(engine, dry_run, strict)
    with options.opened_store(folder, write=True) as store:
        judging.follow(store, model, folder)
        report = loading.load(store, model, config, sources, how, progress)
    progress.done()
    with contextlib.suppress(OSError, ValueError):  # nobody hears: what is loaded is loaded
        as_text.write_load(report, sys.stderr.buffer, console.language())
        sys.stderr.flush()
    raise typer.Exit(report.outcome.exit_code)
