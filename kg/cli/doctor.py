"""``kg doctor``: whether all is well, and what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options
from kg.messages import text


def doctor(
    online: Annotated[
        bool, typer.Option("--online", help="Also ask the server of each target what its graph holds.")
    ] = False,
    output_format: options.TextOrJson = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Check everything in the project and change nothing; say what is wrong, and what to do.

    Exit code 0: all is well; 1: something should be looked after; 2: kg.toml, the model or judgements.jsonl
    are wrong; 4: something is damaged, or with --online a server does not answer.
    """
    if lang:
        console.choose_language(lang)
    from kg.pipeline import doctoring  # noqa: PLC0415 - not needed for --help

    as_data = options.is_json(output_format)
    progress = console.Progress()
    try:
        found = doctoring.doctor(
            options.project_folder(project), online=online, told=lambda what: progress(what, 0)
        )
    finally:
        progress.done()
    language = console.language()
    if as_data:
        data = {
            "findings": [finding.as_data(language) for finding in found.findings],
            "checked": found.counts,
            "exit_code": found.exit_code,
        }
        options.report_json(data)
    else:
        lines = [finding.text(language) for finding in found.findings]
        counts = {"errors": found.count("error"), "warnings": found.count("warning"), **found.counts}
        lines.append(text("doctor-found" if found.exit_code else "doctor-well", counts, language))
        options.report_lines(lines)
    if found.exit_code:
        raise typer.Exit(found.exit_code)
