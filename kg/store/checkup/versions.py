"""The archive: each version whose manifest the journal knows, its files, and what its manifest counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.archive import ENTITIES, RECORDS, Archive, Counts
from kg.store.blocks import as_laid, is_claim, not_seen, raw_blocks
from kg.store.checkup.seen import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem
    from kg.store.checkup.seen import Seen, Version


def versions(seen: Seen) -> Iterator[Problem]:
    """What is damaged in any version, and which are whole."""
    loaded = set(seen.loaded.values())
    for version in seen.versions:
        folder = seen.layout.version(version.dataset, version.version)
        if version in loaded or folder.is_dir():
            yield from _version(seen, version, is_loaded=version in loaded)


def _version(seen: Seen, version: Version, *, is_loaded: bool) -> Iterator[Problem]:
    folder = seen.layout.version(version.dataset, version.version)
    source = version.dataset
    damaged = []
    try:
        archive = Archive.read(folder, version.digest)
        source = str(archive.manifest.given.get("source") or source)
        damaged = _damaged(archive)
    except StoreError as error:
        if error.code != "store-damaged":
            yield problem_of(error)
            return
        damaged = [error]
        archive = None
    for fault in damaged:
        file, reason = fault.args_shown["file"], fault.args_shown["reason"]
        code = "doctor-dataset" if is_loaded else "doctor-version"
        args = {"reason": reason, "dataset": version.dataset, "version": version.version, "source": source}
        yield seen.problem(code, Path(str(file)), **args)
    if archive is None or damaged:
        return
    seen.whole[version] = archive
    if is_loaded:
        seen.triples += archive.manifest.counts.triples
        counts = counted(archive)
        if counts != archive.manifest.counts:
            said, found = str(archive.manifest.counts), str(counts)
            yield seen.problem(
                "doctor-counts", folder, dataset=version.dataset, said=said, found=found, source=source
            )


def _damaged(archive: Archive) -> list[StoreError]:
    found = []
    for name in archive.manifest.files:
        try:
            for _ in archive.chunks(name):
                pass
        except StoreError as error:
            found.append(error)
    return found


def counted(archive: Archive) -> Counts:
    """How much a version holds."""
    claims = triples = 0
    shared: set[bytes] = set()
    for root, text in raw_blocks(archive):
        claims += is_claim((root, text), archive.manifest.iri)
        laid = as_laid(root.decode(), text)
        triples += laid.own.count(b"\n") + sum(not_seen(piece, shared) for piece in laid.evidence)
    records, entities = (sum(1 for _ in archive.lines(name)) for name in (RECORDS, ENTITIES))
    return Counts(records, claims, entities, triples)
