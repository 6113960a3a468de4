"""``kg validate``: check facts or RDF against the shapes; change nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options


def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…",
            help="Facts (JSON Lines, JSON, - for stdin) or RDF (.ttl .nt .trig .nq .jsonld .rdf).",
            show_default=False,
        ),
    ],
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json|turtle", help="How to report.")
    ] = "text",
    engine: options.Engine = "shacl",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Check facts or RDF against the shapes, and say what is wrong where.

    No store is consulted: what the files refer to must be in them.
    """
    from kg import pipeline, report  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    write = report.writer(output_format)
    config = options.configured(project)
    model = options.modelled(config)
    facts, graphs = options.facts_and_rdf(files)
    progress = console.Progress()
    outcome = pipeline.validate(model, config, options.sources(facts), graphs, engine, progress)
    progress.done()
    with options.written_to("-") as out:
        write(outcome, out, console.language())
    raise typer.Exit(outcome.exit_code)
