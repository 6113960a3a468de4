"""The list of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import (
    backup,
    convert,
    diff,
    doctor,
    explain,
    export,
    init,
    load,
    mapping,
    prune,
    push,
    quarantine,
    query,
    read,
    rebuild,
    resolve,
    restore,
    retract,
    schema,
    status,
    validate,
)
from kg.cli.console import choose_language
from kg.cli.options import Language  # noqa: TC001 - typer reads it at run time

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Load extracted facts into a knowledge graph that can be trusted.",
    epilog="Exit codes: 0 done and conforming, 1 something does not conform, 2 wrong usage or "
    "configuration, 3 the input could not be read, 4 the store or server failed.",
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.command("backup", short_help="Write all that the project can't do without to one file.")(backup.backup)
app.command("convert", short_help="Convert facts to RDF, without a store.")(convert.convert)
app.command("diff", short_help="Say what leads from one graph to another, fact by fact.")(diff.diff)
app.command("doctor", short_help="Check everything in the project, and say what helps.")(doctor.doctor)
app.command("explain", short_help="Explain a claim or an entity in plain words.")(explain.explain)
app.command("export", short_help="Write the graph, the same bytes for the same facts.")(export.export)
app.command("init", short_help="Make a folder a project, or write sheets for its facts.")(init.init)
app.command("load", short_help="Take facts into the store, or load a dataset again.")(load.load)
app.command("map", short_help="Draft a mapping of rows to records, or try one.")(mapping.mapping)
app.command("prune", short_help="Remove old versions and leftovers.")(prune.prune)
app.command("push", short_help="Make a graph on a SPARQL server equal to the project's.")(push.push)
app.add_typer(
    quarantine.app, name="quarantine", short_help="Show what was not taken; export it to be corrected."
)
app.command(
    "query",
    short_help="Ask the graph, by the name of a query or in SPARQL.",
    cls=query.QueryCommand,
    context_settings=query.SETTINGS,
    add_help_option=False,
)(query.query)
app.command("read", short_help="Read values as people write them, such as amounts.")(read.read)
app.command("rebuild", short_help="Make the store anew, or map what is archived again.")(rebuild.rebuild)
app.command("resolve", short_help="Propose entities that may be one; judge them.")(resolve.resolve)
app.command("restore", short_help="Make a project of a backup.")(restore.restore)
app.command("retract", short_help="Take out a dataset, a document's claims, or one fact.")(retract.retract)
app.command("schema", short_help="Print the JSON Schema of records, for editors and models.")(schema.schema)
app.command("status", short_help="Say what is loaded, what was not taken, and what changed.")(status.status)
app.command("validate", short_help="Say what is wrong where in facts, RDF or a graph.")(validate.validate)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - slow, and rarely asked

        typer.echo(f"kg {version('kg-loader')}")
        raise typer.Exit


@app.callback()
def every_command(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    lang: Language = None,
) -> None:
    """Load extracted facts into a knowledge graph that can be trusted."""
    del version
    choose_language(lang)
