"""The optional engine ``pyshacl-turbo`` (extra ``turbo``): takes over what ``shacl`` can't do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.validation.engines.failure import failure, told
from kg.validation.engines.pyshacl import literals_as_written
from kg.validation.engines.w3c import Messages, graph_of, messages_of, read_report, restored

if TYPE_CHECKING:
    from pathlib import Path

    from kg.validation.result import Result


class Turbo:
    """The PyPI library ``pyshacl-turbo``."""

    name = "turbo"
    library = "pyshacl_turbo"

    def compile(self, shapes_ntriples: str) -> TurboChecker:
        """Compile the shapes.

        They are given as bytes: text may be taken for a file's name, and with a store of pyoxigraph
        every ``sh:in`` would fail.
        """
        with told(self.name, "compile"), literals_as_written():
            import pyshacl_turbo  # noqa: PLC0415 - loaded when this engine is asked for

            compile_shapes: Any = pyshacl_turbo.compile_shapes  # has no annotations
            shapes = compile_shapes(shapes_ntriples.encode(), shacl_graph_format="nt")
            return TurboChecker(shapes, messages_of(graph_of(shapes_ntriples)))


@dataclass(frozen=True, slots=True)
class TurboChecker:
    """Compiled shapes of ``pyshacl-turbo`` and their messages."""

    shapes: Any
    messages: Messages

    def check(self, data: Path) -> list[Result]:
        """As ``Checker.check``."""
        with told(Turbo.name, "check"), literals_as_written():
            _conforms, report, text = self.shapes.validate(
                data.read_bytes(), data_graph_format="nt", _normalize_report_literals=False
            )
            if not hasattr(report, "serialize"):
                raise failure(Turbo.name, "check", report or text)
            return read_report(report.serialize(format="nt", encoding="utf-8"), restored(self.messages))
