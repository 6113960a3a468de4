"""``kg rebuild``: the embedded store anew from the archive."""

from __future__ import annotations

from kg.cli import console, options


def rebuild(project: options.Project = None, lang: options.Language = None) -> None:
    """Make the embedded store anew from the archived triples, without mapping anything again."""
    if lang:
        console.choose_language(lang)
    folder, _ = options.in_project(project)
    with options.opened_store(folder, write=True) as store:
        store.rebuild()
        count = len(store.datasets())
    console.say("rebuild-done", count=count)
