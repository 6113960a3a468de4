"""``kg schema``: the JSON Schema or the JSON-LD context of the model."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options


def schema(  # noqa: PLR0913, PLR0917 - these are its options
    classes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLASS…]", help="Classes; all, if none is named.", show_default=False),
    ] = None,
    default: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="A field that the header gives a default for; not required then."),
    ] = None,
    header: Annotated[bool, typer.Option("--header", help="Print the schema of a header instead.")] = False,
    mapping: Annotated[
        bool, typer.Option("--mapping", help="Print the schema of a mapping file instead.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="For the structured output of language models: a facts file.")
    ] = False,
    context: Annotated[bool, typer.Option("--context", help="Print the JSON-LD context instead.")] = False,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Print the JSON Schema (2020-12) of records, for editors and for those who extract facts.

    It describes a record after the defaults of its file's header.
    """
    from kg.schema.context import context as jsonld_context  # noqa: PLC0415 - not needed for --help
    from kg.schema.json_schema import header_schema, json_schema  # noqa: PLC0415
    from kg.schema.mapping_schema import mapping_schema  # noqa: PLC0415
    from kg.schema.strict import strict_schema  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    model = options.modelled(options.configured(project))
    if header:
        made = header_schema(model, console.language())
    elif mapping:
        made = mapping_schema(model, console.language())
    elif context:
        made = {"@context": jsonld_context(model)}
    elif strict:
        made = strict_schema(model, classes or (), console.language(), default or ())
    else:
        made = json_schema(model, classes or (), console.language(), default or ())
    options.report_json(made)
