"""``kg init``: make a folder a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console, options
from kg.errors import UsageError


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of the project.")] = Path(),
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="Begins every IRI that is made; ends in “/”.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Language of plain strings, such as ko or en.")
    ] = None,
    lang: options.Language = None,
) -> None:
    """Make a folder a project: write its kg.toml.

    On a terminal what is not given is asked.
    """
    from kg import config  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    path = folder / config.FILE
    if path.exists():
        raise UsageError("init-exists", folder=str(folder))
    asking = sys.stdin.isatty()
    if base is None:
        base = typer.prompt("base", default=config.EXAMPLE_BASE, err=True) if asking else config.EXAMPLE_BASE
    if language is None:
        language = (
            typer.prompt("language", default=console.language(), err=True) if asking else console.language()
        )
    settings = config.written(str(base), str(language))
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(settings, "utf-8")
    console.say("init-done", folder=str(folder))
