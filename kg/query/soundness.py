"""Whether the copy of the store that is asked is what it was.

The engine checks what it reads, but does not always say what it found: a filter, an EXISTS or a CONSTRUCT
passes over a term that can't be read, and where it sorts, groups or joins it gathers its errors, of which a
damaged table gives the same one without end. So the files are held against their digests.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store import checkpoints
from kg.store.durable import reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Soundness:
    """Reads the files while questions are answered, and ends that where one is not what it was."""

    def __init__(self, checkpoint: Path, end: Callable[[], None]) -> None:
        """Begin."""
        self._checkpoint, self._end = checkpoint, end
        self._damage: StoreError | None = None
        self._thread = Thread(target=self._read, daemon=True, name="kg-soundness")
        self._thread.start()

    def damage(self) -> StoreError | None:
        """What is wrong, when all is read; None if nothing is, or if that can't be told."""
        self._thread.join()
        return self._damage

    def _read(self) -> None:
        try:
            if (damaged := checkpoints.damaged(self._checkpoint)) is not None:
                self._damage = StoreError("query-damaged", file=str(damaged))
        except OSError as error:
            self._damage = StoreError("store-disk", file=str(self._checkpoint), reason=reason(error))
        if self._damage is not None:
            self._end()
