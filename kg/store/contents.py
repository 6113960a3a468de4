"""What an embedded store holds against what the archive gives, in memory that does not grow with them.

An embedded store gives its triples in an order of its own, so both sides are added up: Python's own hashes
of all lines (64 bits, with a key of the process). A line that the archive has twice (evidence that two claims
share) counts once.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Self

from kg.store.blocks import merged, said_of_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.store.archive import Archive
    from kg.store.blocks import Block
    from kg.store.embedded import Embedded
    from kg.store.together import Together

_BYTES: Final = 8
HELD: Final = 500_000
"""So many hashes of lines that may come twice are held in memory; more go to a temporary file."""


class Sum(NamedTuple):
    """How many triples, and what their hashes come to."""

    triples: int
    hashes: int


@dataclass(frozen=True, slots=True)
class Differs:
    """A graph that is not what it should be; ``graph`` is "" for the default one."""

    graph: str
    expected: int
    found: int


def given(archives: Sequence[Archive], together: Together) -> dict[str, Sum]:
    """What the archives give: by the IRI of a graph, "" for the default one."""
    wanted = {"": added_up(merged(archives, together))}
    for archive in archives:
        said = added_up(said_of_entities(archive))
        if said.triples:
            wanted[archive.manifest.iri] = said
    return wanted


def differences(embedded: Embedded, wanted: Mapping[str, Sum]) -> Iterator[Differs]:
    """The graphs of an embedded store that do not hold exactly what is wanted."""
    there = {"", *embedded.named_graphs()}
    for graph in sorted({*wanted, *there}):
        expected, found = wanted.get(graph, Sum(0, 0)), _held(embedded, graph)
        if expected != found or (graph in there) != (graph in wanted):
            yield Differs(graph, expected.triples, found.triples)


def added_up(blocks: Iterable[Block]) -> Sum:
    """What the lines of blocks come to."""
    triples = total = 0
    with _Shared() as shared:
        for root, lines in blocks:
            start = (f"<{root}> ", f"<{root}#")
            own = [line.encode() for line in lines if line.startswith(start)]
            triples += len(own)
            total += sum(map(hash, own))
            if len(own) != len(lines):
                for line in lines:
                    if not line.startswith(start):
                        shared.add(hash(line.encode()))
        for found in shared:
            triples += 1
            total += found
    return Sum(triples, total)


def _held(embedded: Embedded, graph: str) -> Sum:
    into = _Adding()
    embedded.dump(into, graph)
    return into.sum


class _Adding:
    """What an embedded store writes its lines to."""

    def __init__(self) -> None:
        self._rest = b""
        self._triples = self._total = 0

    def write(self, data: bytes) -> int:
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._triples += len(lines)
        self._total += sum(map(hash, lines))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    @property
    def sum(self) -> Sum:
        return Sum(self._triples, self._total)


class _Shared:
    """Hashes, each once; what is more than memory should hold lies in temporary files."""

    def __init__(self) -> None:
        self._held: set[bytes] = set()
        self._runs: list[IO[bytes]] = []
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def add(self, found: int) -> None:
        self._held.add(found.to_bytes(_BYTES, signed=True))
        if len(self._held) >= HELD:
            run = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115 - closed by __exit__
            self._opened.enter_context(run)
            run.writelines(sorted(self._held))
            self._runs.append(run)
            self._held.clear()

    def __iter__(self) -> Iterator[int]:
        for run in self._runs:
            run.seek(0)
        streams = [iter(lambda run=run: run.read(_BYTES), b"") for run in self._runs]  # type: ignore[misc]
        return (int.from_bytes(f, signed=True) for f, _ in groupby(merge(sorted(self._held), *streams)))
