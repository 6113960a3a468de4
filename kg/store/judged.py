"""The judgements that the store was made with: copies by digest, whatever becomes of the project's file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.identity.clusters import clusters
from kg.identity.judgements import Judgements, read
from kg.store.durable import remove, write_file
from kg.store.together import NOTHING, Together

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.store.layout import Layout


def digest_of(judgements: Judgements) -> str:
    """What names the same judgements; "" where there are none."""
    return hashlib.sha256(judgements.as_bytes()).hexdigest() if judgements else ""


def keep(layout: Layout, judgements: Judgements) -> str:
    """Write a copy, durably, or mend it; gives its digest."""
    digest, data = digest_of(judgements), judgements.as_bytes()
    path = layout.judged(digest)
    if digest and not (path.exists() and path.read_bytes() == data):
        write_file(path, (data,))
    return digest


def kept(layout: Layout, digest: str) -> Judgements:
    """A copy; raises ``StoreError`` if it is not there or not what was written."""
    if not digest:
        return Judgements()
    path = layout.judged(digest)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError("store-damaged", file=str(path), reason=error.strerror) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoreError("store-damaged", file=str(path), reason="SHA-256")
    return read(data, str(path))


def together(judgements: Judgements) -> Together:
    """What they make of lines."""
    return Together(clusters(judgements)) if judgements else NOTHING


def sweep(layout: Layout, wanted: Collection[str]) -> None:
    """Remove all copies but some."""
    folder = layout.judged("-").parent
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.stem not in wanted or path.suffix != ".jsonl":
            remove(path)
