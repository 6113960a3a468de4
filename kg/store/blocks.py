"""Blocks in the archive: their text, where they begin, and how those of several datasets are put together.

In ``triples.nt`` blocks stand in the order of their root IRIs, with an empty line between them, and in
each the lines of the root first, then those of its parts, then its evidence. So the
root of a block is its first subject, whatever its IRI looks like, and no line need be looked at
to find the next.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.rdf import DCTERMS
from kg.store.archive import (
    ENTITIES,
    RECORDS,
    RESOLUTIONS,
    TRIPLES,
    Archive,
    Counts,
    Manifest,
    Writer,
    begin,
    finish,
)
from kg.store.derivation import derived
from kg.store.durable import remove
from kg.store.entities import row
from kg.store.together import NOTHING, Together

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

Block = tuple[str, list[str]]
"""(root IRI without brackets, N-Triples lines without line end)."""

Blocks = Iterable["Block | Laid"] | Mapping[str, "Laid | None"]
"""All blocks of a version in the order of their roots, or by root those that differ."""

Raw = tuple[bytes, bytes]
"""A block as the archive has it: its root, and its lines with newlines between them."""

Difference = tuple[bytes, bytes | None, bytes | None]
"""(root, the text of its block, its text in the next version); None where there is none."""

PART_OF: Final = f"<{DCTERMS}isPartOf>"
_DIGEST: Final = 16


class Laid(NamedTuple):
    """A block in the archive's order: its lines, each with its end."""

    root: str
    own: bytes
    """The lines of the root, then those of its parts."""
    evidence: tuple[bytes, ...] = ()
    """The lines of each other node, by its IRI."""


def laid_out(root: str, lines: Iterable[str]) -> Laid:
    r"""The lines of a block in the archive's order.

    >>> laid_out("a:x", ["<a:x#n> <a:p> 1 .", "<a:e> <a:p> 2 .", "<a:x> <a:p> <a:x#n> ."])
    Laid(root='a:x', own=b'<a:x> <a:p> <a:x#n> .\n<a:x#n> <a:p> 1 .\n', evidence=(b'<a:e> <a:p> 2 .\n',))
    """
    ordered = sorted(set(lines))
    own, after = (bisect_left(ordered, f"<{root}>{c}") for c in " !")
    part, past = (bisect_left(ordered, f"<{root}{c}") for c in "#$")
    if own == after:
        raise ValueError(f"a block without a line about its root: {root}")
    # a part is named after its root and "#", which sorts before the ">" that ends the root
    others = ordered[:part] + ordered[past:own] + ordered[after:]
    pieces = (as_text(piece) for _, piece in groupby(others, key=subject_of))
    return Laid(root, as_text(ordered[own:after] + ordered[part:past]), tuple(pieces))


def as_text(lines: Iterable[str]) -> bytes:
    """Lines as they are written, each with its end."""
    return "".join([f"{line}\n" for line in lines]).encode()


def write(
    folder: Path,
    dataset: tuple[str, str],
    files: tuple[Iterable[bytes], Iterable[bytes], Iterable[Block | Laid]],
    given: Mapping[str, Any],
) -> Archive:
    """Write a version of a dataset (its name and IRI): records, resolutions and blocks.

    Raises ``ValueError`` for blocks that are not in the order of their roots.
    """
    records, resolutions, blocks = files
    given = json.loads(json.dumps(given))  # as it will be read back
    part = begin(folder)
    try:
        with Writer(part / RECORDS) as first:
            count = _write_lines(first, records)
        with Writer(part / RESOLUTIONS) as second:
            _write_lines(second, resolutions)
        with Writer(part / TRIPLES) as third, Writer(part / ENTITIES) as fourth:
            counts = _write_blocks((third, fourth), blocks, dataset[1], count)
        outs = {RECORDS: first, RESOLUTIONS: second, TRIPLES: third, ENTITIES: fourth}
        digests = {name: out.digest for name, out in outs.items()}
        return finish(part, Manifest(*dataset, folder.name, digests, counts, given))
    except BaseException:
        remove(part)
        raise


def _write_lines(out: Writer, lines: Iterable[bytes]) -> int:
    count = 0
    for line in lines:
        out.write(line.rstrip(b"\r\n") + b"\n")
        count += 1
    return count


def _write_blocks(
    outs: tuple[Writer, Writer], blocks: Iterable[Block | Laid], iri: str, records: int
) -> Counts:
    out, rows = outs
    claims = entities = triples = 0
    shared: set[bytes] = set()
    last = ""
    for block in blocks:
        root, own, evidence = block if isinstance(block, Laid) else laid_out(*block)
        if root <= last:
            raise ValueError(f"blocks must be sorted by their roots, each once: {last} before {root}")
        triples += own.count(b"\n")
        for piece in evidence:
            triples += not_seen(piece, shared)
        if is_claim((root.encode(), own), iri):
            claims += 1
        else:
            entities += 1
            rows.write(row(root, lines_of(own.removesuffix(b"\n"))) + b"\n")
        out.write(b"".join((b"\n" if last else b"", own, *evidence)))
        last = root
    return Counts(records, claims, entities, triples)


def not_seen(piece: bytes, seen: set[bytes]) -> int:
    """How many lines of evidence no other claim has brought yet; 16 bytes of each piece are kept."""
    digest = blake2b(piece, digest_size=_DIGEST).digest()
    if digest in seen:
        return 0
    seen.add(digest)
    return piece.count(b"\n")


def subject_of(line: str) -> str:
    """The IRI of a line's subject.

    >>> subject_of("<a:x> <a:p> <a:o> .")
    'a:x'
    """
    return line[1 : line.index(">")]


def raw_blocks(archive: Archive) -> Iterator[Raw]:
    """The blocks of a version, as they stand."""
    rest = b""
    for chunk in archive.chunks(TRIPLES):
        *whole, rest = (rest + chunk).split(b"\n\n")
        for text in whole:
            yield text[1 : text.index(b">")], text
    if rest.strip():
        yield rest[1 : rest.index(b">")], rest.removesuffix(b"\n")


@dataclass
class Patch:
    """The blocks of a version with some of them in the place of what was there; None takes one out."""

    archive: Archive
    blocks: Mapping[str, Laid | None]
    differences: list[Difference] = field(default_factory=list)
    """What it changes, once it was gone through."""

    def __iter__(self) -> Iterator[Laid]:
        """All blocks of the version to come."""
        waiting = sorted(self.blocks, reverse=True)
        for root, text in raw_blocks(self.archive):
            name = root.decode()
            while waiting and waiting[-1] < name:
                yield from self._put(waiting.pop(), None)
            if waiting and waiting[-1] == name:
                yield from self._put(waiting.pop(), text)
            else:
                yield as_laid(name, text)
        while waiting:
            yield from self._put(waiting.pop(), None)

    def _put(self, root: str, was: bytes | None) -> Iterator[Laid]:
        laid = self.blocks[root]
        now = b"".join((laid.own, *laid.evidence)).removesuffix(b"\n") if laid is not None else None
        if was != now:
            self.differences.append((root.encode(), was, now))
        if laid is not None:
            yield laid


def as_laid(root: str, text: bytes) -> Laid:
    """A block as it stands, with its evidence apart; most have none."""
    own = (f"<{root}>".encode(), f"<{root}#".encode())
    if text.startswith(own, text.rfind(b"\n") + 1):
        return Laid(root, text + b"\n")
    lines = text.decode().split("\n")
    first = next(n for n, line in enumerate(lines) if not line.encode().startswith(own))
    pieces = (as_text(piece) for _, piece in groupby(lines[first:], key=subject_of))
    return Laid(root, as_text(lines[:first]), tuple(pieces))


def is_claim(raw: Raw, iri: str) -> bool:
    """Whether a block says that its root is part of a dataset, as claims do."""
    root, text = raw
    line = b"<" + root + f"> {PART_OF} <{iri}> .".encode()
    at = text.find(line)
    # a literal holds no line end, so what starts a line is no part of one
    return at == 0 or (at > 0 and text[at - 1 : at] == b"\n")


def lines_of(text: bytes | None) -> list[str]:
    r"""The lines of a block; not ``splitlines``, which also breaks at what literals may hold.

    >>> lines_of(b"a\nb"), lines_of(None)
    (['a', 'b'], [])
    """
    return text.decode().split("\n") if text is not None else []


def merged(archives: Iterable[Archive], together: Together = NOTHING) -> Iterator[Block]:
    """The graph that some datasets make, streamed by root IRI; the names of entities are derived.

    What judgements have made one is read first, since its members stand wide apart.
    """
    archives = list(archives)
    if not together:
        yield from _streamed(archives, together)
        return
    yield from merge(_streamed(archives, together), _clusters(archives, together), key=_in_bytes)


def _in_bytes(block: Block) -> bytes:
    return block[0].encode()


def _streamed(archives: Iterable[Archive], together: Together) -> Iterator[Block]:
    """All but the clusters."""
    streams = [_with_archive(archive) for archive in archives]
    for root, group in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        name = root.decode()
        told: list[list[str]] = []
        for _, text, archive in group:
            if is_claim((root, text), archive.manifest.iri):
                # its IRI says which dataset's it is, so no other dataset has it
                yield name, lines_of(together.block(text, archive.manifest.parties))
            else:
                told.append(together.lines(lines_of(text)))
        if told and name not in together.clusters.canonical:
            yield name, derived(name, told)


def _clusters(archives: Iterable[Archive], together: Together) -> Iterator[Block]:
    """What is one, and what its members are the same as, by root."""
    canonical = together.clusters.canonical
    told: dict[str, dict[str, dict[str, list[str]]]] = {}
    for archive in archives:
        iri = archive.manifest.iri
        for root, text in raw_blocks(archive):
            name = root.decode()
            if name in canonical and not is_claim((root, text), iri):
                told.setdefault(canonical[name], {}).setdefault(name, {})[iri] = lines_of(text)
    blocks = {name: together.entity(name, said) for name, said in told.items()}
    for name, said in told.items():
        blocks |= {subject_of(line): [line] for line in together.links(name, said)}
    yield from sorted(blocks.items())


def said_of_entities(archive: Archive) -> Iterator[Block]:
    """What a dataset says of entities, as it says it."""
    for raw in raw_blocks(archive):
        if not is_claim(raw, archive.manifest.iri):
            yield raw[0].decode(), lines_of(raw[1])


def _with_archive(archive: Archive) -> Iterator[tuple[bytes, bytes, Archive]]:
    for root, text in raw_blocks(archive):
        yield root, text, archive


def changed(old: Iterator[Raw], new: Iterator[Raw]) -> Iterator[Difference]:
    """The blocks in which two versions differ."""
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before[0] < after[0]):
            assert before is not None  # noqa: S101 - the loop's own condition, for the type checker
            yield before[0], before[1], None
            before = next(old, None)
        elif before is None or after[0] < before[0]:
            yield after[0], None, after[1]
            after = next(new, None)
        else:
            if before[1] != after[1]:
                yield before[0], before[1], after[1]
            before, after = next(old, None), next(new, None)
