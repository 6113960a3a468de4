"""``kg explain``: an entity or a claim in plain words."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import Annotated

import typer

from kg.cli import console, options


def explain(
    what: Annotated[
        str, typer.Argument(metavar="IRI|ID|NAME", help="A claim or an entity.", show_default=False)
    ],
    data: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Ask this RDF file instead of the project.", show_default=False),
    ] = None,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Explain a claim or an entity in plain words: who says it, how sure, and exactly where."""
    from kg import query  # noqa: PLC0415 - not needed for --help
    from kg.query import explain as explaining  # noqa: PLC0415
    from kg.query.ask import Setting  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    config = options.configured(project)
    setting = Setting(options.modelled(config), config.base, console.language())
    with ExitStack() as opened:
        if data:
            asked, origin = query.Asked(data=tuple(data)), explaining.Origin()
        else:
            store = opened.enter_context(options.store_to_read(config))
            asked, origin = query.Asked(store=store.checkpoint()), explaining.origin_in(store)
        session = opened.enter_context(query.Session(asked))
        options.print_lines(explaining.explain(session, what, setting, origin))
