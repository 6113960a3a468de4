"""``kg resolve``: who may be the same as whom, and judging it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli import console, options
from kg.errors import UsageError
from kg.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.config import Config
    from kg.identity.index import Index
    from kg.identity.judgements import Judgement, Judgements
    from kg.identity.proposing import Proposals
    from kg.model.types import Model
    from kg.store import Store

Pair = tuple[str, str] | None
FORMATS: Final = ("text", "json", "jsonl")
ANSWERS: Final = {"s": "same", "d": "different", "u": "unsure"}


@dataclass(frozen=True)
class Work:
    """What the parts of the command share."""

    store: Store
    model: Model
    config: Config
    folder: Path
    how: tuple[str, str, str]
    """By whom, why, when."""
    cascade: bool = False
    """Whether what can't stand with a judgement goes."""


def resolve(  # noqa: PLR0913, PLR0917 - these are its options
    same: Annotated[Pair, typer.Option("--same", metavar="A B", help="Judge two to be the same.")] = None,
    different: Annotated[
        Pair, typer.Option("--different", metavar="A B", help="Judge two to be different.")
    ] = None,
    unsure: Annotated[
        Pair, typer.Option("--unsure", metavar="A B", help="Say that it can't be told; not proposed again.")
    ] = None,
    withdraw: Annotated[
        Pair, typer.Option("--withdraw", metavar="A B", help="Take back what is judged of two.")
    ] = None,
    judge: Annotated[
        str, typer.Option("--judge", metavar="FILE", help="Judge as a file says (JSON Lines); - is stdin.")
    ] = "",
    rules: Annotated[bool, typer.Option("--rules", help="Judge by the rules of kg.toml.")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Be asked about one proposal after another.")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is judged so.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.  [default: your login]")] = "",
    date: Annotated[
        str, typer.Option("--date", metavar="DATE", help="When it was judged; kept as it is.")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", help="So many proposals at most.", min=1)
    ] = 20,
    cascade: options.Cascade = False,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="0…1", help="How alike they must be.", min=0, max=1)
    ] = 0.85,
    class_: Annotated[str, typer.Option("--class", metavar="TYPE", help="Only entities of a class.")] = "",
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json|jsonl", help="How to show proposals.")
    ] = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Propose entities that may be the same, best first; or judge. An entity is an IRI, an id or a name.

    Judgements are kept in judgements.jsonl and change the graph at once. Nothing merges on its own.
    """
    from kg.pipeline import judging  # noqa: PLC0415 - not needed for --help

    if lang:
        console.choose_language(lang)
    if output_format not in FORMATS:
        raise UsageError("report-format", received=output_format, allowed=FORMATS)
    folder, config = options.in_project(project)
    model = options.modelled(config)
    if class_ and class_ not in model.classes:
        raise UsageError("resolve-class", received=class_)
    pairs = {"same": same, "different": different, "unsure": unsure}
    changes = any(pairs.values()) or withdraw is not None or bool(judge) or rules or ask
    with options.opened_store(folder, write=changes) as store:
        work = Work(store, model, config, folder, (by or _login(), reason, date), cascade=cascade)
        if not changes:
            found = _proposed(work, class_, threshold)
            _show(found, limit, output_format)
            return
        judging.follow(store, model, folder)
        if ask:
            _ask(work, _proposed(work, class_, threshold), limit)
            return
        _give(work, _judged(work, pairs, withdraw, judge, rules=rules))


def _proposed(work: Work, class_: str, threshold: float) -> Proposals:
    from kg.pipeline import judging, proposing  # noqa: PLC0415 - not needed for --help

    judgements = judging.of_project(work.folder)
    return proposing.proposed(work.store, work.model, judgements, class_=class_, threshold=threshold)


def _show(found: Proposals, limit: int, output_format: str) -> None:
    from kg.report import proposals  # noqa: PLC0415 - not needed for --help

    language = console.language()
    if output_format == "json":
        lines = iter([proposals.as_json(found, limit, language)])
    elif output_format == "jsonl":
        lines = proposals.as_lines(found, limit, language)
    else:
        lines = proposals.as_text(found, limit, language)
    options.print_lines(lines)


def _judged(work: Work, pairs: dict[str, Pair], withdraw: Pair, file: str, *, rules: bool) -> Judgements:
    """The judgements that are to hold: withdrawn first, then given."""
    from kg.pipeline import judging, naming  # noqa: PLC0415 - not needed for --help

    known = judging.of_project(work.folder)
    named = any(pairs.values()) or withdraw is not None or bool(file)
    index = naming.index_of(work.store, work.model, work.config) if named else None
    if index is not None:
        if withdraw is not None:
            known = _withdrawn(known, index, withdraw)
        given = [naming.judgement(index, verdict, pair, work.how) for verdict, pair in pairs.items() if pair]
        known = known.all_given([*given, *(_from_file(index, file, work.how) if file else ())])
    return known.all_given(judging.by_rules(work.store, work.model, work.config, known)) if rules else known


def _withdrawn(known: Judgements, index: Index, pair: tuple[str, str]) -> Judgements:
    from kg.pipeline import naming  # noqa: PLC0415 - not needed for --help

    if known.of(*pair) is None:
        pair = naming.meant(index, pair[0]).iri, naming.meant(index, pair[1]).iri
    return known.withdrawn(*pair)


def _from_file(index: Index, file: str, how: tuple[str, str, str]) -> Iterator[Judgement]:
    from kg.identity.judgements import decoded  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import naming  # noqa: PLC0415

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError("judgements-unreadable", file=file, reason=error.strerror) from error
    for _, found in decoded(data, file):
        said = (found.by or how[0], found.reason or how[1], found.date or how[2])
        yield naming.judgement(index, found.verdict, found.pair, said)


def _give(work: Work, judgements: Judgements) -> None:
    """Have judgements hold; exits with 1 if shapes refuse them."""
    from kg.pipeline import judging  # noqa: PLC0415 - not needed for --help
    from kg.report import as_text  # noqa: PLC0415

    cascade = work.config if work.cascade else None
    given = judging.give(work.store, work.model, work.folder, judgements, cascade)
    console.found((*given.findings, *given.warnings))
    if given.findings:
        raise typer.Exit(1)
    for line in as_text.taken_out(given.taken_out, console.language()):
        typer.echo(line, err=True)
    console.say("resolve-done", count=len(judgements), removed=given.removed, added=given.added)


def _ask(work: Work, found: Proposals, limit: int) -> None:
    """One proposal after another: each answer holds at once."""
    from kg.identity.judgements import Judgement, pair_of  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import judging  # noqa: PLC0415
    from kg.report import proposals  # noqa: PLC0415

    for proposal in found.proposals[:limit]:
        one, other = (work.store.clusters().of(thing.iri) for thing in (proposal.one, proposal.other))
        if one == other:
            continue
        for line in proposals.one_as_text(proposal, console.language()):
            typer.echo(line, err=True)
        answer = _answer()
        if answer == "q":
            return
        if answer not in ANSWERS:
            continue
        by, why, date = work.how
        why = why or "; ".join(proposals.said(reason, "en") for reason in proposal.reasons)
        pair = pair_of(proposal.one.iri, proposal.other.iri)
        judgement = Judgement(ANSWERS[answer], pair, by, why, date)
        try:
            _give(work, judging.of_project(work.folder).given(judgement))
        except UsageError as error:
            console.fail(error)
        except typer.Exit:
            continue


def _answer() -> str:
    """What somebody types: the first letter, "q" at the end of the input."""
    typer.echo(text("resolve-ask", {}, console.language()) + " ", err=True, nl=False)
    line = sys.stdin.readline()
    return line.strip()[:1].lower() if line else "q"


def _login() -> str:
    import getpass  # noqa: PLC0415 - only when somebody judges

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
