"""``kg resolve``: who may be the same as whom, and judging it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options

if TYPE_CHECKING:
    from kg.identity.index import Index
    from kg.identity.judgements import Judgements

Pair = tuple[str, str] | None


def resolve(  # noqa: PLR0913, PLR0917 - these are its options
    same: Annotated[Pair, typer.Option("--same", metavar="A B", help="Judge two the same.")] = None,
    different: Annotated[Pair, typer.Option("--different", metavar="A B", help="… different.")] = None,
    unsure: Annotated[Pair, typer.Option("--unsure", metavar="A B", help="… not to be told.")] = None,
    withdraw: Annotated[
        Pair, typer.Option("--withdraw", metavar="A B", help="Take back what is judged of two.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.  [default: your login]")] = "",
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="When, as it is to be kept.")] = "",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Judge whether entities are the same. An entity is an IRI, an id or a name.

    Judgements are kept in judgements.jsonl and change the graph at once; nothing merges on its own.
    """
    from kg import pipeline  # noqa: F401, PLC0415 - not needed for --help
    from kg.pipeline import judging, naming  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    folder, config = options.in_project(project)
    model = options.modelled(config)
    wanted = {"same": same, "different": different, "unsure": unsure}
    with options.opened_store(folder, write=True) as store:
        index = naming.index_of(store, model, config)
        before = judging.of_project(folder)
        new = _withdrawn(before, index, withdraw) if withdraw else before
        how = (by or _login(), reason, date)
        new = new.all_given(
            naming.judgement(index, verdict, pair, how) for verdict, pair in wanted.items() if pair
        )
        given = judging.give(store, model, folder, new)
    console.warn(f.problem for f in given.findings)
    if given.findings:
        raise typer.Exit(1)
    console.say("resolve-done", count=len(new), removed=given.removed, added=given.added)


def _withdrawn(known: Judgements, index: Index, pair: tuple[str, str]) -> Judgements:
    from kg.pipeline import naming  # noqa: PLC0415 - not needed for --help

    if known.of(*pair) is None:
        pair = naming.meant(index, pair[0]).iri, naming.meant(index, pair[1]).iri
    return known.withdrawn(*pair)


def _login() -> str:
    import getpass  # noqa: PLC0415 - only when somebody judges

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
