"""The options of a report, and what they make of an outcome."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline import Outcome
    from kg.pipeline.load import LoadReport
    from kg.report.changed import Report
    from kg.store import Prepared, Store

Format = Annotated[
    str,
    typer.Option("--format", metavar="FORMAT", help="text, json, sarif, junit, github, turtle or feedback."),
]
Limit = Annotated[
    int, typer.Option(metavar="N", min=0, help="How many findings of one kind are shown, 0 for all.")
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="violation|warning|info",
        help="How bad a finding ends with 1.  [default: kg.toml's, else violation]",
    ),
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Accepted findings: show only what is new beside them."),
]
WriteBaseline = Annotated[
    bool, typer.Option("--write-baseline", help="Write the baseline: accept all that is found now.")
]


def settings(config: Config, fail_on: str | None) -> Config:
    """The settings with what the command line says; raises ``UsageError`` for what it may not."""
    from kg.config import FAIL_ON  # noqa: PLC0415 - not needed for --help

    if fail_on is None:
        return config
    if fail_on not in FAIL_ON:
        raise UsageError("fail-on", received=fail_on, allowed=tuple(FAIL_ON))
    return replace(config, fail_on=fail_on)


def beside(outcome: Outcome, baseline: Path | None, *, write: bool) -> Outcome:
    """What is new beside the baseline; that is nothing, if it is written now."""
    from kg.cli import options  # noqa: PLC0415 - not needed for --help
    from kg.validation import baseline as baselines  # noqa: PLC0415

    if baseline is None:
        return outcome
    if write:
        entries = baselines.entries(outcome.findings)
        with options.written_to(str(baseline)) as out:
            out.write(baselines.written(entries).encode())
        console.say("baseline-written", file=str(baseline), count=len(outcome.findings))
    return outcome.beside(baselines.read(baseline))


def refuse(baseline: Path | None, *, write: bool) -> None:
    """Raise ``UsageError`` before anything is done, if a baseline is to be used that can't be."""
    from kg.validation import baseline as baselines  # noqa: PLC0415 - not needed for --help

    if write and baseline is None:
        raise UsageError("baseline-needed")
    if baseline is not None and not write:
        baselines.read(baseline)


def differences(  # noqa: PLR0913 - what a look is given
    store: Store,
    model: Model,
    config: Config,
    progress: console.Progress,
    prepared: Sequence[Prepared],
    report: LoadReport,
    *,
    limit: int | None = None,
    kept: Report | None = None,
) -> bool:
    """Show what differs in each dataset that is to be changed, but in those that may not be.

    Where it is ``kept`` for a program, all of it is, and nothing shown.
    """
    from kg.cli import options  # noqa: PLC0415 - not needed for --help
    from kg.pipeline.diff import compare  # noqa: PLC0415
    from kg.pipeline.diff.sides import of_archive, of_dataset  # noqa: PLC0415
    from kg.query.ask import Setting  # noqa: PLC0415
    from kg.report.diff import as_text  # noqa: PLC0415

    progress.done()
    setting = Setting(model, config.base, console.language())
    with nullcontext(None) if kept else options.reported() as out:
        for one in prepared:
            name = one.archive.manifest.dataset
            if name in report.refused:
                continue
            with compare(of_dataset(store, name, 0), of_archive(store, one.archive), setting) as found:
                if kept is not None:
                    kept.add(found)
                elif out is not None:
                    as_text(found, out, limit)
                    out.write(b"\n")
    return True
