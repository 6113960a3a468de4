"""Taking back a document or a fact: the records that say it stay in the books, and in nothing else.

A dataset keeps what was taken back among its corrections, so a load of the same file does not bring it back;
``kg load --replay`` with the record itself does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError, pointer_token
from kg.identity.iris import Iris
from kg.messages import as_json
from kg.pipeline import Run, load, register
from kg.pipeline.before import archived_roots
from kg.pipeline.corrections import Correction, Retraction
from kg.pipeline.in_store import InStore
from kg.pipeline.piece import Piece
from kg.pipeline.whole import Whole, tidy
from kg.query import Asked, Session
from kg.query.bind import resolve
from kg.rdf import DCTERMS
from kg.store.blocks import lines_of, raw_blocks
from kg.validation.check import DEFAULT
from kg.validation.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.config import Config
    from kg.mapping.mapper import Mapper
    from kg.model.types import Model
    from kg.pipeline import Progress
    from kg.pipeline.load import Look
    from kg.reading.record import Record
    from kg.store import DatasetInfo, Prepared, Store
    from kg.store.archive import Archive

DOCUMENT: Final = "document"
FACT: Final = "fact"
_CLASSES: Final = {DOCUMENT: ("Document",), FACT: ("Entity", "Claim")}
_SOURCE: Final = f"<{DCTERMS}source>"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of it."""

    report: load.LoadReport
    datasets: tuple[str, ...]
    records: int
    """How many records are taken back."""
    corrected: int
    """How many stay with another source, and lost the evidence that stands in the document."""
    rested: int
    """How many others are not taken any more, since they rested on these."""


@dataclass
class _Taken:
    """What of a dataset is taken back."""

    whole: set[str] = field(default_factory=set)
    """The keys of records."""
    records: int = 0
    """So many records have these."""
    instead: list[Correction] = field(default_factory=list)
    """Records that stand for others, without the document."""

    def take(self, piece: Piece) -> None:
        """Take back a record as a whole."""
        self.whole.add(piece.key)
        self.records += 1


def withdraw(  # noqa: PLR0913, PLR0917 - what a load takes, and what is meant
    store: Store,
    model: Model,
    config: Config,
    what: str,
    meant: str,
    dataset: str,
    look: Look,
    progress: Progress,
    options: load.Options,
) -> Withdrawn:
    """Take back a document, with what it alone says, or a fact; of a dataset, or of all ("").

    ``meant`` is an IRI, an id or a name; ``look`` is shown what comes of it, and may not want it. Raises
    ``UsageError`` if there is no such thing, or no record says it.
    """
    iris = _meant(store, model, config, what, meant)
    names = store.known((dataset,)) if dataset else [info.name for info in store.datasets()]
    wholes = {info.name: info for info in store.datasets() if info.name in names}
    if not options.dry_run:
        for info in wholes.values():
            tidy(store, info)
    found = {name: _of(store, model, config, info, what, iris) for name, info in wholes.items()}
    found = {name: taken for name, taken in found.items() if taken.records or taken.instead}
    if not found:
        raise UsageError("retract-nothing", received=meant)
    by = Retraction(what, min(iris), len(store.history()) + 1, "")
    if not options.dry_run:
        entry = store.note("retract", **{what: by.iri}, datasets=sorted(found))
        by = replace(by, number=entry.seq, when=entry.at)
    files = []
    for name, taken in found.items():
        out = [Correction(tuple(sorted(taken.whole)), (), by)] if taken.whole else []
        whole = Whole.of(store, wholes[name])
        files.append(whole.with_([*taken.instead, *out], model, config, load.Options()))
    before = sum(len(store.quarantined(name)) for name in found)

    def seen(prepared: Sequence[Prepared], report: load.LoadReport) -> bool:
        return look(prepared, report) and not options.dry_run

    # what a cascade takes out shows only when it is tried
    how = options if options.cascade else replace(options, dry_run=False)
    report = load.take(store, model, config, files, how, progress, seen)
    records = sum(taken.records for taken in found.values())
    books = report.outcome.books
    after = books.quarantined + books.waiting if books else 0
    corrected = sum(len(taken.instead) for taken in found.values())
    return Withdrawn(report, tuple(sorted(found)), records, corrected, max(after - before - records, 0))


def _meant(store: Store, model: Model, config: Config, what: str, meant: str) -> set[str]:
    """The IRIs of what is meant, before judgements."""
    clusters = store.clusters()
    if clusters.of(meant) != meant:
        return {meant}
    with Session(Asked(store=store.checkpoint())) as session:
        iri = resolve(session, model, meant, _CLASSES[what], base=config.base, option=f"--{what}")
    return set(clusters.all_of(clusters.of(iri)))


def _of(store: Store, model: Model, config: Config, info: DatasetInfo, what: str, iris: set[str]) -> _Taken:
    """What of a dataset is taken back."""
    archive = store.archive(info.name)
    taken = _Taken()
    if what == FACT:
        for root, piece in archived_roots(archive):
            if root in iris:
                taken.take(piece)
        return taken
    alone, besides = _resting_on(archive, iris)
    parted = []
    for root, piece in archived_roots(archive) if alone or besides else ():
        if root in alone:
            taken.take(piece)
        elif root in besides:
            parted.append(piece)
    if parted:
        _part(store, model, config, info, parted, iris, taken)
    return taken


def _resting_on(archive: Archive, documents: Collection[str]) -> tuple[set[str], set[str]]:
    """The claims that only these documents say, and those that stand by others too."""
    tails = {f"{_SOURCE} <{iri}> ." for iri in documents}
    wanted = [tail.encode() for tail in tails]
    alone, besides = set(), set()
    for root, text in raw_blocks(archive):
        if not any(tail in text for tail in wanted):
            continue
        name = root.decode()
        said = [line.partition(" ") for line in lines_of(text)]
        own = {tail for subject, _, tail in said if subject == f"<{name}>" and tail.startswith(_SOURCE)}
        if own and own <= tails:
            alone.add(name)
        elif any(tail in tails for _, _, tail in said):
            besides.add(name)
    return alone, besides


def _part(  # noqa: PLR0913, PLR0917 - what a run takes
    store: Store,
    model: Model,
    config: Config,
    info: DatasetInfo,
    pieces: Iterable[Piece],
    documents: set[str],
    taken: _Taken,
) -> None:
    """Records of claims that stand by other documents too, without these."""
    whole = Whole.of(store, info)
    source = whole.with_((), model, config, load.Options()).source
    beside = InStore(store, {info.name}, Iris(config.base))
    run = Run(model, config, [source], DEFAULT, lambda *_: None, beside, Policy.of(config, model))
    there = list(pieces)
    with run:
        register(run)
        without = _Without(run.mappers[0], {f"{_SOURCE} <{iri}> ." for iri in documents})
        for piece, record in zip(there, whole.read(there, model), strict=True):
            data = without.data(record)
            if data is None:
                taken.take(piece)
            elif data:
                text = as_json(data).encode("utf-8", "backslashreplace")
                taken.instead.append(Correction((piece.key,), (Piece(piece.place, text),)))


@dataclass(frozen=True)
class _Without:
    """Takes documents out of records. What a source or a piece of evidence names, its triples say."""

    mapper: Mapper
    tails: set[str]

    def data(self, record: Record) -> dict[str, Any] | None:
        """What is left of a record, as it is written; None if no source is, {} if all of it is."""
        defaults = self.mapper.header.defaults
        said = record.data.get("source", defaults.get("source"))
        sources = _listed(said)
        evidence = _listed(record.data.get("evidence", defaults.get("evidence")))
        left = [not self._is_in(record, {"source": one}, ("evidence",)) for one in sources]
        kept = [not self._is_in(record, {"evidence": one, "source": said}, ()) for one in evidence]
        if not any(left):
            return None
        # a repaired record stays as it is written, so that it is repaired again, and that is noted
        written = record.written if record.repairs and record.written else record.data
        data = dict(written)
        for name, meant, stays in (("source", sources, left), ("evidence", evidence, kept)):
            if all(stays):
                continue
            key = _key(record, name, data)
            items = list(compress(_listed(data[key]) if key in data else meant, stays))
            if items or name in defaults:
                data[key] = items[0] if len(items) == 1 else items
            else:
                del data[key]
        return data if data != written else {}

    def _is_in(self, record: Record, said: dict[str, Any], left_out: Collection[str]) -> bool:
        """Whether a record that says only this names one of the documents, as its source or in evidence."""
        data = {key: value for key, value in record.data.items() if key not in left_out} | said
        mapped = self.mapper.map(replace(record, data=data))
        claim = f"<{mapped.iri}> "
        lines = [line for block in mapped.blocks for line in block.lines()]
        about = [line for line in lines if line.startswith(claim) == ("evidence" not in said)]
        return any(line.partition(" ")[2] in self.tails for line in about)


def _key(record: Record, name: str, data: Mapping[str, Any]) -> str:
    """By which key a record says a field."""
    step = record.as_written(f"/{name}")
    return next((key for key in data if pointer_token(key) == step), name)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
