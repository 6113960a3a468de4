"""``kg query``: ask the graph, by SPARQL or by a named query."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from kg.cli import console, options

if TYPE_CHECKING:
    from kg.query import Answer
    from kg.query.render import View

SETTINGS = {"ignore_unknown_options": True, "help_option_names": []}
"""A named query has options of its own, which are read from its head; ``--help`` lists them."""


class QueryCommand(typer.core.TyperCommand):
    """A command whose named queries have options of their own, which the shell is told too."""

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401 - typer keeps its own types
        """Complete an option: those of the named query, then those of all."""
        asked = next(param for param in self.params if param.name == "asked")
        return [*asked.shell_complete(ctx, incomplete), *super().shell_complete(ctx, incomplete)]


def _complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What may come next; nothing where anything is wrong, for nobody could be told."""
    from kg.errors import KgError  # noqa: PLC0415 - only to complete
    from kg.query import load  # noqa: PLC0415
    from kg.query.ask import Setting  # noqa: PLC0415
    from kg.query.complete import completions  # noqa: PLC0415

    given = context.params
    with contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(KgError, OSError):
        console.choose_language(given.get("lang"))
        config = options.configured(Path(given["project"]) if given.get("project") else None)
        return completions(
            given.get("asked") or (),
            incomplete,
            load(config.queries),
            lambda: Setting(options.modelled(config), config.base, console.language()),
            lambda: options.asked(config, [Path(file) for file in given.get("data") or ()]),
        )
    return []


def query(  # noqa: PLR0913, PLR0917 - these are its options
    context: typer.Context,
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY] [--OPTION VALUE]…",
            help="A named query and its options, SPARQL, a file (.rq, .sparql), or - for stdin. "
            "Alone it lists all named queries.",
            show_default=False,
            autocompletion=_complete,
        ),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="table|csv|json|turtle",
            help="How to show the results; those of CONSTRUCT and DESCRIBE are RDF.  [default: table]",
        ),
    ] = None,
    names: Annotated[
        bool | None,
        typer.Option("--names/--iris", help="Things by name or by IRI.  [default: names in a table]"),
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Ask this RDF file instead of the project.", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="Stop a query that takes longer.")] = 30,
    output: options.Output = "-",
    project: options.Project = None,
    lang: options.Language = None,
    help_: Annotated[
        bool, typer.Option("--help", "-h", help="Show this, or what a named query takes.")
    ] = False,
) -> None:
    """Ask the graph a question, in SPARQL or by the name of a query."""
    from kg import query as queries  # noqa: PLC0415 - not needed for --help
    from kg.query import catalogue  # noqa: PLC0415
    from kg.query.ask import Setting, ask  # noqa: PLC0415
    from kg.query.source import query_of  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    words = asked or []
    if help_ and not words:
        typer.echo(context.get_help())
        raise typer.Exit
    config = options.configured(project)
    known = queries.load(config.queries)
    if not words:
        with options.written_to(output) as out:
            out.write("".join(f"{line}\n" for line in catalogue.listed(known, console.language())).encode())
        raise typer.Exit
    meant = query_of(words[0], known, sys.stdin.read)
    if help_ and isinstance(meant, queries.Named):
        typer.echo("\n".join(catalogue.described(meant, console.language())))
        raise typer.Exit
    if help_:
        typer.echo(context.get_help())
        raise typer.Exit
    by_name = names if names is not None else output_format in {None, "table"}
    setting = Setting(options.modelled(config), config.base, console.language(), by_name)
    limits = queries.Limits(seconds=options.seconds(timeout))
    with (
        options.asked_of(config, data or [], meant, words[1:]) as what,
        queries.Session(what, limits) as session,
    ):
        answer, view = ask(session, meant, words[1:], setting)
        _show(answer, replace(view, names=by_name), output_format, output)


def _show(answer: Answer, view: View, form: str | None, output: str) -> None:
    from kg.export import formats  # noqa: PLC0415
    from kg.query import render  # noqa: PLC0415

    if answer.form == "graph":
        write = formats.writer_of(form or "turtle").write
        with options.written_to(output) as out:
            write(render.blocks(answer.triples), out, formats.Settings(base=view.base))
        return
    form = form or "table"
    writer = render.writer(form)
    on_terminal = output == "-" and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else 0
    with options.written_to(output) as out:
        count = writer(answer, out, replace(view, width=width, spreadsheet=True))
    if form == "table" and answer.form == "select" and not count:
        console.say("query-none")
