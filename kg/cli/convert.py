"""``kg convert``: facts to Turtle and its relatives, checked on the way."""

from __future__ import annotations

import contextlib
import sys

import typer

from kg.cli import console, options


def convert(  # noqa: PLR0913, PLR0917 - these are its options
    files: options.Files,
    output: options.Output = "-",
    to: options.To = None,
    mapping: options.Mapping = "",
    repair: options.Repair = False,
    engine: options.Engine = "shacl",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Convert facts to RDF; what violates a shape is left out and said.

    The graph goes to stdout or the file, messages and the books to stderr.
    """
    from kg import pipeline  # noqa: PLC0415 - not needed for --help
    from kg.report import How, as_text  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    writer = options.format_writer(to, output)
    config = options.configured(project)
    model = options.modelled(config)
    progress = console.Progress()
    sources = options.repaired(options.sources(files, "", mapping, model, config), model, wanted=repair)
    with pipeline.run(model, config, sources, engine, progress) as facts:
        with options.reported(output, files) as out:
            writer.write(facts.blocks(), out, pipeline.settings(facts))
        progress.done()
        with contextlib.suppress(OSError, ValueError):  # nobody hears: the graph is written all the same
            how = How(console.language(), colour=console.colour(sys.stderr))
            as_text.write(facts.outcome, sys.stderr.buffer, how)
            sys.stderr.flush()
    raise typer.Exit(facts.outcome.exit_code)
