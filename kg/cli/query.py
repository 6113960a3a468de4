"""``kg query``: ask the graph, by SPARQL or by a named query."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from kg.cli import console, options
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.config import Config
    from kg.query import Answer, Asked, Named, Session
    from kg.query.ask import Setting
    from kg.query.render import View

_FEW = 1_000
"""Of an answer with more rows nobody need be told that others were left out, and to count them takes time."""

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
            lambda: _asked(config, [Path(file) for file in given.get("data") or ()]),
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
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Show at most so many rows.", show_default=False),
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
        _print(context.get_help())
        raise typer.Exit
    config = options.configured(project)
    known = queries.load(config.queries)
    if not words:
        options.print_lines(catalogue.listed(known, console.language()), output)
        raise typer.Exit
    meant = query_of(words[0], known, sys.stdin.read)
    if help_ and isinstance(meant, queries.Named):
        _print("\n".join(catalogue.described(meant, console.language())))
        raise typer.Exit
    if help_:
        _print(context.get_help())
        raise typer.Exit
    by_name = names if names is not None else output_format in {None, "table"}
    setting = Setting(options.modelled(config), config.base, console.language(), by_name)
    limits = queries.Limits(seconds=options.seconds(timeout))
    with (
        _asked_of(config, data or [], meant, words[1:]) as what,
        queries.Session(what, limits) as session,
    ):
        answer, view = ask(session, meant, words[1:], setting)
        count = _show(answer, replace(view, names=by_name), output_format, output, limit)
        if isinstance(meant, str) and not count:
            _say_unknown(meant, setting)
        if isinstance(meant, queries.Named) and 0 <= count <= _FEW:
            _say_left_out(session, meant, words[1:], replace(setting, names=False), count)


def _print(said: str, output: str = "-") -> None:
    with options.written_to(output) as out:
        out.write(f"{said}\n".encode())


def _say_unknown(sparql: str, setting: Setting) -> None:
    """Say which terms of kg's own namespace do not exist, since nothing was found."""
    from kg.query.ask import unknown  # noqa: PLC0415 - only if nothing is found

    for term, near in unknown(sparql, setting):
        console.say("query-term-near" if near else "query-term-unknown", received=term, near=near)


def _say_left_out(session: Session, meant: Named, words: Sequence[str], setting: Setting, count: int) -> None:
    """Say how many rows the defaults of the query leave out."""
    from kg.model.types import say  # noqa: PLC0415 - not needed for --help
    from kg.query.ask import ask_named  # noqa: PLC0415
    from kg.query.bind import given, left_out  # noqa: PLC0415

    values = given(meant, words)
    if not (lifted := left_out(meant, values)):
        return
    answer, _ = ask_named(session, meant, {**values, **lifted}, setting)
    more = sum(1 for _ in answer.rows) - count
    if more > 0:
        shown = [say(p.defaults, setting.language) for p in meant.params if p.name in lifted]
        options = " ".join(f"--{name} {value}" for name, value in lifted.items())
        console.say("query-left-out", count=more, defaults="; ".join(shown), options=options)


def _show(answer: Answer, view: View, form: str | None, output: str, limit: int | None) -> int:
    """Show an answer; gives the number of rows, -1 if not all are shown or it has none."""
    from kg.export import formats  # noqa: PLC0415
    from kg.query import render  # noqa: PLC0415

    if answer.form == "graph":
        if limit is not None:
            raise UsageError("query-limit-graph")
        write = formats.writer_of(form or "turtle").write
        with options.written_to(output) as out:
            write(render.blocks(answer.triples), out, formats.Settings(base=view.base))
        return -1
    form = form or "table"
    writer = render.writer(form)
    on_terminal = output == "-" and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else 0
    rows = answer.rows
    if limit is not None:
        answer.rows = islice(rows, limit)
    with options.written_to(output) as out:
        count = writer(answer, out, replace(view, width=width, spreadsheet=True))
    if limit is not None and next(rows, None) is not None:
        console.say("query-limited", count=limit)
        return -1
    if form == "table" and answer.form == "select" and not count:
        console.say("query-none")
    return count if answer.form == "select" else int(answer.boolean)


def _asked(config: Config, data: list[Path]) -> Asked:
    """What is asked: RDF files if some are named, else the newest checkpoint of the project's store."""
    from kg.query import Asked  # noqa: PLC0415 - not needed for --help

    if data:
        return Asked(data=tuple(data))
    with options.store_to_read(config) as store:
        return Asked(store=store.checkpoint())


@contextmanager
def _asked_of(config: Config, data: list[Path], meant: Named | str, words: Sequence[str]) -> Iterator[Asked]:
    """What a query is asked of: a change if it is about one, else as ``_asked`` says."""
    from kg.query import Named, changes, given  # noqa: PLC0415 - not needed for --help

    if not isinstance(meant, Named) or not meant.data:
        yield _asked(config, data)
        return
    if data:
        raise UsageError("changes-data", query=meant.name)
    with options.store_to_read(config) as store, changes.asked(store, given(meant, words)) as change:
        yield change
