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

    from kg.config import Config


def push(
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
            help="How to read back.  [default: full below 200,000 triples, else counts]",
        ),
    ] = None,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Make a graph on a SPARQL server equal to the project's, and read back that it is.

    The whole graph is replaced. Passwords and tokens come from the environment (KG_PUSH_USER and
    KG_PUSH_PASSWORD or KG_PUSH_TOKEN; for a target KG_TARGET_<NAME>_…), from a file that kg.toml names, or
    from .netrc.
    """
    from kg import push as pushing  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    how = pushing.verify_of(verify)
    config = options.configured(project)
    with ExitStack() as opened:
        lines = _lines(data, config, opened)
        found = pushing.find_target(target, config, graph)
        console.say(*found.message)
        if data is None and config.base == EXAMPLE_BASE:
            console.say("push-example-base", base=config.base)
        progress = console.Progress()
        try:
            done = pushing.push(found, lines, verify=how, progress=progress)
        finally:
            progress.done()
    console.say(*done.message)


def _lines(data: Path | None, config: Config, opened: ExitStack) -> Callable[[], Iterable[str]]:
    """What is pushed, read when it is asked for."""
    if data is not None:
        from kg.rdf_io import read_rdf  # noqa: PLC0415 - not needed for --help

        return lambda: read_rdf(data).lines
    store = opened.enter_context(options.store_to_read(config))
    return lambda: (line for _, lines in store.blocks() for line in lines)
