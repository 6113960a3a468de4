"""``kg prune``: remove what nothing needs any more."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import console, options
from kg.messages import text


def prune(
    keep: Annotated[
        int, typer.Option("--keep", metavar="N", min=0, help="Keep the newest N versions of each dataset.")
    ] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    output_format: options.TextOrJson = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Remove old versions of datasets, old copies for readers, unused judgements and corrections, leftovers.

    What is loaded stays, and what a graph on a server was made of at the last push. `kg diff` and
    `kg query changes` can't tell of versions that are gone.
    """
    if lang:
        console.choose_language(lang)
    as_data = options.is_json(output_format)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=not dry_run) as store:
        found = store.prunable(keep) if dry_run else store.prune(keep)
    total = sum(one.bytes for one in found)
    rows = [{"what": one.what, "path": str(one.path), "bytes": one.bytes} for one in found]
    if as_data:
        options.report_json({"removed": rows, "bytes": total, "dry_run": dry_run})
    else:
        options.report_lines(text("prune-line", row, console.language()) for row in rows)
    console.say("prune-would" if dry_run else "prune-done", count=len(found), bytes=total)
