"""How a claim came into the graph of a project: since when, and from which record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import Place
from kg.identity.clusters import said
from kg.identity.judgements import SAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.store import Store


def _unknown(_iri: str) -> None:
    return None


def _nothing(_iri: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a project knows of how its claims came in; by default nothing."""

    since: Callable[[str], str | None] = _unknown
    """From the IRI of a dataset to when the version that is loaded was loaded."""
    written: Callable[[str], Place | None] = _unknown
    """From the IRI of a claim to the file and line of its record."""
    known_as: Callable[[str], str] = str
    """From an IRI to that by which the graph knows the same entity."""
    joined: Callable[[str], Sequence[str]] = _nothing
    """From the IRI of an entity to what was judged to be it, and by whom and why."""


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

    clusters = store.clusters()
    judgements = store.judgements() if clusters else ()

    def joined(iri: str) -> list[str]:
        members = clusters.members.get(iri, ())
        return [said(j) for j in judgements if j.verdict == SAME and j.pair[0] in members]

    return Origin(loaded.get, written, clusters.of, joined)
