"""The same in Python: facts in, reports and graphs out; what needs no store."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import config, model, pipeline
from kg.export.formats import writer_of
from kg.mapping.repair import repaired
from kg.rdf_io import from_rdflib, to_rdflib
from kg.reading import from_records, read_source
from kg.reading.foreign import read_foreign, read_mapping
from kg.report import How, writer
from kg.report.how import LIMIT
from kg.validation import graph as graph_of
from kg.validation.check import DEFAULT
from kg.validation.settle import Books
from kg.values import kinds
from kg.values.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from kg.export.formats import Settings
    from kg.model.types import Concept, Model
    from kg.reading.record import Source
    from kg.validation.finding import Finding
    from kg.values.kinds import Reading

NO_BOOKS: Final = Books(0, 0, 0, 0, 0)

Facts = str | Path | Iterable[Mapping[str, Any]]
"""A facts file, or records as dictionaries; the first may be a header."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of facts: the books, and every finding with its place."""

    books: Books
    """All zero where no record was read: an unchanged file, or a graph."""
    findings: tuple[Finding, ...]
    engine: str
    """The SHACL engine that ran."""
    outcome: pipeline.Outcome | None = field(default=None, repr=False, compare=False)
    """All that was found out, for ``text``."""

    def text(self, form: str = "text", language: str = "en", limit: int = LIMIT) -> str:
        """The report as ``--format`` writes it: text, json, sarif, junit, github, turtle or feedback.

        ``limit`` is how many findings of one kind are shown, 0 for all.

        >>> import json, kg
        >>> report = kg.validate([{"type": "Compny", "id": "openai"}])
        >>> json.loads(report.text("feedback"))["records"][0]["problems"][0]["allowed"][0]
        'Company'
        """
        bare = pipeline.Outcome(list(self.findings), self.books, 0, self.engine)
        out = io.BytesIO()
        writer(form)(self.outcome or bare, out, How(language, limit))
        return out.getvalue().decode()

    @property
    def conforms(self) -> bool:
        """Whether every record can be used."""
        return not any(f.problem.severity == "error" for f in self.findings)


@dataclass(frozen=True, slots=True)
class Graph:
    """The accepted facts as triples, and the report on all of them."""

    report: Report
    blocks: tuple[pipeline.Block, ...]
    settings: Settings

    def triples(self) -> Iterator[str]:
        """The triples as lines of canonical N-Triples, without line ends; each once."""
        seen: set[str] = set()
        for _, lines in self.blocks:
            for line in lines:
                if line not in seen:
                    seen.add(line)
                    yield line

    def serialize(self, form: str = "turtle") -> str:
        """The graph as text: turtle, trig, ntriples, nquads, jsonld or rdfxml."""
        out = io.StringIO()
        writer_of(form).write(self.blocks, out, self.settings)
        return out.getvalue()

    def to_rdflib(self) -> rdflib.Graph:
        """The graph as a new rdflib graph."""
        return to_rdflib(self.triples())


def validate(
    facts: Facts,
    *,
    project: str | Path | None = None,
    engine: str = DEFAULT,
    mapping: str | Path | None = None,
    repair: bool = False,
) -> Report:
    """Check facts against the shapes; nothing is kept.

    ``repair`` takes what can only mean one thing for that. With a ``mapping`` file the facts are rows of
    a CSV, TSV, JSON, JSON Lines, Excel or Parquet file.

    ``project`` is the folder of a ``kg.toml``; without it the built-in model and the defaults
    hold. Raises ``kg.errors.KgError`` where the command line would end with 2, 3 or 4.
    """
    with _run(facts, project, engine, mapping, repair=repair) as facts_run:
        return _report(facts_run)


def validate_graph(graph: rdflib.Graph, *, engine: str = DEFAULT) -> Report:
    """Check an rdflib graph against the built-in shapes."""
    found = graph_of.validate(model.load(), {"graph": from_rdflib(graph)}, engine)
    return Report(NO_BOOKS, tuple(found.findings), found.checked.engine)


def convert(
    facts: Facts,
    *,
    project: str | Path | None = None,
    engine: str = DEFAULT,
    mapping: str | Path | None = None,
    repair: bool = False,
) -> Graph:
    """Facts, or rows with their mapping, to triples; what violates a shape is left out, and reported.

    >>> import kg
    >>> graph = kg.convert([{"type": "Company", "id": "openai", "name": {"en": "OpenAI"}}])
    >>> len(list(graph.triples())), graph.report.conforms
    (6, True)
    """
    with _run(facts, project, engine, mapping, repair=repair) as facts_run:
        settings = pipeline.settings(facts_run)
        named = [(graph, list(said)) for graph, said in settings.graphs]
        return Graph(_report(facts_run), tuple(facts_run.blocks()), replace(settings, graphs=named))


def read(
    kind: str,
    text: str,
    *,
    language: str = "",
    reference: str | None = None,
    project: str | Path | None = None,
) -> Reading:
    """Read a text as a kind of value: ``money``, ``date``, … (``kg.values.kinds.KINDS``).

    ``language`` is that of the text, ``reference`` the ISO date that “last year” counts from.
    Raises ``kg.errors.Unreadable`` for a text that holds no such value.

    >>> import kg
    >>> kg.read("money", "150억~250억달러").spelled()
    {'currency': 'USD', 'min': '15000000000', 'max': '25000000000'}
    """
    schemes: tuple[Concept, ...] = ()
    settings = _settings(project)
    if kind in kinds.OF_THE_MODEL:
        schemes = kinds.schemes(model.of_project(settings))
    lexicon = Lexicon.load(settings.vocabulary)
    return kinds.read(kind, text, kinds.Beside(language, reference, schemes, lexicon, settings.date_order))


def _settings(project: str | Path | None) -> config.Config:
    """Those of the folder of a ``kg.toml``, or the defaults."""
    return config.read(Path(project) / config.FILE) if project is not None else config.Config()


def _run(
    facts: Facts, project: str | Path | None, engine: str, mapping: str | Path | None, *, repair: bool
) -> pipeline.Run:
    settings = _settings(project)
    compiled = model.of_project(settings)
    source = source_of(facts, "", mapping, compiled)
    return pipeline.run(compiled, settings, [repaired(source, compiled) if repair else source], engine)


def source_of(
    facts: Facts, dataset: str = "", mapping: str | Path | None = None, of: Model | None = None
) -> Source:
    """A facts file, records, or a file of rows with its mapping, as what the pipeline reads."""
    if mapping is not None:
        if not isinstance(facts, str | Path):
            raise TypeError("rows with a mapping are read from a file: give its path")
        return read_foreign(str(facts), read_mapping(str(mapping)), of, dataset=dataset)
    if isinstance(facts, str | Path):
        return read_source(facts, dataset=dataset)
    if isinstance(facts, Mapping):
        raise TypeError("facts are a list of records: put the one record into a list")
    return from_records(facts, dataset=dataset)


def _report(facts_run: pipeline.Run) -> Report:
    outcome = facts_run.outcome
    return Report(facts_run.books, tuple(outcome.findings), outcome.engine, outcome)
