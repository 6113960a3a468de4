"""``kg rebuild``: the embedded store anew from the archive, or the archive anew from its records."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli import console, options, reporting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.config import Config
    from kg.pipeline.load import LoadReport
    from kg.store import Prepared, Store

_BY: Final = {
    "model": "remap-by-model",
    "settings": "remap-by-settings",
    "judgements": "remap-by-judgements",
    "unicode": "remap-by-unicode",
}


def rebuild(
    remap: Annotated[
        bool,
        typer.Option("--remap", help="Map the archived records again, where the model or so is another now."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --remap: do it, and do not ask.")] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="So many facts of each kind, 0 for all.")
    ] = 20,
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Make the embedded store anew from the archived triples and the judgements, without mapping again.

    With --remap the archived records of the datasets that were mapped with another model, other settings or
    other judgements are mapped again, without their files; what that changes is shown first.
    """
    if lang:
        console.choose_language(lang)
    from kg.pipeline import judging  # noqa: PLC0415 - not needed for --help

    folder, config = options.in_project(project)
    if remap:
        _remap(folder, config, limit, yes=yes)
    judgements = judging.of_project(folder)
    with options.opened_store(folder, write=True, mend=True) as store:
        store.rebuild(judgements)
        count = len(store.datasets())
    console.say("rebuild-done", count=count)


def _remap(folder: Path, config: Config, limit: int, *, yes: bool) -> None:
    """Map again, if that is wanted; ends the command."""
    from kg.errors import DONE  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import judging, remapping  # noqa: PLC0415
    from kg.report import as_text  # noqa: PLC0415

    model = options.modelled(config)
    progress = console.Progress()
    with options.opened_store(folder, write=True, mend=True) as store:
        if yes:
            judging.follow(store, model, folder)
        elif judging.of_project(folder).as_bytes() != store.judgements().as_bytes():
            console.say("remap-judgements")
        for one in remapping.stale(store, model, config):
            console.say("remap-stale", dataset=one.dataset, by=by(one.by))

        def look(prepared: Sequence[Prepared], report: LoadReport) -> bool:
            reporting.differences(store, model, config, progress, prepared, report, limit=limit)
            _found(report, limit)
            return yes or _wanted(store, len(prepared))

        report = remapping.remap(store, model, config, look, progress)
    progress.done()
    if report is None:
        console.say("remap-nothing")
        raise typer.Exit(DONE)
    as_text.write_loaded(report, sys.stderr.buffer, console.language())
    raise typer.Exit(report.outcome.exit_code)


def by(reasons: Sequence[str]) -> tuple[str, ...]:
    """What of today is another than what a dataset was mapped with, in words."""
    from kg.messages import text  # noqa: PLC0415 - not needed for --help

    return tuple(text(_BY[reason], {}, console.language()) for reason in reasons)


def _found(report: LoadReport, limit: int) -> None:
    """Show the errors: why records are not taken any more, and what would break."""
    from kg.report import How, as_text  # noqa: PLC0415 - not needed for --help

    wrong = [finding for finding in report.outcome.findings if finding.problem.severity == "error"]
    how = How(console.language(), limit, console.colour(sys.stderr))
    as_text.write_findings(replace(report.outcome, findings=wrong), sys.stderr.buffer, how)


def _wanted(store: Store, count: int) -> bool:
    """Ask, where somebody can answer; else say what would do it."""
    from kg.messages import text  # noqa: PLC0415 - not needed for --help

    if sys.stdin.isatty():
        return typer.confirm(text("remap-sure", {"count": count}, console.language()), err=True)
    console.say("remap-yes", folder=str(store.layout.project))
    return False
