"""Mapping again: the archived records of datasets under today's model, settings and judgements.

A dataset remembers by which it was mapped. What was not taken then is looked at again too, so the outcome is
what the files would give if they were loaded anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pipeline import load, manifests
from kg.pipeline.whole import Whole, tidy

if TYPE_CHECKING:
    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline import Progress
    from kg.pipeline.load import Look
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Stale:
    """A dataset that was mapped with something else than today's, and with what."""

    dataset: str
    by: tuple[str, ...]
    """As ``manifests.otherwise`` has it."""


def stale(store: Store, model: Model, config: Config) -> list[Stale]:
    """The datasets that ``kg rebuild --remap`` would map again, by name."""
    judged = store.clusters().digest()
    found = (
        Stale(info.name, manifests.otherwise(info.manifest, model, config, judged))
        for info in store.datasets()
    )
    return [one for one in found if one.by]


def remap(
    store: Store,
    model: Model,
    config: Config,
    look: Look,
    progress: Progress = lambda _stage, _count: None,
) -> load.LoadReport | None:
    """Map again what is not of today, if who is shown it wants that; None if there is nothing.

    Each dataset is committed by itself, so after an end in the middle the next one goes on with the others.
    Raises ``UsageError`` for a dataset whose header is not known.
    """
    for info in store.datasets():
        tidy(store, info)
    names = {one.dataset for one in stale(store, model, config)}
    if not names:
        return None
    wholes = [Whole.of(store, info) for info in store.datasets() if info.name in names]
    files = [whole.with_((), model, config, load.Options()) for whole in wholes]
    return load.take(store, model, config, files, load.Options(), progress, look)
