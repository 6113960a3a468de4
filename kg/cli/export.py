"""``kg export``: the graph of the store, or of some of its datasets, in any format."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options


def export(
    datasets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DATASET…]", help="Datasets; all, if none is named.", show_default=False),
    ] = None,
    output: options.Output = "-",
    to: options.To = None,
    view: Annotated[
        str | None, typer.Option(metavar="simple", help="Direct edges instead of claims.", show_default=False)
    ] = None,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Write the graph: the same bytes for the same facts, whatever the order in which they were loaded."""
    from kg.pipeline import leaving  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    writer = options.format_writer(to, output)
    folder, config = options.in_project(project)
    model = options.modelled(config)
    with (
        options.opened_store(folder, write=False) as store,
        leaving.exported(store, model, config, datasets or (), view) as (blocks, settings),
        options.written_to(output) as out,
    ):
        writer.write(blocks, out, settings)
