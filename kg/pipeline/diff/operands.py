"""What may be compared, as it is written on the command line.

store               the graph of the project
stargate            a dataset, as it is loaded; stargate@3 its version 3, stargate@-1 the one before
facts.jsonl         what would be loaded of a facts file
graph.ttl           a file of RDF
FOLDER              the graph of another project
target:NAME         the graph on a server that kg.toml names
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg import config as configs
from kg.errors import Place, Problem, UsageError
from kg.identity.iris import Iris
from kg.pipeline import NOTHING, load, run
from kg.pipeline.diff import sides
from kg.pipeline.diff.sides import Side
from kg.pipeline.in_store import InStore
from kg.rdf_io import SYNTAXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline import Known
    from kg.reading.record import Source
    from kg.store import Store

STORE: Final = "store"
TARGET: Final = "target:"
_VERSION: Final = re.compile(r"(.+)@(-?[0-9]{1,9})")
_RDF: Final = tuple(end for syntax in SYNTAXES for end in syntax.extensions)


@dataclass
class Operands:
    """Opens sides, which stay open as long as ``stack`` does."""

    config: Config
    model: Model
    stack: ExitStack
    open_store: Callable[[Path], Store]
    """To be read."""
    read: Callable[[str], Source]
    """A facts file by its name."""
    _stores: dict[Path, Store] = field(default_factory=dict)

    def both(self, a: str, b: str) -> tuple[Side, Side]:
        """The old side and the new one; without ``b`` the one that lies nearest.

        That of a facts file is its dataset, which is the old one then; that of a dataset its version
        before; that of all else what is loaded now.
        """
        if b:
            return self.side(a), self.side(b)
        if a == STORE:
            raise UsageError("diff-what")
        dataset, which = self._dataset(a)
        if dataset and which:
            return self.side(a), self.side(dataset)
        if dataset:
            return self._version(dataset, -1), self.side(a)
        if _is_facts(a):
            source = self.read(a)
            return self._version(source.header.dataset, 0), self._facts(source)
        return self.side(a), self.side(STORE)

    def side(self, written: str) -> Side:
        """What is meant. Raises ``UsageError`` for what is nothing of all that."""
        if written == STORE:
            return sides.of_graph(self._store(), written)
        if written.startswith(TARGET):
            return self._target(written)
        dataset, which = self._dataset(written)
        if dataset:
            return sides.of_dataset(self._store(), dataset, which)
        path = Path(written)
        if path.is_dir():
            if not (path / configs.FILE).is_file():
                raise UsageError("project-missing", received=written)
            return sides.of_graph(self._opened(path), written)
        if written.lower().endswith(_RDF):
            return sides.of_rdf(path, self.stack)
        return self._facts(self.read(written))

    def _target(self, written: str) -> Side:
        from kg.push import find_target  # noqa: PLC0415 - only when a server is spoken to

        name = written.removeprefix(TARGET)
        if name not in self.config.targets and "://" not in name:
            raise UsageError("diff-target", received=name, near=tuple(self.config.targets))
        return sides.of_target(find_target(name, self.config), written, self.stack)

    def _dataset(self, written: str) -> tuple[str, int]:
        """The dataset that is meant, if it is one, and its version."""
        if self.config.path is None:
            return "", 0
        match = _VERSION.fullmatch(written)
        name, which = (match[1], int(match[2])) if match else (written, 0)
        known = self._store().ever()
        if written in known:
            return written, 0
        path = Path(written)
        meant = path.name == written and not path.suffix and not path.exists()
        if name not in known and meant and not written.startswith(TARGET) and written != STORE:
            sides.of_dataset(self._store(), name, which)  # raises, with the nearest
        return (name, which) if name in known else ("", 0)

    def _version(self, dataset: str, which: int) -> Side:
        """A version of a dataset, or nothing if there is none."""
        try:
            if self.config.path is not None:
                return sides.of_dataset(self._store(), dataset, which)
        except UsageError as error:
            if error.code not in {"store-dataset-unknown", "store-version-unknown"}:
                raise
        return Side("(nothing)", lambda: iter(()), lambda _: [], whole=True)

    def _facts(self, source: Source) -> Side:
        """What a load would make of a file, with what was corrected of it."""
        store = self._store() if self.config.path is not None else None
        known: Known = NOTHING
        if store is not None:
            infos = {info.name: info for info in store.datasets()}
            source = load.given(store, self.model, self.config, source, load.Options(), infos).source
            known = InStore(store, {source.header.dataset}, Iris(self.config.base))
        facts = self.stack.enter_context(run(self.model, self.config, [source], known=known))
        side = sides.of_facts(facts, source.path, store)
        out = facts.books.quarantined + facts.books.waiting
        if not out:
            return side
        args = {"count": out, "file": source.path}
        return replace(
            side, notes=(Problem("diff-not-taken", args=args, severity="warning", place=Place(source.path)),)
        )

    def _store(self) -> Store:
        if self.config.path is None:
            raise UsageError("project-needed")
        return self._opened(self.config.path.parent)

    def _opened(self, folder: Path) -> Store:
        where = folder.resolve()
        if where not in self._stores:
            self._stores[where] = self.stack.enter_context(self.open_store(folder))
        return self._stores[where]


def _is_facts(written: str) -> bool:
    path = Path(written)
    return not written.startswith(TARGET) and not path.is_dir() and not written.lower().endswith(_RDF)
