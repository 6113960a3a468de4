"""``kg validate``: check facts or RDF against the shapes; change nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console, options, reporting
from kg.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kg.config import Config
    from kg.push import Served
    from kg.rdf_io import RdfInput


def validate(  # noqa: PLR0913, PLR0917 - these are its options
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE…",
            help="Facts (JSON Lines, JSON, - for stdin) or RDF (.ttl .nt .trig .nq .jsonld .rdf).",
            show_default=False,
        ),
    ] = None,
    mapping: options.Mapping = "",
    store: Annotated[bool, typer.Option("--store", help="Check the graph of the project's store.")] = False,
    endpoint: Annotated[
        str,
        typer.Option(metavar="TARGET|URL", help="Check the graph of a SPARQL server.", show_default=False),
    ] = "",
    graph: Annotated[
        str | None, typer.Option(metavar="IRI", help="The graph of the server.  [default: the target's]")
    ] = None,
    output_format: reporting.Format = "text",
    limit: reporting.Limit = 20,
    fail_on: reporting.FailOn = None,
    baseline: reporting.Baseline = None,
    write_baseline: reporting.WriteBaseline = False,
    repair: options.Repair = False,
    engine: options.Engine = "shacl",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Check facts, RDF, a store or a server against the shapes, and say what is wrong where.

    Of facts no store is consulted: what they refer to must be in the files. With --endpoint, facts and RDF
    are checked together with what they touch in that graph; without them the graph itself is.
    """
    from kg import pipeline, report  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import served  # noqa: PLC0415

    if lang:
        console.choose_language(lang)
    write = report.writer(output_format)
    reporting.refuse(baseline, write=write_baseline)
    config = reporting.settings(options.configured(project), fail_on)
    model = options.modelled(config)
    facts, graphs = _facts_and_rdf(files or [])
    if store:
        graphs["(store)"] = _stored_graph(config)
    beside = bool(endpoint and (facts or graphs))
    if endpoint and not beside:
        graphs[endpoint] = _served_graph(endpoint, config, graph)
    if not facts and not graphs:
        raise UsageError("nothing-to-validate")
    sources = options.repaired(options.sources(facts, "", mapping, model, config), model, wanted=repair)
    progress = console.Progress()
    if beside:
        with _served_beside(endpoint, config, graph) as there:
            outcome = served.validate(model, config, sources, graphs, there, engine, progress)
    else:
        outcome = pipeline.validate(model, config, sources, graphs, engine, progress)
        if not facts and (store or endpoint):
            outcome = replace(outcome, looked_in="store" if store else "server")
    progress.done()
    outcome = reporting.beside(outcome, baseline, write=write_baseline)
    with options.reported() as out:
        write(outcome, out, report.How(console.language(), limit, console.colour(sys.stdout)))
    raise typer.Exit(outcome.exit_code)


def _facts_and_rdf(names: list[str]) -> tuple[list[str], dict[str, RdfInput]]:
    """Which of the files hold facts; and those that hold RDF, by the ends of their names."""
    from kg.rdf_io import SYNTAXES, read_rdf  # noqa: PLC0415 - not needed for --help

    ends = tuple(end for syntax in SYNTAXES for end in syntax.extensions)
    rdf = [name for name in dict.fromkeys(names) if name.lower().endswith(ends)]
    read = {name: read_rdf(Path(name), scope=f"f{number}b") for number, name in enumerate(rdf)}
    return [name for name in names if name not in read], read


def _stored_graph(config: Config) -> RdfInput:
    """The graph of the project's store."""
    from kg.rdf_io import RdfInput  # noqa: PLC0415 - not needed for --help

    with options.store_to_read(config) as store:
        lines = tuple(line for _, lines in store.blocks() for line in lines)
        return RdfInput(lines, notes=tuple(store.notices))


def _served_graph(named: str, config: Config, graph: str | None) -> RdfInput:
    """The graph of a SPARQL server, read whole."""
    from kg.push import fetched, find_target  # noqa: PLC0415 - only when a server is spoken to
    from kg.rdf_io import RdfInput  # noqa: PLC0415

    with fetched(find_target(named, config, graph)) as lines:
        return RdfInput(tuple(sorted(set(lines))))


def _served_beside(named: str, config: Config, graph: str | None) -> AbstractContextManager[Served]:
    """The graph of a SPARQL server, to be asked for what is looked at."""
    from kg.push import find_target, served  # noqa: PLC0415 - only when a server is spoken to

    return served(find_target(named, config, graph))
