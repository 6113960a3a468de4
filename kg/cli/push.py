"""``kg push``: the graph to a SPARQL server, read back."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options
from kg.config import EXAMPLE_BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.store import Store


def push(  # noqa: PLR0913, PLR0917 - these are its options
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET|URL", help="A target of kg.toml, or the URL of a server.", show_default=False
        ),
    ],
    graph: Annotated[
        str | None,
        typer.Option(
            metavar="IRI", help="The graph to replace.  [default: the target's, else the default graph]"
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Push an RDF file instead of the project's graph.")
    ] = None,
    verify: Annotated[
        str | None,
        typer.Option(
            "--verify",
            metavar="counts|full",
            help="How to read back.  [default: full after fewer than 200,000 were sent whole, else counts]",
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Send everything, whatever the graph holds and whoever has changed it."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be sent; the server is asked, not changed.")
    ] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", help="Wait so long for an answer.  [default: the target's, else 900]"
        ),
    ] = None,
    output_format: options.TextOrJson = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Make a graph on a SPARQL server equal to the project's, and read back that it is.

    Only what has changed since the last push is sent; a push that was cut off goes on. What somebody else
    has changed is not overwritten without --force. Passwords and tokens come from the environment
    (KG_PUSH_USER and KG_PUSH_PASSWORD or KG_PUSH_TOKEN; for a target KG_TARGET_<NAME>_…), from a file that
    kg.toml names, or from .netrc.
    """
    from kg import push as pushing  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    how = pushing.verify_of(verify)
    seconds = None if timeout is None else options.seconds(timeout)
    as_data = options.is_json(output_format)
    config = options.configured(project)
    with ExitStack() as opened:
        store = opened.enter_context(options.store_to_read(config)) if data is None else None
        lines = _lines(data, store)
        found = pushing.find_target(target, config, graph, seconds)
        console.say(*found.message)
        if data is None and config.base == EXAMPLE_BASE:
            console.say("push-example-base", base=config.base)
        if dry_run:
            planned = pushing.plan(found, lines, store=store, force=force)
            console.say(*planned.message)
            if as_data:
                options.report_json({**planned.as_data(), "notices": options.noticed(store)})
            return
        progress = console.Progress()
        try:
            done = pushing.push(found, lines, store=store, verify=how, force=force, progress=progress)
        finally:
            progress.done()
    console.say(*done.message)
    if as_data:
        options.report_json({**done.as_data(), "notices": options.noticed(store)})


def _lines(data: Path | None, store: Store | None) -> Callable[[], Iterable[str]]:
    """What is pushed, read when it is asked for: the file, else the store."""
    if store is not None:
        return lambda: (line for _, lines in store.blocks() for line in lines)
    assert data is not None  # noqa: S101 - one of them is given
    from kg.rdf_io import read_rdf  # noqa: PLC0415 - not needed for --help

    return lambda: read_rdf(data).lines
