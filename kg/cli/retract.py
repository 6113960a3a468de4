"""``kg retract``: take a dataset out of the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options


def retract(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="The dataset to take out.")],
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Take out what a dataset says, and nothing that another dataset says too."""
    if lang:
        console.choose_language(lang)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=True) as store:
        change = store.retract(dataset)
    console.say("retract-done", dataset=dataset, removed=change.removed, added=change.added)
