"""The way of a fact, in one page: register, map, compare, check, settle.

    sources ─▶ index ─▶ blocks ─▶ results ─▶ accepted · duplicate · quarantined · waiting

A first pass over the records fills the index, a second one maps them to blocks of triples on
disk; the engine checks them all; what violates is taken out together with what rests on it,
and what is left is checked again, until it holds.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from kg.config import FAIL_ON
from kg.errors import Place, Problem, UsageError, pointer_token
from kg.identity.entities import Registrar, settle_all
from kg.identity.index import Index
from kg.identity.iris import Iris
from kg.mapping.mapper import Mapper
from kg.pipeline import tell
from kg.pipeline.compare import compare
from kg.pipeline.known import Known, Nothing
from kg.pipeline.piece import text_key
from kg.pipeline.state import Block, Outcome, Progress, Run, nobody, settings
from kg.validation import check, conflict, graph, settle, stoppable
from kg.validation.finding import Finding, in_order
from kg.validation.policy import Policy
from kg.validation.settle import Owners, Row, State
from kg.values.codec import Reading
from kg.values.lexicon import Lexicon
from kg.values.nearest import choices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.config import Config
    from kg.mapping.mapper import Mapped
    from kg.model.types import Model
    from kg.rdf_io import RdfInput
    from kg.reading.record import Header, Record, Source

__all__ = ["Block", "Known", "Outcome", "Progress", "Run", "run", "settings", "validate"]

NEVER_DEFAULT: Final = frozenset({"id", "type", "name", "identifier", "unnamed", "published"})
"""What says which thing a record is about, and so is never the same for all."""
NOTHING: Final = Nothing()
ROUNDS: Final = 20
"""After so many runs of the engine, what shares something with a record that is out waits for it."""
STEP: Final = 1_000
"""Progress is told every so many records."""


def run(
    model: Model,
    config: Config,
    sources: Sequence[Source],
    engine: str = check.DEFAULT,
    progress: Progress = nobody,
    known: Known = NOTHING,
) -> Run:
    """Take facts all the way to a checked graph; ``known`` is the store that they may refer to.

    Raises ``EngineError`` if the engine fails or did not look at everything, ``UsageError`` if two
    files would be one dataset, and ``MoreHasChanged`` if what is held of them has to be looked at too.
    """
    this = Run(model, config, sources, engine, progress, known, Policy.of(config, model))
    try:
        stoppable.make_ready()
        read = register(this)
        ask_again(this)
        map_all(this)
        compare(this)
        rounds = 0
        while check_once(this, everything=rounds == 0):
            rounds += 1
            if rounds == ROUNDS:
                settle.wait_for_shared(this.rows, this.owners)
        for row in conflict.duplicates(this.rows, this.owners, this.spool):
            row.state = State.DUPLICATE
        counts = [held.count() for held in this.before if held is not None]
        this.books = settle.books(read, this.rows, (sum(a for a, _ in counts), sum(d for _, d in counts)))
        told = [*this.findings, *tell.waiting(this), *tell.foreign(this)]
        this.findings = in_order(this.policy.findings(told))
    except BaseException:
        this.close()
        raise
    return this


def register(this: Run) -> int:
    """The first pass: fill the index. Gives the number of records, of those that are held too."""
    beyond = this.known.beyond(this.model, this.also)
    index = Index(this.model, clusters=this.known.clusters, beyond=beyond)
    if beyond is None:
        index.learn(this.known.entries(this.model))
    this.in_store = index.found_beyond
    config = this.config
    lexicon, language = Lexicon.load(config.vocabulary), config.languages[0] if config.languages else ""
    reading = Reading(lexicon, config.date_order, config.unreadable == "keep", language)
    iris = Iris(this.config.base)
    registrars = []
    read = held = 0
    _refuse_one_dataset_twice(this.sources)
    for source, before in zip(this.sources, this.before, strict=True):
        this.starts.append(read)
        registrar = Registrar(index, source.header, iris, this.documents.keep)
        registrar.see_header()
        registrars.append(registrar)
        texts = partial(this.documents.of, folder=_folder(source))
        mapper = Mapper(this.model, index, source.header, iris, reading, texts)
        this.mappers.append(mapper)
        wrong = [*source.problems, *unknown_defaults(this.model, source.header)]
        this.headers.append(bool(wrong))
        this.findings += [Finding(p, p.place or Place(source.path)) for p in wrong]
        for record in before.held() if before is not None else ():
            held += 1
            registrar.see(record)
        for record in source.pass_through(read):
            read += 1
            if not is_out(source, record):
                registrar.see(record)
            if not (read + held) % STEP:
                this.progress("reading", read + held)
        if before is None and read == this.starts[-1]:
            this.findings.append(Finding(Problem("no-records", severity="warning"), Place(source.path)))
    settle_all(registrars)
    return read + held


def _folder(source: Source) -> Path | None:
    """The folder of a facts file; None for what is no file."""
    path = Path(source.path)
    return path.parent if path.is_file() else None


def unknown_defaults(model: Model, header: Header) -> Iterator[Problem]:
    """The header's defaults for what no kind of record has."""
    known = sorted({name for class_ in model.classes.values() for name in class_.fields})
    for name in header.defaults:
        if name in NEVER_DEFAULT:
            pointer = "/defaults" + pointer_token(name)
            yield Problem("default-never", pointer, {"field": name}, place=header.place)
        elif name not in known:
            near, allowed = choices(name, known)
            args = {"field": name, "near": near}
            pointer = "/defaults" + pointer_token(name)
            yield Problem("default-unknown", pointer, args, allowed=allowed, place=header.place)


def _refuse_one_dataset_twice(sources: Sequence[Source]) -> None:
    """A dataset's name is unique without regard to case."""
    seen: dict[str, Source] = {}
    for source in sources:
        other = seen.setdefault(source.header.dataset.casefold(), source)
        if other is not source:
            name = source.header.dataset
            raise UsageError("dataset-twice", received=name, file=source.path, other=other.path)


def ask_again(this: Run) -> None:
    """What is held was understood with the help of the index: it must say today what it said then."""
    for before, mapper in zip(this.before, this.mappers, strict=True):
        if before is not None:
            before.ask_again(mapper)


def map_all(this: Run) -> None:
    """The second pass: every record to blocks in the spool, and what can't be read to findings."""
    for number, source in enumerate(this.sources):
        mapper = this.mappers[number]
        for record in source.pass_through(this.starts[number]):
            if is_out(source, record):
                this.rows.append(_retracted(record, number, this))
                continue
            mapped = mapper.map(record)
            if mapped.problems:
                mapped.problems = this.policy.problems(mapped.problems)
            if this.headers[number]:
                # what the header should say is not known, so nothing else is said of the record
                mapped.problems[:] = [Problem("header-wrong", others=(source.header.place or record.place,))]
            this.rows.append(_row(mapped, number, this))
            if mapped.problems:
                tell.problems(this, mapped)
            if not len(this.rows) % STEP:
                this.progress("mapping", len(this.rows))
        before = this.before[number]
        if before is not None:
            before.compare(this.rows[this.starts[number] :])
    this.owners = Owners(this.rows)


def check_once(this: Run, *, everything: bool) -> bool:
    """Run the engine and take out what violates; whether anything was taken out.

    The first time over everything, so that all mistakes are said at once, also those of
    records that are out already; then over what is left.
    """
    settle.wait(this.rows, this.owners)
    before = this.count(State.ACCEPTED)
    data = this.data(everything=everything)
    classes = {c for mapper in this.mappers for c in mapper.types}
    this.progress("checking", len(this.rows))
    ahead = partial(this.known.while_checking, this) if everything else None
    checked = check.check(this.model, data, classes, this.engine, ahead, this.config.checking)
    this.engine = checked.engine
    this.findings += [Finding(note, Place("")) for note in checked.notes]
    tell.results(this, checked.results, everything=everything)
    settle.wait(this.rows, this.owners)
    looked_at = len(this.rows) if everything else before
    return this.count(State.ACCEPTED) < looked_at


def is_out(source: Source, record: Record) -> bool:
    """Whether a record was taken back: all goes on as if it were not in the file."""
    return bool(source.retracted) and text_key(record.raw) in source.retracted


def _retracted(record: Record, source: int, this: Run) -> Row:
    """A record that was taken back, with the reason: it is in the books, and in nothing else."""
    row = Row(
        number=record.number,
        source=source,
        place=record.place,
        iri="",
        is_claim=False,
        kind="",
        id="",
        anchored=False,
        raw=this.texts.keep_text("", record.raw),
        kept=(),
        named=(),
        refs=(),
    )
    id_ = record.data.get("id")
    tell.quarantine(this, row, this.sources[source].retracted[text_key(record.raw)], id_=id_)
    return row


def _row(mapped: Mapped, source: int, this: Run) -> Row:
    record = mapped.record
    id_ = record.data.get("id")
    entry = this.mappers[source].index.by_iri.get(mapped.iri)
    # what is remembered already is not remembered twice
    if entry is not None and entry.id == id_:
        id_ = entry.id
    bad = bool(mapped.problems) and any(p.severity == "error" for p in mapped.problems)
    return Row(
        number=record.number,
        source=source,
        place=entry.place if entry is not None and entry.place == record.place else record.place,
        iri=mapped.iri,
        is_claim=mapped.class_ is not None and mapped.class_.is_claim,
        kind=mapped.class_.kind if mapped.class_ else "",
        id=normalize("NFC", id_) if isinstance(id_, str) else "",
        anchored=isinstance(id_, str) or "identifier" in record.data,
        raw=this.texts.keep_text("", record.raw),
        kept=this.spool.keep(mapped.blocks),
        named=tuple(mapped.named),
        refs=tuple(mapped.refs),
        rests=tuple(mapped.rests),
        state=State.QUARANTINED if bad else State.ACCEPTED,
    )


def validate(
    model: Model,
    config: Config,
    sources: Sequence[Source],
    graphs: Mapping[str, RdfInput],
    engine: str = check.DEFAULT,
    progress: Progress = nobody,
) -> Outcome:
    """Check facts, and RDF files as one graph; nothing is kept."""
    findings: list[Finding] = []
    policy = Policy.of(config, model)
    books, nodes, ran, rows = None, 0, engine, None
    read: tuple[Source, ...] = ()
    if sources:
        with run(model, config, sources, engine, progress) as facts:
            findings += facts.findings
            outcome = facts.outcome
            books, ran, read, rows = facts.books, facts.engine, outcome.sources, outcome.rows
    if graphs:
        progress("checking", sum(len(rdf.lines) for rdf in graphs.values()))
        lines = {name: rdf.lines for name, rdf in graphs.items()}
        found = graph.validate(model, lines, engine, config.checking)
        findings += found.findings
        findings += [Finding(n, n.place or Place(name)) for name, rdf in graphs.items() for n in rdf.notes]
        nodes, ran = found.nodes, found.checked.engine
    told = in_order(policy.findings(findings))
    fail_on = FAIL_ON[config.fail_on]
    return Outcome(told, books, nodes, ran, rows=rows, model=model, sources=read, fail_on=fail_on)
