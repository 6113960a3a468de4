"""The default engine: ``shacl``, Rust; SHACL Core whole, 0.1 s for 100,000 triples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import EngineError
from kg.rdf import SH
from kg.validation.engines.failure import told
from kg.validation.engines.w3c import read_report, tagged
from kg.validation.result import Result, component_name, severity_name, sorted_unique

if TYPE_CHECKING:
    from pathlib import Path

MAX_RESULTS: Final = 100_000
"""More results than this are an error: each costs about 10 kB of memory."""


class Shacl:
    """The PyPI library ``shacl``."""

    name = "shacl"
    library = "shacl"

    def compile(self, shapes_ntriples: str) -> ShaclChecker:
        """Compile the shapes: 3 ms for the shapes of 45 classes."""
        import shacl  # noqa: PLC0415 - 4 MB of machine code, loaded when something is checked

        with told(self.name, "compile"):
            return ShaclChecker(shacl.Shapes.from_text(shapes_ntriples, "ntriples"))


@dataclass(frozen=True, slots=True)
class ShaclChecker:
    """Compiled shapes of ``shacl``; may be shared by threads."""

    shapes: Any
    max_results: int = MAX_RESULTS

    def check(self, data: Path) -> list[Result]:
        """As ``Checker.check``; too many results are an ``EngineError``, never a shorter list."""
        with told(Shacl.name, "check"):
            report = self.shapes.validate_file(str(data), max_results=self.max_results)
            found = report.results
            if len(found) >= self.max_results:
                raise EngineError("too-many-results", engine=Shacl.name, limit=self.max_results)
            if any(r.messages for r in found):
                # Only the serialized report keeps the languages of messages.
                return read_report(report.serialize("ntriples"), tagged)
            return sorted_unique(_result(r) for r in found)


def _result(found: Any) -> Result:  # noqa: ANN401 - the library ships no types
    path, shape = found.path or "", found.source_shape or ""
    return Result(
        focus=found.focus_node,
        path=path[1:-1] if path.startswith("<") and path.find(">") == len(path) - 1 else path,
        value=found.value or "",
        component=component_name(found.component_iri),
        shape=shape[1:-1] if shape.startswith("<") else "",
        severity=severity_name(found.severity_iri or f"{SH}Violation"),
    )
