"""``kg restore``: a project out of a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console, options


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What kg backup wrote.", show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="An empty folder, or a new one.")] = Path(),
    lang: options.Language = None,
) -> None:
    """Make a project of a backup, check every file of it, and make its store anew."""
    if lang:
        console.choose_language(lang)
    from kg.pipeline import keeping  # noqa: PLC0415 - not needed for --help

    progress = console.Progress()
    try:
        members, datasets = keeping.read(file, folder, lambda count: progress("restoring", count))
    finally:
        progress.done()
    console.say("restore-done", folder=str(folder), members=members, datasets=datasets)
