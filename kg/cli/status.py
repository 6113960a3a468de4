"""``kg status``: what is in the store."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kg.cli import console, options
from kg.messages import text


def status(
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json", help="How to report.")
    ] = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Say which datasets are loaded, from which files, and when."""
    from kg.store import Store  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    folder, _ = options.in_project(project)
    with Store.open(folder, write=False) as store:
        keys = ("name", "version", "records", "claims", "entities", "triples", "source", "when")
        rows = [{key: getattr(info, key) for key in keys} for info in store.datasets()]
    if output_format == "json":
        lines = [json.dumps(rows, ensure_ascii=False, indent=2)]
    else:
        lines = [text("status-line", row, console.language()) for row in rows]
        lines = lines or [text("status-empty", {}, console.language())]
    with options.written_to("-") as out:
        out.write("".join(f"{line}\n" for line in lines).encode())
