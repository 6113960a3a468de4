"""Taking a dataset out, if what the others say still holds without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pipeline import holding

if TYPE_CHECKING:
    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline.cascading import TakenOut
    from kg.pipeline.load import Options
    from kg.store import Change, Store
    from kg.validation.finding import Finding


@dataclass(frozen=True, slots=True)
class Retracted:
    """What became of it: nothing if there are ``broken`` claims and entities of other datasets."""

    change: Change | None
    broken: tuple[Finding, ...] = ()
    taken_out: tuple[TakenOut, ...] = ()
    """What that took out of other datasets, where that was wanted."""


def retract(
    store: Store, model: Model, config: Config, dataset: str, options: Options | None = None
) -> Retracted:
    """Take out what a dataset says and no other does; raises ``StoreError`` for one that is not there.

    With ``options`` of a cascade, what can't stand without it is taken out of other datasets.
    """
    store.known((dataset,))
    if options is not None and options.cascade:
        from kg.pipeline import cascading  # noqa: PLC0415 - not needed for most

        return Retracted(*cascading.retract(store, model, config, dataset, options))
    broken = holding.broken(store, model, config, dataset, None)
    return Retracted(None, tuple(broken)) if broken else Retracted(store.retract(dataset))
