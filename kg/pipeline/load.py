"""Loading: facts into a project's store, each file its own dataset, by the difference.

files ─▶ run ─▶ per file: records, resolutions, blocks ─▶ store.replace
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from kg.errors import Place
from kg.identity.index import Entry
from kg.identity.iris import Iris
from kg.pipeline import Outcome, Progress, Run, quarantine, run
from kg.validation import check
from kg.validation.settle import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.config import Config
    from kg.model.types import Class, Model
    from kg.reading.record import Source
    from kg.store import Change, DatasetInfo, EntityRow, Store

CHUNK: Final = 1 << 20
TAKEN: Final = frozenset({State.ACCEPTED, State.DUPLICATE})
STORE: Final = "(store)"
"""What a message calls the place of an entity that is in the store."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file."""

    dataset: str
    file: str
    records: int
    change: Change


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load says: the outcome of validation, and what became of each file."""

    outcome: Outcome
    loaded: list[Loaded] = field(default_factory=list)
    skipped: tuple[str, ...] = ()
    """Files that are as they were when they were loaded."""


class InStore:
    """A store as what facts may refer to; ``loading`` are the datasets that are being replaced."""

    def __init__(self, store: Store, loading: Collection[str], iris: Iris) -> None:
        """Know the store without what only the replaced datasets say."""
        self.store = store
        self.loading = frozenset(loading)
        self.iris = iris

    def entries(self, model: Model) -> Iterator[Entry]:
        """The entities that other datasets describe."""
        for row in self.store.entities(without=self.loading):
            class_ = _class(row, model)
            if class_ is not None:
                yield self._entry(row, class_)

    def describe(self, iris: Collection[str]) -> list[str]:
        """The lines of some nodes of the store."""
        return self.store.describe(iris)

    def _entry(self, row: EntityRow, class_: Class) -> Entry:
        """An id that is in the IRI alone means the same everywhere; one below a dataset is its own."""
        steps = row.iri.removeprefix(f"{self.iris.base}{class_.kind}/").split("/")
        id_ = unquote(steps[-1])
        made = id_.startswith("~") or ":" in steps[-1]
        return Entry(
            row.iri,
            class_,
            STORE,
            None if made else id_,
            () if row.unnamed else tuple(name for _, name in row.names),
            Place(STORE),
            shared=len(steps) == 1,
            only_named=id_.startswith("~"),
            published=row.published or None,
        )


@dataclass(frozen=True, slots=True)
class Options:
    """How to load."""

    engine: str = check.DEFAULT
    dry_run: bool = False
    """Say what would come of it, and change nothing."""
    strict: bool = False
    """Change nothing if anything is wrong."""


def load(
    store: Store,
    model: Model,
    config: Config,
    sources: Sequence[Source],
    options: Options,
    progress: Progress = lambda _stage, _count: None,
) -> LoadReport:
    """Load files into a store, each as the dataset that its header or its name says.

    A file that is as it was when it was loaded is skipped.
    """
    told = {source.path: _manifest(source, model, config) for source in sources}
    known = {info.name: info for info in store.datasets()}
    together = {source.header.dataset for source in sources}
    changed = [s for s in sources if not _is_as_it_was(s, told[s.path], known, together)]
    skipped = tuple(s.path for s in sources if s not in changed)
    if not changed:
        return LoadReport(Outcome([], None, 0, options.engine), [], skipped)
    beside = InStore(store, {s.header.dataset for s in changed}, Iris(config.base))
    with run(model, config, changed, options.engine, progress, beside) as facts:
        report = LoadReport(facts.outcome, [], skipped)
        if options.dry_run or (options.strict and facts.outcome.exit_code):
            return report
        quarantine.keep(store, facts)
        others = {info.name: info.version for info in known.values() if info.name not in together}
        for number, source in enumerate(changed):
            progress("loading", number)
            manifest = {**told[source.path], "beside": others, "together": sorted(together)}
            report.loaded.append(_load_one(store, facts, number, manifest))
    return report


def _load_one(store: Store, facts: Run, number: int, manifest: dict[str, Any]) -> Loaded:
    name = facts.sources[number].header.dataset
    change = store.replace(
        name,
        facts.mappers[number].iris.dataset(name),
        _records(facts, number),
        _resolutions(facts, number),
        facts.laid(number),
        manifest,
    )
    taken = sum(row.source == number and row.state in TAKEN for row in facts.rows)
    return Loaded(name, facts.sources[number].path, taken, change)


def _records(facts: Run, number: int) -> Iterator[bytes]:
    """The accepted records of a file, as the archive keeps them."""
    for row in facts.rows:
        if row.source == number and row.state in TAKEN:
            yield archived(row.place, row.iri, row.named, facts.texts.text(row.raw))


def archived(place: Place, root: str, roots: Iterable[str], raw: bytes) -> bytes:
    r"""A record for the archive: where it stood, what it describes, its text.

    In JSON line ends stand only between tokens, so that each can be a space.

    >>> archived(Place("a.jsonl", 2), "x:a", ("x:a",), b'{"type":\n"Visit"}')
    b'{"file": "a.jsonl", "line": 2, "root": "x:a", "roots": ["x:a"], "data": {"type": "Visit"}}'
    """
    head = {"file": place.file, "line": place.line, "root": root, "roots": list(roots)}
    # what is no Unicode in the name of a file is escaped as JSON does it
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return b'%s, "data": %s}' % (text[:-1], raw.replace(b"\n", b" ").replace(b"\r", b" "))


def _resolutions(facts: Run, number: int) -> Iterator[bytes]:
    """Which entity each name of the file took; sorted, each once."""
    mapper = facts.mappers[number]
    taken = {
        (text, iri)
        for found in mapper.resolved.values()
        for text, (iri, how, *_) in found.items()
        if how == "name"
    }
    for text, iri in sorted(taken):
        yield (json.dumps({"name": text, "iri": iri}, ensure_ascii=False) + "\n").encode()


def _manifest(source: Source, model: Model, config: Config) -> dict[str, Any]:
    """By what a load is known again: the digests of the input, the model and the settings."""
    settings = json.dumps([config.base, config.languages])
    digests = {
        "input": _digest(source.path),
        "model": model.digest,
        "settings": hashlib.sha256(settings.encode()).hexdigest(),
    }
    return {"source": source.path, "digests": digests}


def _digest(path: str) -> str:
    """The digest of a file; "" for what is no file and can't be known again."""
    found = hashlib.sha256()
    if not Path(path).is_file():
        return ""
    with Path(path).open("rb") as stream:
        while chunk := stream.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _is_as_it_was(
    source: Source, told: dict[str, Any], known: dict[str, DatasetInfo], together: set[str]
) -> bool:
    """Whether the file, the model, the settings and the other datasets are what they were."""
    info = known.get(source.header.dataset)
    if info is None or not told["digests"]["input"] or info.manifest["digests"] != told["digests"]:
        return False
    then = {name: version for name, version in info.manifest["beside"].items() if name not in together}
    now = {i.name: i.version for i in known.values() if i.name not in together}
    return then == now and set(info.manifest["together"]) <= together


def _class(row: EntityRow, model: Model) -> Class | None:
    known = [model.by_iri[t] for t in row.types if t in model.by_iri]
    return max(known, key=lambda c: (len(c.ancestors), c.iri), default=None)
