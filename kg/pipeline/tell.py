"""From problems and results to findings: at their places, in the words of the record."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.errors import Place, Problem, pointer_token, value_at
from kg.messages import shown
from kg.rdf import DCTERMS, compact
from kg.reading.foreign.source import notes
from kg.reading.locate import Spot, excerpt, spot
from kg.validation import locate
from kg.validation.finding import Finding
from kg.validation.settle import State, stands
from kg.values.problems import MORE, counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.identity.entry import Rest
    from kg.mapping.mapper import Mapped
    from kg.mapping.trace import Trace
    from kg.pipeline.state import Run
    from kg.reading.foreign.source import Foreign
    from kg.reading.record import Record
    from kg.validation.result import Result
    from kg.validation.settle import Row

MADE_BY_MERGING: Final = frozenset({"MaxCount", "UniqueLang"})
"""What only shows when records are put together that should not be."""
SOURCE: Final = f"{DCTERMS}source"
NOBODY: Final = -1
CAUSES: Final = 5
"""How many of the records that something waits for are named."""
UNDATED: Final = "date-needs-reference"
"""Only follows where the source itself is wrong, which is told."""
AT_MOST: Final = 100
"""How many problems of one record are told; the others are counted."""


def problems(this: Run, mapped: Mapped) -> None:
    """The problems of a record as findings."""
    record = mapped.record
    # each is looked up in the record's text, which a hostile record would make long
    unsourced = any(_is_of_source(p) for p in mapped.problems)
    told = [p for p in mapped.problems if p.code != MORE and not (unsourced and p.code == UNDATED)][:AT_MOST]
    more = sum(counted(p) for p in mapped.problems if not (unsourced and p.code == UNDATED)) - len(told)
    if more:
        told.append(Problem(MORE, args={"count": more}))
    for problem in told:
        if problem.place is not None and problem.pointer.startswith("/defaults"):
            _header(this, record, problem)
            continue
        if (place := problem.place) is None:
            at = spot(record, problem.pointer)
        else:
            at = Spot(place, None, excerpt(record, problem) if place.column else "")
        called = _called(record, mapped.iri)
        this.findings.append(Finding(problem, at.place, called, at.words, None, at.end, record.number))
        if problem.severity == "error":
            this.spoiled[record.number].append(problem.pointer)
        if problem.code == "unknown-field":
            # the field that was meant is not missing as well
            near = problem.args["near"]
            this.spoiled[record.number] += (
                [pointer_token(n) for n in near[:1]] if isinstance(near, tuple) else []
            )


def _is_of_source(problem: Problem) -> bool:
    """Whether it is about what a record has as its source, which dates may count from."""
    return problem.severity == "error" and problem.pointer.removeprefix("/defaults").startswith("/source")


def _header(this: Run, record: Record, problem: Problem) -> None:
    """A wrong default is told once; each record that it costs is told where to look."""
    place = problem.place or record.place
    this.findings.append(Finding(problem, place))
    if problem.severity == "error":
        wrong = Problem("header-wrong", others=(place,))
        this.findings.append(Finding(wrong, record.place, number=record.number))
        this.spoiled[record.number].append(problem.pointer.removeprefix("/defaults"))


def quarantine(this: Run, row: Row, problem: Problem, place: Place | None = None, id_: object = None) -> None:
    """Take a record out, and say why; ``id_`` is what it is called if the row does not say."""
    row.state = State.QUARANTINED
    called = row.id or row.iri or (id_ if isinstance(id_, str) else "")
    this.findings.append(Finding(problem, place or row.place, called, number=row.number))


def results(this: Run, found: Iterable[Result], *, everything: bool) -> None:
    """Lead every result back to the records and fields that it is about.

    Where several records describe a node, those that brought the offending triple are told;
    all of them, if none did. When ``everything`` was looked at, a good record is not told what
    may come from one that is out already: what is left is looked at again.
    """
    wanted: dict[int, list[Result]] = defaultdict(list)
    out = {row.number for row in this.rows if row.state is State.QUARANTINED} if everything else set()
    for result in found:
        numbers = this.owners.find(result.focus[1:-1])
        if not numbers and result.focus in this.neighbours:
            continue
        for number in [n for n in numbers if n in out] or numbers or (NOBODY,):
            wanted[number].append(result)
    for result in wanted.pop(NOBODY, ()):
        problem = locate.problem(result, this.model)
        this.findings.append(Finding(problem, Place(""), result.focus, result=result))
    shared: list[tuple[Record, Trace, Result]] = []
    for mapper, record in this.records(wanted):
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
    if this.headers[row.source]:
        return
    told = this.told[record.number] = this.told.get(record.number, 0) + 1
    if told > AT_MOST:
        unplaced = this.policy.problem(locate.problem(result, this.model), of_shape=True)
        if unplaced is not None and unplaced.severity == "error":
            row.state = State.QUARANTINED
        if told == AT_MOST + 1:
            more = Problem("more-results")
            this.findings.append(Finding(more, row.place, _called(record, row.iri), number=row.number))
        return
    if record.number in this.conflicting and result.component in MADE_BY_MERGING:
        return
    class_ = trace.classes.get(result.focus[1:-1])
    named = partial(_as_written, this, record, trace)
    found = locate.problem(result, this.model, class_, trace, named, partial(_values, this, trace))
    problem = this.policy.problem(found, of_shape=True)
    if (
        problem is None
        or _follows(result, trace, record, problem)
        or _is_spoiled(problem.pointer, this.spoiled.get(record.number, ()))
    ):
        return
    place, end, words = spot(record, problem.pointer)
    called = _called(record, row.iri)
    this.findings.append(Finding(problem, place, called, words, result, end, record.number))
    if problem.severity == "error":
        row.state = State.QUARANTINED


def _values(this: Run, trace: Trace, node: str, path: str) -> set[str]:
    """The values of a property that the record says, and of an entity what other datasets say."""
    found = set(trace.values(node, path))
    if node in this.in_store:
        head = f"<{node}> <{path}> "
        said = (line for lines in this.known.told(node) for line in lines if line.startswith(head))
        found.update(line[len(head) : -2] for line in said)
    return found


def _follows(result: Result, trace: Trace, record: Record, problem: Problem) -> bool:
    """Whether evidence lacks its document only because the record does, which is told there."""
    if result.component != "MinCount" or result.path != SOURCE or result.focus[1:-1] in trace.classes:
        return False
    value = value_at(record.data, problem.pointer)
    return not (isinstance(value, dict) and "source" in value)


def _as_written(this: Run, record: Record, trace: Trace, iri: str) -> str:
    """An IRI as the reader of a record knows it: the words there, or the entity's class, id and name."""
    pointer = trace.nodes.get(iri) or trace.pointer_to(iri)
    if iri not in trace.classes and pointer:
        return shown(value_at(record.data, pointer))
    entry = this.mappers[0].index.entity(iri)
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


def waiting(this: Run) -> Iterator[Finding]:
    """What every waiting record waits for."""
    numbers = {row.number for row in this.rows if row.state is State.WAITING}
    rests = {rest for number in numbers for rest in this.rows[number].rests}
    gone = {rest for rest in rests if not any(stands(n, this.rows) for n in rest.numbers)}
    for mapper, record in this.records(numbers):
        row = this.rows[record.number]
        trace = mapper.trace(record)
        for root, causes in _waits_for(this, row, gone):
            pointer = trace.pointer_to(root)
            args = {"causes": tuple(dict.fromkeys(r.id or compact(r.iri) for r in causes))}
            others = tuple(r.place for r in causes)
            problem = Problem("waits", pointer, args, severity="info", others=others)
            place, end, _ = spot(record, pointer)
            called = _called(record, row.iri)
            yield Finding(problem, place, called, end=end, number=record.number)


def foreign(this: Run) -> Iterator[Finding]:
    """How files of foreign data were read, and what in them came to nothing."""
    by_mapping: dict[str, list[Foreign]] = {}
    for source in this.sources:
        for file in source.foreign:
            by_mapping.setdefault(file.mapping.path, []).append(file)
    for path, files in by_mapping.items():
        yield from (Finding(note, note.place or Place(path)) for note in notes(files))


def _waits_for(this: Run, row: Row, gone: Collection[Rest]) -> Iterator[tuple[str, list[Row]]]:
    """What a row waits for, with some of the records that say it; what they only call it after that."""
    for root in row.waits_for:
        yield root, [this.rows[n] for n in this.owners.of[root][:CAUSES]]
    told = set(row.waits_for)
    for rest in row.rests:
        if rest in gone and rest.iri not in told:
            told.add(rest.iri)
            yield rest.iri, [this.rows[n] for n in rest.numbers[:CAUSES]]
