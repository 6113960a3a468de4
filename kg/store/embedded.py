"""The embedded store: the graph as the default graph, and for each dataset what it says of entities.

Everything here works on sets of triples, so doing it twice is doing it once. Triples go in and
out as N-Triples lines.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Final, Protocol, Self, cast

from kg.rdf import DCTERMS, OWL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    import pyoxigraph

SAME_AS: Final = f"{OWL}sameAs"
PART_OF: Final = f"{DCTERMS}isPartOf"
CURRENT: Final = "CURRENT"
"""The file of a store that names the others."""
AT_ONCE: Final = 20_000
"""Lines of one transaction."""
BULK_BYTES: Final = 32 << 20
"""Of N-Triples that are bulk-loaded at once; the engine takes about ten times as much memory."""
KNOWN_AT_MOST: Final = 200_000
"""So many terms are remembered as read."""
READ_AT_ONCE: Final = 500


class Output(Protocol):
    """What can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""


class Embedded:
    """An Oxigraph store on disk; it is closed when nothing refers to it any more."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open a store, or make it; a reader opens a checkpoint, which nobody writes to."""
        import pyoxigraph  # noqa: PLC0415 - only where the store is asked

        self._ox = pyoxigraph
        self._nt = pyoxigraph.RdfFormat.N_TRIPLES
        self.store = pyoxigraph.Store(path) if write else pyoxigraph.Store.read_only(str(path))

    def insert(self, lines: Collection[str], graph: str = "") -> None:
        """Add lines to a graph, in one transaction."""
        if lines:
            data = "\n".join(lines).encode()
            self.store.load(data, self._nt, to_graph=self._graph(graph))

    def delete(self, lines: Collection[str], graph: str = "") -> None:
        """Take lines out of a graph, in one transaction."""
        if lines:
            triples = "\n".join(lines)
            inner = f"GRAPH <{graph}> {{\n{triples}\n}}" if graph else triples
            self.store.update(f"DELETE DATA {{\n{inner}\n}}")

    def about(self, node: str) -> list[str]:
        """What the default graph says of one node, without its parts."""
        pattern = (self._ox.NamedNode(node), None, None, self._ox.DefaultGraph())
        return [f"{q.subject} {q.predicate} {q.object} ." for q in self.store.quads_for_pattern(*pattern)]

    def matching(self, subject: str, predicate: str, term: str) -> Iterator[tuple[str, str, str]]:
        """Triples of the default graph as (subject, IRI of the predicate, object); "" matches any.

        Subject and object are terms of N-Triples.
        """
        if subject and not subject.startswith("<"):
            return
        about = self._ox.NamedNode(subject[1:-1]) if subject else None
        property_ = self._ox.NamedNode(predicate) if predicate else None
        to = self._term(term) if term else None
        for quad in self.store.quads_for_pattern(about, property_, to, self._ox.DefaultGraph()):
            yield str(quad.subject), quad.predicate.value, str(quad.object)

    def _term(self, term: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
        if term.startswith("<"):
            return self._ox.NamedNode(term[1:-1])
        (quad,) = self._ox.parse(f"<x:s> <x:p> {term} .", self._nt)
        assert isinstance(quad.object, self._ox.Literal)  # noqa: S101 - no blank node ever leaves the mapping
        return quad.object

    def bulk(self, data: bytes, graph: str = "") -> None:
        """Add N-Triples quickly; not in one transaction."""
        if data:
            self.store.bulk_load(data, self._nt, to_graph=self._graph(graph))

    def forget(self, graph: str) -> None:
        """Take out a named graph, and its name with it."""
        self.store.remove_graph(self._ox.NamedNode(graph))

    def is_referred_to(self, node: str) -> bool:
        """Whether the default graph has a triple with the node as its object."""
        graph = self._ox.DefaultGraph()
        found = self.store.quads_for_pattern(None, None, self._ox.NamedNode(node), graph)
        return next(iter(found), None) is not None

    def referring(self, node: str) -> Iterator[str]:
        """The nodes of the default graph that have the node as an object; a part stands for what it is of."""
        graph = self._ox.DefaultGraph()
        for quad in self.store.quads_for_pattern(None, None, self._ox.NamedNode(node), graph):
            if quad.predicate.value != SAME_AS:
                yield str(quad.subject)[1:-1].partition("#")[0]

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """(subject, term) of all triples of the default graph with a predicate, in no order."""
        pattern = (None, self._ox.NamedNode(predicate), None, self._ox.DefaultGraph())
        for quad in self.store.quads_for_pattern(*pattern):
            yield str(quad.subject)[1:-1], str(quad.object)

    def parts_of(self, node: str) -> set[str]:
        """What a node is part of: a claim, of its dataset."""
        pattern = (self._ox.NamedNode(node), self._ox.NamedNode(PART_OF), None, self._ox.DefaultGraph())
        return {getattr(quad.object, "value", "") for quad in self.store.quads_for_pattern(*pattern)}

    def told(self, root: str, graphs: Collection[str]) -> dict[str, list[str]]:
        """What each of some named graphs says of a node and its parts, by graph, sorted."""
        by_graph: dict[str, list[str]] = {}
        with_parts: set[str] = set()
        for quad in self.store.quads_for_pattern(self._ox.NamedNode(root), None, None, None):
            graph = getattr(quad.graph_name, "value", "")
            if graph in graphs:
                line = f"{quad.subject} {quad.predicate} {quad.object} ."
                by_graph.setdefault(graph, []).append(line)
                if f"<{root}#" in line:
                    with_parts.add(graph)
        for graph in with_parts:
            by_graph[graph] = self._with_parts(root, self._ox.NamedNode(graph))
        return dict(sorted(by_graph.items()))

    def describe(self, roots: Iterable[str]) -> list[str]:
        """What the default graph says of nodes and their parts."""
        graph = self._ox.DefaultGraph()
        return [line for root in sorted(set(roots)) for line in self._with_parts(root, graph)]

    def _with_parts(self, root: str, graph: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> list[str]:
        """The lines of a node and of all its fragments that can be reached from it, sorted."""
        lines: list[str] = []
        found, waiting = {root}, [root]
        while waiting:
            node = self._ox.NamedNode(waiting.pop())
            for quad in self.store.quads_for_pattern(node, None, None, graph):
                target = quad.object
                lines.append(f"{node} {quad.predicate} {target} .")
                part = target.value if isinstance(target, self._ox.NamedNode) else ""
                if part.startswith(f"{root}#") and part not in found:
                    found.add(part)
                    waiting.append(part)
        return sorted(lines)

    def named_graphs(self) -> set[str]:
        """The IRIs of the named graphs."""
        return {getattr(graph, "value", str(graph)) for graph in self.store.named_graphs()}

    def dump(self, output: Output, graph: str = "") -> None:
        """Write the N-Triples of a graph, in no order."""
        self.store.dump(cast("IO[bytes]", output), self._nt, from_graph=self._graph(graph))

    def read_in_every_order(self) -> None:
        """Read all that is there in each order that the engine keeps, so that it checks all that it reads.

        It has three for the default graph; for named graphs three in each of them, and three across them.
        """
        for graph in ("", *sorted(self.named_graphs())):
            wheres = (f"GRAPH <{graph}>", "GRAPH ?g") if graph else ("",)
            orders = [_Order(self.store, where, at) for where in wheres for at in ("?s", "?p", "?o")]
            for s, p, o, _ in self.store.quads_for_pattern(None, None, None, self._graph(graph)):
                for order, term in zip(orders, (s, p, o) * len(wheres), strict=True):
                    order.read(str(term))
            for order in orders:
                order.send()

    def backup(self, folder: Path) -> None:
        """Copy the store, by hard links where the file system has them."""
        self.store.backup(str(folder))

    def flush(self) -> None:
        """Have everything on the disk."""
        self.store.flush()

    def close(self) -> None:
        """Let go of the store."""
        del self.store

    def _graph(self, graph: str) -> pyoxigraph.NamedNode | pyoxigraph.DefaultGraph:
        return self._ox.NamedNode(graph) if graph else self._ox.DefaultGraph()


class _Order:
    """Reads a graph by what stands at one place of its triples, many at once, so that this order is used.

    Solutions come empty, and are not counted by the engine: where it aggregates it gathers its errors, and a
    damaged table gives the same one without end.
    """

    def __init__(self, store: pyoxigraph.Store, where: str, place: str) -> None:
        self._store = store
        self._asks = f"SELECT ?nothing {{{{ VALUES {place} {{{{ {{}} }}}} {where} {{{{ ?s ?p ?o }}}} }}}}"
        self._known: set[str] = set()
        self._waiting: list[str] = []

    def read(self, term: str) -> None:
        """Read what has the term there; again if it came long ago, so that memory stays bounded."""
        if term in self._known:
            return
        if len(self._known) >= KNOWN_AT_MOST:
            self._known.clear()
        self._known.add(term)
        self._waiting.append(term)
        if len(self._waiting) >= READ_AT_ONCE:
            self.send()

    def send(self) -> None:
        """Read what is waiting."""
        if self._waiting:
            solutions = self._store.query(self._asks.format(" ".join(self._waiting)))
            deque(cast("Iterable[object]", solutions), maxlen=0)
            self._waiting.clear()


class Changes:
    """Lines to be taken out of and put into the graphs, gathered to batches of bounded size.

    Beyond ``limit`` lines they are only counted: it is quicker then to make the store anew.
    """

    def __init__(self, embedded: Embedded, graph: str, step: Callable[[str], None], limit: int) -> None:
        """For the default graph and the named ``graph`` of one dataset."""
        self._embedded = embedded
        self.graph = graph
        self._step = step
        self.limit = limit
        self._out: dict[str, list[str]] = {"": [], graph: []}
        self._in: dict[str, list[str]] = {"": [], graph: []}
        self._waiting = 0
        self.removed = self.added = 0
        """Triples of the default graph."""

    @property
    def too_much(self) -> bool:
        """Whether not all of it was done."""
        return self.removed + self.added > self.limit

    def change(self, old: Collection[str], new: Collection[str], *, named: bool = False) -> None:
        """Have ``new`` where ``old`` was."""
        graph = self.graph if named else ""
        gone, came = set(old).difference(new), set(new).difference(old)
        if not named:
            self.removed += len(gone)
            self.added += len(came)
        if self.too_much:
            return
        self._out[graph] += gone
        self._in[graph] += came
        self._waiting += len(gone) + len(came)
        if self._waiting >= AT_ONCE:
            self.send()

    def send(self) -> None:
        """Do what is waiting."""
        if self._waiting:
            self._step("applying")
        for graph, lines in self._out.items():
            self._embedded.delete(sorted(lines), graph)
            lines.clear()
        for graph, lines in self._in.items():
            self._embedded.insert(sorted(lines), graph)
            lines.clear()
        self._waiting = 0


class Gathered(Changes):
    """Changes that are only gathered, not done."""

    def __init__(self, embedded: Embedded, graph: str, limit: int) -> None:
        """As ``Changes``."""
        super().__init__(embedded, graph, lambda _step: None, limit)

    def send(self) -> None:
        """Do nothing."""

    @property
    def gone(self) -> list[str]:
        """The lines that the default graph would lose."""
        return self._out[""]

    @property
    def came(self) -> list[str]:
        """The lines that it would gain."""
        return self._in[""]


class Bulk:
    """Whole blocks on their way into the graphs, gathered to what memory can take.

    While the engine takes in what was gathered, in a thread of its own, the next is gathered.
    """

    def __init__(self, embedded: Embedded, step: Callable[[str], None]) -> None:
        """For all graphs of a store."""
        self._embedded = embedded
        self._step = step
        self._gathered: dict[str, list[bytes]] = {}
        self._size = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kg-bulk")
        self._under_way: Future[None] | None = None

    def __enter__(self) -> Self:
        """Use as a context, so that all of it is in, or nothing under way, at the end."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Wait for what is under way; send the rest if nothing went wrong."""
        try:
            if kind is None:
                self._send()
                self._wait()
        finally:
            self._thread.shutdown()

    def add(self, text: bytes, graph: str = "") -> None:
        """Take lines, with newlines between them."""
        self._gathered.setdefault(graph, []).append(text)
        self._size += len(text)
        if self._size >= BULK_BYTES:
            self._send()

    def _send(self) -> None:
        if self._gathered:
            self._wait()
            self._step("applying")
            self._under_way = self._thread.submit(self._load, self._gathered)
            self._gathered = {}
            self._size = 0

    def _wait(self) -> None:
        if self._under_way is not None:
            self._under_way.result()

    def _load(self, gathered: dict[str, list[bytes]]) -> None:
        for graph, texts in gathered.items():
            self._embedded.bulk(b"\n".join(texts), graph)
