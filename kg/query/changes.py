"""Questions about a change: what a query with ``# data: changes`` in its head is asked of.

The default graph holds what each thing that differs links to, as it is after the change (if it is gone, as
it was), and the names of these. What differs, line by line, is in two graphs of each dataset::

    ?dataset change:removed ?removed ; change:added ?added .
    GRAPH ?removed { ?node ?property ?was }    GRAPH ?added { ?node ?property ?is }

A ``?node`` is a thing or a part of one: ``?node change:of ?thing``. ``?thing change:came ?dataset`` says that
the dataset did not have it before, ``change:went`` that it has it no more, ``change:differs`` that it had
it and has it, and something in it is another.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.query.session import Asked
from kg.rdf import DCTERMS, SCHEMA, SKOS
from kg.store.blocks import lines_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox

    from kg.store import Store
    from kg.store.blocks import Difference

CHANGE: Final = "urn:kg:change#"
_NAMING: Final = (
    f"{SKOS}prefLabel",
    f"{DCTERMS}title",
    f"{DCTERMS}publisher",
    f"{SCHEMA}datePublished",
)


@contextmanager
def asked(store: Store, values: Mapping[str, str]) -> Iterator[Asked]:
    """The change that is meant, in a file that is there for as long as it is asked."""
    since, until = _number(values, "since"), _number(values, "until")
    changes = store.changes(since, until, values.get("dataset", ""))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "change.nq"
        with file.open("w", encoding="utf-8", newline="\n") as out:
            for change in changes:
                for difference in change.differences:
                    out.writelines(f"{line}\n" for line in _quads(change.iri, difference))
        yield Asked(store=store.checkpoint(), change=file)


def _number(values: Mapping[str, str], name: str) -> int | None:
    written = values.get(name)
    if written is None:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > len(str(1 << 62)):
        raise UsageError("query-integer", received=written, option=f"--{name}")
    return int(written)


def _quads(dataset: str, difference: Difference) -> Iterator[str]:
    """What one block that differs tells, as N-Quads."""
    root, old, new = difference
    before, after = lines_of(old), lines_of(new)
    how = "came" if old is None else "went" if new is None else "differs"
    thing = f"<{root.decode()}>"
    yield f"{thing} <{CHANGE}{how}> <{dataset}> ."
    # of what came or went as a whole its kind and what it links to is all that is shown
    yield from (line for line in after or before if line.startswith(f"{thing} ") and line.endswith("> ."))
    if how != "differs":
        return
    for node in sorted({subject_of(line) for line in (*before, *after)}):
        yield f"<{node}> <{CHANGE}of> {thing} ."
    for graph, lines in (
        ("removed", set(before) - set(after)),
        ("added", set(after) - set(before)),
    ):
        yield f"<{dataset}> <{CHANGE}{graph}> <{dataset}#{graph}> ."
        for line in sorted(lines):
            yield f"{line.removesuffix('.')}<{dataset}#{graph}> ."


def opened(beside: ox.Store, file: str) -> ox.Store:
    """A change in a store in memory, with the names of what it mentions."""
    import pyoxigraph  # noqa: PLC0415 - only after memory is limited

    store = pyoxigraph.Store()
    store.bulk_load(path=file, format=pyoxigraph.RdfFormat.N_QUADS)
    default = pyoxigraph.DefaultGraph()
    mentioned = {node for quad in store for node in (quad.subject, quad.object)}
    named = [node for node in mentioned if isinstance(node, pyoxigraph.NamedNode)]
    for _ in range(2):  # a document is called by its publisher
        found = [
            quad
            for node in named
            for predicate in map(pyoxigraph.NamedNode, _NAMING)
            for quad in beside.quads_for_pattern(node, predicate, None, default)
        ]
        store.extend(found)
        named = [quad.object for quad in found if isinstance(quad.object, pyoxigraph.NamedNode)]
    return store
