"""The way of a fact, in one page: register, map, check, settle.

    sources ─▶ index ─▶ blocks ─▶ results ─▶ accepted · duplicate · quarantined · waiting

A first pass over the records fills the index, a second one maps them to blocks of triples on
disk; the engine checks them all; what violates is taken out together with what rests on it,
and what is left is checked again, until it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from kg.config import Config
from kg.errors import DOES_NOT_CONFORM, DONE, Place, Problem, pointer_token, value_at
from kg.export.formats import Settings
from kg.identity.entities import Registrar, settle_all
from kg.identity.index import Index
from kg.identity.iris import Iris
from kg.mapping.mapper import Mapper
from kg.mapping.merge import merge
from kg.mapping.spool import Spool
from kg.messages import shown
from kg.rdf import compact
from kg.reading.locate import locate as place_in
from kg.reading.locate import snippet
from kg.schema.context import context
from kg.validation import check, conflict, graph, locate, settle
from kg.validation.finding import Finding, in_order
from kg.validation.settle import Books, Owners, Row, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.mapping.mapper import Mapped
    from kg.mapping.spool import Kept
    from kg.mapping.trace import Trace
    from kg.model.types import Model
    from kg.rdf_io import RdfInput
    from kg.reading.record import Record, Source
    from kg.validation.result import Result

Block = tuple[str, list[str]]
"""(IRI of an entity or claim, its N-Triples lines with those of its parts and its evidence)."""

Progress = Callable[[str, int], None]
"""Told the stage (``reading``, ``mapping``, ``checking``) and how much of it is done."""

MADE_BY_MERGING: Final = frozenset({"MaxCount", "UniqueLang"})
"""What only shows when records are put together that should not be."""
NOBODY: Final = -1
STEP: Final = 1_000
"""Progress is told every so many records."""


@dataclass
class Run:
    """Facts on their way, and what came of them. Closing it removes its temporary files."""

    model: Model
    config: Config
    sources: Sequence[Source]
    engine: str = check.DEFAULT
    """The engine that was asked for, and once it has run, the one that did."""
    progress: Progress = lambda _stage, _count: None
    starts: list[int] = field(default_factory=list)
    """The number of the first record of each source."""
    mappers: list[Mapper] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    owners: Owners = field(default_factory=lambda: Owners([]))
    spool: Spool = field(default_factory=Spool)
    findings: list[Finding] = field(default_factory=list)
    spoiled: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Record -> pointers of the fields that could not be read, about which shapes say nothing."""
    conflicting: set[int] = field(default_factory=set)
    """Records that give an id to different contents."""
    books: Books = Books(0, 0, 0, 0, 0)

    def __enter__(self) -> Self:
        """Use as a context, so that the temporary files go away."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Remove the temporary files."""
        self.spool.__exit__(*exc)

    @property
    def outcome(self) -> Outcome:
        """What is to be reported."""
        return Outcome(self.findings, self.books, 0, self.engine)

    def blocks(self) -> Iterator[Block]:
        """What is accepted, by IRI, each entity and claim once, a claim with its evidence."""
        by_root: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.state in {State.ACCEPTED, State.DUPLICATE}:
                for root in row.named:
                    by_root.setdefault(root, []).append(row)
        for root in sorted(by_root):
            rows = by_root[root]
            lines = _merged(self, root, [k for row in rows for k in row.kept if k.root == root])
            for row in rows:
                for kept in row.evidence(root):
                    lines += self.spool.block(kept).lines()
            yield root, lines


def settings(this: Run) -> Settings:
    """How the accepted graph of a run is written in any format."""
    datasets = [mapper.iris.dataset(mapper.header.dataset) for mapper in this.mappers]
    return Settings(
        base=this.config.base,
        graph=datasets[0] if len(datasets) == 1 else "",
        context=context(this.model),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a validation says, of facts, of RDF, or of both."""

    findings: list[Finding]
    books: Books | None
    """Of facts; None if there were none."""
    nodes: int
    """How many nodes of RDF files were checked."""
    engine: str

    @property
    def exit_code(self) -> int:
        """0 if nothing is wrong, else 1."""
        return DOES_NOT_CONFORM if any(f.problem.severity == "error" for f in self.findings) else DONE


def validate(
    model: Model,
    config: Config,
    sources: Sequence[Source],
    graphs: Mapping[str, RdfInput],
    engine: str = check.DEFAULT,
    progress: Progress = lambda _stage, _count: None,
) -> Outcome:
    """Check facts, and RDF files as one graph; nothing is kept."""
    findings: list[Finding] = []
    books, nodes, ran = None, 0, engine
    if sources:
        with run(model, config, sources, engine, progress) as facts:
            findings += facts.findings
            books, ran = facts.books, facts.engine
    if graphs:
        progress("checking", sum(len(rdf.lines) for rdf in graphs.values()))
        found = graph.validate(model, {name: rdf.lines for name, rdf in graphs.items()}, engine)
        findings += found.findings
        findings += [Finding(n, n.place or Place(name)) for name, rdf in graphs.items() for n in rdf.notes]
        nodes, ran = found.nodes, found.checked.engine
    return Outcome(in_order(findings), books, nodes, ran)


def run(
    model: Model,
    config: Config,
    sources: Sequence[Source],
    engine: str = check.DEFAULT,
    progress: Progress = lambda _stage, _count: None,
) -> Run:
    """Take facts all the way to a checked graph.

    Raises ``EngineError`` if the engine fails or did not look at everything.
    """
    this = Run(model, config, sources, engine, progress)
    read = register(this)
    map_all(this)
    compare(this)
    first = True
    while check_once(this, everything=first):
        first = False
    conflict.mark_duplicates(this.rows, this.owners, this.spool)
    this.books = settle.books(read, this.rows)
    this.findings = in_order([*this.findings, *_waiting(this)])
    return this


def register(this: Run) -> int:
    """The first pass: fill the index. Gives the number of records."""
    index = Index(this.model)
    iris = Iris(this.config.base)
    registrars = []
    read = 0
    for source in this.sources:
        this.starts.append(read)
        registrar = Registrar(index, source.header, iris)
        registrars.append(registrar)
        this.mappers.append(Mapper(this.model, index, source.header, iris, this.config.languages))
        this.findings += [Finding(p, p.place or Place(source.path)) for p in source.problems]
        for record in source.pass_through(read):
            read += 1
            registrar.see(record)
            if not read % STEP:
                this.progress("reading", read)
    settle_all(registrars)
    return read


def map_all(this: Run) -> None:
    """The second pass: every record to blocks in the spool, and what can't be read to findings."""
    for number, source in enumerate(this.sources):
        mapper = this.mappers[number]
        for record in source.pass_through(this.starts[number]):
            mapped = mapper.map(record)
            if source.problems:
                mapped.problems.append(Problem("header-wrong", others=(source.header.place or record.place,)))
            this.rows.append(_row(mapped, number, this.spool))
            if mapped.problems:
                _tell(this, mapped)
            if not len(this.rows) % STEP:
                this.progress("mapping", len(this.rows))
    this.owners = Owners(this.rows)


def compare(this: Run) -> None:
    """Quarantine what gives one id to different contents, and claims that refer in a circle.

    Claims differ if their keys do: evidence and notes may be added to a claim.
    """
    groups = list(conflict.same_id(this.rows, this.owners))
    keys = _keys(this, {row.number for same in groups for row in same if row.is_claim})
    for same in groups:
        differ = len({keys[row.number] for row in same}) > 1 if same[0].is_claim else None
        if conflict.entities_differ(same, this.spool) if differ is None else differ:
            for row in same:
                others = tuple(r.place for r in same if r is not row)
                this.conflicting.add(row.number)
                _quarantine(this, row, Problem("id-conflict", "/id", received=row.id, others=others))
    claims = {row.iri: row.number for row in this.rows if row.is_claim and row.iri}
    circles = settle.circles(this.rows, claims)
    for mapper, record in _records(this, circles):
        circle = circles[record.number]
        row, following = this.rows[record.number], this.rows[(circle[1:] or circle)[0]]
        pointer = mapper.trace(record).pointer_to(following.iri)
        others = tuple(this.rows[n].place for n in circle[1:] or circle)
        _quarantine(this, row, Problem("claim-circle", pointer, received=following.id, others=others))


def _keys(this: Run, numbers: set[int]) -> dict[int, str]:
    """What claims say, by digest; read again, since few ids come twice."""
    return {record.number: mapper.key(record) for mapper, record in _records(this, numbers)}


def _records(this: Run, numbers: Collection[int]) -> Iterator[tuple[Mapper, Record]]:
    """Some of the records, read again."""
    for source, start, mapper in zip(this.sources, this.starts, this.mappers, strict=True):
        for record in source.pass_through(start) if numbers else ():
            if record.number in numbers:
                yield mapper, record


def check_once(this: Run, *, everything: bool) -> bool:
    """Run the engine and take out what violates; whether anything was taken out.

    The first time over everything, so that all mistakes are said at once, also those of
    records that are out already; then over what is left.
    """
    settle.wait(this.rows, this.owners)
    before = sum(row.state is State.ACCEPTED for row in this.rows)
    data = _data(this, everything=everything)
    classes = {c for mapper in this.mappers for c in mapper.types}
    this.progress("checking", len(this.rows))
    checked = check.check(this.model, data, classes, this.engine)
    this.engine = checked.engine
    this.findings += [Finding(note, Place("")) for note in checked.notes]
    _locate(this, checked.results)
    settle.wait(this.rows, this.owners)
    after = sum(row.state is State.ACCEPTED for row in this.rows)
    out = len(this.rows) - before
    return after < before or (everything and out > 0)


def _row(mapped: Mapped, source: int, spool: Spool) -> Row:
    record = mapped.record
    id_ = record.data.get("id")
    bad = any(p.severity == "error" for p in mapped.problems)
    return Row(
        number=record.number,
        source=source,
        place=record.place,
        iri=mapped.iri,
        is_claim=mapped.class_ is not None and mapped.class_.is_claim,
        id=id_ if isinstance(id_, str) else "",
        kept=spool.keep(mapped.blocks),
        named=tuple(mapped.named),
        refs=tuple(mapped.refs),
        state=State.QUARANTINED if bad else State.ACCEPTED,
    )


def _tell(this: Run, mapped: Mapped) -> None:
    """The problems of a record as findings."""
    record = mapped.record
    for problem in mapped.problems:
        place = problem.place or place_in(record, problem.pointer)
        words = "" if problem.place else snippet(record, problem.pointer)
        this.findings.append(Finding(problem, place, _called(record, mapped.iri), words))
        if problem.severity == "error":
            this.spoiled[record.number].append(problem.pointer.removeprefix("/defaults"))
        if problem.code == "unknown-field":
            # the field that was meant is not missing as well
            this.spoiled[record.number] += [pointer_token(n) for n in problem.args["near"][:1]]


def _quarantine(this: Run, row: Row, problem: Problem) -> None:
    row.state = State.QUARANTINED
    this.findings.append(Finding(problem, row.place, row.id or row.iri))


def _data(this: Run, *, everything: bool) -> Iterator[str]:
    """The triples that the engine is to see; what several records describe is put together."""
    shared: dict[str, list[Kept]] = {}
    for row in this.rows:
        if everything or row.state is State.ACCEPTED:
            for kept in row.kept:
                if len(this.owners.of[kept.root]) > 1:
                    shared.setdefault(kept.root, []).append(kept)
                else:
                    yield this.spool.block(kept).text
    for root in sorted(shared):
        yield from _merged(this, root, shared[root])


def _merged(this: Run, root: str, kept: list[Kept]) -> list[str]:
    blocks = [this.spool.block(k) for k in kept]
    return (blocks[0] if len(blocks) == 1 else merge(root, blocks)).lines()


def _locate(this: Run, results: Iterable[Result]) -> None:
    """Lead every result back to the records and fields that it is about.

    Where several records describe a node, those that brought the offending triple are told;
    all of them, if none did.
    """
    wanted: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        for number in this.owners.find(result.focus[1:-1]) or (NOBODY,):
            wanted[number].append(result)
    for result in wanted.pop(NOBODY, ()):
        found = locate.problem(result, this.model, None, None)
        this.findings.append(Finding(found, Place(""), result.focus, result=result))
    shared: list[tuple[Record, Trace, Result]] = []
    for mapper, record in _records(this, wanted):
        trace = mapper.trace(record)
        for result in wanted[record.number]:
            if len(this.owners.find(result.focus[1:-1])) > 1:
                shared.append((record, trace, result))
            else:
                _located(this, record, trace, result)
    brought = {result for _, trace, result in shared if _brought(trace, result)}
    for record, trace, result in shared:
        if result not in brought or _brought(trace, result):
            _located(this, record, trace, result)


def _brought(trace: Trace, result: Result) -> bool:
    return trace.brought(result.focus[1:-1], result.path, result.value)


def _located(this: Run, record: Record, trace: Trace, result: Result) -> None:
    row = this.rows[record.number]
    if record.number in this.conflicting and result.component in MADE_BY_MERGING:
        return
    class_ = trace.classes.get(result.focus[1:-1])
    problem = locate.problem(result, this.model, class_, trace, partial(_as_written, this, record, trace))
    if _is_spoiled(problem.pointer, this.spoiled.get(record.number, ())):
        return
    place = place_in(record, problem.pointer)
    words = snippet(record, problem.pointer)
    this.findings.append(Finding(problem, place, _called(record, row.iri), words, result))
    if problem.severity == "error":
        row.state = State.QUARANTINED


def _as_written(this: Run, record: Record, trace: Trace, iri: str) -> str:
    """An IRI as the reader of a record knows it: the words there, or the entity's class, id and name."""
    pointer = trace.nodes.get(iri) or trace.pointer_to(iri)
    if iri not in trace.classes and pointer:
        return shown(value_at(record.data, pointer))
    entry = this.mappers[0].index.by_iri.get(iri)
    return entry.described() if entry else compact(iri)


def _is_spoiled(pointer: str, spoiled: Iterable[str]) -> bool:
    """Whether the field, something in it or what it stands in could not be read."""
    return any(
        (pointer + "/").startswith(p + "/") or (pointer and (p + "/").startswith(pointer + "/"))
        for p in spoiled
        if p
    )


def _called(record: Record, iri: str) -> str:
    id_ = record.data.get("id")
    return id_ if isinstance(id_, str) else iri


def _waiting(this: Run) -> Iterator[Finding]:
    waiting = {row.number for row in this.rows if row.state is State.WAITING}
    for mapper, record in _records(this, waiting):
        row = this.rows[record.number]
        trace = mapper.trace(record)
        for root in row.waits_for:
            causes = [this.rows[n] for n in this.owners.of[root]]
            pointer = trace.pointer_to(root)
            args = {"causes": tuple(dict.fromkeys(r.id or compact(r.iri) for r in causes))}
            others = tuple(r.place for r in causes)
            problem = Problem("waits", pointer, args, severity="info", others=others)
            yield Finding(problem, place_in(record, pointer), _called(record, row.iri))
