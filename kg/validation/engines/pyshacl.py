"""The reference engine: pySHACL, pure Python, slow, the one that everybody knows."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from kg.validation.engines.failure import failure, told
from kg.validation.engines.w3c import Messages, graph_of, messages_of, read_report, restored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.validation.result import Result

_ONE_AT_A_TIME: Final = Lock()
_TALKATIVE: Final = ("rdflib.term", "pyshacl-validate", "pyshacl")


class PySHACL:
    """The PyPI library ``pyshacl``."""

    name = "pyshacl"
    library = "pyshacl"

    def compile(self, shapes_ntriples: str) -> PySHACLChecker:
        """Parse the shapes; pySHACL itself reads them anew at each check."""
        with told(self.name, "compile"), literals_as_written():
            import rdflib  # noqa: PLC0415 - 0.3 s, loaded when this engine is asked for

            shapes = rdflib.Graph().parse(data=shapes_ntriples, format="nt")
            return PySHACLChecker(shapes, messages_of(graph_of(shapes_ntriples)))


@dataclass(frozen=True, slots=True)
class PySHACLChecker:
    """A parsed shapes graph and its messages."""

    shapes: Any
    messages: Messages

    def check(self, data: Path) -> list[Result]:
        """As ``Checker.check``; no meta-shapes, no imports, no advanced features, no inference."""
        import pyshacl  # noqa: PLC0415 - loaded when this engine is asked for
        import rdflib  # noqa: PLC0415 - the same

        with told(PySHACL.name, "check"), literals_as_written():
            _conforms, report, text = pyshacl.validate(
                rdflib.Graph().parse(data, format="nt"),
                shacl_graph=self.shapes,
                inference="none",
                advanced=False,
                meta_shacl=False,
                js=False,
                do_owl_imports=False,
                inplace=True,
            )
            if not isinstance(report, rdflib.Graph):  # a ValidationFailure is returned, not raised
                raise failure(PySHACL.name, "check", report or text)
            return read_report(report.serialize(format="nt", encoding="utf-8"), restored(self.messages))


@contextmanager
def literals_as_written() -> Iterator[None]:
    """Make rdflib keep literals as they are written, and say nothing about those that are no numbers.

    The switch is rdflib's and global, so it is set for as short as can be, one thread at a time.
    """
    import rdflib  # noqa: PLC0415 - loaded when an engine that needs it is asked for

    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    with _ONE_AT_A_TIME:
        normalize, were = rdflib.NORMALIZE_LITERALS, [log.disabled for log in loggers]
        rdflib.NORMALIZE_LITERALS = False
        for log in loggers:
            log.disabled = True
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        finally:
            rdflib.NORMALIZE_LITERALS = normalize
            for log, was in zip(loggers, were, strict=True):
                log.disabled = was
