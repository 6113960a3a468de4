"""The process that queries run in: it may be slow, eat memory or crash, and nothing else is harmed.

``python -m kg.query.worker BYTES`` reads requests from stdin and writes answers to stdout, one JSON
value a line, and ends when stdin does, so it never outlives who started it. It only ever reads:
a checkpoint of the store, or RDF files into a store in memory.

    {"do": "open", "store": path, "change": path|null, "data": [paths]}  → {"end": 1}
    {"do": "ask", "query": …, "bindings": {"_on": "…"}, "language": "ko", "lists": {"investor": " "},
     "unnamed": ["claim"], "subject": "claim", "only": [[query, {"_into": "<iri>"}], …]}
      → {"form": "select", "variables": […]}, then {"rows": [[term|null, …], …], "names": {iri: name}} …
      → {"form": "ask", "boolean": true}
      → {"form": "graph"}, then {"triples": ["<s> <p> <o> .", …]} …
    {"do": "find", "text": "stargate", "classes": […], "base": …}
      → {"found": [[iri, name], …], "near": […]}
    {"do": "complete", "text": "star", "classes": […], "language": "ko"}  → {"found": [[word, meaning], …]}
    {"do": "about", "iris": […], "incoming": true}  → {"triples": […]} …
    Each answer ends with {"end": 1}, or with {"error": code, "kind": "usage"|"input"|"store", "args": {…}}; a
    request has a "number", and each line of its answer the same as "to".
"""

from __future__ import annotations

import io
import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import apart
from kg.errors import InputError, KgError, StoreError, UsageError
from kg.query import lookup
from kg.query.solve import Rows, solve
from kg.rdf import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyoxigraph as ox

    Answer = Callable[..., None]

BATCH: Final = 1000
"""Rows or triples in one line of an answer."""
_answered: Final = [0]
"""The number of the request that is being answered; each line of its answer has it as ``to``."""
_CORRUPT: Final = "Corruption"
"""Begins what the engine says of files that are damaged."""
_KINDS: Final = ((UsageError, "usage"), (InputError, "input"))


def main() -> None:
    """Serve requests until stdin ends."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")
    apart.limit(int(sys.argv[1]))
    store: ox.Store | None = None
    opened = ""
    for line in apart.requests():
        request = json.loads(line)
        _answered[:] = [request["number"]]
        try:
            if request["do"] == "open":
                opened = request.get("store") or ""
                store = _opened(request)
                _say(end=1)
            elif store is not None:
                _DO[request["do"]](store, request)
        except KgError as error:
            kind = next((name for cls, name in _KINDS if isinstance(error, cls)), "store")
            _say(error=error.code, kind=kind, args=error.args_shown)
        except (OSError, RuntimeError) as error:  # the engine can't read its files
            _say(error="query-store", kind="store", args={"received": opened, "reason": str(error)})
        except MemoryError:
            _say(error="query-memory", kind="usage", args={})


def _say(**answer: object) -> None:
    answer["to"] = _answered[-1]
    sys.stdout.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":"), default=str) + "\n")
    sys.stdout.flush()


def _opened(request: Mapping[str, Any]) -> ox.Store:
    import pyoxigraph  # noqa: PLC0415 - only after memory is limited

    if path := request.get("store"):
        try:
            store = pyoxigraph.Store.read_only(path)
        except (OSError, RuntimeError) as error:
            raise StoreError("query-store", received=path, reason=str(error)) from error
        if change := request["change"]:
            from kg.query.changes import opened  # noqa: PLC0415 - only if a change is asked

            return opened(store, change)
        return store
    from kg.rdf_io import read_rdf  # noqa: PLC0415 - only if files are asked

    store = pyoxigraph.Store()
    for number, name in enumerate(request["data"]):
        read = read_rdf(Path(name), scope=f"f{number}b")
        store.bulk_load("\n".join(read.lines).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def _ask(store: ox.Store, request: Mapping[str, Any]) -> None:
    try:
        result = solve(store, request)
        if isinstance(result, bool):
            _say(form="ask", boolean=result)
        elif isinstance(result, Rows):
            _rows(store, result, request)
        else:
            _say(form="graph")
            _triples(f"{triple} ." for triple in result)
            return
    except SyntaxError as error:
        raise UsageError("query-syntax", reason=str(error)) from error
    except RuntimeError as error:
        if type(error) is RuntimeError and str(error).startswith(_CORRUPT):
            raise
        raise UsageError("query-failed", reason=str(error)) from error
    except (OSError, ValueError) as error:
        raise StoreError("query-failed", reason=str(error)) from error
    _say(end=1)


def _rows(store: ox.Store, result: Rows, request: Mapping[str, Any]) -> None:
    variables = result.variables
    separators = {variables.index(v): sep for v, sep in request["lists"].items() if v in variables}
    lists = {i for i, separator in separators.items() if separator == " "}
    named = [i for i, variable in enumerate(variables) if variable not in request["unnamed"]]
    naming = lookup.Naming(store, request.get("language") or "", named)
    _say(form="select", variables=variables)
    while batch := list(islice(result.rows, BATCH)):
        rows = [[_written(value, separators.get(i)) for i, value in enumerate(row)] for row in batch]
        _say(rows=rows, names=naming.new(rows, lists))


def _written(value: object | None, separator: str | None) -> str | None:
    """A term; one that is a list, whose order is the engine's whim, in order."""
    if value is None:
        return None
    if separator is None or separator not in (said := str(getattr(value, "value", ""))):
        return str(value)
    items = {item for item in said.split(separator) if item}
    return literal((separator if separator == " " else "; ").join(sorted(items)))


def _triples(lines: Iterator[str]) -> None:
    while batch := list(islice(lines, BATCH)):
        _say(triples=batch)
    _say(end=1)


def _find(store: ox.Store, request: Mapping[str, Any]) -> None:
    found, near = lookup.find(store, request["text"], request["classes"], request["base"])
    _say(found=found, near=near)
    _say(end=1)


def _complete(store: ox.Store, request: Mapping[str, Any]) -> None:
    _say(found=lookup.complete(store, request["text"], request["classes"], request["language"]))
    _say(end=1)


def _about(store: ox.Store, request: Mapping[str, Any]) -> None:
    _triples(lookup.about(store, request["iris"], incoming=request.get("incoming", False)))


_DO: Final[dict[str, Answer]] = {"ask": _ask, "find": _find, "complete": _complete, "about": _about}


if __name__ == "__main__":
    main()
