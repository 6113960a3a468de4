"""An RDF file → its lines of N-Triples as they come, in memory that does not grow with it.

JSON-LD and RDF/XML have to be held as a whole.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.errors import InputError
from kg.rdf_io.faults import explained
from kg.rdf_io.read import BOM, lines_of, notes_of, read_rdf
from kg.rdf_io.syntaxes import syntax_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem

_WHOLE: Final = frozenset(("jsonld", "rdfxml"))
WHOLE_AT_MOST: Final = 1 << 26
"""Bytes of a file that has to be held as a whole."""
_LINE: Final = 1 << 16
"""Bytes of a line that are looked at to say what is wrong in it."""


class RdfStream:
    """The lines of one file, each time anew: in the file's order, and as often as it says them."""

    def __init__(self, path: Path, *, default_only: bool) -> None:
        """With ``default_only`` named graphs are left out."""
        self.path, self.default_only = path, default_only
        self.notes: tuple[Problem, ...] = ()
        """What should be known, as ``RdfInput`` has it, once all lines have been taken."""

    def __iter__(self) -> Iterator[str]:
        """Raises ``InputError`` as ``read_rdf`` does, at the line that is wrong."""
        syntax = syntax_of(str(self.path))
        if syntax.name in _WHOLE:
            read = read_rdf(self.path, largest=WHOLE_AT_MOST, default_only=self.default_only)
            self.notes = read.notes
            yield from read.lines
            return
        called, any_, graphs = str(self.path), False, set[str]()
        try:
            with self.path.open("rb") as file:
                if file.peek(len(BOM)).startswith(BOM):
                    file.read(len(BOM))
                for line in lines_of(file, syntax, called, graphs, default_only=self.default_only):
                    any_ = True
                    yield line
        except SyntaxError as error:
            number = error.lineno or 1
            raise explained(error, _line(self.path, number), syntax, called, first=number) from error
        except OSError as error:
            raise InputError("rdf-unreadable", file=called, said=error.strerror or str(error)) from error
        self.notes = tuple(notes_of(any_, tuple(sorted(graphs)), called))


def _line(path: Path, number: int) -> bytes:
    """A line, to be quoted; nothing of what can be read only once."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return next(islice(file, number - 1, None), b"")[:_LINE].removeprefix(BOM).rstrip(b"\n")
