"""A project in Python: facts in, rows and graphs out, as the commands do it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg import config, model
from kg.api import NO_BOOKS, Report, source_of
from kg.errors import Place, UsageError
from kg.identity.iris import Iris
from kg.pipeline import judging, retracting, run
from kg.pipeline import load as loading
from kg.pipeline.in_store import InStore
from kg.pipeline.replay import replay
from kg.query import Asked, Limits, Session, changes, load
from kg.query.ask import Setting, ask_named
from kg.query.bind import refuse_others
from kg.query.terms import term as term_of
from kg.rdf import PREFIXES, XSD
from kg.rdf_io import to_rdflib
from kg.store import Store
from kg.validation.check import DEFAULT
from kg.validation.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    import polars as pl
    import rdflib

    from kg.api import Facts
    from kg.pipeline import Outcome
    from kg.query import Named
    from kg.query.terms import Term
    from kg.reading.record import Source

Value = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: columns and rows; IRIs and texts as text, numbers exact."""

    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """The rows as dictionaries."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.values)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.values)

    def to_pandas(self) -> pd.DataFrame:
        """A pandas data frame; pandas must be installed."""
        import pandas as pd  # noqa: PLC0415 - optional

        return pd.DataFrame(self.values, columns=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """A Polars data frame; Polars must be installed."""
        import polars as pl  # noqa: PLC0415 - optional

        return pl.DataFrame([list(row) for row in self.values], schema=list(self.columns), orient="row")


class Project:
    """A folder with a ``kg.toml`` and its store. Nothing is held open between calls."""

    def __init__(self, folder: str | Path) -> None:
        """Read the settings and the model; raises ``UsageError`` if there is no ``kg.toml``."""
        self.folder = Path(folder)
        self.config = config.read(self.folder / config.FILE)
        self.model = model.of_project(self.config)

    def __enter__(self) -> Self:
        """Use as a context, as files are."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def load(
        self,
        facts: Facts,
        *,
        dataset: str = "",
        engine: str = DEFAULT,
        mapping: str | Path | None = None,
        repair: bool = False,
        cascade: bool = False,
    ) -> Report:
        """Take facts into the store, as the dataset of that name, their header's or their file's.

        With a ``mapping`` the facts are rows of a CSV, TSV, JSON, JSON Lines, Excel or Parquet file. With
        ``cascade`` what can't stand then is taken out of other datasets; else the change would be refused.
        """
        source = source_of(facts, dataset, mapping, self.model)
        how = loading.Options(engine, repair=repair, cascade=cascade)
        with Store.open(self.folder, write=True) as store:
            judging.follow(store, self.model, self.folder)
            return _report(store, loading.load(store, self.model, self.config, [source], how).outcome)

    def replay(
        self, dataset: str, facts: Facts | None = None, *, engine: str = DEFAULT, repair: bool = False
    ) -> Report:
        """Load a dataset again without its file: what waited, and corrected records in the place of others.

        A record takes the place of one that was not taken and has its id; those of a file that
        ``kg quarantine export`` wrote take the place of all that it was written with.
        """
        how = loading.Options(engine, repair=repair)
        corrected = [source_of(facts, dataset)] if facts is not None else []
        with Store.open(self.folder, write=True) as store:
            judging.follow(store, self.model, self.folder)
            done = replay(store, self.model, self.config, dataset, corrected, how)
            return _report(store, done.report.outcome)

    def validate(self, facts: Facts, *, engine: str = DEFAULT) -> Report:
        """Check facts together with what the store knows; nothing is kept."""
        source: Source = source_of(facts)
        with Store.open(self.folder, write=False) as store:
            beside = InStore(store, {source.header.dataset}, Iris(self.config.base))
            with run(self.model, self.config, [source], engine, known=beside) as found:
                return _report(store, found.outcome)

    def retract(self, dataset: str, *, cascade: bool = False) -> Report:
        """Take out what a dataset says and no other does.

        Nothing is taken out if that would break what another dataset says: the report names it. With
        ``cascade`` that is taken out too.
        """
        how = loading.Options(cascade=cascade)
        with Store.open(self.folder, write=True) as store:
            done = retracting.retract(store, self.model, self.config, dataset, how)
            out = (finding for one in done.taken_out for finding in one.findings)
            return Report(NO_BOOKS, (*_noticed(store), *done.broken, *out), DEFAULT)

    def query(self, asked: str, *, seconds: float = 30, **values: str) -> Rows:
        """Ask a named query with its parameters, or SPARQL, of the newest state of the store.

        Raises ``UsageError`` for a parameter that the query does not have, or that is missing.
        """
        queries = load(self.config.queries)
        refuse_others(queries.get(asked), values)
        setting = Setting(self.model, self.config.base, names=False)
        with self._asked_of(queries.get(asked), values) as what, Session(what, Limits(seconds)) as session:
            if asked in queries:
                answer, view = ask_named(session, queries[asked], values, setting)
                hidden = view.hidden
            else:
                prefixes = {**PREFIXES, **self.model.prefixes}
                answer, hidden = session.ask(asked, base=self.config.base, prefixes=prefixes), frozenset()
            shown = [n for n, name in enumerate(answer.variables) if name not in hidden]
            columns = tuple(answer.variables[n] for n in shown)
            return Rows(columns, tuple(_values(row, shown) for row in answer.rows))

    def to_rdflib(self, datasets: Sequence[str] = ()) -> rdflib.Graph:
        """The graph, or that of some datasets, as a new rdflib graph."""
        with Store.open(self.folder, write=False) as store:
            return to_rdflib(line for _, lines in store.blocks(datasets) for line in lines)

    @contextmanager
    def _asked_of(self, query: Named | None, values: Mapping[str, str]) -> Iterator[Asked]:
        if query is None or not query.data:
            yield self._asked()
            return
        with Store.open(self.folder, write=False) as store, changes.asked(store, values) as change:
            yield change

    def _asked(self) -> Asked:
        with Store.open(self.folder, write=False) as store:
            return Asked(store=store.checkpoint())


def _report(store: Store, outcome: Outcome) -> Report:
    """What came of facts, after what was noticed of the store."""
    findings = (*_noticed(store), *outcome.findings)
    return Report(outcome.books or NO_BOOKS, findings, outcome.engine, outcome)


def _noticed(store: Store) -> Iterator[Finding]:
    """What was found and mended on opening the store."""
    return (Finding(notice, Place("")) for notice in store.notices)


def _values(row: tuple[str | None, ...], shown: list[int]) -> tuple[Value, ...]:
    return tuple(_value(term_of(written)) if (written := row[n]) is not None else None for n in shown)


def _value(term: Term) -> Value:
    """What a term means in Python: numbers exact, everything else its text."""
    if term.datatype == f"{XSD}integer":
        return int(term.value)
    if term.datatype == f"{XSD}decimal":
        return Decimal(term.value)
    if term.datatype == f"{XSD}boolean":
        return term.value in {"true", "1"}
    return term.value


def open_project(folder: str | Path = ".") -> Project:
    """The project in a folder, or in the nearest folder above it.

    Raises ``UsageError`` where there is none.
    """
    found = config.find(Path(folder).resolve())
    if found is None:
        raise UsageError("project-missing", received=str(folder))
    return Project(found.parent)


def new_project(folder: str | Path, *, base: str = config.EXAMPLE_BASE, language: str = "en") -> Project:
    """Make a folder a project, as ``kg init`` does; raises ``UsageError`` where it is one already."""
    path = Path(folder) / config.FILE
    settings = config.written(base, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(settings)
    except FileExistsError as error:
        raise UsageError("init-exists", folder=str(folder)) from error
    return Project(folder)
