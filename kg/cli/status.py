"""``kg status``: what is in the store."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from kg.cli import console, options
from kg.cli.rebuild import by
from kg.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.config import Config
    from kg.store import DatasetInfo, Store

LAST: Final = 10
"""So many changes are told; all of them as JSON."""
KEYS: Final = ("name", "version", "records", "claims", "entities", "triples", "source", "when")


def status(
    output_format: options.TextOrJson = "text",
    project: options.Project = None,
    lang: options.Language = None,
) -> None:
    """Say which datasets are loaded, from which files, when, what was not taken, and the last changes."""
    if lang:
        console.choose_language(lang)
    from kg.store.changes import steps  # noqa: PLC0415 - not needed for --help

    as_data = options.is_json(output_format)
    folder, config = options.in_project(project)
    with options.opened_store(folder, write=False, not_taken=True) as store:
        stale = _stale(store, config)
        rows = [{**_row(store, info), "stale": stale.get(info.name)} for info in store.datasets()]
        notices = options.noticed(store)
        done = steps(store.history())
    if as_data:
        options.report_json({"datasets": rows, "changes": done, "notices": notices})
    else:
        lines = [line for row in rows for line in _told(row)]
        lines = lines or [text("status-empty", {}, console.language())]
        lines += [text(_code(step), step, console.language()) for step in done[-LAST:]]
        options.print_lines(lines)


def _stale(store: Store, config: Config) -> dict[str, tuple[str, ...]]:
    """The datasets that were mapped with something else than today's, by name; none if the model is wrong."""
    from kg import model  # noqa: PLC0415 - not needed for --help
    from kg.errors import ModelError  # noqa: PLC0415
    from kg.pipeline.remapping import stale  # noqa: PLC0415

    try:
        today = model.of_project(config)
    except ModelError:
        return {}
    return {one.dataset: one.by for one in stale(store, today, config)}


def _code(step: Mapping[str, object]) -> str:
    """Which sentence tells of a change."""
    if step["dataset"] is None:
        return "status-judged"
    if step["version"] is None:
        return "status-retracted"
    return "status-loaded" if step["replaces"] is None else "status-replaced"


def _row(store: Store, info: DatasetInfo) -> dict[str, object]:
    """What is told of a dataset; ``quarantine`` is the file with the records that were not taken."""
    not_taken = asdict(store.not_taken(info.name))
    file = str(store.layout.quarantine(info.name)) if any(not_taken.values()) else None
    return {**{key: getattr(info, key) for key in KEYS}, **not_taken, "quarantine": file}


def _told(row: Mapping[str, object]) -> Iterator[str]:
    yield text("status-line", row, console.language())
    if row["quarantine"]:
        yield "    " + text("status-not-taken", row, console.language())
    if isinstance(row["stale"], tuple):
        yield "    " + text("status-stale", {"by": by(row["stale"])}, console.language())
