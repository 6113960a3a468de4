"""What a store knows already: entities that facts may name, and what validation must see of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kg.identity.clusters import Clusters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from contextlib import ExitStack

    from kg.errors import Problem
    from kg.identity.beyond import Beyond
    from kg.identity.index import Entry
    from kg.model.types import Model
    from kg.pipeline.before import Before
    from kg.pipeline.state import Run


class Known(Protocol):
    """A graph beside the facts that are being taken in."""

    before: Sequence[Before | None]
    """Of each file, what is known of it already, while the source has only the rest; empty if nothing is."""
    clusters: Clusters
    """What is judged to be one."""
    fallen: Mapping[str, Problem]
    """What can't stand, by IRI, whatever else is found of it."""

    def entries(self, model: Model) -> Iterator[Entry]:
        """Its entities, for the index."""

    def beyond(self, model: Model, until: ExitStack) -> Beyond | None:
        """Its entities, looked up one by one ``until`` the end; None if they are to be entered first."""

    def describe(self, iris: Collection[str]) -> list[str]:
        """N-Triples lines of some of its nodes and their parts; nothing for those it does not have."""

    def told(self, root: str) -> list[list[str]]:
        """What each of the datasets that stay as they are says of an entity, as N-Triples lines."""

    def while_checking(self, facts: Run) -> None:
        """Told when the engine begins to look at everything: something else can be done meanwhile."""


class Nothing:
    """No store: what facts refer to must be among them."""

    before: Sequence[Before | None] = ()
    clusters = Clusters()
    fallen: Mapping[str, Problem] = {}

    def entries(self, model: Model) -> Iterator[Entry]:
        """Nothing is known."""
        del model
        return iter(())

    def beyond(self, model: Model, until: ExitStack) -> Beyond | None:
        """Nothing is known."""
        del model, until
        return None

    def describe(self, iris: Collection[str]) -> list[str]:
        """Nothing is described."""
        del iris
        return []

    def told(self, root: str) -> list[list[str]]:
        """Nothing is said."""
        del root
        return []

    def while_checking(self, facts: Run) -> None:
        """Nothing is to be done."""
