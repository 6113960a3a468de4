"""A data set of ``../shared/data``, read whole by its example mapping, and its graph."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from kg import config, model, pipeline
from kg.rdf import PREFIXES
from kg.reading.foreign import read_foreign, read_mapping, read_together

PAGE = Path(__file__).resolve().parents[2] / "docs" / "foreign.md"
DECLARED = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
BASE = config.EXAMPLE_BASE
Answer = set[tuple[str, ...]]


class Loaded:
    """A data set: what came of it, and its graph."""

    def __init__(self, root: Path, name: str, files: list[Path], *, together: bool) -> None:
        self.name = name
        compiled = model.load()
        how = read_mapping(str(root / "examples" / name / "mapping.yaml"))
        paths = [str(p) for p in files]
        sources = (
            [read_together(paths, how, compiled)]
            if together
            else [read_foreign(path, how, compiled) for path in paths]
        )
        self.store = ox.Store()
        with pipeline.run(compiled, config.Config(), sources) as run:
            self.outcome = run.outcome
            text = "\n".join(line for _, lines in run.blocks() for line in lines)
        self.store.bulk_load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
        self.codes = Counter(f.problem.code for f in self.outcome.findings if f.problem.severity == "error")

    def ask(self, query: str) -> Answer:
        """The rows of a SELECT, IRIs by their last step."""
        found = self.store.query(DECLARED + query)
        assert isinstance(found, ox.QuerySolutions)
        return {tuple(short(term) for term in row) for row in found}

    def books(self) -> tuple[int, int, int]:
        """Rows, used and filtered; those of the records are the ones that the page tells."""
        rows, books = self.outcome.rows, self.outcome.books
        assert rows is not None
        assert books is not None
        assert books.balanced
        told = re.search(
            rf"{self.name}/mapping.yaml.*?\| ([\d,]+(?: [\d,]+){{3}}) \|", PAGE.read_text("utf-8")
        )
        assert told is not None
        counts = books.accepted, books.duplicate, books.quarantined, books.waiting
        assert told[1] == ", ".join(f"{count:,}" for count in counts)
        return rows.rows, rows.used, rows.filtered


def short(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return re.split("[/#]", term.value)[-1]
    return term.value if isinstance(term, ox.Literal) else ""


def json_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def by_id(found: Answer) -> set[tuple[str, ...]]:
    """Ids stand percent-encoded in IRIs."""
    return {tuple(unquote(part) for part in row) for row in found}


def quarantined(loaded: Loaded) -> set[str]:
    return {f.record for f in loaded.outcome.findings if f.problem.severity == "error"}
