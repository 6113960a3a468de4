"""A project's store as what facts may refer to while they are loaded into it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.errors import Place
from kg.identity.index import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import ExitStack

    from kg.errors import Problem
    from kg.identity.iris import Iris
    from kg.model.types import Class, Model
    from kg.pipeline import Run
    from kg.pipeline.before import Before
    from kg.store import EntityRow, Store
    from kg.store.names import Known

STORE: Final = "(store)"
"""What a message calls the place of an entity that is in the store."""


class InStore:
    """A store as what facts may refer to; ``loading`` are the datasets that are being replaced.

    ``before`` is, of each file, what is held of it; ``meanwhile`` is done while the engine runs.
    """

    def __init__(
        self,
        store: Store,
        loading: Collection[str],
        iris: Iris,
        before: Sequence[Before | None] = (),
        meanwhile: Callable[[Run], None] = lambda _facts: None,
        fallen: Mapping[str, Problem] = MappingProxyType({}),
    ) -> None:
        """Know the store without what only the replaced datasets say; ``fallen`` as ``Known`` has it."""
        self.fallen = fallen
        self.while_checking = meanwhile
        self.store = store
        self.loading = frozenset(loading)
        self.iris = iris
        self.before = before
        self.clusters = store.clusters()

    def entries(self, model: Model) -> Iterator[Entry]:
        """The entities that other datasets describe."""
        for row in self.store.entities(without=self.loading):
            yield from self.entry(row, model)

    def beyond(self, model: Model, until: ExitStack) -> Beside | None:
        """The same, one by one; None where they can only be read one after the other."""
        names = self.store.entity_names()
        if names is None:
            return None
        until.callback(names.close)
        return Beside(self, model, names.without(self.loading))

    def describe(self, iris: Collection[str]) -> list[str]:
        """The lines of some nodes of the store."""
        return self.store.describe(iris)

    def told(self, root: str) -> list[list[str]]:
        """What each of the datasets that are not loaded now says of an entity."""
        return self.store.told(root, without=self.loading)

    def entry(self, row: EntityRow, model: Model) -> Iterator[Entry]:
        """What the index keeps of an entity, if it is of a class that the model knows."""
        class_ = class_of_row(row, model)
        if class_ is not None:
            yield entry_of(row, class_, self.iris)


def entry_of(row: EntityRow, class_: Class, iris: Iris, where: str = STORE) -> Entry:
    """What the index keeps of an entity.

    An id that is in the IRI alone means the same everywhere; one below a dataset is its own.
    """
    steps = row.iri.removeprefix(f"{iris.base}{class_.kind}/").split("/")
    id_ = unquote(steps[-1])
    made = id_.startswith("~") or ":" in steps[-1]
    return Entry(
        row.iri,
        class_,
        where,
        None if made else id_,
        () if row.unnamed else tuple(name for _, name in row.names),
        Place(where),
        shared=len(steps) == 1,
        only_named=id_.startswith("~"),
        published=row.published or None,
    )


@dataclass(frozen=True)
class Beside:
    """The entities of a store, for an index that asks for those that it needs."""

    store: InStore
    model: Model
    known: Known

    def entity(self, iri: str) -> Iterable[Entry]:
        """The entity with an IRI, or none."""
        row = self.known.entity(iri)
        return self.store.entry(row, self.model) if row is not None else ()

    def named(self, key: str) -> Iterable[Entry]:
        """Those with a name that has a key."""
        return self._entries(self.known.named(key))

    def ending_in(self, segment: str) -> Iterable[Entry]:
        """Those whose IRIs end in it."""
        return self._entries(self.known.ending_in(segment))

    def entities(self) -> Iterable[Entry]:
        """All."""
        return self.store.entries(self.model)

    def _entries(self, rows: Iterable[EntityRow]) -> Iterator[Entry]:
        return (entry for row in rows for entry in self.store.entry(row, self.model))


def class_of_row(row: EntityRow, model: Model) -> Class | None:
    """The most special class of an entity that the model knows."""
    known = [model.by_iri[t] for t in row.types if t in model.by_iri]
    return max(known, key=lambda c: (len(c.ancestors), c.iri), default=None)
