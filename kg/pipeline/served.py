"""Facts and RDF checked together with what they touch in a graph on a server, where nothing is changed.

what the facts name ─▶ asked for ─▶ mapped ─▶ what these triples touch ─▶ asked for ─▶ checked

What is found for them is what a check of the server's graph with them would find; of the nodes of the server,
what would be wrong with them and is not wrong now. Shapes of which it can't be told where they look
(``kg.validation.view``), and blank nodes of the server, have the whole graph read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.config import FAIL_ON
from kg.errors import Place, Problem, UsageError
from kg.messages import LANGUAGES
from kg.pipeline import Outcome, run, tell
from kg.pipeline.in_server import InServer, lines
from kg.push.around import BlankNodeError
from kg.rdf import TYPE, compact
from kg.store.around import triples
from kg.store.derivation import derived
from kg.validation import check, graph, settle
from kg.validation.change import surroundings, touched
from kg.validation.finding import Finding, in_order
from kg.validation.policy import Policy
from kg.validation.settle import State
from kg.validation.view import sight, views

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.config import Config
    from kg.model.types import Model
    from kg.pipeline import Progress
    from kg.pipeline.state import Run
    from kg.push import Served
    from kg.rdf_io import RdfInput
    from kg.reading.record import Source
    from kg.validation.change import Graph, Triple
    from kg.validation.result import Result

REFUSED: Final = {"endpoint-whole": "endpoint-whole-refused", "endpoint-blank": "endpoint-blank-refused"}
"""Why the whole is read -> what is said where it is too large."""
WHOLE_AT_MOST: Final = 2_000_000
"""Triples of a graph that is read whole."""


def validate(  # noqa: PLR0913, PLR0917 - what there is to be checked
    model: Model,
    config: Config,
    sources: Sequence[Source],
    graphs: Mapping[str, RdfInput],
    served: Served,
    engine: str,
    progress: Progress,
) -> Outcome:
    """Check facts, and RDF files as one graph, with what they touch in a served graph.

    Raises ``UsageError`` where the whole would have to be read and is too large, ``ServerError`` if the
    server does not answer, or not what it is asked.
    """
    checking = _Checking(model, config, served, engine)
    outcome = Outcome([], None, 0, engine, "server", model=model, fail_on=FAIL_ON[config.fail_on])
    if sources:
        known = InServer(checking, sources)
        with run(model, config, sources, engine, progress, known) as facts:
            checking.of_facts(facts)
            outcome = replace(facts.outcome, looked_in="server")
    if graphs:
        progress("checking", sum(len(rdf.lines) for rdf in graphs.values()))
        found = checking.of_rdf({name: rdf.lines for name, rdf in graphs.items()})
        notes = [Finding(n, n.place or Place(name)) for name, rdf in graphs.items() for n in rdf.notes]
        findings = Policy.of(config, model).findings([*found.findings, *notes])
        told = [*outcome.findings, *findings]
        outcome = replace(outcome, findings=told, nodes=found.nodes, engine=found.checked.engine)
    said = Policy.of(config, model).findings([*checking.elsewhere, *checking.notes()])
    return replace(outcome, findings=in_order([*outcome.findings, *said]))


@dataclass
class _Checking:
    """The check of new triples with a served graph."""

    model: Model
    config: Config
    served: Served
    engine: str
    elsewhere: list[Finding] = field(default_factory=list)
    """What the new triples would break in the graph."""
    _whole: tuple[tuple[Problem, ...], _Held] | None = None

    @property
    def url(self) -> str:
        """The server, for messages."""
        return self.served.url

    def there(self) -> Graph:
        """The served graph: what is looked at of it, or the whole if that was read."""
        return self.served if self._whole is None else self._whole[1]

    def ask(self, nodes: Collection[str]) -> list[Triple]:
        """What the graph says of some nodes."""
        try:
            return list(self.there().about(nodes))
        except BlankNodeError:
            return list(self.read("endpoint-blank").about(nodes))

    def named(self, literals: Collection[str], properties: Collection[str]) -> list[Triple]:
        """The triples of the graph with some literals."""
        try:
            return list(self.there().pointing(literals, properties))
        except BlankNodeError:
            return list(self.read("endpoint-blank").pointing(literals, properties))

    def read(self, why: str, shapes: Sequence[str] = ()) -> _Held:
        """Read the whole graph, and say why; raises ``UsageError`` if it is too large."""
        if self._whole is None:
            count = self.served.count()
            args = {"url": self.served.url, "triples": count, "shapes": tuple(map(compact, shapes))}
            if count > WHOLE_AT_MOST:
                raise UsageError(REFUSED[why], **args, allowed=WHOLE_AT_MOST)
            whole = _Held(triples(set(self.served.whole(count))))
            self._whole = (Problem(why, args=args, severity="info"),), whole
        return self._whole[1]

    def notes(self) -> Iterator[Finding]:
        """That the server was asked, how often, and how much it gave."""
        args = {"url": self.served.url, "requests": self.served.requests, "triples": self.served.triples}
        problems = (
            *(self._whole[0] if self._whole else ()),
            Problem("endpoint-asked", args=args, severity="info"),
        )
        return (Finding(problem, Place(self.served.url)) for problem in problems)

    def around(
        self, new: frozenset[Triple], gone: frozenset[Triple] = frozenset()
    ) -> tuple[set[str], set[Triple], set[Triple]]:
        """What new triples, and those they take the place of, touch, as terms; what is then to be looked at.

        That is with the change, and without it.
        """
        seen = sight(self.model.shapes)
        links = (link for view in views(seen.root) for link in view.links)
        self.served.expected = frozenset(name for name, inverse in links if name and not inverse)
        if seen.beyond:
            self.read("endpoint-whole", [shape for shape in seen.beyond if shape])
        while True:
            try:
                if seen.beyond and self._whole is not None:
                    whole = set(self._whole[1].triples)
                    after = (whole - gone) | new
                    return {subject for subject, _, _ in after}, after, whole
                both = _Both(self.there(), _Held(new), gone)
                nodes = touched(new | gone, seen, both)
                return nodes, surroundings(nodes, seen, both), surroundings(nodes, seen, self.there())
            except BlankNodeError:
                self.read("endpoint-blank")

    def of_rdf(self, files: Mapping[str, Sequence[str]]) -> graph.GraphReport:
        """What is wrong with the nodes that RDF files speak of."""
        new = triples(line for of_file in files.values() for line in of_file)
        nodes, after, before = self.around(new)
        own = {subject for subject, _, _ in new}
        there = {self.served.url: lines(after - new)}
        found = graph.validate(self.model, files, self.engine, self.config.checking, there)
        results = {f.result for f in found.findings if f.result and f.result.focus in nodes - own}
        self._note(results, before, after)
        findings = [f for f in found.findings if f.result is None or f.result.focus in own]
        return replace(found, findings=findings)

    def of_facts(self, facts: Run) -> None:
        """Tell facts what is wrong with them together with the graph, beside what is told already."""
        new, gone = _would_be(facts)
        if not new:
            return
        nodes, after, before = self.around(new, gone)
        results = {r for r in self._results(after) if r.focus in nodes}
        own = {r for r in results if facts.owners.find(r.focus[1:-1])}
        self._note(results - own, before, after)
        told = {f.result for f in facts.findings}
        if missing := sorted(own - told):
            _tell(facts, missing)

    def _note(self, results: set[Result], before: set[Triple], after: set[Triple]) -> None:
        """Note what would be wrong elsewhere and is not wrong now."""
        for result in sorted(results - set(self._results(before)) if results else ()):
            about = [(s, p, o) for s, p, o in after if s == result.focus]

            def values(node: str, path: str, about: list[Triple] = about) -> list[str]:
                return [o for s, p, o in about if (s, p) == (f"<{node}>", path)]

            problem = graph.problem_of(
                self.model, result, [o[1:-1] for _, p, o in about if f"<{p}>" == TYPE], values
            )
            saying = Finding(problem, Place(""))
            said = {language: saying.message(language) for language in LANGUAGES}
            thing = compact(result.focus[1:-1].partition("#")[0])
            told = Problem("endpoint-breaks", args={"thing": thing, "said": said}, severity=problem.severity)
            self.elsewhere.append(Finding(told, Place(self.served.url), result.focus[1:-1], result=result))

    def _results(self, data: set[Triple]) -> tuple[Result, ...]:
        if not data:
            return ()
        known = {*self.model.by_iri, *self.model.targets}
        classes = {o[1:-1] for _, p, o in data if f"<{p}>" == TYPE} & known
        seconds = self.config.checking
        return check.check(self.model, lines(data), classes, self.engine, seconds=seconds).results


def _tell(facts: Run, results: Iterable[Result]) -> None:
    """Lead further results to records; those with an error are out, and what rests on them waits."""
    known, facts.findings = facts.findings, []
    waiting = {row.number for row in facts.rows if row.state is State.WAITING}
    tell.results(facts, results, everything=False)
    settle.wait(facts.rows, facts.owners)
    new = [f for f in tell.waiting(facts) if f.number not in waiting]
    facts.findings = in_order([*known, *facts.policy.findings([*facts.findings, *new])])
    facts.books = settle.books(facts.books.read, facts.rows)


def _would_be(facts: Run) -> tuple[frozenset[Triple], frozenset[Triple]]:
    """What would come into the graph, and what would go: the names of an entity follow from all of it."""
    came: set[str] = set()
    gone: set[str] = set()
    for root, block in facts.blocks():
        others = facts.known.told(root) if root in facts.in_store else []
        lines_now = derived(root, [block, *others]) if others else block
        came.update(lines_now)
        gone.update(line for said in others for line in said)
    return triples(came), triples(gone - came)


class _Held:
    """Triples in memory, as a graph."""

    def __init__(self, found: frozenset[Triple]) -> None:
        self.triples = found
        self._by_subject: dict[str, list[Triple]] = {}
        self._by_object: dict[str, list[Triple]] = {}
        for triple in found:
            self._by_subject.setdefault(triple[0], []).append(triple)
            self._by_object.setdefault(triple[2], []).append(triple)

    def about(self, nodes: Collection[str]) -> Iterator[Triple]:
        return (triple for node in nodes for triple in self._by_subject.get(node, ()))

    def pointing(self, nodes: Collection[str], properties: Collection[str]) -> Iterator[Triple]:
        found = (triple for node in nodes for triple in self._by_object.get(node, ()))
        return (triple for triple in found if "" in properties or triple[1] in properties)


@dataclass(frozen=True)
class _Both:
    """Two graphs as one, of the first without what is ``gone``; a triple of both comes once."""

    one: Graph
    other: _Held
    gone: frozenset[Triple] = frozenset()

    def _left(self, found: Iterable[Triple]) -> Iterator[Triple]:
        return (triple for triple in found if triple not in self.other.triples and triple not in self.gone)

    def about(self, nodes: Collection[str]) -> Iterator[Triple]:
        yield from self._left(self.one.about(nodes))
        yield from self.other.about(nodes)

    def pointing(self, nodes: Collection[str], properties: Collection[str]) -> Iterator[Triple]:
        yield from self._left(self.one.pointing(nodes, properties))
        yield from self.other.pointing(nodes, properties)
