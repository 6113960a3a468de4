"""What leaves a store: its blocks, or a view of them, and how they are written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.export.formats import Settings
from kg.export.names import DATA_PREFIXES
from kg.identity.iris import Iris
from kg.model.files import builtin
from kg.query import Asked, Limits, Session
from kg.query.render import blocks as blocks_of
from kg.schema.context import context
from kg.values.nearest import choices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.config import Config
    from kg.export.blocks import Block
    from kg.model.types import Model
    from kg.store import Store

VIEWS: Final = "views"
VIEW_SECONDS: Final = 600


@contextmanager
def exported(
    store: Store, model: Model, config: Config, datasets: Collection[str], view: str | None
) -> Iterator[tuple[Iterable[Block], Settings]]:
    """The blocks of a store by root IRI, and the settings to write them with.

    Raises ``UsageError`` for a view that is not there, ``StoreError`` for a dataset that is not.
    """
    settings = Settings(
        base=config.base, prefixes={**DATA_PREFIXES, **model.prefixes}, context=context(model)
    )
    if view is not None:
        with viewed(store, _view(view), datasets) as blocks:
            yield blocks, settings
        return
    named = sorted(datasets) or [info.name for info in store.datasets()]
    graphs = [(Iris(config.base).dataset(name), store.statements(name)) for name in named]
    yield store.blocks(datasets), replace(settings, graphs=graphs)


@contextmanager
def viewed(store: Store, view: Path, datasets: Collection[str]) -> Iterator[Iterable[Block]]:
    """What a CONSTRUCT query makes of the graph, or of some datasets."""
    with TemporaryDirectory(prefix="kg-") as folder:
        asked = Asked(store=store.checkpoint())
        if datasets:
            part = Path(folder) / "part.nt"
            with part.open("w", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for _, lines in store.blocks(datasets) for line in lines)
            asked = Asked(data=(part,))
        with Session(asked, Limits(seconds=VIEW_SECONDS)) as session:
            yield blocks_of(session.ask(view.read_text("utf-8")).triples)


def _view(name: str) -> Path:
    known = {path.stem: path for path in sorted((builtin("ontology") / VIEWS).glob("*.rq"))}
    if name not in known:
        near, allowed = choices(name, known)
        raise UsageError("view-unknown", received=name, near=near, allowed=allowed)
    return known[name]
