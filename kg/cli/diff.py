"""``kg diff``: what differs between two graphs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

import typer

from kg.cli import console, options


def diff(  # noqa: PLR0913, PLR0917 - these are its options
    a: Annotated[
        str,
        typer.Argument(
            metavar="A", help="A dataset, store, a file, a folder or target:NAME.", show_default=False
        ),
    ],
    b: Annotated[
        str,
        typer.Argument(metavar="[B]", help="The same.  [default: what is nearest to A]", show_default=False),
    ] = "",
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json|patch", help="In words, or as an RDF Patch.")
    ] = "text",
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="So many facts of each kind, 0 for all.  [default: 20 as text]",
        ),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if anything differs.")] = False,
    mapping: options.Mapping = "",
    output: options.Output = "-",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Say what leads from A to B: facts that came, that went, and that have changed, in words.

    Each is the name of a dataset (stargate, stargate@3 for its version 3, stargate@-1 for the one
    before), store for the graph of the project, a facts file (what a load would make of it), a file of
    RDF, a folder with kg.toml for the graph of another project, or target:NAME for a graph on a server.

    Without B a dataset is
    compared with its version before, a facts file with its dataset, all else with the graph of the project.
    """
    from kg.errors import DOES_NOT_CONFORM, DONE  # noqa: PLC0415 - not needed for --help
    from kg.pipeline.diff import compare  # noqa: PLC0415
    from kg.pipeline.diff.operands import Operands  # noqa: PLC0415
    from kg.query.ask import Setting  # noqa: PLC0415
    from kg.report import diff as report  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    write = report.writer(output_format)
    config = options.configured(project)
    model = options.modelled(config)
    with ExitStack() as stack:
        operands = Operands(
            config,
            model,
            stack,
            lambda folder: options.opened_store(folder, write=False),
            lambda name: options.sources([name], "", mapping, model, config)[0],
        )
        old, new = operands.both(a, b)
        console.warn((*old.notes, *new.notes))
        compared = stack.enter_context(compare(old, new, Setting(model, config.base, console.language())))
        differs = None
        with options.reported(output) as out:
            differs = write(compared, out, limit)
        if differs is None:  # nobody reads to the end; a patch counts nothing, and is there to be read
            differs = output_format == "patch" or bool(compared.counts)
    raise typer.Exit(DOES_NOT_CONFORM if differs and exit_code else DONE)
