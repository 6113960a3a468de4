"""The corrections of datasets: files named by the digest of what is in them, to which versions refer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.durable import write_file

if TYPE_CHECKING:
    from kg.store.layout import Layout


def digest_of(data: bytes) -> str:
    """What names them; "" where there are none."""
    return hashlib.sha256(data).hexdigest() if data else ""


def keep(layout: Layout, data: bytes) -> None:
    """Write them, durably."""
    path = layout.corrections(digest_of(data))
    if data and not (path.exists() and path.read_bytes() == data):
        write_file(path, (data,))


def kept(layout: Layout, digest: str) -> bytes:
    """Some of them; raises ``StoreError`` if they are not there or not what was written."""
    if not digest:
        return b""
    path = layout.corrections(digest)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError("store-damaged", file=str(path), reason=error.strerror) from error
    if digest_of(data) != digest:
        raise StoreError("store-damaged", file=str(path), reason="SHA-256")
    return data
