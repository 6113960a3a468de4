"""``kg rebuild``: the embedded store anew from the archive."""

from __future__ import annotations

from kg.cli import console, options


def rebuild(project: options.Project = None, lang: options.Language = None) -> None:
    """Make the embedded store anew from the archived triples and the judgements, without mapping again."""
    if lang:
        console.choose_language(lang)
    from kg.pipeline import judging  # noqa: PLC0415 - not needed for --help

    folder, _ = options.in_project(project)
    judgements = judging.of_project(folder)
    with options.opened_store(folder, write=True, mend=True) as store:
        store.rebuild(judgements)
        count = len(store.datasets())
    console.say("rebuild-done", count=count)
