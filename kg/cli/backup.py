"""``kg backup``: the project in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console, options


def backup(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="The file to write; - is stdout.", show_default=False)
    ],
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Write all that the project can't do without to one file, and read it back.

    Others may read and load meanwhile: the backup has the state of the last change that was finished. The
    embedded store is not in it, since `kg restore` makes it again; nor are files with secrets.
    """
    if lang:
        console.choose_language(lang)
    from kg.pipeline import keeping  # noqa: PLC0415 - not needed for --help

    folder, config = options.in_project(project)
    if file == "-":
        with options.written_to("-") as out:
            console.say("backup-done-unread", keeping.write(folder, config, out)._asdict())
    else:
        console.say("backup-done", {"file": file, **keeping.write_file(folder, config, Path(file))._asdict()})
