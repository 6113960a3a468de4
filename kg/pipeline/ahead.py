"""The versions of the datasets that a load brings, written while the engine still checks.

Most loads find nothing wrong. So while the engine runs, what would be archived then is archived already; if
something is taken out after all, that is thrown away and written again. Nothing is loaded before the check.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

from kg.pipeline.before import archived, questions
from kg.validation.conflict import duplicates
from kg.validation.settle import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.pipeline.state import Run
    from kg.store import Prepared, Store
    from kg.store.blocks import Blocks, Laid
    from kg.validation.settle import Row


@dataclass
class Ahead:
    """Writes versions; what nobody has taken is removed at the end."""

    store: Store
    manifests: Sequence[Mapping[str, Any]]
    """Of each dataset."""
    wanted: bool
    because: Mapping[str, Any] | None = None
    """The change elsewhere for which datasets are loaded again; their manifests say it with the books."""
    _written: dict[int, Prepared] = field(default_factory=dict)
    _again: dict[int, Prepared] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Use as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what is left."""
        self._drop()

    def write(self, facts: Run) -> None:
        """Write what is to be archived if the engine finds nothing."""
        self._drop()
        if self.wanted and facts.count(State.ACCEPTED) == len(facts.rows):
            twice = {row.number for row in duplicates(facts.rows, facts.owners, facts.spool)}
            for number in range(len(facts.sources)):
                self._written[number] = self._prepare(facts, number, twice)

    def put_back(self, number: int, prepared: Prepared) -> None:
        """What was taken and is to be taken again."""
        self._again[number] = prepared

    def take(self, facts: Run, number: int) -> Prepared:
        """The version of a dataset, of exactly what was taken."""
        if number in self._again:
            return self._again.pop(number)
        if facts.books.quarantined or facts.books.waiting:
            self._drop()
        written = self._written.pop(number, None)
        if written is not None:
            return written
        twice = {row.number for row in facts.rows if row.state is State.DUPLICATE}
        return self._prepare(facts, number, twice)

    def _prepare(self, facts: Run, number: int, twice: Collection[int]) -> Prepared:
        before, mapper = facts.before[number], facts.mappers[number]
        looked_at = _records(facts, facts.of_source(number), twice)
        blocks: Blocks = facts.laid(number)
        if before is not None:
            changed: dict[str, Laid | None] = dict.fromkeys(before.gone)
            blocks = changed | {laid.root: laid for laid in facts.laid(number)}
            records = before.lines(looked_at)
        else:
            records = (line for line in looked_at if line is not None)
        name = facts.sources[number].header.dataset
        iri = mapper.iris.dataset(name)
        manifest = self.manifests[number]
        if self.because is not None:
            manifest = {**manifest, "books": asdict(facts.books_of(number, twice)), "because": self.because}
        return self.store.prepare(name, iri, records, questions(mapper), blocks, manifest)

    def _drop(self) -> None:
        for prepared in (*self._written.values(), *self._again.values()):
            self.store.drop(prepared)
        self._written.clear()
        self._again.clear()


def _records(facts: Run, rows: Sequence[Row], twice: Collection[int]) -> Iterator[bytes | None]:
    """The rows as the archive keeps records; None for one that is not taken."""
    for row in rows:
        duplicate = row.number in twice
        yield archived(row, facts.texts.text(row.raw), duplicate=duplicate) if row.taken else None
