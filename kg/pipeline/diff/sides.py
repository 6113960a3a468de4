"""The sides of a comparison: the graph, datasets, files, servers, each as blocks in order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.pipeline.diff.lines import Lines
from kg.rdf_io import RdfStream
from kg.rdf_io.blank import named
from kg.store.blocks import lines_of, raw_blocks, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import ExitStack
    from pathlib import Path

    from kg.errors import Problem
    from kg.pipeline.state import Run
    from kg.push import Target
    from kg.store import Store
    from kg.store.archive import Archive
    from kg.store.blocks import Raw

About = Callable[[Collection[str]], list[str]]
"""The lines about some nodes and their parts; none of what is not known."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two graphs that are compared."""

    name: str
    """As it is shown."""
    raw: Callable[[], Iterator[Raw]]
    """Its blocks, by root, each time anew."""
    about: About
    whole: bool = False
    """Whether evidence stands in the blocks of claims, as in the archive, and not for itself."""
    same: Callable[[str], str] = str
    """From a line to what is the same for all that count as one."""
    notes: tuple[Problem, ...] = ()

    def flat(self, stack: ExitStack) -> Side:
        """The same with evidence for itself, as in a file of RDF."""
        if not self.whole:
            return self
        lines = stack.enter_context(Lines(line for _, text in self.raw() for line in lines_of(text)))
        return replace(self, raw=lines.raw, whole=False)


def of_graph(store: Store, name: str) -> Side:
    """The graph of a project, as judgements have it."""

    def raw() -> Iterator[Raw]:
        return ((root.encode(), "\n".join(lines).encode()) for root, lines in store.blocks())

    return Side(name, raw, store.describe, whole=True)


def of_dataset(store: Store, dataset: str, which: int) -> Side:
    """What a version of a dataset says; see ``Store.version``."""
    return of_archive(store, store.version(dataset, which))


def of_archive(store: Store, archive: Archive) -> Side:
    """What a version says, also one that is not loaded yet."""

    def raw() -> Iterator[Raw]:
        return raw_blocks(archive)

    name = f"{archive.manifest.dataset}@{int(archive.manifest.version)}"
    return Side(name, raw, _described(store, raw), whole=True)


def of_facts(facts: Run, name: str, store: Store | None) -> Side:
    """What would be loaded of a facts file."""

    def raw() -> Iterator[Raw]:
        for root, own, evidence in facts.laid(0):
            yield root.encode(), b"".join((own, *evidence)).removesuffix(b"\n")

    return Side(name, raw, _described(store, raw), whole=True)


def of_rdf(path: Path, stack: ExitStack) -> Side:
    """A file of RDF; if it has a default graph, that is the graph."""
    read = RdfStream(path, default_only=True)
    kept = stack.enter_context(Lines(_without_blank(read, str(path))))
    if not kept.count:
        read = RdfStream(path, default_only=False)
        kept = stack.enter_context(Lines(_without_blank(read, str(path))))
    return replace(_of_kept(kept, str(path)), notes=read.notes)


def of_target(target: Target, name: str, stack: ExitStack) -> Side:
    """The graph on a server; raises ``ServerError`` if it can't be had."""
    from kg.push import fetched  # noqa: PLC0415 - only when a server is spoken to
    from kg.push.compare import key  # noqa: PLC0415 - the same

    with fetched(target) as lines:
        side = _of_lines(_without_blank(lines, name), name, stack)
    return replace(side, same=lambda line: key(line, target.server.rewrites))


def _without_blank(lines: Iterable[str], file: str) -> Iterator[str]:
    blank = set()
    for line in lines:
        subject, _, rest = line.split(" ", 2)
        if subject.startswith("_:") or rest.startswith("_:"):
            blank.add(line)
        else:
            yield line
    yield from named(sorted(blank), file)


def _of_lines(lines: Iterable[str], name: str, stack: ExitStack) -> Side:
    return _of_kept(stack.enter_context(Lines(lines)), name)


def _of_kept(kept: Lines, name: str) -> Side:
    def about(iris: Collection[str]) -> list[str]:
        roots = sorted({iri.partition("#")[0] for iri in iris})
        return [line for root in roots for line in kept.about(root)]

    return Side(name, kept.raw, about)


def _described(store: Store | None, raw: Callable[[], Iterator[Raw]]) -> About:
    """What the graph of a project says of nodes, and of those that it does not know the blocks themselves.

    Only these are looked for in all of the blocks; there are few: what is gone, or is yet to come.
    """

    def about(iris: Collection[str]) -> list[str]:
        found = store.describe(iris) if store is not None else []
        missing = {iri.encode() for iri in {*iris} - {subject_of(line) for line in found}}
        if missing:
            found += [line for root, text in raw() if root in missing for line in lines_of(text)]
        return found

    return about
