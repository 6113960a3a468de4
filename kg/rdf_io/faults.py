"""What a parser of RDF complained about, as an error that names the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf_io.syntaxes import Syntax

_POSITION: Final = re.compile(r"Parser error (?:at|between) line (\d+)(?:[^:]*?columns? (\d+))?[^:]*: ")


def where(file: str, line: int, column: int) -> str:
    """``file:line:column``, as far as known (0 is unknown).

    >>> where("a.ttl", 3, 7), where("a.ttl", 0, 0)
    ('a.ttl:3:7', 'a.ttl')
    """
    return ":".join([file, *(str(n) for n in (line, column) if n)])


def explained(error: SyntaxError, data: bytes, syntax: Syntax, file: str, *, first: int = 1) -> InputError:
    """The error of ``kg`` for one of pyoxigraph's parsers; the data begin with line ``first``."""
    said = error.msg
    line, column = error.lineno or 0, error.offset or 0
    position = _POSITION.match(said)
    if position is not None:
        said = said[position.end() :]
        line, column = line or int(position[1]), column or int(position[2] or 0)
    place = where(file, line, column)
    if "UTF-8" in said:
        return InputError("rdf-encoding", where=place, format=syntax.label)
    if syntax.name == "jsonld":
        remote = next(_remote_contexts(data), None)
        if remote is not None:
            return InputError("rdf-remote-context", file=file, received=remote)
    if "No scheme found" in said:
        return InputError("rdf-relative-iri", where=place, said=_excerpt(error, data, first) or said)
    return InputError("rdf-syntax", where=place, format=syntax.label, said=said)


def _excerpt(error: SyntaxError, data: bytes, first: int) -> str:
    """What stands where the parser stopped, if that is within one line."""
    start, end = error.offset or 0, error.end_offset or 0
    if not error.lineno or error.lineno != error.end_lineno or not 0 < start < end:
        return ""
    line = data.split(b"\n")[error.lineno - first].decode(errors="replace")
    return line[start - 1 : end - 1]


def _remote_contexts(data: bytes) -> Iterator[str]:
    """The contexts of a JSON-LD document that are IRIs."""
    import json  # noqa: PLC0415 - needed only for a document that was refused

    try:
        waiting: list[Any] = [json.loads(data)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        if not isinstance(value, dict):
            continue
        for key, inner in value.items():
            if key == "@context":
                yield from (c for c in (inner if isinstance(inner, list) else [inner]) if isinstance(c, str))
            elif key == "@import" and isinstance(inner, str):
                yield inner
            waiting.append(inner)
