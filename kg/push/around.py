"""What of a graph on a server is looked at: asked for by nodes, many at once, and counted.

Only the SPARQL 1.1 Protocol is used, CONSTRUCT with VALUES. Servers cut answers off without a word, so each
answer is held against a COUNT of the same pattern; what is short is asked for in smaller pieces.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.errors import ServerError, UsageError
from kg.push import readback
from kg.push.http import Client
from kg.push.secrets import redacted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kg.push.target import Target

    Triple = tuple[str, str, str]
    """Subject, IRI of the property without brackets, object: terms of N-Triples."""

AT_ONCE: Final = 500
"""Nodes in one query, where a server takes as many triples in a request; of others a quarter of these."""
QUERY_BYTES: Final = 100_000
AT_MOST: Final = 500_000
"""Triples that are looked at for one change."""
ANSWER_BYTES: Final = 1 << 28
PAGE: Final = 5_000
_SAFE: Final = re.compile(r'<[^<>"{}|^`\\\x00-\x20]+>')
"""The IRIs that are written into a query; a server may say others."""


class BlankNodeError(Exception):
    """The graph has blank nodes where it is looked at, which no query can ask for again."""


class Served:
    """The graph of a target. ``triples`` counts what it gave, ``requests`` how often it was asked."""

    def __init__(self, client: Client) -> None:
        """Ask nothing yet."""
        self._client = client
        self._about: dict[str, list[Triple]] = {}
        self._pointing: dict[tuple[str, str], list[Triple]] = {}
        self.expected: frozenset[str] = frozenset()
        """Properties by which nodes are likely to be asked for."""
        self.triples = 0
        self._at_once = max(1, min(AT_ONCE, client.target.server.batch // 4))

    @property
    def url(self) -> str:
        """The server, for messages."""
        return redacted(self._client.target.query)

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return self._client.requests

    def about(self, nodes: Collection[str]) -> Iterator[Triple]:
        """The triples whose subject is one of some nodes; raises ``BlankNodeError``."""
        new = sorted({node for node in nodes if _SAFE.fullmatch(node)} - self._about.keys())
        self._about.update((node, []) for node in new)
        for batch in self._batches(new):
            known = frozenset(batch)
            for triple in self._all(batch, _of_subjects, lambda t, known=known: t[0] in known):  # type: ignore[misc]
                self._about[triple[0]].append(triple)
        for node in nodes:
            yield from self._about.get(node, ())

    def pointing(self, nodes: Collection[str], properties: Collection[str]) -> Iterator[Triple]:
        """Those whose object is, with one of some properties; "" among these is any.

        All properties that are expected to be asked for are asked for at once.
        """
        usable = [node for node in nodes if _SAFE.fullmatch(node) or node.startswith('"')]
        wanted = frozenset([""] if "" in properties else properties)
        names = wanted if "" in wanted else wanted | self.expected
        new = sorted({node for node in usable if any((node, name) not in self._pointing for name in wanted)})
        for node in new:
            self._pointing.update(((node, name), []) for name in names)
        for batch in self._batches(new):
            known = frozenset(batch)

            def fits(t: Triple, known: frozenset[str] = known) -> bool:
                return t[2] in known and ("" in names or t[1] in names)

            for triple in self._all(batch, lambda part: _of_objects(part, names), fits):
                self._pointing[triple[2], "" if "" in names else triple[1]].append(triple)
        for node in usable:
            for name in sorted(wanted):
                yield from self._pointing[node, name]

    def count(self) -> int:
        """How many triples the whole graph has."""
        return readback.count(self._client)

    def whole(self, count: int) -> Iterator[str]:
        """The lines of the whole graph, which has so many triples."""
        for line in readback.contents(self._client, count, lambda _count: None):
            self.triples += 1
            yield line

    def _batches(self, terms: Sequence[str]) -> Iterator[list[str]]:
        batch: list[str] = []
        size = 0
        for term in terms:
            if batch and (len(batch) >= self._at_once or size + len(term) > QUERY_BYTES):
                yield batch
                batch, size = [], 0
            batch.append(term)
            size += len(term.encode()) + 1
        if batch:
            yield batch

    def _all(
        self, batch: Sequence[str], pattern: Callable[[Sequence[str]], str], fits: Callable[[Triple], bool]
    ) -> set[Triple]:
        """The triples of a pattern, all of them, and nothing else."""
        asked = pattern(batch)
        try:
            count = readback.count_of(self._client, asked)
            if self.triples + count > AT_MOST:
                raise UsageError("endpoint-too-much", url=self.url, allowed=AT_MOST)
            if not count:
                return set()
            found = self._read(readback.lines_of(self._client, asked, ANSWER_BYTES), count, fits)
        except ServerError as error:
            if error.code != "push-refused":
                raise
            found, count = set(), 1
        if len(found) < count and len(batch) > 1:
            middle = len(batch) // 2
            return self._all(batch[:middle], pattern, fits) | self._all(batch[middle:], pattern, fits)
        if len(found) < count:
            count = readback.count_of(self._client, asked)
            found = self._by_pages(asked, count, fits)
        if len(found) != count:
            raise ServerError("endpoint-count", url=self.url, count=count, got=len(found))
        self.triples += count
        return found

    def _by_pages(self, pattern: str, count: int, fits: Callable[[Triple], bool]) -> set[Triple]:
        found: set[Triple] = set()
        while len(found) < count:
            page = readback.lines_of(self._client, pattern, ANSWER_BYTES, page=(PAGE, len(found)))
            new = self._read(page, count, fits) - found
            if not new:
                break
            found |= new
        return found

    def _read(self, lines: Iterable[str], count: int, fits: Callable[[Triple], bool]) -> set[Triple]:
        found: set[Triple] = set()
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            triple = (subject, predicate[1:-1], rest.removesuffix(" ."))
            if not fits(triple):
                raise ServerError("endpoint-not-asked", url=self.url, said=line)
            if triple[0].startswith("_:") or triple[2].startswith("_:"):
                raise BlankNodeError
            found.add(triple)
            if len(found) > count:
                raise ServerError("endpoint-count", url=self.url, count=count, got=len(found))
        return found


def _of_subjects(nodes: Sequence[str]) -> str:
    return f"VALUES ?s {{ {' '.join(nodes)} }} ?s ?p ?o"


def _of_objects(nodes: Sequence[str], names: Collection[str]) -> str:
    properties = " ".join(f"<{name}>" for name in sorted(names) if name)
    only = "" if "" in names else f"VALUES ?p {{ {properties} }} "
    return f"VALUES ?o {{ {' '.join(nodes)} }} {only}?s ?p ?o"


@contextmanager
def served(target: Target) -> Iterator[Served]:
    """The graph of a target, to be asked while this is open."""
    with Client(target) as client:
        yield Served(client)
