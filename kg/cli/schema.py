"""``kg schema``: the JSON Schema or the JSON-LD context of the model."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kg.cli import console, options


def schema(
    classes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLASS…]", help="Classes; all, if none is named.", show_default=False),
    ] = None,
    context: Annotated[bool, typer.Option("--context", help="Print the JSON-LD context instead.")] = False,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Print the JSON Schema (2020-12) of records, for editors and for those who extract facts."""
    from kg.schema.context import context as jsonld_context  # noqa: PLC0415 - not needed for --help
    from kg.schema.json_schema import json_schema  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    model = options.modelled(options.configured(project))
    if context:
        made = {"@context": jsonld_context(model)}
    else:
        made = json_schema(model, classes or (), console.language())
    with options.written_to("-") as out:
        out.write((json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode())
