"""``kg init``: make a folder a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.config import Config


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of the project.")] = Path(),
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="Begins every IRI that is made; ends in “/”.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Language of plain strings, such as ko or en.")
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CLASS", help="Write a CSV template for a class and its mapping; again for more."
        ),
    ] = None,
    lang: options.Language = None,
) -> None:
    """Make a folder a project: write its kg.toml.

    On a terminal what is not given is asked. In a project, --sheet only adds the sheets.
    """
    from kg import config  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    path = folder / config.FILE
    if path.exists() and sheet:
        _sheets(folder, sheet, config.read(path))
        return
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
    if base == config.EXAMPLE_BASE:
        console.say("init-example-base", base=config.EXAMPLE_BASE)
    if sheet:
        _sheets(folder, sheet, config.read(path))


def _sheets(folder: Path, names: list[str], settings: Config) -> None:
    """A template and its mapping for each class; nothing that is there is written over."""
    from kg.schema import sheet  # noqa: PLC0415 - not needed for --help

    model = options.modelled(settings)
    language = settings.languages[0] if settings.languages else console.language()
    files = {}
    for name in names:
        if name not in model.classes:
            raise options.no_class(name, model)
        class_ = model.classes[name]
        files[folder / f"{name.lower()}.csv"] = sheet.template(class_, language)
        files[folder / f"{name.lower()}.yaml"] = sheet.sheet_mapping(class_, model, language)
    there = next((file for file in files if file.exists()), None)
    if there is not None:
        raise UsageError("sheet-exists", file=str(there))
    for file, text in files.items():
        file.write_text(text, "utf-8", newline="")
        console.say("sheet-done", file=str(file))
