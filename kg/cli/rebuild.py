"""``kg rebuild``: the embedded store anew from the archive, or the archive anew from its records."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli import console, options, reporting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.config import Config
    from kg.pipeline.load import LoadReport
    from kg.pipeline.remapping import Stale
    from kg.report.changed import Report
    from kg.store import Prepared, Store
    from kg.validation.finding import Finding

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
        int,
        typer.Option("--limit", metavar="N", min=0, help="So many facts of each kind are shown, 0 for all."),
    ] = 20,
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json", help="How to report.")
    ] = "text",
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

    as_data = options.is_json(output_format)
    folder, config = options.in_project(project)
    if remap:
        _remap(folder, config, limit, yes=yes, as_data=as_data)
    judging.of_project(folder)  # what can't be read is told before anything is mended
    with options.opened_store(folder, write=True, mend=True) as store:
        store.rebuild(judging.of_project(folder))
        count = len(store.datasets())
        notices = options.noticed(store)
    console.say("rebuild-done", count=count)
    if as_data:
        from kg.report.json_text import json_text  # noqa: PLC0415 - not needed for --help

        with options.reported() as out:
            out.write(json_text({"datasets": count, "notices": notices}).encode())


def _remap(folder: Path, config: Config, limit: int, *, yes: bool, as_data: bool) -> None:
    """Map again, if that is wanted; ends the command. A program is not asked."""
    from kg.errors import DONE  # noqa: PLC0415 - not needed for --help
    from kg.pipeline import judging, remapping  # noqa: PLC0415
    from kg.report import as_text  # noqa: PLC0415
    from kg.report.changed import Report  # noqa: PLC0415

    model = options.modelled(config)
    progress = console.Progress()
    with options.opened_store(folder, write=True, mend=True) as store, Report() as differences:
        if yes:
            judging.follow(store, model, folder)
        elif judging.of_project(folder).as_bytes() != store.judgements().as_bytes():
            console.say("remap-judgements")
        stale = remapping.stale(store, model, config)
        for one in stale:
            console.say("remap-stale", dataset=one.dataset, by=by(one.by))
        kept = differences if as_data else None

        def look(prepared: Sequence[Prepared], report: LoadReport) -> bool:
            reporting.differences(store, model, config, progress, prepared, report, limit=limit, kept=kept)
            if not as_data:
                _found(report, limit)
            return yes or _wanted(store, len(prepared), ask=not as_data)

        report = remapping.remap(store, model, config, look, progress)
        progress.done()
        if as_data:
            _write(stale, report, differences, options.noticed(store))
    if report is None:
        console.say("remap-nothing")
        raise typer.Exit(DONE)
    as_text.write_loaded(report, sys.stderr.buffer, console.language())
    raise typer.Exit(report.outcome.exit_code)


def _write(
    stale: Sequence[Stale], report: LoadReport | None, differences: Report, notices: list[dict[str, object]]
) -> None:
    """Write for a program what was another, what differs, and what became of it."""
    from kg.report import changed  # noqa: PLC0415 - not needed for --help

    found = _wrong(report) if report else []
    books = report.outcome.books if report else None
    told = {
        "stale": [{"dataset": one.dataset, "by": one.by} for one in stale],
        "done": [loaded.dataset for loaded in report.loaded] if report else [],
        "refused": report.refused if report else [],
        "books": asdict(books) if books else None,
        "findings": changed.findings(found, console.language()),
        "notices": notices,
    }
    with options.reported() as out:
        differences.write(told, out)


def by(reasons: Sequence[str]) -> tuple[str, ...]:
    """What of today is another than what a dataset was mapped with, in words."""
    from kg.messages import text  # noqa: PLC0415 - not needed for --help

    return tuple(text(_BY[reason], {}, console.language()) for reason in reasons)


def _found(report: LoadReport, limit: int) -> None:
    """Show the errors: why records are not taken any more, and what would break."""
    from kg.report import How, as_text  # noqa: PLC0415 - not needed for --help

    how = How(console.language(), limit, console.colour(sys.stderr))
    as_text.write_findings(replace(report.outcome, findings=_wrong(report)), sys.stderr.buffer, how)


def _wrong(report: LoadReport) -> list[Finding]:
    """Its errors."""
    return [finding for finding in report.outcome.findings if finding.problem.severity == "error"]


def _wanted(store: Store, count: int, *, ask: bool) -> bool:
    """Ask, where somebody can answer; else say what would do it."""
    from kg.messages import text  # noqa: PLC0415 - not needed for --help

    if ask and sys.stdin.isatty():
        return typer.confirm(text("remap-sure", {"count": count}, console.language()), err=True)
    console.say("remap-yes", folder=str(store.layout.project))
    return False
