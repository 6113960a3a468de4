"""``kg map``: draft a mapping of foreign rows, and look at what a mapping makes of them."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options
from kg.errors import UsageError


def mapping(  # noqa: PLR0913, PLR0917 - these are its options
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Rows: CSV, TSV, JSON, JSON Lines, Excel, Parquet.", show_default=False
        ),
    ],
    sketch: Annotated[
        bool, typer.Option("--sketch", help="Draft a mapping from the columns of a file and the model.")
    ] = False,
    check: Annotated[
        str,
        typer.Option(
            "--check",
            metavar="MAPPING",
            help="Show the first rows beside the records that a mapping gives, and what is wrong.",
            show_default=False,
        ),
    ] = "",
    class_: Annotated[
        str,
        typer.Option(
            "--class", metavar="CLASS", help="What a row is about, for a draft.  [default: the likeliest]"
        ),
    ] = "",
    rows: Annotated[int, typer.Option("--rows", metavar="N", min=1, help="How many rows to show.")] = 5,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="How many findings about later rows to show; the others are counted.",
        ),
    ] = 5,
    output: options.Output = "-",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Draft a mapping that turns rows into records (--sketch), or look at what one makes of them (--check).

    The mapping is then used as in: kg load FILE --mapping MAPPING.
    """
    if lang:
        console.choose_language(lang)
    config = options.configured(project)
    model = options.modelled(config)
    if sketch == bool(check) or (sketch and len(files) != 1):
        raise UsageError("map-what")
    if sketch:
        from kg.reading.foreign.sketch import sketch as drafted  # noqa: PLC0415 - not needed for --help

        if class_ and class_ not in model.classes:
            raise options.no_class(class_, model)
        language = config.languages[0] if config.languages else console.language()
        draft = drafted(files[0], model, language, class_)
        with options.written_to(output, files) as out:
            out.write(draft.encode())
        return
    from kg import pipeline  # noqa: PLC0415 - not needed for --help
    from kg.report import as_rows, as_text  # noqa: PLC0415

    sources = options.sources(files, "", check, model, config)
    progress = console.Progress()
    with pipeline.run(model, config, sources, progress=progress) as facts:
        outcome = facts.outcome
    progress.done()
    with options.written_to(output, files) as out:
        for source in sources:
            as_rows.write(source, outcome, rows, limit, out, console.language())
        out.write((as_text.summary(outcome, console.language()) + "\n").encode())
    raise typer.Exit(outcome.exit_code)
