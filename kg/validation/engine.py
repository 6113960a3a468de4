"""The contract of a SHACL engine, and the list of those that ``kg`` knows.

An engine compiles a shapes graph once and then checks data graphs. It gives only what it found:
what a result means for a record, and whether the run counts, is decided above, in
``kg.validation.check``.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Protocol

from kg.errors import EngineError, UsageError
from kg.validation.engines.pyshacl import PySHACL
from kg.validation.engines.shacl import Shacl
from kg.validation.engines.turbo import Turbo

if TYPE_CHECKING:
    from pathlib import Path

    from kg.validation.result import Result


class Checker(Protocol):
    """A compiled shapes graph. It keeps nothing of the data that it has checked."""

    def check(self, data: Path) -> list[Result]:
        """The top-level results for an N-Triples file, sorted, each once.

        Raises ``EngineError`` with the engine's own words if the run fails.
        """


class Engine(Protocol):
    """One SHACL library."""

    name: str
    """As ``--engine`` and the registry know it."""
    library: str
    """The module that is imported, when it is used."""

    def compile(self, shapes_ntriples: str) -> Checker:
        """Make a shapes graph (N-Triples) ready to check data; raises ``EngineError``."""


ENGINES: Final[tuple[Engine, ...]] = (Shacl(), PySHACL(), Turbo())
"""The default first."""


def installed(name: str) -> bool:
    """Whether a known engine's library can be imported here."""
    return any(e.name == name and find_spec(e.library) is not None for e in ENGINES)


def engine(name: str) -> Engine:
    """The engine of that name.

    Raises ``UsageError`` for a name that is none, ``EngineError`` if its library is not installed.

    >>> engine("shacl").name
    'shacl'
    """
    for known in ENGINES:
        if known.name == name:
            if not installed(name):
                raise EngineError("engine-missing", engine=name, library=known.library)
            return known
    raise UsageError("engine-unknown", received=name, allowed=tuple(e.name for e in ENGINES))
