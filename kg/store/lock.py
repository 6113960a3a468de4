"""One writer at a time, by a lock of the operating system, which dies with its holder."""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.store.layout import Layout


class WriterLock:
    """Held from when it is made until it is released."""

    def __init__(self, layout: Layout) -> None:
        """Take the lock; raises ``StoreError`` naming who holds it, at once."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only writers need it

        self._layout = layout
        self._lock = FileLock(layout.lock, timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise _held(layout) from error
        try:
            layout.holder.write_text(json.dumps(_myself(), ensure_ascii=False), "utf-8")
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Let others write."""
        self._layout.holder.unlink(missing_ok=True)
        self._lock.release()


def _myself() -> dict[str, Any]:
    # a URL may hold a key, and others are shown this
    command = " ".join("URL" if "://" in word else word for word in sys.argv) or sys.executable
    return {"pid": os.getpid(), "host": socket.gethostname(), "command": command}


def _held(layout: Layout) -> StoreError:
    """Who holds the lock; unknown in the moment between its taking it and its saying so."""
    folder = str(layout.project)
    try:
        holder = json.loads(layout.holder.read_text("utf-8"))
        return StoreError("store-locked", folder=folder, **{k: holder[k] for k in ("pid", "host", "command")})
    except (OSError, ValueError, KeyError, TypeError):
        return StoreError("store-locked-by-someone", folder=folder)
