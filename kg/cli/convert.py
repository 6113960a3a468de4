"""``kg convert``: facts to Turtle and its relatives, checked on the way."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from kg.cli import console, options


def convert(
    files: options.Files,
    output: options.Output = "-",
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="turtle, trig, ntriples, nquads, jsonld, rdfxml.  [default: by its name, else turtle]",
        ),
    ] = None,
    engine: options.Engine = "shacl",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Convert facts to RDF; what violates a shape is left out and said.

    The graph goes to stdout or the file, messages and the books to stderr.
    """
    from kg import pipeline  # noqa: PLC0415 - not needed for --help
    from kg.export import formats  # noqa: PLC0415
    from kg.report import as_text  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    writer = formats.writer_of(to or (output if output != "-" else "turtle"))
    config = options.configured(project)
    model = options.modelled(config)
    progress = console.Progress()
    with pipeline.run(model, config, options.sources(files), engine, progress) as facts:
        with options.written_to(output, files) as out:
            writer.write(facts.blocks(), out, pipeline.settings(facts))
        progress.done()
        with contextlib.suppress(OSError, ValueError):  # nobody hears: the graph is written all the same
            as_text.write(facts.outcome, sys.stderr.buffer, console.language())
            sys.stderr.flush()
    raise typer.Exit(facts.outcome.exit_code)
