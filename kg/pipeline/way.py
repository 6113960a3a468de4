"""What files go through when they are loaded: all of it, or only what has changed in them."""

from __future__ import annotations

import gc
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.identity.iris import Iris
from kg.pipeline import Progress, Run, run
from kg.pipeline.before import Before, MoreHasChanged
from kg.pipeline.in_store import InStore
from kg.pipeline.stands import stands
from kg.validation.reach import seen_from_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.config import Config
    from kg.errors import Problem
    from kg.model.types import Model
    from kg.pipeline.ahead import Ahead
    from kg.reading.record import Source
    from kg.store import DatasetInfo, Store


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let nothing look for circles of garbage: there are none, but millions of rows to look through."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True)
class Way:
    """What files go through: only what has changed in them, or all of it."""

    store: Store
    model: Model
    config: Config
    sources: Sequence[Source]
    engine: str
    progress: Progress
    ahead: Ahead
    fallen: Mapping[str, Problem]
    """As ``Known`` has it."""

    def everything(self) -> Run:
        """All records."""
        return self._run(self.sources)

    def changes(self, held: Mapping[str, DatasetInfo]) -> Run | None:
        """What has changed in the files that are held, by path; None if that is not enough to look at."""
        far = seen_from_elsewhere(self.model.shapes)
        if not held or far is None:
            return None
        try:
            with ExitStack() as stack:
                before = [self._before(source, held, stack) for source in self.sources]
                facts = self._of(before)
                if facts is not None and stands(facts, self.store, far):
                    facts.also.enter_context(stack.pop_all())
                    return facts
                if facts is not None:
                    facts.close()
        except StoreError as error:
            if error.code != "store-damaged":
                raise
        return None

    def _before(self, source: Source, held: Mapping[str, DatasetInfo], stack: ExitStack) -> Before | None:
        before = Before.of(self.store, source, held[source.path]) if source.path in held else None
        if before is not None:
            stack.callback(before.close)
        return before

    def _of(self, before: Sequence[Before | None]) -> Run | None:
        """What comes of the changes, as soon as all that belongs to them is looked at."""
        while any(before):
            sources = [b.changed() if b else s for b, s in zip(before, self.sources, strict=True)]
            try:
                return self._run(sources, before)
            except MoreHasChanged as more:
                if more.everything:
                    break
        return None

    def _run(self, sources: Sequence[Source], before: Sequence[Before | None] = ()) -> Run:
        loading = {source.header.dataset for source in self.sources}
        beside = InStore(self.store, loading, Iris(self.config.base), before, self.ahead.write, self.fallen)
        return run(self.model, self.config, sources, self.engine, self.progress, beside)
