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
app.command("backup")(backup.backup)
app.command("convert")(convert.convert)
app.command("diff")(diff.diff)
app.command("doctor")(doctor.doctor)
app.command("explain")(explain.explain)
app.command("export")(export.export)
app.command("init")(init.init)
app.command("load")(load.load)
app.command("map")(mapping.mapping)
app.command("prune")(prune.prune)
app.command("push")(push.push)
app.add_typer(quarantine.app, name="quarantine")
app.command("query", cls=query.QueryCommand, context_settings=query.SETTINGS, add_help_option=False)(
    query.query
)
app.command("read")(read.read)
app.command("rebuild")(rebuild.rebuild)
app.command("resolve")(resolve.resolve)
app.command("restore")(restore.restore)
app.command("retract")(retract.retract)
app.command("schema")(schema.schema)
app.command("status")(status.status)
app.command("validate")(validate.validate)


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
