"""How a claim came into the graph of a project: since when, and from which record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Store


def _unknown(_iri: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a project knows of how its claims came in; by default nothing."""

    since: Callable[[str], str | None] = _unknown
    """From the IRI of a dataset to when the version that is loaded was loaded."""
    written: Callable[[str], Place | None] = _unknown
    """From the IRI of a claim to the file and line of its record."""


def origin_in(store: Store) -> Origin:
    """What the store of a project knows; looks through the archived records of the claim's dataset."""
    datasets = store.datasets()
    loaded = {info.iri: info.when for info in datasets}
    names = {info.iri.rpartition("/")[2]: info.name for info in datasets}

    def written(iri: str) -> Place | None:
        name = next((names[part] for part in iri.split("/") if part in names), None)
        for record in store.records(name) if name is not None else ():
            if record.get("root") == iri or iri in record.get("roots", ()):
                return Place(record["file"], record["line"])
        return None

    return Origin(loaded.get, written)
