"""Taking a dataset out, if what the others say still holds without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pipeline import holding

if TYPE_CHECKING:
    from kg.config import Config
    from kg.model.types import Model
    from kg.store import Change, Store
    from kg.validation.finding import Finding


@dataclass(frozen=True, slots=True)
class Retracted:
    """What became of it: nothing if there are ``broken`` claims and entities of other datasets."""

    change: Change | None
    broken: tuple[Finding, ...] = ()


def retract(store: Store, model: Model, config: Config, dataset: str) -> Retracted:
    """Take out what a dataset says and no other does; raises ``StoreError`` for one that is not there."""
    store.known((dataset,))
    broken = holding.broken(store, model, config, dataset, None)
    return Retracted(None, tuple(broken)) if broken else Retracted(store.retract(dataset))
