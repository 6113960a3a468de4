"""What a run remembers, and how what it accepted is read out of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Self

from kg.config import FAIL_ON
from kg.errors import DOES_NOT_CONFORM, DONE, SEVERITIES, EngineError
from kg.export.formats import Settings
from kg.export.names import DATA_PREFIXES
from kg.mapping.merge import merge
from kg.mapping.spool import Spool
from kg.pipeline.known import Nothing
from kg.pipeline.texts import Texts
from kg.schema.context import context
from kg.store.blocks import Laid, as_text, laid_out
from kg.store.derivation import derived
from kg.validation.baseline import compare
from kg.validation.settle import Books, Owners, Row, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.config import Config
    from kg.errors import Severity
    from kg.mapping.mapper import Mapper
    from kg.mapping.spool import Kept
    from kg.model.types import Model
    from kg.pipeline.before import Before
    from kg.pipeline.known import Known
    from kg.reading.record import Record, Source
    from kg.validation.baseline import Entry
    from kg.validation.finding import Finding
    from kg.validation.policy import Policy

Progress = Callable[[str, int], None]
"""Told the stage (``reading``, ``mapping``, ``checking``) and how much of it is done."""


def nobody(_stage: str, _count: int) -> None:
    """Nobody wants to know how far it is."""


Block = tuple[str, list[str]]
"""(IRI of an entity or claim, its N-Triples lines with those of its parts and its evidence)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a validation says, of facts, of RDF, or of both."""

    findings: list[Finding]
    books: Books | None
    """Of facts; None if there were none."""
    nodes: int
    """How many nodes of RDF files were checked."""
    engine: str
    looked_in: Literal["", "store", "server"] = ""
    """Where what the facts refer to was also looked for."""
    rows: Rows | None = None
    """Of foreign data."""
    as_before: int = 0
    """How many records are as they were when they were loaded, and so were not looked at again."""
    model: Model | None = None
    sources: tuple[Source, ...] = ()
    """The facts files, each with the number of its first record, so that records can be shown."""

    def records(self, numbers: Collection[int]) -> Iterator[Record]:
        """Some of the records, read again."""
        last = max(numbers, default=-1)
        for source in self.sources:
            for record in source if source.first_number <= last else ():
                if record.number in numbers:
                    yield record
                if record.number >= last:
                    break

    fail_on: Severity = "error"
    """How bad a finding must be at the least for the whole not to conform."""
    known: int = 0
    """How many findings are in the baseline, and so are not among these."""
    gone: tuple[Entry, ...] | None = None
    """What is in the baseline and was not found; None where there is no baseline."""

    def beside(self, baseline: Sequence[Entry]) -> Outcome:
        """What is new beside a baseline."""
        compared = compare(self.findings, baseline)
        return replace(self, findings=compared.new, known=compared.known, gone=compared.gone)

    def fails(self, finding: Finding) -> bool:
        """Whether the whole does not conform because of a finding."""
        return SEVERITIES.index(finding.problem.severity) <= SEVERITIES.index(self.fail_on)

    @property
    def exit_code(self) -> int:
        """0 if nothing is wrong, else 1."""
        return DOES_NOT_CONFORM if any(map(self.fails, self.findings)) else DONE


@dataclass(frozen=True, slots=True)
class Rows:
    """The books of foreign data: every row either gave a record or was left out by its mapping."""

    rows: int
    used: int
    filtered: int


def rows_of(sources: Sequence[Source]) -> Rows | None:
    """The books of the rows of all files; None if none is foreign.

    Raises ``EngineError`` if they do not balance.
    """
    files = [file for source in sources for file in source.foreign]
    if not files:
        return None
    told = Rows(*(sum(getattr(file, name) for file in files) for name in ("rows", "used", "filtered")))
    if told.rows != told.used + told.filtered:
        raise EngineError("rows-unbalanced", rows=told.rows, used=told.used, filtered=told.filtered)
    return told


@dataclass
class Run:
    """Facts on their way, and what came of them. Closing it removes its temporary files."""

    model: Model
    config: Config
    sources: Sequence[Source]
    engine: str
    """The engine that was asked for, and once it has run, the one that did."""
    progress: Progress
    known: Known
    """The store that facts may refer to."""
    policy: Policy
    in_store: set[str] = field(default_factory=set)
    """The entities that the store knows, of those that are described or named, by IRI."""
    neighbours: set[str] = field(default_factory=set)
    """The nodes of the store that the engine was shown, as terms: nothing is said of them."""
    starts: list[int] = field(default_factory=list)
    """The number of the first record of each source."""
    headers: list[bool] = field(default_factory=list)
    """Whether something is wrong with the header of each source."""
    mappers: list[Mapper] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    owners: Owners = field(default_factory=lambda: Owners([]))
    spool: Spool = field(init=False)
    """The blocks of all records."""
    documents: Texts = field(init=False)
    """What quotes are held against."""
    texts: Spool = field(init=False)
    """The records as they were written."""
    findings: list[Finding] = field(default_factory=list)
    spoiled: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Record -> pointers of the fields that could not be read, about which shapes say nothing."""
    told: dict[int, int] = field(default_factory=dict)
    """How many results of shapes a record was told."""
    conflicting: set[int] = field(default_factory=set)
    """Records that give an id to different contents."""
    books: Books = field(default_factory=lambda: Books(0, 0, 0, 0, 0))
    also: ExitStack = field(default_factory=ExitStack)
    """What else is to be closed with it."""

    def __post_init__(self) -> None:
        """Open the temporary files. Nothing is held of a file unless somebody knows better."""
        with ExitStack() as opened:  # the first ones go if there may be no more
            self.spool = opened.enter_context(closing(Spool()))
            self.texts = opened.enter_context(closing(Spool()))
            self.documents = opened.enter_context(closing(Texts(self.known)))
            opened.pop_all()
        self.before: Sequence[Before | None] = self.known.before or [None] * len(self.sources)

    def __enter__(self) -> Self:
        """Use as a context, so that the temporary files go away."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the temporary files."""
        self.close()

    def close(self) -> None:
        """Remove the temporary files."""
        self.spool.close()
        self.texts.close()
        self.documents.close()
        self.also.close()

    @property
    def outcome(self) -> Outcome:
        """What is to be reported."""
        fail_on = FAIL_ON[self.config.fail_on]
        looked_in: Literal["", "store"] = "" if isinstance(self.known, Nothing) else "store"
        as_before = sum(sum(before.count()) for before in self.before if before is not None)
        sources = tuple(replace(s, first_number=n) for s, n in zip(self.sources, self.starts, strict=False))
        return Outcome(
            self.findings,
            self.books,
            0,
            self.engine,
            looked_in,
            rows=rows_of(self.sources),
            as_before=as_before,
            model=self.model,
            sources=sources,
            fail_on=fail_on,
        )

    def of_source(self, source: int) -> list[Row]:
        """The records of one source."""
        return [row for row in self.rows if row.source == source]

    def books_of(self, source: int, twice: Collection[int] = ()) -> Books:
        """The books of one source; ``twice`` are accepted rows that will be duplicates."""
        rows = self.of_source(source)
        now = Counter(State.DUPLICATE if row.number in twice else row.state for row in rows)
        before = self.before[source]
        accepted, duplicate = before.count() if before is not None else (0, 0)
        starts = [*self.starts, len(self.rows)]
        read = starts[source + 1] - starts[source] + accepted + duplicate
        held = {State.ACCEPTED: accepted, State.DUPLICATE: duplicate}
        made = Books(read, *(now[state] + held.get(state, 0) for state in State))
        if not made.balanced:
            raise EngineError("books-unbalanced", **asdict(made))
        return made

    def blocks(self) -> Iterator[Block]:
        """What is accepted, by IRI, each entity and claim once, a claim with its evidence."""
        for root, rows in self._by_root(self.rows):
            lines = self._merged(root, rows)
            for row in rows:
                for kept in row.evidence(root):
                    lines += self.spool.block(kept).lines()
            yield root, lines

    def laid(self, source: int) -> Iterator[Laid]:
        """What one source says, in the same way, laid out as the archive has it."""
        for root, rows in self._by_root(self.of_source(source)):
            told = [kept for row in rows for kept in row.kept if kept.root == root]
            pieces = {kept.root: kept for row in rows for kept in row.evidence(root)}
            own = self.spool.text(told[0]) if len(told) == 1 else laid_out(root, self._merged(root, rows)).own
            yield Laid(root, own, tuple([self.spool.text(pieces[iri]) for iri in sorted(pieces)]))

    def entities(self, source: int) -> Iterator[Block]:
        """What one source says of entities, by IRI."""
        index = self.mappers[source].index
        for root, rows in self._by_root(self.of_source(source)):
            if root in index.by_iri and not index.by_iri[root].class_.is_claim:
                yield root, self._merged(root, rows)

    def _by_root(self, rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
        """Entities and claims, by IRI, with the accepted rows that describe them."""
        found: dict[str, list[Row]] = {}
        for row in rows:
            if row.taken:
                for root in row.named:
                    found.setdefault(root, []).append(row)
        return sorted(found.items())

    def data(self, *, everything: bool) -> Iterator[bytes]:
        """The triples that an engine is to see; what several records describe is put together."""
        shared: dict[str, list[Row]] = {}
        alone: list[Kept] = []
        for row in self.rows:
            if everything or row.state is State.ACCEPTED:
                for kept in row.kept:
                    if len(self.owners.of[kept.root]) > 1 or kept.root in self.in_store:
                        shared.setdefault(kept.root, []).append(row)
                    else:
                        alone.append(kept)
        yield from self.spool.texts(alone)
        for root in sorted(shared):
            own = self._merged(root, shared[root])
            others = self.known.told(root) if root in self.in_store else []
            yield as_text(derived(root, [own, *others]) if others else own)
        named = {ref for row in self.rows for ref in row.refs if ref not in self.owners.of}
        context = self.known.describe(named)
        self.neighbours.update(line.partition(" ")[0] for line in context)
        yield as_text(context)

    def records(self, numbers: Collection[int]) -> Iterator[tuple[Mapper, Record]]:
        """Some of the records, read again, with the mapper of their file."""
        for source, start, mapper in zip(self.sources, self.starts, self.mappers, strict=True):
            for record in source.pass_through(start) if numbers else ():
                if record.number in numbers:
                    yield mapper, record

    def count(self, state: State) -> int:
        """How many records are in a state."""
        return sum(row.state is state for row in self.rows)

    def _merged(self, root: str, rows: list[Row]) -> list[str]:
        """What rows say of one entity or claim; whoever describes it goes before who only names it."""
        told = [
            (row.iri == root and row.anchored, self.spool.block(k))
            for row in rows
            for k in row.kept
            if k.root == root
        ]
        if len(told) == 1:
            return told[0][1].lines()
        describing = [block for main, block in told if main]
        mentioning = [block for main, block in told if not main]
        return merge(root, describing, mentioning).lines()


def settings(this: Run) -> Settings:
    """How the accepted graph of a run is written in any format.

    Entities are shared, so what each dataset says about them also stands in its own named graph.
    """
    return Settings(
        base=this.config.base,
        prefixes={**DATA_PREFIXES, **this.model.prefixes},
        graphs=[
            (mapper.iris.dataset(mapper.header.dataset), this.entities(number))
            for number, mapper in enumerate(this.mappers)
        ],
        context=context(this.model),
    )
